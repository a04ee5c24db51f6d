// ReconciliationService: entries, reconciliation, breaks, passing on, balances, traces, the
// journal.
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <map>

#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/table.h"
#include "ctl/labels.h"
#include "ctl/online_commands.h"
#include "ctl/render.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/base/write_file.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::ctl {
namespace {

using adapters::AsUsageError;
using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;
using adapters::HubSession;

constexpr char kExportJournal[] = "ReconciliationService.ExportJournal";
// Long exports outlast the deadline of a single call.
constexpr absl::Duration kExportDeadline = absl::Minutes(30);

// The accounts, then for each ledger whether debits and credits agree.
std::string RenderBalances(const Message& message) {
  const auto& response = static_cast<const v1::GetTrialBalanceResponse&>(message);
  struct Sums {
    std::int64_t debit = 0;
    std::int64_t credit = 0;
  };
  std::map<int, Sums> ledgers;
  for (const v1::TrialBalanceRow& row : response.rows()) {
    Sums& sums = ledgers[row.ledger()];
    sums.debit += row.debit_fen();
    sums.credit += row.credit_fen();
  }
  using adapters::Align;
  adapters::Table table(
      {{"账"}, {"借方合计", Align::kRight}, {"贷方合计", Align::kRight}, {"是否平衡"}});
  for (const auto& [ledger, sums] : ledgers) {
    const auto* value = v1::Ledger_descriptor()->FindValueByNumber(ledger);
    table.AddRow({value == nullptr ? absl::StrCat(ledger) : EnumLabel(*value),
                  adapters::FormatYuan(sums.debit), adapters::FormatYuan(sums.credit),
                  sums.debit == sums.credit ? "平" : "不平"});
  }
  return absl::StrCat(Render(message), "\n", ledgers.empty() ? "" : table.Render());
}

ExitCode BalancesAgree(const Message& message) {
  std::map<int, std::int64_t> differences;
  for (const v1::TrialBalanceRow& row :
       static_cast<const v1::GetTrialBalanceResponse&>(message).rows()) {
    differences[row.ledger()] += row.debit_fen() - row.credit_fen();
  }
  for (const auto& [ledger, difference] : differences) {
    if (difference != 0) return ExitCode::kRefused;
  }
  return ExitCode::kOk;
}

// A run works off one page of settlement batches. A replayed answer brings no new one.
bool AddReconciled(const Message& answer, Message& sum) {
  const auto& next = static_cast<const v1::ReconcileResponse&>(answer);
  auto& all = static_cast<v1::ReconcileResponse&>(sum);
  all.set_replayed(next.replayed());
  all.set_applied_count(all.applied_count() + next.applied_count());
  all.set_applied_fen(all.applied_fen() + next.applied_fen());
  all.set_explained_count(all.explained_count() + next.explained_count());
  all.mutable_opened_breaks()->MergeFrom(next.opened_breaks());
  all.mutable_closed_breaks()->MergeFrom(next.closed_breaks());
  all.set_unapplied_fen(next.unapplied_fen());
  all.set_settlement_line_count(all.settlement_line_count() + next.settlement_line_count());
  all.set_settlement_lines_left_count(next.settlement_lines_left_count());
  return next.settlement_lines_left_count() > 0 && !next.replayed();
}

void AddEntries(adapters::Program& program) {
  CLI::App& entries = Group(program, "entries", "银行流水", "Statement entries");
  AddRpcCommand(program, entries,
                {.name = "list",
                 .zh = "列出银行流水",
                 .en = "List statement entries, oldest first",
                 .examples = {{"recoupctl entries list --state unmatched", "尚未核销的来款"}}},
                RpcOf("ReconciliationService.ListStatementEntries"));
  AddRpcCommand(program, entries,
                {.name = "show",
                 .zh = "查看一笔流水及其核销与依据",
                 .en = "Show an entry, what it was applied to and why",
                 .examples = {{"recoupctl entries show pools/…/statementEntries/01jx…", ""}}},
                RpcOf("ReconciliationService.GetStatementEntry"), {.argument = "name"});
  AddRpcCommand(program, entries,
                {.name = "unmatch",
                 .zh = "撤回核销：款项转为待处理差异，不再自动核销",
                 .en = "Take a match back; a break keeps the money, no run decides on it again",
                 .examples = {{"recoupctl entries unmatch pools/…/statementEntries/01jx… --demand "
                               "RF18539007547034 --reason 付款人更正",
                               "追偿函也可写全名"}}},
                RpcOf("ReconciliationService.UnmatchEntry"),
                {.argument = "name", .lookup = DemandByReference(), .lookup_flag = "demand"});
  AddRpcCommand(
      program, program.root(),
      {.name = "reconcile",
       .zh = "对账：核销无疑义的来款，其余列为差异",
       .en = "Apply what is beyond doubt, open breaks for the rest",
       .examples = {{"recoupctl reconcile --pool 310115-310", "再次运行不会改变任何东西"}}},
      RpcOf("ReconciliationService.Reconcile"), {.add_piece = AddReconciled});
}

void AddBreaks(adapters::Program& program) {
  CLI::App& breaks = Group(program, "breaks", "差异", "Breaks");
  AddRpcCommand(program, breaks,
                {.name = "list",
                 .zh = "列出差异",
                 .en = "List breaks, oldest first",
                 .examples = {{"recoupctl breaks list --state open", "无人处理的差异"}}},
                RpcOf("ReconciliationService.ListBreaks"));
  AddRpcCommand(program, breaks,
                {.name = "assign",
                 .zh = "指派经办人",
                 .en = "Give a break an owner",
                 .examples = {{"recoupctl breaks assign pools/…/breaks/01jx… --owner "
                               "fund/pudong/wang-min",
                               ""}}},
                RpcOf("ReconciliationService.AssignBreak"), {.argument = "name"});
  AddRpcCommand(program, breaks,
                {.name = "resolve",
                 .zh = "处理差异（超限额的退款与核销须第二人审批）",
                 .en = "Resolve a break; large refunds and write-offs need a second person",
                 .examples = {{"recoupctl breaks resolve pools/…/breaks/01jx… --kind apply "
                               "--applications demand=pools/…/demands/01jx…,amount=1200.00 "
                               "--reason 付款人来函说明",
                               "核销到指定追偿函"},
                              {"recoupctl breaks resolve pools/…/breaks/01jx… --kind refund "
                               "--reason 重复付款",
                               "退回付款人"},
                              {"recoupctl breaks resolve pools/…/breaks/01jx… --kind apply "
                               "--settlement-batch settlementBatches/huaan.01jx… "
                               "--reason 银行电话确认",
                               "未标明的支出是银行退回该批次的付款"},
                              {"recoupctl breaks resolve pools/…/breaks/01jx… --kind apply "
                               "--pays-delivery --reason 银行回单已核对",
                               "该支出付的是同额的上解款"}}},
                RpcOf("ReconciliationService.ResolveBreak"), {.argument = "name"});
}

std::string RenderClose(const Message& message) {
  const auto& response = static_cast<const v1::GetDayCloseResponse&>(message);
  return absl::StrCat(response.day_close().report(), "\nSHA-256 ",
                      response.day_close().report_sha256(),
                      response.verified() ? "\n复核：一致\n" : "\n复核：不一致\n");
}

ExitCode CloseIsVerified(const Message& message) {
  return static_cast<const v1::GetDayCloseResponse&>(message).verified() ? ExitCode::kOk
                                                                         : ExitCode::kRefused;
}

void AddDays(adapters::Program& program) {
  CLI::App& days = Group(program, "days", "日结", "Closes of days");
  AddRpcCommand(
      program, days,
      {.name = "close",
       .zh = "日结：银行与账面逐项调节，有未解释差异则不结",
       .en = "Close a day; refused while a difference between bank and books is unexplained",
       .examples = {{"recoupctl days close --pool 310115-310 --day 2026-03-31", ""}}},
      RpcOf("ReconciliationService.CloseDay"));
  AddRpcCommand(program, days,
                {.name = "show",
                 .zh = "查看日结单，并由日记账重新计算复核（不一致时退出码为 1）",
                 .en = "Show a close and compute it again; exit code 1 when it does not agree",
                 .examples = {{"recoupctl days show pools/…/dayCloses/01jx…", ""}}},
                RpcOf("ReconciliationService.GetDayClose"),
                {.argument = "name", .human = RenderClose, .verdict = CloseIsVerified});
  AddRpcCommand(program, days,
                {.name = "list",
                 .zh = "列出日结",
                 .en = "List closes, oldest first",
                 .examples = {{"recoupctl days list --pool 310115-310", ""}}},
                RpcOf("ReconciliationService.ListDayCloses"));
}

struct ExportOptions {
  std::string pool;
  std::string from;
  std::string until;
  std::string out;
  std::string dialect = "hledger";
};

const std::map<std::string, v1::JournalDialect>& Dialects() {
  static const auto* const kDialects =
      new std::map<std::string, v1::JournalDialect>{{"hledger", v1::JOURNAL_DIALECT_HLEDGER},
                                                    {"ledger", v1::JOURNAL_DIALECT_LEDGER},
                                                    {"beancount", v1::JOURNAL_DIALECT_BEANCOUNT}};
  return *kDialects;
}

void DeclareExport(CLI::App& app, ExportOptions& options) {
  app.add_option("--pool", options.pool, "统筹区 / The pool; else ctl.pool");
  app.add_option("--from", options.from, "自 / First day");
  app.add_option("--until", options.until, "至 / Last day");
  app.add_option("--dialect", options.dialect, "hledger、ledger 或 beancount / For which program")
      ->check(CLI::IsMember(Dialects()));
  app.add_option("-o,--out", options.out, "文件；不写则输出到屏幕 / File; else standard output");
}

absl::Status ReadJournal(HubSession& hub, const v1::ExportJournalRequest& request,
                         std::ostream& out) {
  // Not tried again once a part was written: the file would hold it twice.
  bool has_begun = false;
  return hub.Call(kExportJournal, hub.context().NextRequestId(),
                  [&](grpc::ClientContext& context) -> absl::Status {
                    if (has_begun) return MakeError(Reason::kInternal, "the export broke off");
                    context.set_deadline(absl::ToChronoTime(absl::Now() + kExportDeadline));
                    v1::ExportJournalResponse part;
                    return adapters::ReadStream(*hub.channel(), kExportJournal, context, request,
                                                &part, [&] {
                                                  has_begun = true;
                                                  out << part.chunk();
                                                  return absl::OkStatus();
                                                });
                  });
}

CommandResult RunExport(const ExportOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
  v1::ExportJournalRequest request;
  request.set_pool(options.pool.empty() ? DefaultPool(context) : PoolName(options.pool));
  request.set_from_on(options.from);
  request.set_until_on(options.until);
  request.set_dialect(Dialects().at(options.dialect));
  if (options.out.empty()) {
    RECOUP_RETURN_IF_ERROR(ReadJournal(hub, request, context.out()));
    return ExitCode::kOk;
  }
  // A broken export must not be taken for a whole one, nor replace it.
  const std::string partial = options.out + ".partial";
  errno = 0;
  std::ofstream file(partial, std::ios::binary | std::ios::trunc);
  if (!file) return AsUsageError(CannotWrite(options.out, LastError()));
  const absl::Status read = ReadJournal(hub, request, file);
  file.close();
  std::error_code error;
  if (read.ok() && file) {
    std::filesystem::rename(partial, options.out, error);
    if (!error) {
      context.err() << "已导出：" << options.out << "\n";
      return ExitCode::kOk;
    }
  }
  std::error_code ignored;
  std::filesystem::remove(partial, ignored);
  if (!read.ok()) return read;
  return AsUsageError(CannotWrite(options.out, error));
}

}  // namespace

void AddMoneyCommands(adapters::Program& program) {
  CLI::App& advances = Group(program, "advances", "垫付", "Advances");
  AddRpcCommand(program, advances,
                {.name = "trace",
                 .zh = "每一分钱在哪里：各阶段金额与全部记账",
                 .en = "Where each fen of an advance is, and how it came there",
                 .examples = {{"recoupctl advances trace ZY20260301001", "按就诊号"}}},
                RpcOf("ReconciliationService.TraceAdvance"),
                {.argument = "name", .lookup = AdvanceByVisit()});
  AddEntries(program);
  AddDays(program);
  AddBreaks(program);
  AddRpcCommand(program, program.root(),
                {.name = "pass-on",
                 .zh = "上解：把追回的款项交还基金",
                 .en = "Pass recovered money on to the pool",
                 .examples = {{"recoupctl pass-on --pool 310115-310 --bank-reference "
                               "20260305-88",
                               "全部已追回的款项，上解日默认为今日"}}},
                RpcOf("ReconciliationService.PassOn"), {.preset = {{"passed_on_on", "today"}}});
  AddRpcCommand(program, program.root(),
                {.name = "balances",
                 .zh = "两套账的试算平衡（不平时退出码为 1）",
                 .en = "Trial balance of both ledgers; exit code 1 when it does not agree",
                 .examples = {{"recoupctl balances --pool 310115-310", "现在的余额"},
                              {"recoupctl balances --recorded-until '2026-03-05 18:00'",
                               "当时已记录的余额"}}},
                RpcOf("ReconciliationService.GetTrialBalance"),
                {.human = RenderBalances, .verdict = BalancesAgree});
  CLI::App& journal = Group(program, "journal", "日记账", "The journal");
  program.AddCommand<ExportOptions>(
      journal,
      {.name = "export",
       .zh = "导出纯文本日记账（hledger、ledger、beancount 可读）",
       .en = "Export the journal as plain text accounting for hledger, ledger or beancount",
       .examples = {{"recoupctl journal export --pool 310115-310 -o pudong.journal",
                     "可用 hledger -f pudong.journal check 复核"},
                    {"recoupctl journal export --dialect beancount -o pudong.beancount",
                     "可用 bean-check 复核"}}},
      DeclareExport, RunExport);
}

}  // namespace recoup::ctl

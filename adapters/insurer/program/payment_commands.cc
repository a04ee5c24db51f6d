// recoup-insurer pay export, pay check: what is to be paid, as an order for the insurer's bank.
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/hub_session.h"
#include "adapters/common/named_file.h"
#include "adapters/common/table.h"
#include "adapters/insurer/mapping/names.h"
#include "adapters/insurer/mapping/payable.h"
#include "adapters/insurer/mapping/remittance.h"
#include "adapters/insurer/payment/pain001.h"
#include "adapters/insurer/payment/payees.h"
#include "adapters/insurer/program/commands.h"
#include "adapters/insurer/program/insurer_hub.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "nlohmann/json.hpp"
#include "recoup/v1/settlement_batch.pb.h"

namespace recoup::insurer {
namespace {

using adapters::Align;
using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;
using adapters::FormatYuan;
using mapping::ScheduleLine;
using Json = nlohmann::ordered_json;

struct ExportOptions {
  std::string number;
  std::string execute_on;
  payment::AccountHolder payer;
  std::string payees;
  std::vector<std::string> demands;
  std::string file;
  std::string agreed_due_until;
  std::string batch;
  std::string out;
};

void DeclareExport(CLI::App& app, ExportOptions& options) {
  app.add_option("--number", options.number, "付款指令编号 / Own number of the order")->required();
  app.add_option("--execute-on", options.execute_on, "付款日 / Day of execution, YYYY-MM-DD")
      ->required();
  app.add_option("--payer-name", options.payer.name, "付款户名 / Name of the payer")->required();
  app.add_option("--payer-account", options.payer.account, "付款账号 / Account paid from")
      ->required();
  app.add_option("--payer-bank", options.payer.bank, "付款行 BIC 或联行号 / BIC or CNAPS number")
      ->required();
  app.add_option("--payees", options.payees,
                 "收款账户 CSV：基金,户名,账号,开户行号 / Accounts of the funds as CSV")
      ->required();
  CLI::Option* demands = app.add_option(
      "--demands", options.demands,
      "追偿函或付款参考号，可加=金额（元）；不给金额即已认可而未列入批次的部分 / DEMAND or "
      "DEMAND=AMOUNT; without an amount: what is agreed and in no batch");
  CLI::Option* file =
      app.add_option("--file", options.file, "付款清单 CSV / Schedule as CSV")->excludes(demands);
  CLI::Option* due =
      app.add_option("--agreed-due-until", options.agreed_due_until,
                     "全部已认可且此日或之前到期的部分 / What is agreed and due until this day")
          ->excludes(demands)
          ->excludes(file);
  app.add_option("--batch", options.batch,
                 "已截止的结算批次，一笔付清 / A settlement batch that is cut, in one sum")
      ->excludes(demands)
      ->excludes(file)
      ->excludes(due);
  app.add_option("--out", options.out, "写入此文件，不给则输出 / File to write; else to stdout");
}

using Payees = std::map<std::string, payment::AccountHolder>;

absl::StatusOr<std::vector<ScheduleLine>> ScheduleOf(const ExportOptions& options) {
  if (!options.file.empty()) {
    RECOUP_ASSIGN_OR_RETURN(const std::string bytes, adapters::ReadNamedFile(options.file));
    return mapping::ScheduleFromCsv(bytes);
  }
  return mapping::ScheduleFromTexts(options.demands);
}

void AddPayee(const std::string& pool, const std::string& path, const Payees& payees,
              std::string reference, domain::Money amount, payment::PaymentOrder& order,
              Faults& faults) {
  const auto payee = payees.find(pool);
  if (payee == payees.end()) {
    faults.Add(path, absl::StrCat("no account of ", pool, " in the list of payees"));
    return;
  }
  order.payments.push_back({std::move(reference), amount, payee->second});
}

// The payment of one line, as the hub sees its demand now.
absl::Status AddPayment(const ScheduleLine& line, InsurerHub& hub, const Payees& payees,
                        payment::PaymentOrder& order, Faults& faults) {
  const std::string path = mapping::PathOf(line);
  RECOUP_ASSIGN_OR_RETURN(const std::optional<v1::Demand> demand, hub.FindDemand(line.demand));
  if (!demand) {
    faults.Add(path, "no such demand");
    return absl::OkStatus();
  }
  const auto most = mapping::OpenWithoutReserved(*demand);
  const auto payable = mapping::PayableBy(*demand, std::nullopt);
  if (!most.ok() || !payable.ok() || !most->is_positive() || !mapping::IsPayable(*demand)) {
    faults.Add(path, absl::StrCat("nothing is to be paid: ",
                                  std::string(mapping::InChinese(demand->state())),
                                  demand->reserved_fen() > 0 ? "，已列入结算批次" : ""));
    return absl::OkStatus();
  }
  const domain::Money amount = line.amount.value_or(*payable);
  if (amount > *most) {
    faults.Add(path, absl::StrCat("more than the ", most->ToYuan(),
                                  " that are open and in no settlement batch"));
  }
  if (!amount.is_positive()) {
    faults.Add(path, "nothing is accepted yet: accept it, or give DEMAND=AMOUNT");
  }
  AddPayee(mapping::PoolOfDemand(demand->name()).value_or(""), path, payees, demand->reference(),
           amount, order, faults);
  return absl::OkStatus();
}

// Every part that was agreed and is due, of partly disputed demands too.
absl::Status AddDue(const std::string& until, InsurerHub& hub, const Payees& payees,
                    payment::PaymentOrder& order, Faults& faults) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(until, &day)) {
    return adapters::AsUsageError(
        MakeError(Reason::kInvalidArgument, "--agreed-due-until must be a day, YYYY-MM-DD"));
  }
  v1::ListDemandsRequest request;
  for (const v1::DemandState state : {v1::DEMAND_STATE_ISSUED, v1::DEMAND_STATE_ACKNOWLEDGED,
                                      v1::DEMAND_STATE_DISPUTED, v1::DEMAND_STATE_AGREED}) {
    request.add_states(state);
  }
  request.set_due_until_on(until);
  RECOUP_ASSIGN_OR_RETURN(const std::vector<v1::Demand> demands, hub.ListDemands(request));
  for (const v1::Demand& demand : demands) {
    RECOUP_ASSIGN_OR_RETURN(const domain::Money amount, mapping::PayableBy(demand, day));
    if (!amount.is_positive()) continue;
    AddPayee(mapping::PoolOfDemand(demand.name()).value_or(""), demand.reference(), payees,
             demand.reference(), amount, order, faults);
  }
  return absl::OkStatus();
}

// One sum with the batch's own reference, to the account of the pool that collects it.
absl::Status AddBatch(const std::string& name, const Payees& payees, CommandContext& context,
                      payment::PaymentOrder& order, Faults& faults) {
  RECOUP_ASSIGN_OR_RETURN(adapters::HubSession hub, adapters::HubSession::Open(context));
  v1::GetSettlementBatchRequest request;
  request.set_name(name);
  RECOUP_ASSIGN_OR_RETURN(
      const v1::GetSettlementBatchResponse answer,
      hub.Ask<v1::GetSettlementBatchResponse>("ReconciliationService.GetSettlementBatch", request));
  const v1::SettlementBatch& batch = answer.settlement_batch();
  const bool waits = batch.state() == v1::SETTLEMENT_BATCH_STATE_CLOSED ||
                     batch.state() == v1::SETTLEMENT_BATCH_STATE_RETURNED;
  if (!waits || batch.net_fen() <= 0) {
    faults.Add(name, absl::StrCat("is not waiting for a payment: ",
                                  std::string(mapping::InChinese(batch.state()))));
    return absl::OkStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(const domain::Money net, domain::Money::Create(batch.net_fen()));
  AddPayee(batch.collecting_pool(), name, payees, batch.reference(), net, order, faults);
  return absl::OkStatus();
}

absl::StatusOr<payment::PaymentOrder> OrderOf(const ExportOptions& options,
                                              CommandContext& context) {
  payment::PaymentOrder order;
  order.number = options.number;
  order.created = absl::FromUnixSeconds(absl::ToUnixSeconds(context.clock().Now()));
  order.payer = options.payer;
  const auto payee_bytes = adapters::ReadNamedFile(options.payees);
  if (!payee_bytes.ok()) return adapters::AsUsageError(payee_bytes.status());
  const auto payees = payment::PayeesFromCsv(*payee_bytes);
  if (!payees.ok()) return adapters::AsUsageError(payees.status());
  Faults faults;
  if (!absl::ParseCivilTime(options.execute_on, &order.execute_on)) {
    faults.Add("--execute-on", "must be a day, YYYY-MM-DD");
  }
  if (!options.batch.empty()) {
    RECOUP_RETURN_IF_ERROR(AddBatch(options.batch, *payees, context, order, faults));
  } else {
    RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
    if (!options.agreed_due_until.empty()) {
      RECOUP_RETURN_IF_ERROR(AddDue(options.agreed_due_until, hub, *payees, order, faults));
    } else if (options.demands.empty() && options.file.empty()) {
      return adapters::AsUsageError(
          MakeError(Reason::kInvalidArgument,
                    "give --demands, --file, --agreed-due-until or --batch: what is to be paid"));
    } else {
      const auto schedule = ScheduleOf(options);
      if (!schedule.ok()) return adapters::AsUsageError(schedule.status());
      for (const ScheduleLine& line : *schedule) {
        RECOUP_RETURN_IF_ERROR(AddPayment(line, hub, *payees, order, faults));
      }
    }
  }
  RECOUP_RETURN_IF_ERROR(adapters::AsUsageError(faults.ToStatus()));
  return order;
}

void PrintOrder(const payment::PaymentOrder& order, std::ostream& out) {
  adapters::Table table({{"付款参考号"}, {"金额（元）", Align::kRight}, {"收款人"}, {"收款账号"}});
  for (const payment::Payment& row : order.payments) {
    table.AddRow({row.reference, FormatYuan(row.amount.fen()), row.payee.name, row.payee.account});
  }
  const auto sum = payment::ControlSum(order);
  out << "付款指令  " << order.number << "\n付款日    " << adapters::FormatDate(order.execute_on)
      << "\n付款户    " << order.payer.name << "  " << order.payer.account << "\n共 "
      << order.payments.size() << " 笔，合计 " << (sum.ok() ? FormatYuan(sum->fen()) : "")
      << " 元\n"
      << table.Render();
}

CommandResult RunExport(const ExportOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(const payment::PaymentOrder order, OrderOf(options, context));
  const absl::StatusOr<std::string> xml = payment::PaymentOrderAsPain001(order);
  if (!xml.ok()) return adapters::AsUsageError(xml.status());
  // What the bank will read must be what was meant.
  RECOUP_ASSIGN_OR_RETURN(const payment::PaymentOrder read_back, payment::ReadPain001(*xml));
  if (!(read_back == order)) {
    return MakeError(Reason::kInternal, "the order reads back as another one; nothing was written");
  }
  if (options.out.empty()) {
    context.out() << *xml;
    return ExitCode::kOk;
  }
  RECOUP_RETURN_IF_ERROR(adapters::WriteNamedFile(options.out, *xml));
  PrintOrder(order, context.out());
  return ExitCode::kOk;
}

struct CheckOptions {
  std::string file;
};

void DeclareCheck(CLI::App& app, CheckOptions& options) {
  app.add_option("FILE", options.file, "pain.001 文件 / A pain.001 file")->required();
}

CommandResult RunCheck(const CheckOptions& options, CommandContext& context) {
  const auto bytes = adapters::ReadNamedFile(options.file);
  if (!bytes.ok()) return adapters::AsUsageError(bytes.status());
  const auto order = payment::ReadPain001(*bytes);
  if (!order.ok()) return adapters::AsUsageError(order.status());
  if (!context.json()) {
    PrintOrder(*order, context.out());
    return ExitCode::kOk;
  }
  const auto sum = payment::ControlSum(*order);
  Json json = {{"number", order->number},
               {"execute_on", adapters::FormatDate(order->execute_on)},
               {"payer_account", order->payer.account},
               {"control_sum", sum.ok() ? sum->ToYuan() : ""},
               {"payments", Json::array()}};
  for (const payment::Payment& row : order->payments) {
    json["payments"].push_back({{"reference", row.reference},
                                {"amount", row.amount.ToYuan()},
                                {"payee_name", row.payee.name},
                                {"payee_account", row.payee.account}});
  }
  context.out() << json.dump() << '\n';
  return ExitCode::kOk;
}

}  // namespace

void AddPaymentCommands(adapters::Program& program) {
  CLI::App& group = program.AddGroup(program.root(), "pay", "付款指令", "Payment orders");
  program.AddCommand<ExportOptions>(
      group,
      {.name = "export",
       .zh = "把应付款项导出为 pain.001 付款指令",
       .en = "Export what is to be paid as a pain.001 order",
       .examples = {{.command = "recoup-insurer pay export --number ZF-2026-03 --execute-on "
                                "2026-03-31 --payer-name 安澜财产保险 --payer-account 62220001 "
                                "--payer-bank 102290000001 --payees 收款账户.csv "
                                "--agreed-due-until 2026-04-30 --out zf.xml",
                     .says = "全部已认可、四月底前到期的款项"},
                    {.command = "recoup-insurer pay export … --batch settlementBatches/huaan.01jx…",
                     .says = "一笔付清已截止的结算批次"}}},
      DeclareExport, RunExport);
  program.AddCommand<CheckOptions>(
      group,
      {.name = "check",
       .zh = "核对一份 pain.001 付款指令",
       .en = "Check a pain.001 order: counts, control sums, references",
       .examples = {{.command = "recoup-insurer pay check zf.xml", .says = "列出并核对"}},
       .settings = adapters::Settings::kNone},
      DeclareCheck, RunCheck);
}

}  // namespace recoup::insurer

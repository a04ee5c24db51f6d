// recoup-insurer remit, advices: the insurer says what it paid, and for which demands.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "adapters/common/named_file.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/table.h"
#include "adapters/insurer/mapping/names.h"
#include "adapters/insurer/mapping/remittance.h"
#include "adapters/insurer/program/commands.h"
#include "adapters/insurer/program/insurer_hub.h"
#include "adapters/insurer/program/submit.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer {
namespace {

using adapters::Align;
using adapters::CommandContext;
using adapters::CommandResult;
using adapters::Effect;
using adapters::ExitCode;
using adapters::FormatYuan;
using mapping::ScheduleLine;

struct RemitOptions {
  mapping::PaymentFacts facts;
  std::vector<std::string> demands;
  std::string file;
};

void DeclareRemit(CLI::App& app, RemitOptions& options) {
  app.add_option("--number", options.facts.number,
                 "本公司付款通知编号；同一编号只发一次 / Own number of this advice, sent once")
      ->required();
  app.add_option("--paid-on", options.facts.paid_on, "付款日期 / Day of payment, YYYY-MM-DD")
      ->required();
  CLI::Option* demands = app.add_option(
      "--demands", options.demands,
      "追偿函或付款参考号，可加=金额（元） / DEMAND or DEMAND=AMOUNT; without: all that is open");
  app.add_option("--file", options.file, "付款清单 CSV / Schedule as CSV")->excludes(demands);
  app.add_option("--pool", options.facts.pool, "收款基金 / Pool that is paid");
  app.add_option("--end-to-end-id", options.facts.end_to_end_id,
                 "银行付款标识 / EndToEndId of the transfer");
  app.add_option("--account", options.facts.payer_account, "付款账户 / Account paid from");
}

absl::StatusOr<std::vector<ScheduleLine>> ReadSchedule(const RemitOptions& options) {
  if (options.file.empty()) return mapping::ScheduleFromTexts(options.demands);
  RECOUP_ASSIGN_OR_RETURN(const std::string bytes, adapters::ReadNamedFile(options.file));
  return mapping::ScheduleFromCsv(bytes);
}

// Lines without an amount pay all that is open.
absl::Status FillAmounts(std::vector<ScheduleLine>& schedule, CommandContext& context) {
  const auto is_open = [](const ScheduleLine& line) { return !line.amount.has_value(); };
  if (std::ranges::none_of(schedule, is_open)) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  Faults faults;
  for (ScheduleLine& line : schedule) {
    if (!is_open(line)) continue;
    RECOUP_ASSIGN_OR_RETURN(const std::optional<v1::Demand> demand, hub.FindDemand(line.demand));
    if (!demand) {
      faults.Add(mapping::PathOf(line), "no such demand");
      continue;
    }
    RECOUP_ASSIGN_OR_RETURN(line.amount, domain::Money::Create(demand->open_fen()));
    line.demand = demand->name();
  }
  return faults.ToStatus(Reason::kNotFound);
}

std::string AdviceForPeople(const v1::RemittanceAdvice& advice) {
  std::string out = absl::StrCat("付款通知  ", advice.name(), "\n编    号  ",
                                 advice.bank_reference(), "\n付款日期  ", advice.paid_on(),
                                 "\n金    额  ", FormatYuan(advice.amount_fen()), " 元\n到    账  ",
                                 FormatYuan(advice.received_fen()), " 元（",
                                 std::string(mapping::InChinese(advice.state())), "）\n");
  adapters::Table table({{"追偿函"}, {"金额（元）", Align::kRight}});
  for (const v1::RemittanceLine& line : advice.lines()) {
    table.AddRow(
        {line.demand().empty() ? line.reference() : line.demand(), FormatYuan(line.amount_fen())});
  }
  return out + table.Render();
}

CommandResult RunRemit(const RemitOptions& options, CommandContext& context) {
  absl::StatusOr<std::vector<ScheduleLine>> schedule = ReadSchedule(options);
  if (!schedule.ok()) return adapters::AsUsageError(schedule.status());
  RECOUP_RETURN_IF_ERROR(FillAmounts(*schedule, context));
  absl::StatusOr<v1::RemittanceAdvice> advice =
      mapping::ToRemittanceAdvice(options.facts, *schedule);
  if (!advice.ok()) return adapters::AsUsageError(advice.status());
  v1::SendRemittanceAdviceRequest request;
  *request.mutable_remittance_advice() = *std::move(advice);
  Submission submission;
  submission.source_key = absl::StrCat("advice ", options.facts.number);
  submission.kind = kSendRemittanceAdvice;
  const CommandResult sent = SubmitAndReport<v1::SendRemittanceAdviceResponse>(
      std::move(submission), std::move(request),
      [](const v1::SendRemittanceAdviceResponse& answer) {
        return AdviceForPeople(answer.remittance_advice());
      },
      context);
  if (!sent.ok()) return mapping::AtScheduleLines(sent.status(), *schedule);
  return sent;
}

struct AdviceOptions {
  std::string pool;
  std::string name;
};

void DeclareList(CLI::App& app, AdviceOptions& options) {
  app.add_option("--pool", options.pool, "只列此基金 / Only of this pool");
}

void DeclareShow(CLI::App& app, AdviceOptions& options) {
  app.add_option("ADVICE", options.name, "pools/…/remittanceAdvices/…")->required();
}

CommandResult RunList(const AdviceOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  v1::ListRemittanceAdvicesRequest request;
  request.set_pool(options.pool);
  RECOUP_ASSIGN_OR_RETURN(const std::vector<v1::RemittanceAdvice> advices,
                          hub.ListAdvices(std::move(request)));
  if (context.json()) {
    v1::ListRemittanceAdvicesResponse all;
    for (const v1::RemittanceAdvice& advice : advices) *all.add_remittance_advices() = advice;
    context.out() << adapters::ProtoAsJson(all);
    return ExitCode::kOk;
  }
  if (advices.empty()) {
    context.out() << "没有付款通知\n";
    return ExitCode::kOk;
  }
  adapters::Table table({{"付款通知"},
                         {"编号"},
                         {"付款日期"},
                         {"金额（元）", Align::kRight},
                         {"到账（元）", Align::kRight},
                         {"状态"}});
  for (const v1::RemittanceAdvice& advice : advices) {
    table.AddRow({advice.name(), advice.bank_reference(), advice.paid_on(),
                  FormatYuan(advice.amount_fen()), FormatYuan(advice.received_fen()),
                  std::string(mapping::InChinese(advice.state()))});
  }
  context.out() << table.Render();
  return ExitCode::kOk;
}

CommandResult RunShow(const AdviceOptions& options, CommandContext& context) {
  RECOUP_ASSIGN_OR_RETURN(InsurerHub hub, InsurerHub::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const v1::RemittanceAdvice advice, hub.GetAdvice(options.name));
  context.out() << (context.json() ? adapters::ProtoAsJson(advice) : AdviceForPeople(advice));
  return ExitCode::kOk;
}

}  // namespace

void AddAdviceCommands(adapters::Program& program) {
  program.AddCommand<RemitOptions>(
      program.root(),
      {.name = "remit",
       .zh = "通知已付款项及其对应的追偿函",
       .en = "State that a payment was made, and for which demands",
       .examples = {{.command = "recoup-insurer remit --number FK-2025-0917 --paid-on 2025-09-17 "
                                "--demands pools/310115-310/demands/x=6800.00",
                     .says = "一笔付款对应一份追偿函"},
                    {.command = "recoup-insurer remit --number FK-2025-10 --paid-on 2025-10-31 "
                                "--file 清单.csv --pool pools/310115-310",
                     .says = "一笔付款对应清单中的多份追偿函"}},
       .effect = Effect::kManyRequests},
      DeclareRemit, RunRemit);
  CLI::App& advices = program.AddGroup(program.root(), "advices", "付款通知", "Remittance advices");
  program.AddCommand<AdviceOptions>(
      advices, {.name = "list", .zh = "列出付款通知及到账情况", .en = "List advices"}, DeclareList,
      RunList);
  program.AddCommand<AdviceOptions>(
      advices, {.name = "show", .zh = "查看一份付款通知", .en = "Show an advice"}, DeclareShow,
      RunShow);
}

}  // namespace recoup::insurer

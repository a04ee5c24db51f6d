// split quote, settle, show: who pays which part of a bill, asked before it is settled.
#include "absl/strings/str_cat.h"
#include "adapters/common/hub_session.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/split_report.h"
#include "adapters/hospital/program/commands.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/money.h"
#include "recoup/v1/hospital_service.pb.h"

namespace recoup::hospital {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::Effect;
using adapters::ExitCode;

std::int64_t SplitFenOf(const std::string& yuan, const char* option, Faults& faults) {
  const absl::StatusOr<domain::Money> amount = domain::Money::FromYuan(yuan);
  if (amount.ok() && !amount->is_negative()) return amount->fen();
  faults.Add(option, absl::StrCat("不是金额（元）：", yuan, "；应如 12600.00"));
  return 0;
}

template <typename Response>
CommandResult ShowSplit(const Response& answer, const char* done, CommandContext& context) {
  if (context.json()) {
    context.out() << adapters::ProtoAsJson(answer);
    return ExitCode::kOk;
  }
  context.out() << (context.validate_only() ? "校验通过，未记录\n" : done)
                << adapters::SplitForPeople(answer.split());
  return ExitCode::kOk;
}

struct QuoteOptions {
  std::string visit;
  std::string pool;
  std::string total;
  std::string fund;
  std::string self;
};

void DeclareQuote(CLI::App& app, QuoteOptions& options) {
  app.add_option("VISIT", options.visit, "就诊ID（mdtrt_id）/ Visit")->required();
  app.add_option("--pool", options.pool, "统筹区基金，如 310115-310 / Pool")->required();
  app.add_option("--total", options.total, "预结算的医疗费总额（元）/ All medical fees, yuan")
      ->required();
  app.add_option("--fund", options.fund, "预结算的基金支付 C（元）/ What the fund would pay")
      ->required();
  app.add_option("--self", options.self, "预结算的个人负担 A（元）/ What the patient would bear")
      ->required();
}

CommandResult RunQuote(const QuoteOptions& options, CommandContext& context) {
  Faults faults;
  v1::QuoteSplitRequest request;
  request.set_pool(options.pool.starts_with("pools/") ? options.pool
                                                      : absl::StrCat("pools/", options.pool));
  request.set_visit_id(options.visit);
  request.set_total_fen(SplitFenOf(options.total, "--total", faults));
  request.set_fund_paid_fen(SplitFenOf(options.fund, "--fund", faults));
  request.set_self_paid_fen(SplitFenOf(options.self, "--self", faults));
  if (!faults.empty()) return adapters::AsUsageError(faults.ToStatus());
  RECOUP_ASSIGN_OR_RETURN(adapters::HubSession hub, adapters::HubSession::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const auto answer, hub.Mutate<v1::QuoteSplitResponse>(
                                                 "HospitalService.QuoteSplit", std::move(request)));
  return ShowSplit(answer, "", context);
}

struct SettleOptions {
  std::string split;
  std::string settlement;
};

void DeclareSettle(CLI::App& app, SettleOptions& options) {
  app.add_option("SPLIT", options.split, "pools/…/splits/… / The split")->required();
  app.add_option("--settlement", options.settlement, "结算ID（setl_id）/ The settlement")
      ->required();
}

CommandResult RunSettle(const SettleOptions& options, CommandContext& context) {
  v1::SettleSplitRequest request;
  request.set_quote(options.split);
  request.set_settlement_id(options.settlement);
  RECOUP_ASSIGN_OR_RETURN(adapters::HubSession hub, adapters::HubSession::Open(context));
  RECOUP_ASSIGN_OR_RETURN(
      const auto answer,
      hub.Mutate<v1::SettleSplitResponse>("HospitalService.SettleSplit", std::move(request)));
  return ShowSplit(answer, "已按分账结算\n", context);
}

struct ShowSplitOptions {
  std::string split;
};

void DeclareShowSplit(CLI::App& app, ShowSplitOptions& options) {
  app.add_option("SPLIT", options.split, "pools/…/splits/… / The split")->required();
}

CommandResult RunShowSplit(const ShowSplitOptions& options, CommandContext& context) {
  v1::GetSplitRequest request;
  request.set_name(options.split);
  RECOUP_ASSIGN_OR_RETURN(adapters::HubSession hub, adapters::HubSession::Open(context));
  RECOUP_ASSIGN_OR_RETURN(const auto answer,
                          hub.Ask<v1::GetSplitResponse>("HospitalService.GetSplit", request));
  return ShowSplit(answer, "", context);
}

}  // namespace

void AddSplitCommands(adapters::Program& program) {
  CLI::App& split = program.AddGroup(program.root(), "split", "出院分账", "Splits at discharge");
  program.AddCommand<QuoteOptions>(
      split,
      {.name = "quote",
       .zh = "结算前询问谁该付哪一部分；再次询问可看到新的答复",
       .en = "Ask who should pay which part of a bill; asking again shows new answers",
       .examples = {{.command = "recoup-hospital split quote 310115M0001 --pool 310115-310 --total "
                                "30000 --fund 18000 --self 12000",
                     .says = "按预结算金额询价"}},
       .effect = Effect::kOneRequest},
      DeclareQuote, RunQuote);
  program.AddCommand<SettleOptions>(
      split,
      {.name = "settle",
       .zh = "结算后按分账确认，保险公司应付部分随之到期",
       .en = "Confirm the split by its settlement; the insurers' parts become due",
       .examples = {{.command = "recoup-hospital split settle pools/310115-310/splits/01m8… "
                                "--settlement 310115S0001",
                     .says = "用结算ID确认"}},
       .effect = Effect::kOneRequest},
      DeclareSettle, RunSettle);
  program.AddCommand<ShowSplitOptions>(
      split, {.name = "show", .zh = "查看一次分账", .en = "Show one split"}, DeclareShowSplit,
      RunShowSplit);
}

}  // namespace recoup::hospital

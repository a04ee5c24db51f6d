// trace: from a lead to the sum owed.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "adapters/common/proto_json.h"
#include "adapters/common/table.h"
#include "adapters/hospital/program/commands.h"
#include "adapters/hospital/program/settings.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/money.h"

namespace recoup::hospital {
namespace {

using adapters::CommandContext;
using adapters::CommandResult;
using adapters::ExitCode;
using domain::Money;

struct TraceOptions {
  std::string name;
  std::string id_number;
  std::string injured_on;
  std::string until_on;
  std::string judged;
  std::string basis = "none";
  std::string share;
  std::string liable;
  bool paid = false;
  std::vector<std::string> bills;
  std::vector<std::string> exclusions;
};

void DeclareTrace(CLI::App& app, TraceOptions& options) {
  app.add_option("--name", options.name, "受伤人姓名 / Injured person")->required();
  app.add_option("--id-number", options.id_number, "身份证号 / Identity number");
  app.add_option("--injured-on", options.injured_on, "受伤日期 YYYY-MM-DD / Day of the injury")
      ->required();
  app.add_option("--until", options.until_on, "查到哪一天 / Last day");
  app.add_option("--judged", options.judged, "判决或协议的医疗费（元）/ Judged medical sum, yuan");
  app.add_option(
         "--basis", options.basis,
         "判决口径：gross 未扣减、net 已扣减、fund-awarded 直接判给基金、none 无判决 / Basis")
      ->check(CLI::IsMember({"gross", "net", "fund-awarded", "none"}));
  app.add_option("--share", options.share, "对方责任比例（%），如 70 / Liable share in percent");
  app.add_option("--liable", options.liable, "责任方名称 / Who is liable");
  app.add_flag("--paid", options.paid, "赔偿款已付给受伤人 / The compensation reached the person");
  app.add_option("--bill", options.bills,
                 "票据：号码[=总额[/基金支付]]，元 / Bill: number[=total[/fund part]]")
      ->allow_extra_args(false);
  app.add_option("--exclude", options.exclusions,
                 "与受伤无关：就诊ID=理由，或 票据:号码=理由 / Not caused by the injury")
      ->allow_extra_args(false);
}

std::int64_t FenOf(const std::string& yuan, const std::string& path, Faults& faults) {
  const absl::StatusOr<Money> amount = Money::FromYuan(yuan);
  if (amount.ok() && !amount->is_negative()) return amount->fen();
  faults.Add(path, "不是金额（元），如 18265.31");
  return 0;
}

v1::Basis BasisOf(const std::string& text) {
  if (text == "gross") return v1::BASIS_GROSS;
  if (text == "net") return v1::BASIS_NET;
  if (text == "fund-awarded") return v1::BASIS_FUND_AWARDED;
  return v1::BASIS_NONE;
}

void AddBill(const std::string& text, v1::TraceInjuryRequest& request, Faults& faults) {
  const std::vector<std::string> sides = absl::StrSplit(text, absl::MaxSplits('=', 1));
  v1::PresentedBill& bill = *request.add_bills();
  bill.set_invoice_number(sides[0]);
  bill.set_source("--bill");
  if (sides.size() < 2) return;
  const std::vector<std::string> amounts = absl::StrSplit(sides[1], absl::MaxSplits('/', 1));
  const std::string path = absl::StrCat("--bill ", sides[0]);
  bill.set_total_fen(FenOf(amounts[0], path, faults));
  if (amounts.size() == 2) bill.set_fund_paid_fen(FenOf(amounts[1], path, faults));
}

void AddExclusion(const std::string& text, v1::TraceInjuryRequest& request, Faults& faults) {
  constexpr std::string_view kBill = "票据:";
  const std::vector<std::string> sides = absl::StrSplit(text, absl::MaxSplits('=', 1));
  if (sides.size() < 2 || sides[1].empty()) {
    faults.Add("--exclude", "应写作 就诊ID=理由 或 票据:号码=理由");
    return;
  }
  v1::TraceExclusion& exclusion = *request.add_exclusions();
  if (sides[0].starts_with(kBill)) {
    exclusion.set_invoice_number(sides[0].substr(kBill.size()));
  } else {
    exclusion.set_visit_id(sides[0]);
  }
  exclusion.set_reason(sides[1]);
}

absl::StatusOr<v1::TraceInjuryRequest> RequestFrom(const TraceOptions& options) {
  Faults faults;
  v1::TraceInjuryRequest request;
  request.mutable_person()->set_name(options.name);
  if (!options.id_number.empty()) {
    request.mutable_person()->set_id_kind(v1::ID_KIND_RESIDENT_ID);
    request.mutable_person()->set_id_number(options.id_number);
  }
  request.set_injured_on(options.injured_on);
  request.set_until_on(options.until_on);
  request.set_basis(BasisOf(options.basis));
  if (!options.judged.empty()) {
    request.set_judged_medical_fen(FenOf(options.judged, "--judged", faults));
  }
  if (!options.share.empty()) {
    // Percent with two decimals and basis points are the same digits, as yuan and fen are.
    const std::int64_t share = FenOf(options.share, "--share", faults);
    if (share > 10'000) faults.Add("--share", "不超过 100");
    request.set_liable_share_bp(static_cast<std::int32_t>(std::min<std::int64_t>(share, 10'000)));
  }
  request.set_liable_name(options.liable);
  request.set_paid_to_injured_person(options.paid);
  for (const std::string& bill : options.bills) AddBill(bill, request, faults);
  for (const std::string& exclusion : options.exclusions) AddExclusion(exclusion, request, faults);
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return request;
}

std::string Yuan(std::int64_t fen) { return Money::Fen(fen).ToYuanGrouped(); }

std::string TraceForPeople(const v1::TraceInjuryResponse& trace) {
  using adapters::Align;
  std::string text;
  if (trace.visits().empty()) return "没有找到此人的结算。\n";
  adapters::Table visits({{"日期"},
                          {"就诊"},
                          {"统筹区"},
                          {"票据"},
                          {"个人负担 A", Align::kRight},
                          {"基金支付 C", Align::kRight},
                          {"已收回", Align::kRight},
                          {"说明"}});
  for (const v1::TracedVisit& visit : trace.visits()) {
    visits.AddRow({visit.on(), visit.visit_id(), visit.pool().substr(visit.pool().find('/') + 1),
                   absl::StrJoin(visit.invoice_numbers(), " "), Yuan(visit.self_paid_fen()),
                   Yuan(visit.fund_paid_fen()), Yuan(visit.recovered_fen()), visit.reason()});
  }
  absl::StrAppend(&text, visits.Render());
  absl::StrAppend(&text, "\n合计：个人负担 A ", Yuan(trace.self_paid_fen()), " 元，基金支付 C ",
                  Yuan(trace.fund_paid_fen()), " 元；应退回基金 ", Yuan(trace.owed_fen()),
                  " 元。\n");
  for (const v1::ExplanationStep& step : trace.explanation().steps()) {
    absl::StrAppend(&text, "    ", step.label(), "：", step.formula(), " = ",
                    Yuan(step.result_fen()), " 元（", step.source(), "）\n");
  }
  if (!trace.shares().empty()) {
    adapters::Table shares(
        {{"统筹区"}, {"基金"}, {"已支付", Align::kRight}, {"应退回", Align::kRight}});
    for (const v1::TraceShare& share : trace.shares()) {
      shares.AddRow({share.pool().substr(share.pool().find('/') + 1),
                     absl::StrCat(share.fund_pay_type(), " ", share.name()), Yuan(share.paid_fen()),
                     Yuan(share.amount_fen())});
    }
    absl::StrAppend(&text, "\n", shares.Render());
  }
  for (const v1::TraceFinding& finding : trace.findings()) {
    absl::StrAppend(&text, "\n注意：", finding.text());
  }
  if (!trace.findings().empty()) text += "\n";
  return text;
}

CommandResult RunTrace(const TraceOptions& options, CommandContext& context) {
  const absl::StatusOr<v1::TraceInjuryRequest> request = RequestFrom(options);
  if (!request.ok()) return adapters::AsUsageError(request.status());
  RECOUP_ASSIGN_OR_RETURN(const auto hub, OpenHub(context, context.random()));
  RECOUP_ASSIGN_OR_RETURN(const v1::TraceInjuryResponse trace,
                          hub->TraceInjury(*request, context.NextRequestId()));
  context.out() << (context.json() ? adapters::ProtoAsJson(trace) : TraceForPeople(trace));
  return ExitCode::kOk;
}

}  // namespace

void AddTraceCommand(adapters::Program& program) {
  program.AddCommand<TraceOptions>(
      program.root(),
      {.name = "trace",
       .zh = "追溯一次受伤：汇总各次就诊，计算应退回基金的金额，发现重复",
       .en = "Trace an injury: add up its visits, compute what is owed, find what was paid twice",
       .examples =
           {{"recoup-hospital trace --name 陈晓岚 --id-number 310115198503124525 --injured-on "
             "2026-01-05 --basis gross --judged 18265.31 --paid",
             "判决未扣减医保部分，赔偿款已付给本人"},
            {"recoup-hospital trace --name 陈晓岚 --injured-on 2026-01-05 --share 70 --exclude "
             "310115M0009=治疗糖尿病",
             "无判决，按七成责任；排除一次无关就诊"}}},
      DeclareTrace, RunTrace);
}

}  // namespace recoup::hospital

#include "adapters/hospital/program/describe_trace.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/common/table.h"
#include "hub/domain/money.h"

namespace recoup::hospital {
namespace {

using adapters::Align;
using adapters::Table;

std::string Yuan(std::int64_t fen) { return domain::Money::Fen(fen).ToYuanGrouped(); }

std::string PoolText(const std::string& pool) {
  return pool.empty() ? "—" : pool.substr(pool.find('/') + 1);
}

std::string Visits(const v1::TraceInjuryResponse& trace) {
  if (trace.visits().empty()) return "没有找到此人的结算。\n";
  Table table({{"日期"},
               {"就诊"},
               {"统筹区"},
               {"票据"},
               {"个人负担 A", Align::kRight},
               {"基金支付 C", Align::kRight},
               {"已收回", Align::kRight},
               {"说明"}});
  for (const v1::TracedVisit& visit : trace.visits()) {
    table.AddRow({visit.on(), visit.visit_id(), PoolText(visit.pool()),
                  absl::StrJoin(visit.invoice_numbers(), " "), Yuan(visit.self_paid_fen()),
                  Yuan(visit.fund_paid_fen()), Yuan(visit.recovered_fen()), visit.reason()});
  }
  return table.Render();
}

std::string FundText(const v1::TracedBill& bill) {
  if (!bill.has_fund_paid()) return "未说明";
  return bill.fund_paid() ? "是" : "否";
}

std::string Bills(const v1::TraceInjuryRequest& request, const v1::TraceInjuryResponse& trace) {
  if (trace.bills().empty()) return "";
  Table table({{"票据"}, {"来源"}, {"把握", Align::kRight}, {"基金支付过"}, {"计入"}, {"说明"}});
  for (const v1::TracedBill& bill : trace.bills()) {
    const v1::PresentedBill& presented = request.bills(bill.bill());
    table.AddRow({bill.invoice_number().empty() ? "（未读到号码）" : bill.invoice_number(),
                  presented.source(),
                  presented.has_confidence_percent()
                      ? absl::StrCat(presented.confidence_percent(), "%")
                      : "",
                  FundText(bill), bill.included() ? "是" : "否", bill.reason()});
  }
  return absl::StrCat("\n", table.Render());
}

// What the clerk may add, by the gap.
const char* OptionsFor(v1::TraceGap gap) {
  if (gap == v1::TRACE_GAP_BASIS) {
    return "请加 --basis gross（未扣减）、net（已扣减）或 fund-awarded（直接判给基金）";
  }
  if (gap == v1::TRACE_GAP_LIABILITY) {
    return "请加 --share 责任比例，如 --share 70；有判决的加 --basis 与 --judged 医疗费";
  }
  if (gap == v1::TRACE_GAP_JUDGED) return "请加 --judged 判决的医疗费（元）";
  if (gap == v1::TRACE_GAP_MORE_THAN_FOUND) {
    return "请核对 --judged、--injured-on、--until 与 --exclude，或用 --invoice、--bill 补上票据";
  }
  return "请核对所给的选项";
}

std::string Sums(const v1::TraceInjuryResponse& trace, const FundTypes& fund_types) {
  if (trace.visits().empty() && trace.self_paid_fen() == 0 && trace.fund_paid_fen() == 0) return "";
  std::string text = absl::StrCat("\n合计：个人负担 A ", Yuan(trace.self_paid_fen()),
                                  " 元，基金支付 C ", Yuan(trace.fund_paid_fen()), " 元");
  if (trace.gap() != v1::TRACE_GAP_UNSPECIFIED) {
    absl::StrAppend(&text, "。\n应退回金额未计算：", trace.gap_text(), "。\n  ",
                    OptionsFor(trace.gap()), "\n");
    return text;
  }
  absl::StrAppend(&text, "；应退回基金 ", Yuan(trace.owed_fen()), " 元。\n");
  for (const v1::ExplanationStep& step : trace.explanation().steps()) {
    absl::StrAppend(&text, "    ", step.label(), "：", step.formula(), " = ",
                    Yuan(step.result_fen()), " 元（", step.source(), "）\n");
  }
  if (trace.shares().empty()) return text;
  Table shares({{"统筹区"}, {"基金"}, {"已支付", Align::kRight}, {"应退回", Align::kRight}});
  for (const v1::TraceShare& share : trace.shares()) {
    const std::string name =
        share.name().empty() ? fund_types.Name(share.fund_pay_type()) : share.name();
    shares.AddRow(
        {PoolText(share.pool()),
         share.fund_pay_type().empty() ? name : absl::StrCat(share.fund_pay_type(), " ", name),
         Yuan(share.paid_fen()), Yuan(share.amount_fen())});
  }
  absl::StrAppend(&text, "\n", shares.Render());
  return text;
}

// Whether two settlements are of one bill; each counts until that is decided.
std::string SharedNumbers(const v1::TraceInjuryResponse& trace) {
  std::string text;
  for (const v1::TraceFinding& finding : trace.findings()) {
    const bool of_settlement =
        finding.kind() == v1::TRACE_FINDING_KIND_UNSURE &&
        std::any_of(trace.visits().begin(), trace.visits().end(),
                    [&](const auto& visit) { return visit.settlement_id() == finding.subject(); });
    if (!of_settlement) continue;
    absl::StrAppend(&text, "\n待核对：结算 ", finding.subject(), "\n  是同一张票据：--same-bill '",
                    finding.subject(), "'\n  是另一张票据：--other-bill '", finding.subject(),
                    "'\n");
  }
  return text;
}

// What the clerk may do about bills that wait for a look.
std::string Questions(const v1::TraceInjuryRequest& request, const v1::TraceInjuryResponse& trace) {
  std::string text;
  for (const v1::TracedBill& bill : trace.bills()) {
    const v1::PresentedBill& presented = request.bills(bill.bill());
    const std::string& name = presented.source() == "--bill" || presented.source().empty()
                                  ? bill.invoice_number()
                                  : presented.source();
    if (!bill.candidates().empty()) {
      absl::StrAppend(&text, "\n待指明：", name, "\n");
      for (const std::string& settlement : bill.candidates()) {
        absl::StrAppend(&text, "  属于结算 ", settlement, "：--assign '", name, "=", settlement,
                        "'\n");
      }
      continue;
    }
    if (bill.included() || !absl::StartsWith(bill.reason(), "待核对")) continue;
    if (absl::StrContains(bill.reason(), "未注明所冲")) {
      absl::StrAppend(
          &text, "\n待核对：", name,
          "\n  写明红字票据冲的是哪张：--correct '红字票据的文件:related_number=号码'\n");
    } else if (presented.has_confidence_percent()) {
      absl::StrAppend(&text, "\n待核对：", name, "\n");
      // A figure that is not there cannot be confirmed.
      if (!absl::StrContains(bill.reason(), "未读到")) {
        absl::StrAppend(&text, "  读得对：--confirm '", name, "'\n");
      }
      absl::StrAppend(&text, "  更正：--correct '", name,
                      ":fund_paid=600.00'（项目还有 number、total、issued_on 等）\n");
    }
  }
  return text;
}

}  // namespace

std::string TraceForPeople(const v1::TraceInjuryRequest& request,
                           const v1::TraceInjuryResponse& trace, const FundTypes& fund_types) {
  std::string text = absl::StrCat(Visits(trace), Bills(request, trace), Sums(trace, fund_types));
  for (const v1::TraceFinding& finding : trace.findings()) {
    absl::StrAppend(&text, "\n注意：", finding.text());
  }
  if (!trace.findings().empty()) text += "\n";
  absl::StrAppend(&text, SharedNumbers(trace), Questions(request, trace));
  return text;
}

}  // namespace recoup::hospital

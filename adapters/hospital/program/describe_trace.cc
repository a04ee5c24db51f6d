#include "adapters/hospital/program/describe_trace.h"

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

std::string Sums(const v1::TraceInjuryResponse& trace) {
  if (trace.visits().empty() && trace.self_paid_fen() == 0 && trace.fund_paid_fen() == 0) return "";
  std::string text = absl::StrCat("\n合计：个人负担 A ", Yuan(trace.self_paid_fen()),
                                  " 元，基金支付 C ", Yuan(trace.fund_paid_fen()),
                                  " 元；应退回基金 ", Yuan(trace.owed_fen()), " 元。\n");
  for (const v1::ExplanationStep& step : trace.explanation().steps()) {
    absl::StrAppend(&text, "    ", step.label(), "：", step.formula(), " = ",
                    Yuan(step.result_fen()), " 元（", step.source(), "）\n");
  }
  if (trace.shares().empty()) return text;
  Table shares({{"统筹区"}, {"基金"}, {"已支付", Align::kRight}, {"应退回", Align::kRight}});
  for (const v1::TraceShare& share : trace.shares()) {
    shares.AddRow({PoolText(share.pool()),
                   share.fund_pay_type().empty()
                       ? share.name()
                       : absl::StrCat(share.fund_pay_type(), " ", share.name()),
                   Yuan(share.paid_fen()), Yuan(share.amount_fen())});
  }
  absl::StrAppend(&text, "\n", shares.Render());
  return text;
}

// What the clerk may do about bills that wait for a look.
std::string Questions(const v1::TraceInjuryRequest& request, const v1::TraceInjuryResponse& trace) {
  std::string text;
  for (const v1::TracedBill& bill : trace.bills()) {
    const v1::PresentedBill& presented = request.bills(bill.bill());
    const bool waits = !bill.included() && bill.reason().starts_with("待核对") &&
                       presented.has_confidence_percent();
    if (!waits) continue;
    absl::StrAppend(&text, "\n待核对：", presented.source(), "\n  读得对：--confirm '",
                    presented.source(), "'\n  读错了：--correct '", presented.source(),
                    ":fund_paid=600.00'（项目还有 number、total、issued_on 等）\n");
  }
  return text;
}

}  // namespace

std::string TraceForPeople(const v1::TraceInjuryRequest& request,
                           const v1::TraceInjuryResponse& trace) {
  std::string text = absl::StrCat(Visits(trace), Bills(request, trace), Sums(trace));
  for (const v1::TraceFinding& finding : trace.findings()) {
    absl::StrAppend(&text, "\n注意：", finding.text());
  }
  if (!trace.findings().empty()) text += "\n";
  absl::StrAppend(&text, Questions(request, trace));
  return text;
}

}  // namespace recoup::hospital

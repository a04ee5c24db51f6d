#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/mapping/fields.h"
#include "adapters/hospital/mapping/requests.h"
#include "hub/base/status.h"

namespace recoup::hospital::mapping {
namespace {

void AddFundLines(const std::vector<FundLine>& lines, v1::SettlementReport& report) {
  for (const FundLine& line : lines) {
    v1::FundLine& row = *report.add_fund_lines();
    row.set_fund_pay_type(line.type);
    row.set_name(line.name);
    row.set_amount_fen(line.amount.fen());
    row.set_is_fund(line.is_fund);
  }
}

}  // namespace

absl::StatusOr<domain::Money> FundPaid(const SettlementDocument& settlement) {
  if (settlement.fund_lines.empty()) return settlement.fund_paid;
  domain::Money sum;
  for (const FundLine& line : settlement.fund_lines) {
    if (!line.is_fund) continue;
    const absl::StatusOr<domain::Money> next = sum.Add(line.amount);
    if (!next.ok()) {
      Faults faults;
      faults.Add("setldetail", "基金支付明细合计超出范围");
      return faults.ToStatus();
    }
    sum = *next;
  }
  return sum;
}

PoolHint CompletePool(const PoolHint& pool, const VisitFacts& visit) {
  PoolHint complete = pool;
  if (complete.area_code.empty()) complete.area_code = visit.pool.area_code;
  if (complete.insurance_type.empty()) complete.insurance_type = visit.pool.insurance_type;
  return complete;
}

absl::StatusOr<v1::ReportSettlementRequest> ToReportSettlement(const SettlementDocument& settlement,
                                                               const VisitFacts& visit) {
  Faults faults;
  v1::ReportSettlementRequest request;
  v1::SettlementReport& report = *request.mutable_settlement();
  report.set_pool(PoolName(CompletePool(settlement.pool, visit), faults));
  if (settlement.visit_id.empty()) faults.Add("mdtrt_id", "就诊未知：结算未写明属于哪次就诊");
  report.set_visit_id(settlement.visit_id);
  report.set_settlement_id(settlement.settlement_id);
  report.set_sender_message_id(settlement.message_id);
  *report.mutable_patient() = PersonFrom(settlement.patient, SourceKind::kNationalInterface);
  report.set_admitted_on(visit.admitted_on);
  report.set_discharged_on(visit.discharged_on);
  if (settlement.settled_at) SetTime(*settlement.settled_at, *report.mutable_settled_time());
  report.set_total_fen(settlement.total.fen());
  AddFundLines(settlement.fund_lines, report);
  for (const QualityNote& note : settlement.notes) {
    report.add_quality_notes(absl::StrCat(note.path, ": ", note.text));
  }
  const absl::StatusOr<domain::Money> fund_paid = FundPaid(settlement);
  if (!fund_paid.ok()) {
    for (const FieldFault& fault : DetailOf(fund_paid.status()).faults) {
      faults.Add(fault.field, fault.description);
    }
  } else if (*fund_paid != settlement.fund_paid) {
    report.add_quality_notes(absl::StrCat("基金支付按明细合计 ", fund_paid->ToYuan(),
                                          " 元，fund_pay_sumamt 为 ", settlement.fund_paid.ToYuan(),
                                          " 元"));
  }
  report.set_fund_paid_fen(fund_paid.value_or(settlement.fund_paid).fen());
  report.set_self_paid_fen(settlement.personal_part.fen());
  report.set_account_paid_fen(settlement.account_paid.fen());
  report.set_cash_paid_fen(settlement.cash_paid.fen());
  report.set_hospital_paid_fen(settlement.hospital_part.fen());
  for (const std::string& number : settlement.invoice_numbers) report.add_invoice_numbers(number);
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return request;
}

absl::StatusOr<v1::ReverseSettlementRequest> ToReverseSettlement(const ReversalDocument& reversal,
                                                                 const VisitFacts& visit) {
  Faults faults;
  v1::ReverseSettlementRequest request;
  v1::SettlementReversal& to = *request.mutable_reversal();
  to.set_pool(PoolName(CompletePool(reversal.pool, visit), faults));
  if (reversal.settlement_id.empty()) {
    faults.Add("setl_id", "被撤销的结算未知：请把撤销的请求与应答放在同一条消息里");
  }
  to.set_settlement_id(reversal.settlement_id);
  to.set_sender_message_id(reversal.message_id);
  if (reversal.reversed_at) SetTime(*reversal.reversed_at, *to.mutable_reversed_time());
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return request;
}

}  // namespace recoup::hospital::mapping

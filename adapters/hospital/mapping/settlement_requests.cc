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

// Regions differ in whether the family's account (mutual aid) stands inside the account's part; the
// report has it inside.
domain::Money AccountPaid(const SettlementDocument& settlement) {
  const auto adds_up = [&](domain::Money account) {
    return account.fen() + settlement.cash_paid.fen() == settlement.personal_part.fen();
  };
  const absl::StatusOr<domain::Money> both =
      settlement.account_paid.Add(settlement.account_mutual_aid);
  const bool apart = !adds_up(settlement.account_paid) && both.ok() && adds_up(*both);
  return apart ? *both : settlement.account_paid;
}

// Sums of up to 10^13 yuan each leave the range sooner or later; that is a fault of the rows.
absl::StatusOr<domain::Money> SumOfLines(const std::vector<FundLine>& lines, bool of_fund) {
  domain::Money sum;
  for (const FundLine& line : lines) {
    if (line.is_fund != of_fund) continue;
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

bool AddsUpWith(domain::Money fund, const SettlementDocument& settlement) {
  const absl::StatusOr<domain::Money> both = fund.Add(settlement.personal_part);
  const absl::StatusOr<domain::Money> all = both.ok() ? both->Add(settlement.hospital_part) : both;
  return all.ok() && *all == settlement.total;
}

// Some platforms count commercial insurance (620100) into fund_pay_sumamt.
bool OthersExplain(domain::Money difference, const SettlementDocument& settlement) {
  for (const FundLine& line : settlement.fund_lines) {
    if (!line.is_fund && line.amount == difference) return true;
  }
  const auto others = SumOfLines(settlement.fund_lines, /*of_fund=*/false);
  return others.ok() && *others == difference;
}

struct FundPart {
  domain::Money paid;  // C
  std::vector<FundLine> lines;
  std::vector<std::string> notes;
};

// The rows as far as they are C: what they leave out has a row of its own, what they have too much
// is taken from the largest.
std::vector<FundLine> LinesOf(domain::Money difference, std::vector<FundLine> lines) {
  if (difference.is_positive()) {
    lines.push_back({"999997", "明细未列出的基金支付", difference, true});
    return lines;
  }
  FundLine* largest = nullptr;
  for (FundLine& line : lines) {
    if (line.is_fund && (largest == nullptr || line.amount > largest->amount)) largest = &line;
  }
  if (largest != nullptr && largest->amount >= -difference) {
    largest->amount += difference;
  } else {
    lines.clear();
  }
  return lines;
}

absl::StatusOr<FundPart> FundPartOf(const SettlementDocument& settlement) {
  const domain::Money told = settlement.fund_paid;
  if (settlement.fund_lines.empty()) return FundPart{told, {}, {}};
  RECOUP_ASSIGN_OR_RETURN(const domain::Money rows,
                          SumOfLines(settlement.fund_lines, /*of_fund=*/true));
  if (rows == told) return FundPart{told, settlement.fund_lines, {}};
  const std::string figures = absl::StrCat("基金支付明细合计 ", rows.ToYuan(),
                                           " 元，fund_pay_sumamt 为 ", told.ToYuan(), " 元");
  RECOUP_ASSIGN_OR_RETURN(const domain::Money difference, told.Add(-rows));
  if (AddsUpWith(rows, settlement)) {
    return FundPart{rows, settlement.fund_lines, {absl::StrCat(figures, "；按明细合计")}};
  }
  if (OthersExplain(difference, settlement)) {
    return FundPart{rows,
                    settlement.fund_lines,
                    {absl::StrCat(figures, "；差额为非基金支付，按明细合计"),
                     absl::StrCat("medfee_sumamt：总费用 ", settlement.total.ToYuan(), " 元中有 ",
                                  difference.ToYuan(), " 元既非基金、个人，也非医院负担")}};
  }
  return FundPart{told,
                  LinesOf(difference, settlement.fund_lines),
                  {absl::StrCat(figures, "；按 fund_pay_sumamt")}};
}

}  // namespace

absl::StatusOr<domain::Money> FundPaid(const SettlementDocument& settlement) {
  RECOUP_ASSIGN_OR_RETURN(const FundPart part, FundPartOf(settlement));
  return part.paid;
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
  for (const QualityNote& note : settlement.notes) {
    report.add_quality_notes(absl::StrCat(note.path, ": ", note.text));
  }
  const absl::StatusOr<FundPart> fund = FundPartOf(settlement);
  if (fund.ok()) {
    report.set_fund_paid_fen(fund->paid.fen());
    AddFundLines(fund->lines, report);
    for (const std::string& note : fund->notes) report.add_quality_notes(note);
  } else {
    for (const FieldFault& fault : DetailOf(fund.status()).faults) {
      faults.Add(fault.field, fault.description);
    }
  }
  report.set_self_paid_fen(settlement.personal_part.fen());
  report.set_account_paid_fen(AccountPaid(settlement).fen());
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

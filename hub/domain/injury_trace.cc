#include "hub/domain/injury_trace.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"

namespace recoup::domain {
namespace {

// An outpatient settlement has no admission; its day is that of the settlement.
absl::CivilDay DayOf(const Advance& advance) {
  return advance.admitted_on == absl::CivilDay() ? ChinaDate(advance.settled_time)
                                                 : advance.admitted_on;
}

bool HasBill(const Advance& advance, const std::string& number) {
  return std::find(advance.invoice_numbers.begin(), advance.invoice_numbers.end(), number) !=
         advance.invoice_numbers.end();
}

class Trace {
 public:
  Trace(const std::vector<Advance>& advances, const InjuryQuestion& question,
        const PolicyData& policy_data)
      : advances_(advances), question_(question), policy_data_(policy_data) {}

  absl::StatusOr<InjuryTrace> Run() {
    JudgeVisits();
    FindBillsSettledTwice();
    ComparePresentedBills();
    RECOUP_RETURN_IF_ERROR(ComputeOwed());
    FindPaidTwice();
    return std::move(trace_);
  }

 private:
  void Find(TraceFindingKind kind, std::string subject, std::string text, Money amount) {
    trace_.findings.push_back({kind, std::move(subject), std::move(text), amount});
  }

  // Whose words exclude the settlement; null when nobody's do.
  const TraceExclusion* ExclusionOf(const Advance& advance) const {
    for (const TraceExclusion& exclusion : question_.exclusions) {
      const bool meant = exclusion.visit_id.empty() ? HasBill(advance, exclusion.invoice_number)
                                                    : exclusion.visit_id == advance.visit_id;
      if (meant) return &exclusion;
    }
    return nullptr;
  }

  void JudgeVisits() {
    for (std::size_t i = 0; i < advances_.size(); ++i) {
      const Advance& advance = advances_[i];
      TracedVisit visit;
      visit.advance = i;
      visit.on = DayOf(advance);
      visit.recovered = advance.stages.at(Stage::kRecovered) + advance.stages.at(Stage::kPassedOn);
      const TraceExclusion* const exclusion = ExclusionOf(advance);
      if (exclusion != nullptr) {
        visit.reason = absl::StrCat("经核实与本次受伤无关：", exclusion->reason);
      } else if (visit.on < question_.injured_on) {
        visit.reason = "在受伤之前，不计入";
      } else if (question_.until_on && visit.on > *question_.until_on) {
        visit.reason = "在所查期间之后，不计入";
      } else {
        visit.included = true;
        visit.reason = advance.amount.is_zero() ? "基金未支付，仅计入个人负担（A）" : "计入";
      }
      trace_.visits.push_back(std::move(visit));
    }
    std::stable_sort(trace_.visits.begin(), trace_.visits.end(),
                     [](const TracedVisit& a, const TracedVisit& b) { return a.on < b.on; });
  }

  // One bill, two settlements: the second one is no cost of the injury. The earlier one counts.
  void FindBillsSettledTwice() {
    std::map<std::string, const Advance*> first_with;
    for (TracedVisit& visit : trace_.visits) {
      const Advance& advance = advances_[visit.advance];
      for (const std::string& number : advance.invoice_numbers) {
        const auto [known, added] = first_with.emplace(number, &advance);
        if (added) continue;
        Find(TraceFindingKind::kSettledTwice, number,
             absl::StrCat("票据 ", number, " 已在结算 ", known->second->settlement_id,
                          " 中报销，又在结算 ", advance.settlement_id, " 中报销"),
             advance.amount);
        if (!visit.included) continue;
        visit.included = false;
        visit.reason = absl::StrCat("票据 ", number, " 已在结算 ", known->second->settlement_id,
                                    " 中计入，不重复计算");
      }
    }
  }

  void ComparePresentedBills() {
    std::map<std::string, const PresentedBill*> seen;
    for (const PresentedBill& bill : question_.bills) {
      const auto [known, added] = seen.emplace(bill.invoice_number, &bill);
      if (!added) {
        Find(TraceFindingKind::kBillTwice, bill.invoice_number,
             absl::StrCat("票据 ", bill.invoice_number, " 被提交两次（", known->second->source,
                          "；", bill.source, "）"),
             bill.total.value_or(Money()));
        continue;
      }
      CompareWithSettlement(bill);
    }
  }

  void CompareWithSettlement(const PresentedBill& bill) {
    const auto found =
        std::find_if(advances_.begin(), advances_.end(),
                     [&](const Advance& advance) { return HasBill(advance, bill.invoice_number); });
    if (found == advances_.end()) {
      if (!bill.fund_paid || bill.fund_paid->is_zero()) return;
      Find(TraceFindingKind::kNotFound, bill.invoice_number,
           absl::StrCat("票据 ", bill.invoice_number, " 载明基金支付 ",
                        bill.fund_paid->ToYuanGrouped(), " 元，但未找到对应结算"),
           *bill.fund_paid);
      return;
    }
    if (found->invoice_numbers.size() > 1) return;  // The settlement is the sum of several bills.
    const bool fund_differs = bill.fund_paid && *bill.fund_paid != found->amount;
    const bool total_differs = bill.total && *bill.total != found->total;
    if (!fund_differs && !total_differs) return;
    const Money on_bill = fund_differs ? *bill.fund_paid : *bill.total;
    const Money settled = fund_differs ? found->amount : found->total;
    Find(TraceFindingKind::kAmountDiffers, bill.invoice_number,
         absl::StrCat("票据 ", bill.invoice_number, " 载明",
                      std::string(fund_differs ? "基金支付 " : "总额 "), on_bill.ToYuanGrouped(),
                      " 元，结算为 ", settled.ToYuanGrouped(), " 元"),
         on_bill > settled ? on_bill - settled : settled - on_bill);
  }

  absl::Status ComputeOwed() {
    ApportionmentInput input;
    std::vector<const Advance*> counted;
    for (const TracedVisit& visit : trace_.visits) {
      if (!visit.included) continue;
      const Advance& advance = advances_[visit.advance];
      counted.push_back(&advance);
      input.advances.push_back(
          {advance.id.ToString(), advance.self_paid, advance.amount, advance.total});
      trace_.own_paid += advance.self_paid;
      trace_.fund_paid += advance.amount;
    }
    if (trace_.fund_paid.is_zero()) return absl::OkStatus();
    input.pool = counted.front()->pool.value;
    input.accident_date = question_.injured_on;
    input.basis = question_.basis;
    input.judged_medical = question_.judged_medical;
    input.paid_to_injured_person = question_.paid_to_injured_person;
    input.injured_person = question_.injured_person;
    const std::string liable = question_.liable_name.empty() ? "第三方" : question_.liable_name;
    if (question_.liable_share_basis_points != 0) {
      input.parties.push_back({.name = liable,
                               .kind = DebtorKind::kCompany,
                               .share_basis_points = question_.liable_share_basis_points,
                               .answered_for_by = {}});
    }
    const bool judged = question_.basis == Basis::kGross || question_.basis == Basis::kFundAwarded;
    if (judged && question_.judged_medical) {
      input.obligations.push_back(
          {liable, DebtorKind::kCompany, *question_.judged_medical, std::nullopt});
    }
    RECOUP_ASSIGN_OR_RETURN(const Apportionment result, Apportion(input, policy_data_));
    trace_.owed = result.total;
    trace_.explanation = result.explanation;
    for (std::size_t i = 0; i < counted.size(); ++i) {
      Money part;
      for (const DebtorAmount& debtor : result.debtors) part += debtor.per_advance[i];
      RECOUP_RETURN_IF_ERROR(ShareOverFunds(*counted[i], part));
    }
    return absl::OkStatus();
  }

  absl::Status ShareOverFunds(const Advance& advance, Money part) {
    std::vector<const FundLine*> lines;
    std::vector<std::int64_t> weights;
    for (const FundLine& line : advance.fund_lines) {
      if (!line.is_fund || !line.amount.is_positive()) continue;
      lines.push_back(&line);
      weights.push_back(line.amount.fen());
    }
    if (lines.empty()) {
      if (advance.amount.is_positive()) AddShare(advance.pool, "", "", advance.amount, part);
      return absl::OkStatus();
    }
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> amounts, Split(part, weights));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      AddShare(advance.pool, lines[i]->fund_pay_type, lines[i]->name, lines[i]->amount, amounts[i]);
    }
    return absl::OkStatus();
  }

  void AddShare(const PoolId& pool, const std::string& type, const std::string& name, Money paid,
                Money amount) {
    for (TraceShare& share : trace_.shares) {
      if (share.pool != pool || share.fund_pay_type != type) continue;
      share.paid += paid;
      share.amount += amount;
      return;
    }
    trace_.shares.push_back({pool, type, name, paid, amount});
  }

  // 一病多赔: the person was compensated for what the fund had paid.
  void FindPaidTwice() {
    if (question_.basis != Basis::kGross || !question_.paid_to_injured_person) return;
    if (!trace_.owed.is_positive()) return;
    Money back;
    for (const TracedVisit& visit : trace_.visits) {
      if (visit.included) back += visit.recovered;
    }
    if (back >= trace_.owed) return;
    Find(TraceFindingKind::kPaidTwice, question_.injured_person,
         absl::StrCat("同一伤情已获第三方赔偿，基金又支付 ", trace_.fund_paid.ToYuanGrouped(),
                      " 元，其中 ", trace_.owed.ToYuanGrouped(), " 元属重复，已退回 ",
                      back.ToYuanGrouped(), " 元"),
         trace_.owed - back);
  }

  const std::vector<Advance>& advances_;
  const InjuryQuestion& question_;
  const PolicyData& policy_data_;
  InjuryTrace trace_;
};

}  // namespace

absl::StatusOr<InjuryTrace> TraceInjury(const std::vector<Advance>& advances,
                                        const InjuryQuestion& question,
                                        const PolicyData& policy_data) {
  return Trace(advances, question, policy_data).Run();
}

}  // namespace recoup::domain

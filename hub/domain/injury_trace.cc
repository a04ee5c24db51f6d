#include "hub/domain/injury_trace.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/bill_number.h"
#include "hub/domain/injury_owed.h"
#include "hub/domain/shared_bills.h"

namespace recoup::domain {
namespace {

std::vector<Advance> WithBillNumbersOnly(std::vector<Advance> advances) {
  for (Advance& advance : advances) {
    std::erase_if(advance.invoice_numbers,
                  [](const std::string& number) { return !IsBillNumber(number); });
  }
  return advances;
}

class Trace {
 public:
  Trace(const std::vector<Advance>& advances, const InjuryQuestion& question,
        const PolicyData& policy_data)
      : advances_(WithBillNumbersOnly(advances)), question_(question), policy_data_(policy_data) {}

  absl::StatusOr<InjuryTrace> Run() {
    RECOUP_RETURN_IF_ERROR(CheckNames());
    RECOUP_RETURN_IF_ERROR(TakeConfidence());
    relations_ = RelateBills(question_.bills);
    places_ = PlaceBills(advances_, question_.bills, relations_, confidence_min_);
    JudgeVisits();
    RECOUP_ASSIGN_OR_RETURN(const std::vector<ExplanationStep> assumed,
                            JudgeSharedBills(advances_, question_, trace_));
    for (std::size_t i = 0; i < question_.bills.size(); ++i) trace_.bills.push_back(JudgeBill(i));
    RECOUP_RETURN_IF_ERROR(ComputeOwed(advances_, question_, policy_data_, assumed, trace_));
    FindPaidTwice();
    return std::move(trace_);
  }

 private:
  void Find(TraceFindingKind kind, std::string subject, std::string text, Money amount) {
    trace_.findings.push_back({kind, std::move(subject), std::move(text), amount});
  }

  // A name that means nothing is a slip of the pen: what it was to exclude would be counted.
  absl::Status CheckNames() const {
    std::set<std::string> visits, settlements, numbers;
    for (const Advance& advance : advances_) {
      visits.insert(advance.visit_id);
      settlements.insert(advance.settlement_id);
      numbers.insert(advance.invoice_numbers.begin(), advance.invoice_numbers.end());
    }
    for (const PresentedBill& bill : question_.bills) numbers.insert(bill.invoice_number);
    const auto found = [](const std::set<std::string>& names) {
      return names.empty() ? std::string("没有找到此人的结算")
                           : absl::StrCat("找到的有：", absl::StrJoin(names, "、"));
    };
    Faults faults;
    for (std::size_t i = 0; i < question_.exclusions.size(); ++i) {
      const TraceExclusion& exclusion = question_.exclusions[i];
      const std::string path = absl::StrCat("exclusions[", i, "].");
      if (exclusion.visit_id.empty()) {
        if (numbers.contains(exclusion.invoice_number)) continue;
        faults.Add(path + "invoice_number",
                   absl::StrCat("没有票据 ", exclusion.invoice_number, "；", found(numbers)));
      } else if (!visits.contains(exclusion.visit_id)) {
        faults.Add(path + "visit_id",
                   absl::StrCat("没有就诊 ", exclusion.visit_id, "；", found(visits)));
      }
    }
    for (std::size_t i = 0; i < question_.bills.size(); ++i) {
      const std::string& decided = question_.bills[i].settlement_id;
      if (decided.empty() || settlements.contains(decided)) continue;
      faults.Add(absl::StrCat("bills[", i, "].settlement_id"),
                 absl::StrCat("没有结算 ", decided, "；", found(settlements)));
    }
    return faults.ToStatus();
  }

  // Whose words exclude the settlement; null when nobody's do.
  const TraceExclusion* ExclusionOf(std::size_t advance) const {
    for (const TraceExclusion& exclusion : question_.exclusions) {
      const bool meant = exclusion.visit_id.empty()
                             ? HasBill(advance, exclusion.invoice_number)
                             : exclusion.visit_id == advances_[advance].visit_id;
      if (meant) return &exclusion;
    }
    return nullptr;
  }

  // By the settlement's own word, or by where a presented bill of this number was placed.
  bool HasBill(std::size_t advance, const std::string& number) const {
    if (absl::c_linear_search(advances_[advance].invoice_numbers, number)) return true;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (places_[i].match != BillMatch::kNone && places_[i].advance == advance &&
          question_.bills[i].invoice_number == number) {
        return true;
      }
    }
    return false;
  }

  void JudgeVisits() {
    for (std::size_t i = 0; i < advances_.size(); ++i) {
      const Advance& advance = advances_[i];
      TracedVisit visit;
      visit.advance = i;
      visit.on = DayOf(advance);
      visit.recovered = advance.stages.at(Stage::kRecovered) + advance.stages.at(Stage::kPassedOn);
      const TraceExclusion* const exclusion = ExclusionOf(i);
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

  // Needed only where something was read by a machine.
  absl::Status TakeConfidence() {
    const bool read =
        std::any_of(question_.bills.begin(), question_.bills.end(),
                    [](const PresentedBill& bill) { return bill.confidence_percent.has_value(); });
    if (!read) return absl::OkStatus();
    RECOUP_ASSIGN_OR_RETURN(
        confidence_min_,
        policy_data_.Integer("trace.bill_confidence_percent", kEveryPool, question_.injured_on));
    return absl::OkStatus();
  }

  TracedBill JudgeBill(std::size_t index) {
    const PresentedBill& bill = question_.bills[index];
    TracedBill traced;
    traced.bill = index;
    traced.place = places_[index];
    if (bill.fund_paid) traced.fund_paid = bill.fund_paid->is_positive();
    traced.reason = relations_.void_reasons[index];
    if (!traced.reason.empty()) {
      FindCopy(index);
      return traced;
    }
    if (traced.place.match != BillMatch::kNone) {
      CountBySettlement(bill, traced);
    } else {
      CountByItself(index, traced);
    }
    return traced;
  }

  void FindCopy(std::size_t index) {
    if (!relations_.copy_of[index]) return;
    const PresentedBill& bill = question_.bills[index];
    const PresentedBill& first = question_.bills[*relations_.copy_of[index]];
    Find(TraceFindingKind::kBillTwice, bill.invoice_number,
         absl::StrCat("票据 ", bill.invoice_number, " 被提交两次（", first.source, "；",
                      bill.source, "）"),
         bill.total.value_or(Money()));
  }

  void CountBySettlement(const PresentedBill& bill, TracedBill& traced) {
    const Advance& advance = advances_[traced.place.advance];
    traced.fund_paid = advance.amount.is_positive();
    for (const TracedVisit& visit : trace_.visits) {
      if (visit.advance != traced.place.advance) continue;
      traced.included = visit.included;
      traced.reason =
          visit.included
              ? absl::StrCat("对应结算 ", advance.settlement_id,
                             traced.place.match == BillMatch::kAmounts ? "（按金额与日期）"
                             : traced.place.match == BillMatch::kDecided ? "（经人工指定）"
                                                                         : "",
                             "，按结算金额计入")
              : absl::StrCat("对应结算 ", advance.settlement_id, "：", visit.reason);
    }
    CompareWithSettlement(bill, advance);
  }

  void CompareWithSettlement(const PresentedBill& bill, const Advance& advance) {
    if (advance.invoice_numbers.size() > 1) return;  // The settlement is the sum of several bills.
    const bool fund_differs = bill.fund_paid && *bill.fund_paid != advance.amount;
    const bool total_differs = bill.total && *bill.total != advance.total;
    if (!fund_differs && !total_differs) return;
    const Money on_bill = fund_differs ? *bill.fund_paid : *bill.total;
    const Money settled = fund_differs ? advance.amount : advance.total;
    Find(TraceFindingKind::kAmountDiffers, bill.invoice_number,
         absl::StrCat("票据 ", bill.invoice_number, " 载明",
                      std::string(fund_differs ? "基金支付 " : "总额 "), on_bill.ToYuanGrouped(),
                      " 元，结算为 ", settled.ToYuanGrouped(), " 元"),
         on_bill > settled ? on_bill - settled : settled - on_bill);
  }

  void CountByItself(std::size_t index, TracedBill& traced) {
    const PresentedBill& bill = question_.bills[index];
    traced.reason = WhyNotByItself(bill);
    if (!traced.reason.empty()) return;
    std::string doubt = DoubtOf(index, traced.place);
    if (!doubt.empty()) {
      Find(TraceFindingKind::kUnsure, bill.invoice_number, absl::StrCat(NameOf(bill), "：", doubt),
           bill.total.value_or(Money()));
      traced.reason = absl::StrCat("待核对，暂不计入：", doubt);
      return;
    }
    if (traced.fund_paid.value_or(false)) {
      Find(TraceFindingKind::kNotFound, bill.invoice_number,
           absl::StrCat("票据 ", bill.invoice_number, " 载明基金支付 ",
                        bill.fund_paid->ToYuanGrouped(), " 元，但未找到对应结算"),
           *bill.fund_paid);
    }
    if (!bill.issued_on) {
      traced.reason = "没有开票日期，无法判断是否在受伤之后，不计入";
    } else if (!bill.total || !bill.fund_paid) {
      traced.reason = "没有总额或基金支付金额，不计入";
    } else if (*bill.fund_paid > *bill.total || *bill.own() + *bill.fund_paid > *bill.total) {
      traced.reason = "基金支付与个人负担之和超过总额，不计入";
    } else {
      traced.included = true;
      traced.own_amount = *bill.own();
      traced.fund_amount = *bill.fund_paid;
      traced.reason = *traced.fund_paid ? "未找到结算，按票据金额计入"
                                        : "基金未支付，按票据金额计入个人负担（A）";
    }
  }

  // What the bill itself, or the clerk, says against it; empty: nothing.
  std::string WhyNotByItself(const PresentedBill& bill) {
    for (const TraceExclusion& exclusion : question_.exclusions) {
      if (!exclusion.visit_id.empty() || exclusion.invoice_number != bill.invoice_number) continue;
      return absl::StrCat("经核实与本次受伤无关：", exclusion.reason);
    }
    if (bill.issued_on && *bill.issued_on < question_.injured_on) return "在受伤之前，不计入";
    if (bill.issued_on && question_.until_on && *bill.issued_on > *question_.until_on) {
      return "在所查期间之后，不计入";
    }
    if (bill.payer_name.empty() || bill.payer_name == question_.injured_person) return "";
    Find(TraceFindingKind::kOtherPerson, bill.invoice_number,
         absl::StrCat(NameOf(bill), "的交款人为 ", bill.payer_name, "，不是 ",
                      question_.injured_person),
         bill.total.value_or(Money()));
    return absl::StrCat("交款人为 ", bill.payer_name, "，不计入");
  }

  // Why a person must look before the bill may count; empty: nobody must.
  std::string DoubtOf(std::size_t index, const BillPlace& place) const {
    const PresentedBill& bill = question_.bills[index];
    if (!place.candidates.empty()) {
      std::vector<std::string> ids;
      for (const std::size_t n : place.candidates) ids.push_back(advances_[n].settlement_id);
      return absl::StrCat("有多笔结算的金额与日期都相符（", absl::StrJoin(ids, "、"),
                          "），请注明属于哪一笔");
    }
    if (const auto red = relations_.undecided_red[index]) {
      return absl::StrCat("红字票据 ", question_.bills[*red].invoice_number,
                          " 未注明所冲的票据，金额相符的不止一张");
    }
    if (!bill.confidence_percent) return "";
    if (*bill.confidence_percent < confidence_min_) {
      return absl::StrCat("识别把握 ", *bill.confidence_percent, "%，低于 ", confidence_min_, "%；",
                          bill.evidence);
    }
    if (bill.invoice_number.empty()) return "未读到票据号码";
    if (!bill.total || !bill.fund_paid) return "未读到总额或医保统筹基金支付";
    return bill.issued_on ? "" : "未读到开票日期";
  }

  static std::string NameOf(const PresentedBill& bill) {
    return bill.invoice_number.empty() ? absl::StrCat("票据（", bill.source, "）")
                                       : absl::StrCat("票据 ", bill.invoice_number);
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

  const std::vector<Advance> advances_;
  const InjuryQuestion& question_;
  const PolicyData& policy_data_;
  std::int64_t confidence_min_ = 0;
  BillRelations relations_;
  std::vector<BillPlace> places_;
  InjuryTrace trace_;
};

}  // namespace

bool InjuryQuestion::needs_cover() const {
  if (liable_share_basis_points == 0) return false;
  switch (basis) {
    case Basis::kNone:
    case Basis::kNet:
      return true;
    case Basis::kGross:
      return !judged_medical.has_value();
    case Basis::kFundAwarded:
      return false;
  }
  return false;
}

absl::StatusOr<InjuryTrace> TraceInjury(const std::vector<Advance>& advances,
                                        const InjuryQuestion& question,
                                        const PolicyData& policy_data) {
  return Trace(advances, question, policy_data).Run();
}

}  // namespace recoup::domain

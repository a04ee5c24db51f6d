#include "hub/domain/shared_bills.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::domain {
namespace {

class SharedBills {
 public:
  SharedBills(const std::vector<Advance>& advances, const InjuryQuestion& question,
              InjuryTrace& trace)
      : advances_(advances), question_(question), trace_(trace) {}

  absl::Status CheckDecisions() const {
    Faults faults;
    CheckDecided("same_bill_settlements", question_.same_bill, faults);
    CheckDecided("other_bill_settlements", question_.other_bill, faults);
    return faults.ToStatus();
  }

  // One bill, two settlements: the second one is no cost of the injury. The earlier one counts.
  void FindBillsSettledTwice() {
    for (std::size_t i = 0; i < trace_.visits.size(); ++i) {
      TracedVisit& visit = trace_.visits[i];
      std::vector<SharedBill> shared = SharedBefore(i);
      if (shared.empty()) continue;
      const auto sure = std::find_if(shared.begin(), shared.end(),
                                     [&](const SharedBill& one) { return IsOneBill(one, visit); });
      if (sure != shared.end()) {
        CountOnce(*sure, visit);
      } else if (!absl::c_linear_search(question_.other_bill,
                                        advances_[visit.advance].settlement_id)) {
        AskWhetherOneBill(shared, visit);
      }
    }
  }

  std::vector<ExplanationStep> TakeAssumed() { return std::move(assumed_); }

 private:
  // Decided is only what could be in question, and one way.
  void CheckDecided(const char* field, const std::vector<std::string>& decided,
                    Faults& faults) const {
    for (std::size_t i = 0; i < decided.size(); ++i) {
      const std::string path = absl::StrCat(field, "[", i, "]");
      if (!IsInQuestion(decided[i])) {
        faults.Add(path, absl::StrCat("没有票据号码与更早结算相同的结算 ", decided[i]));
      } else if (absl::c_linear_search(question_.same_bill, decided[i]) &&
                 absl::c_linear_search(question_.other_bill, decided[i])) {
        faults.Add(path, absl::StrCat("结算 ", decided[i], " 不能既是同一张票据又是另一张"));
      }
    }
  }

  bool IsInQuestion(const std::string& settlement) const {
    for (std::size_t i = 0; i < trace_.visits.size(); ++i) {
      if (advances_[trace_.visits[i].advance].settlement_id == settlement &&
          !SharedBefore(i).empty()) {
        return true;
      }
    }
    return false;
  }

  // A bill number of a visit that an earlier one has too, with codes that do not contradict.
  struct SharedBill {
    std::string number;
    const TracedVisit* earlier = nullptr;
  };
  std::vector<SharedBill> SharedBefore(std::size_t index) const {
    std::vector<SharedBill> shared;
    const Advance& advance = advances_[trace_.visits[index].advance];
    for (const std::string& number : advance.invoice_numbers) {
      for (std::size_t i = 0; i < index; ++i) {
        const Advance& earlier = advances_[trace_.visits[i].advance];
        if (absl::c_linear_search(earlier.invoice_numbers, number) &&
            MayBeOneCode(CodeOf(earlier, number), CodeOf(advance, number))) {
          shared.push_back({number, &trace_.visits[i]});
        }
      }
    }
    return shared;
  }

  bool IsOneBill(const SharedBill& shared, const TracedVisit& visit) const {
    const Advance& advance = advances_[visit.advance];
    const Advance& earlier = advances_[shared.earlier->advance];
    if (absl::c_linear_search(question_.same_bill, advance.settlement_id)) return true;
    if (absl::c_linear_search(question_.other_bill, advance.settlement_id)) return false;
    const bool same_visit =
        advance.hospital == earlier.hospital && advance.visit_id == earlier.visit_id;
    return advance.total == earlier.total && advance.amount == earlier.amount &&
           (same_visit || visit.on == shared.earlier->on);
  }

  void CountOnce(const SharedBill& shared, TracedVisit& visit) {
    const Advance& advance = advances_[visit.advance];
    const std::string& earlier = advances_[shared.earlier->advance].settlement_id;
    Find(TraceFindingKind::kSettledTwice, shared.number,
         absl::StrCat("票据 ", shared.number, " 已在结算 ", earlier, " 中报销，又在结算 ",
                      advance.settlement_id, " 中报销"),
         advance.amount);
    if (!visit.included) return;
    visit.included = false;
    visit.reason =
        absl::StrCat("票据 ", shared.number, " 已在结算 ", earlier, " 中计入，不重复计算");
  }

  // Numbers are reused over the years and over codes: a guess would cost one side the whole sum.
  void AskWhetherOneBill(const std::vector<SharedBill>& shared, const TracedVisit& visit) {
    const auto asked = std::find_if(shared.begin(), shared.end(),
                                    [](const SharedBill& one) { return one.earlier->included; });
    if (!visit.included || asked == shared.end()) return;
    const Advance& advance = advances_[visit.advance];
    const std::string& earlier = advances_[asked->earlier->advance].settlement_id;
    Find(TraceFindingKind::kUnsure, advance.settlement_id,
         absl::StrCat("结算 ", earlier, " 与 ", advance.settlement_id, " 的票据号码都是 ",
                      asked->number, "，但金额或就诊与日期不同，不能确定是同一张票据；",
                      "暂按两张票据都计入"),
         advance.amount);
    assumed_.push_back(
        {.label = absl::StrCat("结算 ", earlier, " 与 ", advance.settlement_id, " 票据号码相同（",
                               asked->number, "），待核对"),
         .formula = "暂按不同的票据计入该笔基金支付",
         .inputs = {AmountInput("结算 " + advance.settlement_id + " 基金支付", advance.amount)},
         .rule_id = "trace.bill_number_shared",
         .rule_version = "1",
         .source = "票据号码仅在同一票据代码内唯一",
         .result = advance.amount,
         .result_text = {}});
  }

  void Find(TraceFindingKind kind, std::string subject, std::string text, Money amount) {
    trace_.findings.push_back({kind, std::move(subject), std::move(text), amount});
  }

  const std::vector<Advance>& advances_;
  const InjuryQuestion& question_;
  InjuryTrace& trace_;
  std::vector<ExplanationStep> assumed_;
};

}  // namespace

absl::StatusOr<std::vector<ExplanationStep>> JudgeSharedBills(const std::vector<Advance>& advances,
                                                              const InjuryQuestion& question,
                                                              InjuryTrace& trace) {
  SharedBills shared(advances, question, trace);
  RECOUP_RETURN_IF_ERROR(shared.CheckDecisions());
  shared.FindBillsSettledTwice();
  return shared.TakeAssumed();
}

}  // namespace recoup::domain

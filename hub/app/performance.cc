#include "hub/app/performance.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "hub/app/judged_apportionment.h"
#include "hub/app/personal_award.h"
#include "hub/base/error.h"

namespace recoup::app {
namespace {

using domain::CourtCase;
using domain::Grade;
using domain::Money;
using domain::Performance;

// What must come back by the elements, as far as they say: what was judged to the fund, or the
// fund's part of the compensation (D = B × C ÷ (A + C), 社会保险基金先行支付暂行办法 11), else C.
// Of several persons each has a D of their own, which the totals of the case do not give: one for
// whom no fund paid takes nothing of B for it. All of them together are at most B, and at most C.
Money OwedBy(const CourtCase& court_case) {
  const Money fund_paid = court_case.fund_paid.value_or(Money());
  if (court_case.basis == domain::Basis::kFundAwarded) {
    Money awarded;
    for (const domain::CourtObligation& obligation : court_case.obligations) {
      if (NamesFund(obligation.creditor)) awarded += obligation.amount;
    }
    if (awarded.is_positive()) return awarded;
  }
  const bool gross = court_case.basis == domain::Basis::kGross && court_case.medical_awarded &&
                     court_case.self_paid && fund_paid.is_positive();
  if (!gross) return fund_paid;
  if (AwardsSeveral(court_case)) return std::min(*court_case.medical_awarded, fund_paid);
  const auto share = court_case.medical_awarded->Times(
      {fund_paid.fen(), (*court_case.self_paid + fund_paid).fen()});
  return share.ok() ? std::min(*share, fund_paid) : fund_paid;
}

// The most that can have been paid, by whom ever: one debtor, or somebody for them, may pay for
// all. Obligations are what is left after payments before the judgment, and courts report those,
// too.
std::optional<Money> MostOf(const CourtCase& court_case, bool to_fund) {
  Money ordered;
  for (const domain::CourtObligation& obligation : court_case.obligations) {
    if (NamesFund(obligation.creditor) != to_fund) continue;
    ordered += obligation.amount + obligation.medical_set_off.value_or(Money());
  }
  if (ordered.is_positive()) return ordered;
  return to_fund ? court_case.fund_paid : std::nullopt;
}

}  // namespace

// A court that reports the same once more, in a request of its own, tells nothing new: counted
// twice, half a payment would make the fund look repaid. Two equal payments of one day differ in
// their notes.
bool IsSameReport(const Performance& a, const Performance& b) {
  const auto said = [](const Performance& report) {
    return std::tie(report.reported_on, report.debtor, report.amount, report.to_fund, report.note,
                    report.payee, report.medical, report.complete, report.injured_person);
  };
  return said(a) == said(b);
}

absl::Status CheckPerformance(const CourtCase& court_case, const Performance& performance) {
  Faults faults;
  if (court_case.accident_on && performance.reported_on < *court_case.accident_on) {
    faults.Add(
        "performance.performed_on",
        absl::StrCat("before the accident on ", absl::FormatCivilTime(*court_case.accident_on)));
  }
  if (performance.medical && *performance.medical > performance.amount) {
    faults.Add("performance.medical_fen",
               absl::StrCat("more than the amount, ", performance.amount.ToYuan(), " yuan"));
  }
  const std::string& injured = performance.injured_person;
  if (!injured.empty() && !IsInjured(court_case, injured)) {
    faults.Add("performance.injured_person", "is no injured person of the case, or not only one");
  }
  Money before;
  for (const Performance& known : court_case.performances) {
    if (known.to_fund == performance.to_fund) before += known.amount;
  }
  const std::optional<Money> most = MostOf(court_case, performance.to_fund);
  if (most && before + performance.amount > *most) {
    faults.Add("performance.amount_fen",
               absl::StrCat("by the elements of the case at most ", most->ToYuan(),
                            " yuan can be paid, without interest and costs",
                            before.is_positive()
                                ? absl::StrCat("; reported before: ", before.ToYuan(), " yuan")
                                : ""));
  }
  return faults.ToStatus();
}

Grade GradeOf(const CourtCase& court_case) {
  if (court_case.grade == Grade::kAdvanceRepaid) return Grade::kAdvanceRepaid;
  const bool fund_paid = (court_case.fund_paid && court_case.fund_paid->is_positive()) ||
                         court_case.grade == Grade::kAdvanceOutstanding;
  if (!fund_paid) return Grade::kNoAdvance;
  Money returned;
  bool complete = false;
  for (const domain::Performance& performance : court_case.performances) {
    if (!performance.to_fund) continue;
    returned += performance.amount;
    complete = complete || performance.complete;
  }
  const Money owed = OwedBy(court_case);
  // Nothing is left to be paid under a judgment that awards the fund itself.
  const bool repaid = (owed.is_positive() && returned >= owed) ||
                      (complete && court_case.basis == domain::Basis::kFundAwarded);
  return repaid ? Grade::kAdvanceRepaid : Grade::kAdvanceOutstanding;
}

}  // namespace recoup::app

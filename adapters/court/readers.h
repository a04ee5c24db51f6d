// The readers of the single elements, in the order in which extract.cc runs them.
//
// Internal to adapters/court. Each adds to reading.elements and notes why; see document.h.
#ifndef RECOUP_ADAPTERS_COURT_READERS_H_
#define RECOUP_ADAPTERS_COURT_READERS_H_

#include <optional>
#include <string>
#include <vector>

#include "adapters/court/document.h"

namespace recoup::court {

// case_number, court, document_type, instance, cause, third_party_kind, closed_on.
void ReadCaption(const Reading& reading);
// earlier_cases, outcome.
void ReadEarlierCases(const Reading& reading);
// injured_persons, accident_on, hospitals.
void ReadEvent(const Reading& reading);
// liability: the final shares.
void ReadLiability(const Reading& reading);

// The operative items in force, in order: also those of the first instance that are maintained.
std::vector<Span> ItemsInForce(const Reading& reading);
// Whether an item dismisses, confirms, or settles costs, and makes nobody pay.
bool OrdersNoPayment(const Reading& reading, Span item);
// obligations: the sums that the items award.
void ReadObligations(const Reading& reading);

// policies, by insurer; and the policy of each obligation of an insurer.
void ReadPolicies(const Reading& reading);
void CompletePolicyKinds(const Reading& reading);
// liability: of the one whose vehicle had no compulsory cover, the limit it bears instead.
void ReadMissingCover(const Reading& reading);
// 机动车交通事故责任强制保险责任限额 for medical costs, by the day of the accident: 2020-09-19
// 银保监会公告, and the announcements of 2006 and 2008 before it.
std::optional<domain::Money> StatutoryMedicalLimit(
    const std::optional<absl::CivilDay>& accident_on);
// Whether the court lets this insurer pay nothing, but the insurer of another compulsory cover.
bool PaysNothingBesideAnother(const Reading& reading, const Policy& policy);
// What the compulsory cover offers for medical expense in this case: of all policies, or of the
// limit that an uninsured owner answers for.
domain::Money CompulsoryMedicalCover(const Reading& reading);

// Said where the award is computed; taken back where the ruling turns out to state it.
std::string AwardComputedWarning(const Reading& reading);

// Said where the award that the court states is not what limits and shares make of the loss.
inline constexpr char kAwardDiffersWarning[] =
    "文书所载医疗费赔偿额与按限额、比例计算的数额不一致，请核对。";

// medical_expense_total, fund_paid, self_paid.
void ReadMedicalExpense(const Reading& reading);
// basis, grade, medical_expense_awarded.
void ReadBasis(const Reading& reading);
void ReadGrade(const Reading& reading);
void ReadAwardedMedicalExpense(const Reading& reading);
bool IsFund(const Reading& reading, std::string_view name);
// What the court counts as the loss of medical expense: A where the fund's part is left out, else
// A + C, or the less that it recognises.
std::optional<domain::Money> CountedMedicalLoss(const Reading& reading);
// medical_shares: the medical part of each obligation.
void ReadMedicalShares(const Reading& reading);
// Warnings only: sums that do not add up.
void CheckArithmetic(const Reading& reading);
// Values that contradict each other.
void CheckConsistency(const Reading& reading);
// Doubts what was to be read from sums that are no numbers, and tells which.
void DoubtUnreadSums(const Reading& reading);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_READERS_H_

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
// obligations: the sums that the items award.
void ReadObligations(const Reading& reading);

// policies, by insurer.
void ReadPolicies(const Reading& reading);
// What the compulsory cover offers for medical expense in this case: of all policies, or of the
// limit that an uninsured owner answers for.
domain::Money CompulsoryMedicalCover(const Reading& reading);

// medical_expense_total, fund_paid, self_paid.
void ReadMedicalExpense(const Reading& reading);
// basis, grade, medical_expense_awarded.
void ReadBasis(const Reading& reading);
void ReadGrade(const Reading& reading);
void ReadAwardedMedicalExpense(const Reading& reading);
// Warnings only: the medical part of each awarded sum, and sums that do not add up.
void TellMedicalShares(const Reading& reading);
void CheckArithmetic(const Reading& reading);
// Values that contradict each other.
void CheckConsistency(const Reading& reading);
// Doubts what was to be read from sums that are no numbers, and tells which.
void DoubtUnreadSums(const Reading& reading);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_READERS_H_

// A clerk's corrections of elements: "fund_paid_fen=1234500" applied to what was read.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_CORRECTION_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_CORRECTION_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "recoup/v1/court_case.pb.h"

namespace recoup::court {

struct Correction {
  std::string element;  // "fund_paid_fen", as in the JSON of `extract`.
  std::string before;   // As JSON.
  std::string after;
};

// Elements that stand alone: texts, days, amounts in fen and enumerations, by their key in the JSON
// of `extract`; an empty value says that the document is silent. Marks each as read by hand.
// Medical parts of obligations that were worked out are dropped where the element may have decided
// them. INVALID_ARGUMENT with all faults; then nothing is changed.
absl::StatusOr<std::vector<Correction>> Correct(const std::vector<std::string>& assignments,
                                                v1::CourtCaseElements& elements);

// Keys that Correct knows, for help.
std::string CorrectableElements();

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_CORRECTION_H_

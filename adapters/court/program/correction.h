// A clerk's corrections of elements: "fund_paid_fen=12345.00" or "injured_persons[0].name=测试甲"
// applied to what was read.
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

// Elements by their key in the JSON of `extract`: texts, days, amounts (yuan with a decimal point,
// or fen), shares and enumerations (in Chinese or by name); an empty value says that the document
// is silent. Of a list, "[2].name" is a value of its third row, made where there are two, and "[2]"
// with an empty value removes the row. Marks each as read by hand. INVALID_ARGUMENT with all
// faults, then nothing is changed; one of them: total, fund's and own part do not add up, unless
// `as_stated`.
absl::StatusOr<std::vector<Correction>> Correct(const std::vector<std::string>& assignments,
                                                bool as_stated, v1::CourtCaseElements& elements);

// What a clerk sees of the elements, in the order of the keys; empty where the document is silent.
struct ElementShown {
  std::string key;
  std::string label;  // In Chinese.
  std::string value;
};
std::vector<ElementShown> ShowElements(const v1::CourtCaseElements& elements);

// Keys that Correct knows, for help.
std::string CorrectableElements();

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_CORRECTION_H_

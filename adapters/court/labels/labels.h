// Labelled court documents: what a person says a document contains, to compare with what was read.
//
// A label is a JSON file NAME.json beside its document NAME.txt, with the keys of
// `recoup-court extract` (docs/formats/court.md). Every value becomes one line of text under its
// field ("obligations" → "甲|INSURER|乙|100000|CTP"), so that lists compare as sets. Stateless.
#ifndef RECOUP_ADAPTERS_COURT_LABELS_LABELS_H_
#define RECOUP_ADAPTERS_COURT_LABELS_LABELS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/court/elements.h"

namespace recoup::court::labels {

using Values = std::map<std::string, std::multiset<std::string>>;  // field → values

struct ReadValue {
  std::string field;
  std::string value;
  int confidence_percent = 0;
};

struct LabelledDocument {
  std::string name;
  std::string bytes;
  Values truth;
};

// All pairs of a folder, by name. Refuses a folder or label that cannot be read.
absl::StatusOr<std::vector<LabelledDocument>> ReadLabelled(const std::string& folder);

absl::StatusOr<Values> ValuesOfLabel(const std::string& json);
std::vector<ReadValue> ValuesOf(const JudgmentElements& elements);
Values WithoutConfidence(const std::vector<ReadValue>& values);

// What one field of one document got wrong.
struct Difference {
  std::vector<std::string> missed, wrong;
  int right = 0;
};
Difference Compare(const std::multiset<std::string>& truth, const std::multiset<std::string>& read);

}  // namespace recoup::court::labels

#endif  // RECOUP_ADAPTERS_COURT_LABELS_LABELS_H_

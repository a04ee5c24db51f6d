// Labelled admissions (invented): read from their text form, run through triage, and counted.
//
// Label Y: a third party is told; U: an injury, whether by somebody else is not said; N: nobody
// else. Found is a Y that triage flags or asks about; precise is a flag that is a Y.
#ifndef RECOUP_TESTS_HOSPITAL_LABELLED_ADMISSIONS_H_
#define RECOUP_TESTS_HOSPITAL_LABELLED_ADMISSIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/documents.h"
#include "adapters/hospital/triage/rules.h"
#include "adapters/hospital/triage/triage.h"

namespace recoup::hospital::triage {

enum class Label { kThirdParty, kUntold, kNobodyElse };

struct LabelledAdmission {
  Label label = Label::kUntold;
  bool near_miss = false;
  std::string kind;  // As in the rule file; only of Y.
  AdmissionDocument admission;
  std::string line;
};

// One a line: label, kind, med_type, "trum rel", codes, words; '#' begins a comment. All faulty
// lines are told.
absl::StatusOr<std::vector<LabelledAdmission>> LabelledAdmissionsFrom(const std::string& text);

struct TriageCount {
  // By label (rows: Y, U, N) and proposal (columns: flag, ask, no flag).
  std::int64_t cells[3][3] = {};
  std::int64_t kinds_right = 0;  // Of flagged Y.
  std::vector<std::string>
      errors;  // In words, one a line: missed, wrongly flagged, needlessly asked.

  std::int64_t Of(Label label) const;
  std::int64_t Flagged() const;
  // Whole percents would hide an error in a thousand: per ten thousand, rounded down.
  std::int64_t RecallPerMyriad() const;
  std::int64_t PrecisionPerMyriad() const;
  std::int64_t FlaggedOutrightPerMyriad() const;
};

TriageCount CountTriage(const std::vector<LabelledAdmission>& admissions, const RuleBook& rules);

}  // namespace recoup::hospital::triage

#endif  // RECOUP_TESTS_HOSPITAL_LABELLED_ADMISSIONS_H_

// What one admission message asks for, given what is already known of its visit.
//
// Triage looks at one message; the desk's earlier words and the flag that the hub already has are
// looked at here. A person's "no" stands until a message brings new grounds; a flag is taken back
// by a message only when nothing in it speaks for a third party any more.
#ifndef RECOUP_ADAPTERS_HOSPITAL_MAPPING_DECISION_H_
#define RECOUP_ADAPTERS_HOSPITAL_MAPPING_DECISION_H_

#include <string>
#include <vector>

#include "adapters/hospital/documents.h"
#include "adapters/hospital/triage/triage.h"

namespace recoup::hospital::mapping {

// What the hub was last told of a visit.
enum class Standing {
  kNothing,   // Nothing was said, or nothing had to be.
  kFlagged,   // A flag is raised.
  kCleared,   // A flag was raised and taken back.
  kDeclined,  // A person answered that no third party is involved; no flag was raised.
};

enum class Step {
  kNothing,
  kFlag,   // Raise the flag.
  kRaise,  // Raise a flag that was taken back.
  kAmend,  // Bring the flag up to date, if anything in it changed.
  kClear,  // Take the flag back.
  kAsk,    // A person decides.
};

struct Decision {
  Step step = Step::kNothing;
  // An open question of this visit is no longer needed.
  bool closes_question = false;
  std::string why;  // In Chinese, for the desk and as the reason given to the hub.
};

// Whether what the message does not say counts as a no: not for a message without diagnoses and
// official flags, nor for one that tells one fact only.
bool SaysSomething(const AdmissionDocument& admission);

// The rules that spoke for a third party or an injury, sorted, each once.
std::vector<std::string> GroundsOf(const triage::TriageResult& triage);

// Pure. `decided_grounds`: those on which the visit was declined or cleared, sorted.
Decision Decide(const AdmissionDocument& admission, const triage::TriageResult& triage,
                Standing standing, const std::vector<std::string>& decided_grounds);

}  // namespace recoup::hospital::mapping

#endif  // RECOUP_ADAPTERS_HOSPITAL_MAPPING_DECISION_H_

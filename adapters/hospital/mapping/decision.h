// What one admission message asks for, given what is already known of its visit.
//
// Triage looks at one message; the desk's earlier words and the flag that the hub already has are
// looked at here. A person's "no" stands until a message brings new grounds, his "yes" until he
// takes it back. Else a flag is taken back by a message that says so, or whose diagnoses are no
// injury any more where nothing but diagnoses had spoken for it: what a message does not speak of,
// it does not deny.
#ifndef RECOUP_ADAPTERS_HOSPITAL_MAPPING_DECISION_H_
#define RECOUP_ADAPTERS_HOSPITAL_MAPPING_DECISION_H_

#include <string>
#include <string_view>
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

// Whether the message tells anything of what the rule, or the desk, found its grounds in: a list of
// diagnoses says nothing of the words of the registration, and no message speaks for the desk.
bool SpeaksOf(const AdmissionDocument& admission, std::string_view rule_id);

// What the hub was last told of the visit, and on which grounds.
struct Known {
  Standing standing = Standing::kNothing;
  std::vector<std::string> flag_grounds;     // Of the flag that is raised.
  std::vector<std::string> decided_grounds;  // On which it was declined or cleared, sorted.
};

// Pure.
Decision Decide(const AdmissionDocument& admission, const triage::TriageResult& triage,
                const Known& known);

}  // namespace recoup::hospital::mapping

#endif  // RECOUP_ADAPTERS_HOSPITAL_MAPPING_DECISION_H_

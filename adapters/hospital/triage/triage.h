// Proposes, for one admission, whether a third party may answer for the injury, and says why.
//
// A proposal only: the registration desk or the fund decides. The decision table:
//   somebody else named, not denied → FLAG      somebody else named, but denied → ASK
//   asked firmly                    → ASK       injury, nothing denied          → ASK
//   injury, but denied              → NO_FLAG   nothing                         → NO_FLAG
#ifndef RECOUP_ADAPTERS_HOSPITAL_TRIAGE_TRIAGE_H_
#define RECOUP_ADAPTERS_HOSPITAL_TRIAGE_TRIAGE_H_

#include <string>
#include <vector>

#include "adapters/hospital/documents.h"
#include "adapters/hospital/triage/rules.h"

namespace recoup::hospital::triage {

enum class Proposal { kNoFlag, kAsk, kFlag };

// One rule that matched. `evidence` quotes the admission: sensitive, never for logs.
struct TriageReason {
  std::string rule_id;
  Answer answer = Answer::kAsk;
  std::string why;
  std::string evidence;
};

struct TriageResult {
  Proposal proposal = Proposal::kNoFlag;
  ThirdPartyKind kind = ThirdPartyKind::kUnknown;
  std::vector<TriageReason> reasons;
  std::string rules_version;
  std::string summary;  // One sentence in Chinese: the proposal and its grounds.
  // What the desk should ask where a person decides, within which time, and what silence means.
  std::string question;
  absl::Duration answer_within;
  Silence silence = Silence::kNoFlag;
};

// Pure; thread-safe.
TriageResult Triage(const AdmissionDocument& admission, const RuleBook& rules);

// Runs the examples beside each rule. INVALID_ARGUMENT names every rule that does not decide its
// example, or decides its counter-example.
absl::Status CheckExamples(const RuleBook& rules);

}  // namespace recoup::hospital::triage

#endif  // RECOUP_ADAPTERS_HOSPITAL_TRIAGE_TRIAGE_H_

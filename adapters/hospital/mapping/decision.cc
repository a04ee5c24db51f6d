#include "adapters/hospital/mapping/decision.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/base/check.h"

namespace recoup::hospital::mapping {
namespace {

using triage::Answer;
using triage::Proposal;

bool SpeaksFor(Answer answer) {
  switch (answer) {
    case Answer::kFlag:
    case Answer::kAskFirmly:
    case Answer::kAsk:
      return true;
    case Answer::kDeny:
    case Answer::kNothing:
      return false;
  }
  RECOUP_CHECK(false);
}

// The official flags deny: rel_ttp_flag 0, or trum_flag 0 while nothing is said of a third party.
bool FlagsDeny(const AdmissionDocument& admission) {
  if (admission.third_party_flag == TriState::kYes) return false;
  return admission.third_party_flag == TriState::kNo || admission.trauma_flag == TriState::kNo;
}

Decision WhenFlagged(const AdmissionDocument& admission, const triage::TriageResult& triage) {
  switch (triage.proposal) {
    case Proposal::kFlag:
      return {Step::kAmend, true, triage.summary};
    case Proposal::kAsk:
      if (FlagsDeny(admission)) {
        return {Step::kAsk, false,
                absl::StrCat("医院改为不涉及第三方，但仍有第三方线索，请核实。", triage.summary)};
      }
      return {Step::kAmend, false, triage.summary};
    case Proposal::kNoFlag:
      if (SaysSomething(admission)) {
        return {Step::kClear, true, absl::StrCat("入院信息已变更，撤回标志：", triage.summary)};
      }
      return {Step::kAmend, false, triage.summary};
  }
  RECOUP_CHECK(false);
}

// A person or a message has said no: only new grounds open the matter again.
Decision WhenDenied(const AdmissionDocument& admission, const triage::TriageResult& triage,
                    Standing standing, const std::vector<std::string>& decided_grounds) {
  if (triage.proposal == Proposal::kNoFlag) {
    return {Step::kNothing, SaysSomething(admission), triage.summary};
  }
  const std::vector<std::string> grounds = GroundsOf(triage);
  if (std::includes(decided_grounds.begin(), decided_grounds.end(), grounds.begin(),
                    grounds.end())) {
    return {Step::kNothing, false,
            absl::StrCat("此前已按同样依据确认不涉及第三方。", triage.summary)};
  }
  if (triage.proposal == Proposal::kFlag && admission.third_party_flag == TriState::kYes) {
    return {standing == Standing::kCleared ? Step::kRaise : Step::kFlag, true, triage.summary};
  }
  return {Step::kAsk, false,
          absl::StrCat("此前已确认不涉及第三方，现有新的线索，请核实。", triage.summary)};
}

Decision WhenNothingIsKnown(const AdmissionDocument& admission,
                            const triage::TriageResult& triage) {
  switch (triage.proposal) {
    case Proposal::kFlag:
      return {Step::kFlag, true, triage.summary};
    case Proposal::kAsk:
      return {Step::kAsk, false, triage.summary};
    case Proposal::kNoFlag:
      return {Step::kNothing, SaysSomething(admission), triage.summary};
  }
  RECOUP_CHECK(false);
}

}  // namespace

bool SaysSomething(const AdmissionDocument& admission) {
  return FlagsDeny(admission) || (admission.whole && !admission.diagnoses.empty());
}

std::vector<std::string> GroundsOf(const triage::TriageResult& triage) {
  std::vector<std::string> grounds;
  for (const triage::TriageReason& reason : triage.reasons) {
    if (SpeaksFor(reason.answer)) grounds.push_back(reason.rule_id);
  }
  std::sort(grounds.begin(), grounds.end());
  grounds.erase(std::unique(grounds.begin(), grounds.end()), grounds.end());
  return grounds;
}

Decision Decide(const AdmissionDocument& admission, const triage::TriageResult& triage,
                Standing standing, const std::vector<std::string>& decided_grounds) {
  switch (admission.event) {
    case AdmissionEvent::kCancel:
      if (standing == Standing::kFlagged) return {Step::kClear, true, "入院登记已撤销。"};
      return {Step::kNothing, true, "入院登记已撤销，没有需要撤回的标志。"};
    case AdmissionEvent::kMerge:
      return {Step::kNothing, false, "患者合并：病案号已合并，就诊随之移动。"};
    case AdmissionEvent::kAdmit:
    case AdmissionEvent::kUpdate:
    case AdmissionEvent::kDischarge:
      break;
  }
  switch (standing) {
    case Standing::kNothing:
      return WhenNothingIsKnown(admission, triage);
    case Standing::kFlagged:
      return WhenFlagged(admission, triage);
    case Standing::kCleared:
    case Standing::kDeclined:
      return WhenDenied(admission, triage, standing, decided_grounds);
  }
  RECOUP_CHECK(false);
}

}  // namespace recoup::hospital::mapping

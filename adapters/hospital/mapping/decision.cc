#include "adapters/hospital/mapping/decision.h"

#include <algorithm>
#include <functional>

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

constexpr std::string_view kDeskAnswer = "desk.answer";
constexpr std::string_view kDeskSilence = "desk.silence";

Decision Kept(std::string_view why) {
  return {Step::kAmend, true, absl::StrCat("该就诊已标记涉及第三方，标志保留：", std::string(why))};
}

bool HasGround(const Known& known, const std::function<bool(const std::string&)>& wanted) {
  return std::any_of(known.flag_grounds.begin(), known.flag_grounds.end(), wanted);
}

// Nothing in the message speaks for a third party, and the hospital has not said no.
Decision WhenNothingSpeaksForTheFlag(const AdmissionDocument& admission,
                                     const triage::TriageResult& triage, const Known& known) {
  const bool rests_on_more = HasGround(known, [&](const std::string& ground) {
    return ground != kDeskSilence && !SpeaksOf(admission, ground);
  });
  if (rests_on_more || !SaysSomething(admission)) {
    Decision kept = Kept("此消息没有涉及标志的依据。");
    kept.closes_question = false;
    return kept;
  }
  const bool denied =
      std::any_of(triage.reasons.begin(), triage.reasons.end(),
                  [](const triage::TriageReason& one) { return one.answer == Answer::kDeny; });
  const bool was_told =
      HasGround(known, [](const std::string& ground) { return ground.starts_with("text."); });
  if (was_told && !denied) {
    return {Step::kAsk, false,
            absl::StrCat("病情描述已变更，不再提到第三方，请核实。", triage.summary)};
  }
  return {Step::kClear, true, absl::StrCat("入院信息已变更，撤回标志：", triage.summary)};
}

Decision WhenFlagged(const AdmissionDocument& admission, const triage::TriageResult& triage,
                     const Known& known) {
  if (triage.proposal == Proposal::kFlag) return {Step::kAmend, true, triage.summary};
  if (HasGround(known, [](const std::string& ground) { return ground == kDeskAnswer; })) {
    return Kept(FlagsDeny(admission)
                    ? "登记处已核实涉及第三方，而医院改为不涉及；确属不涉及的，请撤回标志。"
                    : "登记处已核实涉及第三方。");
  }
  if (triage.proposal == Proposal::kNoFlag) {
    if (!FlagsDeny(admission)) return WhenNothingSpeaksForTheFlag(admission, triage, known);
    return {Step::kClear, true, absl::StrCat("入院信息已变更，撤回标志：", triage.summary)};
  }
  if (FlagsDeny(admission)) {
    return {Step::kAsk, false,
            absl::StrCat("医院改为不涉及第三方，但仍有第三方线索，请核实。", triage.summary)};
  }
  Decision kept = Kept("此消息没有否认。");
  kept.closes_question = false;
  return kept;
}

// A person or a message has said no: only new grounds open the matter again.
Decision WhenDenied(const AdmissionDocument& admission, const triage::TriageResult& triage,
                    const Known& known) {
  if (triage.proposal == Proposal::kNoFlag) {
    return {Step::kNothing, SaysSomething(admission), triage.summary};
  }
  const std::vector<std::string> grounds = GroundsOf(triage);
  if (std::includes(known.decided_grounds.begin(), known.decided_grounds.end(), grounds.begin(),
                    grounds.end())) {
    return {Step::kNothing, false,
            absl::StrCat("此前已按同样依据确认不涉及第三方。", triage.summary)};
  }
  if (triage.proposal == Proposal::kFlag && admission.third_party_flag == TriState::kYes) {
    return {known.standing == Standing::kCleared ? Step::kRaise : Step::kFlag, true,
            triage.summary};
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

bool SpeaksOf(const AdmissionDocument& admission, std::string_view rule_id) {
  const std::string_view source = rule_id.substr(0, rule_id.find('.'));
  if (source == "text") return !admission.condition_text.empty();
  if (source == "icd" || source == "icd9") return !admission.diagnoses.empty();
  if (source == "visit") return !admission.med_type.empty();
  if (source == "accident" || source == "occurrence") return admission.accident.has_value();
  if (source == "flag") {
    return admission.trauma_flag != TriState::kUnknown ||
           admission.third_party_flag != TriState::kUnknown;
  }
  return false;  // The desk, and rules of the hospital's own.
}

Decision Decide(const AdmissionDocument& admission, const triage::TriageResult& triage,
                const Known& known) {
  switch (admission.event) {
    case AdmissionEvent::kCancel:
      if (known.standing == Standing::kFlagged) return {Step::kClear, true, "入院登记已撤销。"};
      return {Step::kNothing, true, "入院登记已撤销，没有需要撤回的标志。"};
    case AdmissionEvent::kMerge:
      return {Step::kNothing, false, "患者合并：病案号已合并，就诊随之移动。"};
    case AdmissionEvent::kAdmit:
    case AdmissionEvent::kUpdate:
    case AdmissionEvent::kDischarge:
      break;
  }
  switch (known.standing) {
    case Standing::kNothing:
      return WhenNothingIsKnown(admission, triage);
    case Standing::kFlagged:
      return WhenFlagged(admission, triage, known);
    case Standing::kCleared:
    case Standing::kDeclined:
      return WhenDenied(admission, triage, known);
  }
  RECOUP_CHECK(false);
}

}  // namespace recoup::hospital::mapping

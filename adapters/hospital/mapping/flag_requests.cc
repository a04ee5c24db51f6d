#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/hints.h"
#include "adapters/hospital/mapping/decision.h"
#include "adapters/hospital/mapping/fields.h"
#include "adapters/hospital/mapping/requests.h"
#include "google/protobuf/util/message_differencer.h"
#include "hub/base/check.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"

namespace recoup::hospital::mapping {
namespace {

using google::protobuf::util::MessageDifferencer;

void SetEvidence(const triage::TriageResult& triage, v1::Flag& flag) {
  for (const triage::TriageReason& reason : triage.reasons) {
    if (reason.answer == triage::Answer::kNothing) continue;
    v1::FlagEvidence& evidence = *flag.add_evidence();
    evidence.set_rule(reason.rule_id);
    evidence.set_text(reason.evidence.empty()
                          ? reason.why
                          : absl::StrCat(reason.why, "（", reason.evidence, "）"));
  }
}

void SetAccident(const AdmissionDocument& admission, v1::Flag& flag) {
  if (!admission.plate_hints.empty()) flag.set_plate(admission.plate_hints.front());
  if (!admission.insurer_hints.empty()) flag.set_insurer_name(admission.insurer_hints.front());
  if (admission.accident && admission.accident->time) {
    flag.set_accident_on(ChinaDayText(*admission.accident->time));
  }
  if (admission.accident) flag.set_accident_place(admission.accident->place);
  // What the message has no field for, its words may tell.
  if (flag.accident_on().empty() && admission.admitted_at) {
    const auto day = AccidentDayIn(admission.condition_text, ChinaDate(*admission.admitted_at));
    if (day) flag.set_accident_on(DayText(*day));
  }
  if (flag.accident_place().empty()) {
    flag.set_accident_place(AccidentPlaceIn(admission.condition_text));
  }
}

bool SameEvidence(const v1::Flag& a, const v1::Flag& b) {
  if (a.evidence_size() != b.evidence_size()) return false;
  for (int i = 0; i < a.evidence_size(); ++i) {
    if (!MessageDifferencer::Equals(a.evidence(i), b.evidence(i))) return false;
  }
  return true;
}

bool SameCodes(const v1::Flag& a, const v1::Flag& b) {
  return std::equal(a.diagnosis_codes().begin(), a.diagnosis_codes().end(),
                    b.diagnosis_codes().begin(), b.diagnosis_codes().end());
}

// What `said` leaves empty keeps its known value.
v1::Person CompletePerson(const v1::Person& said, const v1::Person& known) {
  v1::Person person = known;
  person.MergeFrom(said);
  return person;
}

}  // namespace

v1::ThirdPartyKind KindToProto(triage::ThirdPartyKind kind) {
  switch (kind) {
    case triage::ThirdPartyKind::kUnknown:
      return v1::THIRD_PARTY_KIND_UNSPECIFIED;
    case triage::ThirdPartyKind::kTraffic:
      return v1::THIRD_PARTY_KIND_TRAFFIC;
    case triage::ThirdPartyKind::kAssault:
      return v1::THIRD_PARTY_KIND_ASSAULT;
    case triage::ThirdPartyKind::kAnimal:
      return v1::THIRD_PARTY_KIND_ANIMAL;
    case triage::ThirdPartyKind::kWork:
      return v1::THIRD_PARTY_KIND_LABOUR;
    case triage::ThirdPartyKind::kPremises:
      return v1::THIRD_PARTY_KIND_PREMISES;
    case triage::ThirdPartyKind::kSchool:
      return v1::THIRD_PARTY_KIND_SCHOOL;
    case triage::ThirdPartyKind::kObject:
      return v1::THIRD_PARTY_KIND_FALLING_OBJECT;
    case triage::ThirdPartyKind::kProduct:
      return v1::THIRD_PARTY_KIND_PRODUCT;
    case triage::ThirdPartyKind::kMedical:
      return v1::THIRD_PARTY_KIND_MEDICAL;
  }
  RECOUP_CHECK(false);
}

v1::FlagState FlagStateFrom(const AdmissionDocument& admission) {
  return admission.third_party_flag == TriState::kYes ? v1::FLAG_STATE_CONFIRMED
                                                      : v1::FLAG_STATE_SUSPECTED;
}

absl::Time TimeOf(const AdmissionDocument& admission) {
  if (admission.sent_at) return *admission.sent_at;
  return admission.admitted_at.value_or(absl::InfinitePast());
}

absl::StatusOr<v1::Flag> FlagFrom(const AdmissionDocument& admission,
                                  const triage::TriageResult& triage, const VisitFacts& visit) {
  Faults faults;
  v1::Flag flag;
  const PoolHint pool = CompletePool(admission.pool, visit);
  if (!pool.area_code.empty() && !pool.insurance_type.empty()) flag.set_pool(PoolNameOf(pool));
  if (admission.visit_id.empty()) {
    faults.Add("mdtrt_id", "就诊ID未知：请把2401的请求与响应放在同一条消息里");
  }
  flag.set_visit_id(admission.visit_id);
  *flag.mutable_patient() = PersonFrom(admission.patient, admission.source);
  if (admission.admitted_at) SetTime(*admission.admitted_at, *flag.mutable_admitted_time());
  flag.set_third_party_kind(KindToProto(triage.kind));
  for (const Diagnosis& diagnosis : admission.diagnoses) {
    if (!diagnosis.code.empty()) flag.add_diagnosis_codes(diagnosis.code);
  }
  SetEvidence(triage, flag);
  SetAccident(admission, flag);
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return flag;
}

v1::FlagAdmissionRequest ToFlagAdmission(const v1::Flag& flag, v1::FlagState state,
                                         absl::Time flagged) {
  v1::FlagAdmissionRequest request;
  *request.mutable_flag() = flag;
  request.set_state(state);
  if (flagged != absl::InfinitePast()) SetTime(flagged, *request.mutable_flagged_time());
  return request;
}

v1::AmendFlagRequest ToAmendFlag(const v1::Flag& flag, const v1::Flag& known, v1::FlagState state,
                                 absl::Time changed, const std::string& reason) {
  v1::AmendFlagRequest request;
  v1::Flag& to = *request.mutable_flag();
  to.set_pool(known.pool());
  to.set_visit_id(known.visit_id());
  const auto take = [&request](bool differs, const char* path) {
    if (differs) request.mutable_update_mask()->add_paths(path);
    return differs;
  };
  const v1::Person patient = CompletePerson(flag.patient(), known.patient());
  if (take(!MessageDifferencer::Equals(patient, known.patient()), "patient")) {
    *to.mutable_patient() = patient;
  }
  if (take(flag.third_party_kind() != v1::THIRD_PARTY_KIND_UNSPECIFIED &&
               flag.third_party_kind() != known.third_party_kind(),
           "third_party_kind")) {
    to.set_third_party_kind(flag.third_party_kind());
  }
  const auto take_text = [&](const std::string& said, const std::string& was, const char* path) {
    return take(!said.empty() && said != was, path);
  };
  if (take_text(flag.accident_on(), known.accident_on(), "accident_on")) {
    to.set_accident_on(flag.accident_on());
  }
  if (take_text(flag.accident_place(), known.accident_place(), "accident_place")) {
    to.set_accident_place(flag.accident_place());
  }
  if (take(flag.diagnosis_codes_size() > 0 && !SameCodes(flag, known), "diagnosis_codes")) {
    *to.mutable_diagnosis_codes() = flag.diagnosis_codes();
  }
  if (take(flag.evidence_size() > 0 && !SameEvidence(flag, known), "evidence")) {
    *to.mutable_evidence() = flag.evidence();
  }
  if (take_text(flag.plate(), known.plate(), "plate")) to.set_plate(flag.plate());
  if (take_text(flag.insurer_name(), known.insurer_name(), "insurer_name")) {
    to.set_insurer_name(flag.insurer_name());
  }
  request.set_state(state);
  if (changed != absl::InfinitePast()) SetTime(changed, *request.mutable_changed_time());
  request.set_reason(reason);
  return request;
}

v1::Flag WithGroundsKept(v1::Flag said, const v1::Flag& known, const AdmissionDocument& admission) {
  for (const v1::FlagEvidence& evidence : known.evidence()) {
    if (!SpeaksOf(admission, evidence.rule())) *said.add_evidence() = evidence;
  }
  return said;
}

v1::Flag WithKnown(v1::Flag said, const v1::Flag& known) {
  v1::Flag both = said;
  *both.mutable_diagnosis_codes() = known.diagnosis_codes();
  *both.mutable_evidence() = known.evidence();
  for (const std::string& code : said.diagnosis_codes()) {
    const auto& codes = known.diagnosis_codes();
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) both.add_diagnosis_codes(code);
  }
  for (const v1::FlagEvidence& evidence : said.evidence()) {
    const auto same = [&evidence](const v1::FlagEvidence& other) {
      return other.rule() == evidence.rule();
    };
    if (std::none_of(known.evidence().begin(), known.evidence().end(), same)) {
      *both.add_evidence() = evidence;
    }
  }
  return both;
}

v1::Flag Amended(const v1::Flag& known, const v1::AmendFlagRequest& request) {
  v1::Flag flag = known;
  const v1::Flag& from = request.flag();
  // Repeated fields and the patient were sent whole, so they replace; merging would append.
  if (from.diagnosis_codes_size() > 0) flag.clear_diagnosis_codes();
  if (from.evidence_size() > 0) flag.clear_evidence();
  flag.MergeFrom(from);
  return flag;
}

v1::ClearFlagRequest ToClearFlag(const v1::Flag& known, absl::Time cleared,
                                 const std::string& reason) {
  v1::ClearFlagRequest request;
  request.set_pool(known.pool());
  request.set_visit_id(known.visit_id());
  if (cleared != absl::InfinitePast()) SetTime(cleared, *request.mutable_cleared_time());
  request.set_reason(reason);
  return request;
}

}  // namespace recoup::hospital::mapping

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/fhir/insurance.h"
#include "adapters/hospital/fhir/parts.h"
#include "adapters/hospital/fhir/person.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/hints.h"
#include "hub/base/status.h"

namespace recoup::hospital::fhir {
namespace {

struct StatusRow {
  std::string_view status;
  AdmissionEvent event;
};

// hl7.org/fhir/R4/valueset-encounter-status.html
constexpr std::array kStatuses = {
    StatusRow{"planned", AdmissionEvent::kAdmit},
    StatusRow{"arrived", AdmissionEvent::kAdmit},
    StatusRow{"triaged", AdmissionEvent::kAdmit},
    StatusRow{"in-progress", AdmissionEvent::kAdmit},
    StatusRow{"onleave", AdmissionEvent::kUpdate},
    StatusRow{"finished", AdmissionEvent::kDischarge},
    StatusRow{"cancelled", AdmissionEvent::kCancel},
    StatusRow{"entered-in-error", AdmissionEvent::kCancel},
    StatusRow{"unknown", AdmissionEvent::kUpdate},
};

struct IncidentName {
  std::string_view code;
  std::string_view name;
};

// terminology.hl7.org v3-ActIncidentCode, to which Claim.accident.type is bound.
constexpr std::array kIncidents = {
    IncidentName{"MVA", "Motor vehicle accident"},
    IncidentName{"SCHOOL", "School Accident"},
    IncidentName{"SPT", "Sporting Accident"},
    IncidentName{"WPA", "Workplace accident"},
};

// ICD-10 and its national editions, as URL or as object identifier; other systems' codes would mean
// something else under the same letters.
bool IsIcd10(const Coding& coding) {
  const std::string system = absl::AsciiStrToLower(coding.system);
  if (absl::StrContains(system, "icd-10") || absl::StrContains(system, "icd10")) return true;
  for (const char* oid : {"2.16.840.1.113883.6.3", "2.16.840.1.113883.6.90",
                          "2.16.840.1.113883.6.135", "2.16.156.10011.2.3.3.11"}) {
    if (absl::EndsWith(system, oid)) return true;
  }
  if (!system.empty()) return false;
  const std::string code = absl::AsciiStrToUpper(coding.code);
  return code.size() >= 3 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= '0' && code[1] <= '9' &&
         code[2] >= '0' && code[2] <= '9';
}

// ICD-10 with point and subdivisions: what the first three characters name is another matter.
std::string CategoryOf(const std::string& code) { return code.substr(0, 3); }

// The codings of one concept mostly say the same in several systems. Some senders put the external
// cause beside the injury (S81.9, W54): what is of another category is a diagnosis of its own. The
// first one has the words of the concept; at least one, with or without a code.
std::vector<Diagnosis> DiagnosesFrom(const Element& concept_element) {
  std::vector<Diagnosis> diagnoses(1);
  diagnoses.front().name = WordsOf(concept_element);
  for (const Coding& coding : CodingsOf(concept_element)) {
    if (!IsIcd10(coding)) continue;
    std::string code = absl::AsciiStrToUpper(coding.code);
    if (diagnoses.front().code.empty()) {
      diagnoses.front().code = std::move(code);
      continue;
    }
    const bool said = std::any_of(
        diagnoses.begin(), diagnoses.end(),
        [&code](const Diagnosis& known) { return CategoryOf(known.code) == CategoryOf(code); });
    if (said) continue;
    Diagnosis& further = diagnoses.emplace_back();
    further.code = std::move(code);
    further.name = coding.display;
  }
  return diagnoses;
}

std::string PlaceOf(const Element& accident, const Resource& claim, const Collection& collection) {
  const Element address = accident["locationAddress"];
  std::string place = address.Text("text");
  if (place.empty()) {
    for (const char* part : {"state", "city", "district"})
      absl::StrAppend(&place, address.Text(part));
    for (const Element& line : address.Items("line")) absl::StrAppend(&place, line.Text());
  }
  const Element reference = accident["locationReference"];
  if (place.empty()) place = reference.Text("display");
  if (place.empty()) place = collection.Resolve(reference, claim).Text("name");
  return place;
}

// The main one first; those without a rank follow as they stand.
std::vector<Element> ByRank(std::vector<Element> listed) {
  const auto rank = [](const Element& row) {
    int number = 0;
    return absl::SimpleAtoi(row.Text("rank"), &number) ? number : std::numeric_limits<int>::max();
  };
  std::stable_sort(listed.begin(), listed.end(),
                   [&rank](const Element& a, const Element& b) { return rank(a) < rank(b); });
  return listed;
}

class AdmissionBuilder {
 public:
  AdmissionBuilder(const Links& links, const ReaderContext& context, const Resource& focus)
      : links_(links), context_(context), focus_(focus) {
    document_.source = SourceKind::kFhir;
    Use(focus.element);
  }

  absl::StatusOr<Document> FromEncounter() {
    const Element& encounter = focus_.element;
    document_.visit_id = links_.VisitIdOf(focus_);
    if (document_.visit_id.empty()) {
      faults_.Add(encounter.PathOf("identifier"), "缺少就诊的标识，无法确定是哪次就诊");
    }
    ReadStatus(encounter);
    document_.admitted_at = TimeOfStay(encounter["period"]["start"]);
    document_.discharged_at = TimeOfStay(encounter["period"]["end"]);
    ReadOfficial(encounter);
    for (const Element& reason : encounter.Items("reasonCode")) AddReason(reason);
    ReadListedDiagnoses(encounter);
    for (const Resource* condition : links_.OfVisit(focus_, "Condition")) {
      AddCondition(condition->element, false);
    }
    for (const char* type : {"Claim", "ExplanationOfBenefit"}) {
      for (const Resource* claim : links_.OfVisit(focus_, type)) AddAccident(*claim);
    }
    return Finish(encounter["serviceProvider"]);
  }

  absl::StatusOr<Document> FromClaim() {
    document_.event = AdmissionEvent::kUpdate;
    document_.whole = false;
    NameVisit("item");
    AddAccident(focus_);
    for (const Element& diagnosis : focus_.element.Items("diagnosis")) {
      AddDiagnoses(DiagnosesFrom(diagnosis["diagnosisCodeableConcept"]));
    }
    return Finish(focus_.element["provider"]);
  }

  absl::StatusOr<Document> FromCondition() {
    document_.event = AdmissionEvent::kUpdate;
    document_.whole = false;
    NameVisit("encounter");
    AddCondition(focus_.element, false);
    return Finish(Element());
  }

 private:
  void Note(NoteKind kind, std::string path, std::string text) {
    document_.notes.push_back({kind, std::move(path), std::move(text)});
  }

  void Use(const Element& element) {
    const JsonValue* value = element.value();
    if (value == nullptr || std::find(used_.begin(), used_.end(), value) != used_.end()) return;
    used_.push_back(value);
  }

  std::optional<absl::Time> Time(const Element& element) {
    const std::string text = element.Text();
    if (text.empty()) return std::nullopt;
    const std::optional<absl::Time> time = TimeFromText(text);
    if (!time) Note(NoteKind::kUnusual, element.path(), "不是时间，未采用");
    return time;
  }

  std::optional<absl::Time> TimeOfStay(const Element& element) {
    std::optional<absl::Time> time = Time(element);
    if (time && !HasTimeOfDay(element.Text())) {
      Note(NoteKind::kIncomplete, element.path(), "只有日期，没有时刻");
    }
    return time;
  }

  void NameVisit(std::string_view member) {
    const Element reference = Links::EncounterReferenceOf(focus_);
    document_.visit_id = links_.VisitIdOf(reference, focus_);
    if (!document_.visit_id.empty()) return;
    Note(NoteKind::kIncomplete, focus_.element.PathOf(member), "没有写明是哪次就诊（encounter）");
  }

  void ReadStatus(const Element& encounter) {
    const std::string status = encounter.Text("status");
    for (const StatusRow& row : kStatuses) {
      if (row.status == status) document_.event = row.event;
      if (row.status == status && status != "planned" && status != "unknown") return;
    }
    if (status.empty()) {
      faults_.Add(encounter.PathOf("status"), "缺少就诊状态");
    } else if (status == "planned") {
      Note(NoteKind::kUnusual, encounter.PathOf("status"), "入院仍是计划（planned）");
    } else {
      document_.event = AdmissionEvent::kUpdate;
      Note(NoteKind::kUnusual, encounter.PathOf("status"), "不是就诊的状态，按信息变更读取");
    }
  }

  // The national interface's own fields, where a profile carries them along.
  void ReadOfficial(const Element& encounter) {
    for (const Element& extension : encounter.Items("extension")) {
      std::string url = absl::AsciiStrToLower(extension.Text("url"));
      std::replace(url.begin(), url.end(), '-', '_');
      TriState* flag = nullptr;
      if (absl::EndsWith(url, "trum_flag")) flag = &document_.trauma_flag;
      if (absl::EndsWith(url, "rel_ttp_flag")) flag = &document_.third_party_flag;
      if (flag == nullptr) continue;
      for (const char* value : {"valueBoolean", "valueCode", "valueString"}) {
        const std::string text = extension.Text(value);
        if (!text.empty()) *flag = TriStateFromText(text);
      }
      const std::string code = extension["valueCoding"].Text("code");
      if (!code.empty()) *flag = TriStateFromText(code);
    }
    for (const Element& type : encounter.Items("type")) {
      for (const Coding& coding : CodingsOf(type)) {
        if (absl::EndsWith(absl::AsciiStrToLower(coding.system), "med_type")) {
          document_.med_type = coding.code;
        }
      }
    }
  }

  void AddReason(const Element& reason) {
    AddWords(WordsOf(reason));
    std::vector<Diagnosis> diagnoses = DiagnosesFrom(reason);
    if (!diagnoses.front().code.empty()) AddDiagnoses(std::move(diagnoses));
  }

  void AddWords(const std::string& words) {
    std::string& all = document_.condition_text;
    if (words.empty() || all.find(words) != std::string::npos) return;
    absl::StrAppend(&all, all.empty() ? "" : "；", words);
  }

  void AddDiagnoses(std::vector<Diagnosis> diagnoses) {
    for (Diagnosis& diagnosis : diagnoses) AddDiagnosis(std::move(diagnosis));
  }

  void AddDiagnosis(Diagnosis diagnosis) {
    if (diagnosis.code.empty() && diagnosis.name.empty()) return;
    for (Diagnosis& known : document_.diagnoses) {
      if (known.code != diagnosis.code || known.name != diagnosis.name) continue;
      known.main = known.main || diagnosis.main;
      return;
    }
    document_.diagnoses.push_back(std::move(diagnosis));
  }

  void ReadListedDiagnoses(const Element& encounter) {
    for (const Element& listed : ByRank(encounter.Items("diagnosis"))) {
      const Element reference = listed["condition"];
      const Element condition = collection().Resolve(reference, focus_);
      if (!condition.present()) {
        if (const std::string words = reference.Text("display"); !words.empty()) {
          AddDiagnosis({"", words, listed.Text("rank") == "1", TriState::kUnknown});
        } else {
          Note(NoteKind::kIncomplete, reference.path(), "所指的诊断不在文件中");
        }
        continue;
      }
      if (condition.Text("resourceType") != "Condition") continue;  // A Procedure may stand here.
      AddCondition(condition, listed.Text("rank") == "1");
    }
    for (const Element& reference : encounter.Items("reasonReference")) {
      const Element reason = collection().Resolve(reference, focus_);
      if (reason.Text("resourceType") == "Condition") AddCondition(reason, false);
      AddWords(reason.Text("valueString"));
      AddWords(reference.Text("display"));
    }
  }

  void AddCondition(const Element& condition, bool main) {
    Use(condition);
    const Element verification = condition["verificationStatus"];
    if (HasCode(verification, "refuted") || HasCode(verification, "entered-in-error")) {
      Note(NoteKind::kUnusual, verification.path(), "诊断已被撤回，未采用");
      return;
    }
    std::vector<Diagnosis> diagnoses = DiagnosesFrom(condition["code"]);
    diagnoses.front().main = main;
    AddDiagnoses(std::move(diagnoses));
    for (const Element& note : condition.Items("note")) AddWords(note.Text("text"));
  }

  void AddAccident(const Resource& claim) {
    const Element told = claim.element["accident"];
    if (!told.present()) return;
    Use(claim.element);
    if (document_.accident) {
      Note(NoteKind::kUnusual, told.path(), "写了不止一次事故，采用第一次");
      return;
    }
    Accident accident;
    accident.time = Time(told["date"]);
    for (const Coding& coding : CodingsOf(told["type"])) {
      if (accident.code.empty()) accident.code = coding.code;
    }
    accident.code_name = WordsOf(told["type"]);
    for (const IncidentName& row : kIncidents) {
      if (row.code == accident.code && accident.code_name.empty()) accident.code_name = row.name;
    }
    if (accident.code == "WPA") accident.job_related = TriState::kYes;
    accident.place = PlaceOf(told, claim, collection());
    document_.accident = std::move(accident);
  }

  void ReadPatient() {
    const Element reference = PatientReferenceOf(focus_);
    const Element patient = collection().Resolve(reference, focus_);
    Use(patient);
    if (patient.present()) {
      document_.patient = PatientFrom(patient);
    } else {
      document_.patient.name = reference.Text("display");
      document_.patient.person_number = reference["identifier"].Text("value");
      const std::string key = Collection::KeyOf(reference);
      if (document_.patient.person_number.empty() && key.starts_with("Patient/")) {
        document_.patient.person_number = key.substr(8);
      }
      Note(NoteKind::kIncomplete, reference.path(), "所指的患者不在文件中");
    }
    if (patient.present() && document_.patient.id_number.empty()) {
      Note(NoteKind::kIncomplete, patient.PathOf("identifier"), "没有校验码正确的身份证号");
    }
  }

  void ReadInsurance() {
    std::vector<const Resource*> coverages = links_.CoveragesOf(PatientReferenceOf(focus_), focus_);
    const std::vector<Resource> contained = ContainedCoverages(focus_);
    for (const Resource& coverage : contained) coverages.push_back(&coverage);
    for (const Resource* coverage : coverages) Use(coverage->element);
    InsuranceFacts facts = InsuranceFrom(coverages, collection(), context_.profile);
    for (std::string& payer : facts.other_payers) {
      if (MayBeAnInsurer(payer)) document_.insurer_hints.push_back(std::move(payer));
    }
    if (facts.subrogation) {
      document_.third_party_flag = TriState::kYes;
      Note(NoteKind::kUnusual, facts.subrogation_path,
           "发送方把此保险列为追偿对象（subrogation），说明涉及第三方");
    }
    document_.pool = facts.pool;
    if (facts.fund_known) return;
    document_.pool.area_code = context_.profile.default_area_code;
    Note(NoteKind::kIncomplete, focus_.element.PathOf("insurance"),
         "没有能按医院设置对应到基金的参保信息（Coverage）");
  }

  absl::StatusOr<Document> Finish(const Element& organization) {
    ReadPatient();
    ReadInsurance();
    document_.hospital = HospitalFrom(organization, focus_, collection(), context_.profile);
    document_.sender = SenderFrom(document_.hospital);
    if (!focus_.sent.empty()) document_.sent_at = TimeFromText(focus_.sent);
    // The time of sending belongs to the message: a state that returns is told anew.
    document_.message_id = ContentId(used_, focus_.sent);
    document_.plate_hints = PlatesIn(document_.condition_text);
    for (std::string& insurer : InsurersIn(document_.condition_text)) {
      document_.insurer_hints.push_back(std::move(insurer));
    }
    RECOUP_RETURN_IF_ERROR(faults_.ToStatus());
    return Document(std::move(document_));
  }

  const Collection& collection() const { return links_.collection(); }

  const Links& links_;
  const ReaderContext& context_;
  const Resource& focus_;
  AdmissionDocument document_;
  Faults faults_;
  std::vector<const JsonValue*> used_;
};

}  // namespace

absl::StatusOr<Document> AdmissionFromEncounter(const Resource& encounter, const Links& links,
                                                const ReaderContext& context) {
  return AdmissionBuilder(links, context, encounter).FromEncounter();
}

absl::StatusOr<Document> AdmissionFromClaim(const Resource& claim, const Links& links,
                                            const ReaderContext& context) {
  return AdmissionBuilder(links, context, claim).FromClaim();
}

absl::StatusOr<Document> AdmissionFromCondition(const Resource& condition, const Links& links,
                                                const ReaderContext& context) {
  return AdmissionBuilder(links, context, condition).FromCondition();
}

}  // namespace recoup::hospital::fhir

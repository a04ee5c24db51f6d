#include "adapters/hospital/hl7/admission.h"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/hints.h"
#include "adapters/hospital/hl7/message.h"
#include "adapters/hospital/hl7/person.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital::hl7 {
namespace {

struct Trigger {
  std::string_view code;
  AdmissionEvent event;
};

// HL7 v2.5.1 chapter 3.3.
constexpr std::array kTriggers = {
    Trigger{"A01", AdmissionEvent::kAdmit},
    Trigger{"A04", AdmissionEvent::kAdmit},
    Trigger{"A05", AdmissionEvent::kAdmit},
    Trigger{"A08", AdmissionEvent::kUpdate},
    Trigger{"A03", AdmissionEvent::kDischarge},
    Trigger{"A11", AdmissionEvent::kCancel},
    // A discharge taken back: the visit goes on.
    Trigger{"A13", AdmissionEvent::kUpdate},
    Trigger{"A40", AdmissionEvent::kMerge},
};

struct MessageName {
  std::string_view type;
  std::string_view name;
};

constexpr std::array kOtherMessages = {
    MessageName{"ORM", "an order"},
    MessageName{"OMG", "an order"},
    MessageName{"OML", "a laboratory order"},
    MessageName{"ORU", "an observation result"},
    MessageName{"OUL", "a laboratory result"},
    MessageName{"SIU", "an appointment"},
    MessageName{"MDM", "a document notification"},
    MessageName{"DFT", "a financial transaction"},
    MessageName{"BAR", "a billing account change"},
    MessageName{"VXU", "a vaccination record"},
    MessageName{"RDE", "a pharmacy order"},
    MessageName{"RDS", "a pharmacy dispense"},
    MessageName{"REF", "a referral"},
    MessageName{"PPR", "a problem list"},
    MessageName{"ACK", "an acknowledgement"},
};

std::optional<AdmissionEvent> EventOf(std::string_view trigger) {
  for (const Trigger& row : kTriggers) {
    if (row.code == trigger) return row.event;
  }
  return std::nullopt;
}

absl::Status RefuseByName(const std::string& type, const std::string& trigger) {
  Faults faults;
  if (type == "ADT") {
    faults.Add("MSH-9[1].2",
               absl::StrCat("ADT^", trigger, " tells no admission, change or cancel"));
    return faults.ToStatus();
  }
  std::string name = "a message of another kind";
  for (const MessageName& row : kOtherMessages) {
    if (row.type == type) name = std::string(row.name);
  }
  faults.Add("MSH-9[1].1", absl::StrCat(type, " is ", name, ", no admission"));
  return faults.ToStatus();
}

// Reads one message; the notes and faults are collected on the way.
class AdmissionBuilder {
 public:
  AdmissionBuilder(const Message& message, const ReaderContext& context,
                   std::vector<QualityNote> notes)
      : message_(message), profile_(context.profile) {
    document_.notes = std::move(notes);
  }

  absl::StatusOr<Document> Build(AdmissionEvent event, const std::string& trigger) {
    document_.source = SourceKind::kHl7v2;
    document_.event = event;
    if (trigger == "A05") Note(NoteKind::kUnusual, "MSH-9[1].2", "A05: the admission is planned");
    if (trigger == "A13") Note(NoteKind::kUnusual, "MSH-9[1].2", "A13: a discharge is taken back");
    ReadHeader();
    ReadPatient();
    ReadVisit();
    ReadDiagnoses();
    ReadAccident();
    ReadInsurance();
    document_.plate_hints = PlatesIn(AllText());
    for (std::string& insurer : InsurersIn(AllText())) {
      document_.insurer_hints.push_back(std::move(insurer));
    }
    RECOUP_RETURN_IF_ERROR(faults_.ToStatus());
    return Document(std::move(document_));
  }

 private:
  void Note(NoteKind kind, std::string path, std::string text) {
    document_.notes.push_back({kind, std::move(path), std::move(text)});
  }

  std::optional<absl::Time> Time(const Segment& segment, std::size_t field) {
    const std::string text = segment.Get(field);
    if (text.empty()) return std::nullopt;
    const std::optional<absl::Time> time = TimeFromText(text);
    if (!time) Note(NoteKind::kUnusual, segment.PathOf(field), "is not a time; it was left out");
    return time;
  }

  void ReadHeader() {
    const Segment& msh = message_.header();
    document_.message_id = msh.Get(10);
    if (document_.message_id.empty()) faults_.Add("MSH-10", "is required");
    if (document_.message_id.size() > 199) faults_.Add("MSH-10", "is longer than 199 characters");
    document_.sender = absl::StrCat(msh.Get(3), msh.Get(4).empty() ? "" : "/", msh.Get(4));
    document_.sent_at = Time(msh, 7);
    document_.hospital = {profile_.hospital_code, profile_.hospital_name};
  }

  void ReadPatient() {
    const Segment* pid = message_.Find("PID");
    if (pid == nullptr) {
      faults_.Add("PID", "is required");
      return;
    }
    document_.patient = PatientFromPid(*pid);
    const Patient& patient = document_.patient;
    if (patient.person_number.empty() && patient.id_number.empty()) {
      faults_.Add("PID-3", "is required: no number of the patient is given");
    }
    if (patient.id_number.empty()) {
      Note(NoteKind::kIncomplete, "PID-3", "no identity card number with a right check character");
    }
    if (patient.name.empty()) Note(NoteKind::kIncomplete, "PID-5", "no name is given");
    if (document_.event == AdmissionEvent::kMerge) {
      const Segment* mrg = message_.Find("MRG");
      if (mrg != nullptr) document_.replaced_patient_number = mrg->Get(1);
      if (document_.replaced_patient_number.empty()) faults_.Add("MRG-1", "is required");
    }
  }

  void ReadVisit() {
    if (document_.event == AdmissionEvent::kMerge) return;  // Of patients; names no visit.
    const Segment* pv1 = message_.Find("PV1");
    if (pv1 == nullptr) {
      faults_.Add("PV1", "is required");
      return;
    }
    document_.visit_id = pv1->Get(19);
    const Segment* pid = message_.Find("PID");
    if (document_.visit_id.empty() && pid != nullptr && !pid->Get(18).empty()) {
      document_.visit_id = pid->Get(18);
      Note(NoteKind::kRepaired, "PV1-19", "is empty; the account number PID-18 stands for it");
    }
    if (document_.visit_id.empty()) faults_.Add("PV1-19", "is required: it names the visit");
    document_.admitted_at = Time(*pv1, 44);
    document_.discharged_at = Time(*pv1, 45);
    const Segment* evn = message_.Find("EVN");
    if (!document_.admitted_at && document_.event == AdmissionEvent::kAdmit && evn != nullptr) {
      document_.admitted_at = Time(*evn, evn->Get(6).empty() ? 2 : 6);
      if (document_.admitted_at) {
        Note(NoteKind::kRepaired, "PV1-44", "is empty; the time of the event stands for it");
      }
    }
    const Segment* pv2 = message_.Find("PV2");
    if (pv2 != nullptr) AddCondition(pv2->Get(3, 2).empty() ? pv2->Get(3, 1) : pv2->Get(3, 2));
  }

  void AddCondition(const std::string& text) {
    std::string& all = document_.condition_text;
    if (text.empty() || all.find(text) != std::string::npos) return;
    absl::StrAppend(&all, all.empty() ? "" : "；", text);
  }

  void ReadDiagnoses() {
    for (const Segment* dg1 : message_.FindAll("DG1")) {
      Diagnosis diagnosis;
      diagnosis.code = absl::AsciiStrToUpper(dg1->Get(3, 1));
      diagnosis.name = dg1->Get(3, 2).empty() ? dg1->Get(4) : dg1->Get(3, 2);
      diagnosis.main = dg1->Get(15) == "1";
      diagnosis.present_on_admission = TriStateFromText(dg1->Get(26));
      AddCondition(dg1->Get(4));
      if (!diagnosis.code.empty() || !diagnosis.name.empty()) {
        document_.diagnoses.push_back(std::move(diagnosis));
      }
    }
  }

  void ReadAccident() {
    Accident accident;
    bool any = false;
    for (const Segment* acc : message_.FindAll("ACC")) {
      if (any) {
        Note(NoteKind::kUnusual, "ACC", "more than one accident is told; the first was read");
        break;
      }
      accident.time = Time(*acc, 1);
      accident.code = acc->Get(2, 1);
      accident.code_name = acc->Get(2, 2);
      accident.place = acc->Get(3);
      accident.job_related = TriStateFromText(acc->Get(5));
      accident.description = acc->Get(8);
      accident.police_notified = TriStateFromText(acc->Get(10));
      any = accident.time || !accident.code.empty() || !accident.code_name.empty() ||
            !accident.place.empty() || !accident.description.empty() ||
            accident.job_related != TriState::kUnknown ||
            accident.police_notified != TriState::kUnknown;
    }
    // HL7 v2.5.1 chapter 6.5.11: UB2-7 is occurrence code and date, repeating.
    for (const Segment* ub2 : message_.FindAll("UB2")) {
      for (std::size_t i = 1; i <= ub2->RepetitionCount(7); ++i) {
        std::string code = ub2->Get(7, 1, i);
        if (code.empty()) continue;
        if (!accident.time) accident.time = TimeFromText(ub2->Get(7, 2, i));
        accident.occurrence_codes.push_back(std::move(code));
        any = true;
      }
    }
    if (any) document_.accident = std::move(accident);
  }

  const InsuranceMapping* Mapped(const std::string& key) const {
    if (key.empty()) return nullptr;
    for (const InsuranceMapping& row : profile_.insurance) {
      if (row.key == key) return &row;
    }
    return nullptr;
  }

  // Any of the segment's fields, code or text, that the profile knows.
  const InsuranceMapping* MappedIn(const Segment& segment,
                                   std::initializer_list<std::size_t> fields) const {
    for (const std::size_t field : fields) {
      for (const std::size_t component : {std::size_t{1}, std::size_t{2}}) {
        const InsuranceMapping* row = Mapped(segment.Get(field, component));
        if (row != nullptr) return row;
      }
    }
    return nullptr;
  }

  void ReadInsurance() {
    const InsuranceMapping* fund = nullptr;
    for (const Segment* in1 : message_.FindAll("IN1")) {
      const InsuranceMapping* row = MappedIn(*in1, {2, 3, 35});
      if (fund == nullptr) fund = row;
      // What is no public fund may be the third party's insurer.
      if (row == nullptr && !in1->Get(4).empty()) document_.insurer_hints.push_back(in1->Get(4));
    }
    const Segment* pv1 = message_.Find("PV1");
    if (fund == nullptr && pv1 != nullptr) fund = MappedIn(*pv1, {20});
    if (fund == nullptr) {
      document_.pool.area_code = profile_.default_area_code;
      Note(NoteKind::kIncomplete, "IN1", "no insurance that the hospital's profile maps to a fund");
      return;
    }
    document_.pool.area_code =
        fund->area_code.empty() ? profile_.default_area_code : fund->area_code;
    document_.pool.insurance_type = fund->insurance_type;
  }

  std::string AllText() const {
    std::string text = document_.condition_text;
    if (document_.accident) absl::StrAppend(&text, "；", document_.accident->description);
    return text;
  }

  const Message& message_;
  const HospitalProfile& profile_;
  AdmissionDocument document_;
  Faults faults_;
};

}  // namespace

bool LooksLikeHl7(std::string_view bytes) {
  bytes = Trimmed(WithoutByteOrderMark(bytes));
  if (bytes.starts_with('\x0B')) bytes.remove_prefix(1);
  return bytes.starts_with("MSH") || bytes.starts_with("FHS") || bytes.starts_with("BHS");
}

absl::StatusOr<Document> ReadHl7(std::string_view bytes, const ReaderContext& context) {
  std::vector<QualityNote> notes;
  RECOUP_ASSIGN_OR_RETURN(const Message message, Message::Parse(bytes, notes));
  const std::string type = message.header().Get(9, 1);
  const std::string trigger = message.header().Get(9, 2);
  const std::optional<AdmissionEvent> event = EventOf(trigger);
  if (type != "ADT" || !event) return RefuseByName(type, trigger);
  return AdmissionBuilder(message, context, std::move(notes)).Build(*event, trigger);
}

}  // namespace recoup::hospital::hl7

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
#include "adapters/hospital/hl7/accident.h"
#include "adapters/hospital/hl7/merges.h"
#include "adapters/hospital/hl7/message.h"
#include "adapters/hospital/hl7/observations.h"
#include "adapters/hospital/hl7/person.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital::hl7 {
namespace {

struct Trigger {
  std::string_view type;
  std::string_view code;
  AdmissionEvent event;
  std::string_view note;  // What an officer should know of it; empty: nothing.
};

// HL7 v2.5.1 chapters 3.3 and 6.4. Billing messages count for the accident they carry.
constexpr std::array kTriggers = {
    Trigger{"ADT", "A01", AdmissionEvent::kAdmit, ""},
    Trigger{"ADT", "A04", AdmissionEvent::kAdmit, ""},
    Trigger{"ADT", "A05", AdmissionEvent::kAdmit, "A05：入院仍是计划"},
    Trigger{"ADT", "A08", AdmissionEvent::kUpdate, ""},
    Trigger{"ADT", "A06", AdmissionEvent::kUpdate, "A06：门诊转为住院"},
    Trigger{"ADT", "A07", AdmissionEvent::kUpdate, "A07：住院转为门诊"},
    Trigger{"ADT", "A03", AdmissionEvent::kDischarge, ""},
    Trigger{"ADT", "A11", AdmissionEvent::kCancel, ""},
    Trigger{"ADT", "A38", AdmissionEvent::kCancel, "A38：取消入院计划"},
    // The visit goes on.
    Trigger{"ADT", "A13", AdmissionEvent::kUpdate, "A13：撤销出院"},
    Trigger{"ADT", "A40", AdmissionEvent::kMerge, ""},
    // The merges of 2.1 to 2.3, before A40.
    Trigger{"ADT", "A18", AdmissionEvent::kMerge, ""},
    Trigger{"ADT", "A34", AdmissionEvent::kMerge, ""},
    Trigger{"DFT", "P03", AdmissionEvent::kUpdate, ""},
    Trigger{"BAR", "P01", AdmissionEvent::kUpdate, ""},
    Trigger{"BAR", "P05", AdmissionEvent::kUpdate, ""},
};

// Orders are sent with the registration's ACC and UB2 by some systems; without an accident they
// tell nothing of the visit that its own messages do not.
constexpr std::array kAccidentTriggers = {
    Trigger{"ORM", "O01", AdmissionEvent::kUpdate, "医嘱消息，因其中有事故信息而读取"},
    Trigger{"OMG", "O19", AdmissionEvent::kUpdate, "医嘱消息，因其中有事故信息而读取"},
};

struct MessageName {
  std::string_view type;
  std::string_view name;
};

constexpr std::array kOtherMessages = {
    MessageName{"ORM", "医嘱"},     MessageName{"OMG", "医嘱"},
    MessageName{"OML", "检验申请"}, MessageName{"ORU", "检查检验结果"},
    MessageName{"OUL", "检验结果"}, MessageName{"SIU", "预约"},
    MessageName{"MDM", "文书通知"}, MessageName{"VXU", "接种记录"},
    MessageName{"RDE", "药品医嘱"}, MessageName{"RDS", "发药"},
    MessageName{"REF", "转诊"},     MessageName{"PPR", "问题列表"},
    MessageName{"ACK", "应答"},
};

bool TellsAccident(const Message& message) {
  for (const Segment* acc : message.FindAll("ACC")) {
    if (!acc->Get(1).empty() || !acc->Get(2).empty() || !acc->Get(8).empty()) return true;
  }
  return false;
}

const Trigger* FindTrigger(std::string_view type, std::string_view code, const Message& message) {
  for (const Trigger& row : kTriggers) {
    if (row.type == type && row.code == code) return &row;
  }
  for (const Trigger& row : kAccidentTriggers) {
    if (row.type == type && row.code == code && TellsAccident(message)) return &row;
  }
  return nullptr;
}

// MSH-9, in the ways it is written: ADT^A01, ADT^A01^ADT_A01, ADT_A01, and before 2.2 ADT alone
// with the event in EVN-1.
std::pair<std::string, std::string> TypeOf(const Message& message,
                                           std::vector<QualityNote>& notes) {
  std::string type = message.header().Get(9, 1);
  std::string code = message.header().Get(9, 2);
  if (code.empty() && type.size() == 7 && (type[3] == '_' || type[3] == '-')) {
    code = type.substr(4);
    type.resize(3);
    notes.push_back({NoteKind::kRepaired, "MSH-9", "消息类型写成了一个词"});
  }
  const Segment* evn = message.Find("EVN");
  if (code.empty() && evn != nullptr && !evn->Get(1).empty()) {
    code = evn->Get(1);
    notes.push_back({NoteKind::kRepaired, "MSH-9[1].2", "触发事件为空，以 EVN-1 代替"});
  }
  return {std::move(type), std::move(code)};
}

absl::Status RefuseByName(const std::string& type, const std::string& trigger) {
  Faults faults;
  if (type == "ADT") {
    faults.Add("MSH-9[1].2", absl::StrCat("ADT^", trigger, " 不是入院、变更或撤销"));
    return faults.ToStatus();
  }
  if (type == "DFT" || type == "BAR") {
    faults.Add("MSH-9[1].2", absl::StrCat(type, "^", trigger, " 不涉及入院"));
    return faults.ToStatus();
  }
  std::string name = "其他消息";
  for (const MessageName& row : kOtherMessages) {
    if (row.type == type) name = std::string(row.name);
  }
  faults.Add("MSH-9[1].1", absl::StrCat(type, " 是", name, "消息，不是入院信息"));
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

  absl::StatusOr<Document> Build(const Trigger& trigger) {
    document_.source = SourceKind::kHl7v2;
    document_.event = trigger.event;
    document_.discharge_withdrawn = trigger.code == "A13";
    planned_ = trigger.code == "A05" || trigger.code == "A38";
    document_.whole = trigger.type == "ADT";  // A bill tells of one charge.
    if (!trigger.note.empty()) {
      Note(NoteKind::kUnusual, "MSH-9[1].2", std::string(trigger.note));
    }
    ReadHeader();
    ReadPatient();
    ReadVisit();
    ReadDiagnoses();
    document_.accident = AccidentOf(message_, document_.notes);
    ReadObservations();
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
    if (!time) Note(NoteKind::kUnusual, segment.PathOf(field), "不是时间，未采用");
    return time;
  }

  // Of the stay: a day alone is told, because its midnight is nobody's word.
  std::optional<absl::Time> TimeOfStay(const Segment& segment, std::size_t field) {
    std::optional<absl::Time> time = Time(segment, field);
    if (time && !HasTimeOfDay(segment.Get(field))) {
      Note(NoteKind::kIncomplete, segment.PathOf(field), "只有日期，没有时刻");
    }
    return time;
  }

  void ReadHeader() {
    const Segment& msh = message_.header();
    document_.message_id = msh.Get(10);
    if (document_.message_id.empty()) faults_.Add("MSH-10", "缺少消息控制号");
    if (document_.message_id.size() > 199) faults_.Add("MSH-10", "消息控制号超过 199 个字符");
    document_.sender = absl::StrCat(msh.Get(3), msh.Get(4).empty() ? "" : "/", msh.Get(4));
    document_.sent_at = Time(msh, 7);
    const Segment* evn = message_.Find("EVN");
    if (!document_.sent_at && evn != nullptr) document_.sent_at = Time(*evn, 2);
    const std::string version = msh.Get(12);
    if (!version.empty() && !version.starts_with("2.") && version != "2") {
      faults_.Add("MSH-12", absl::StrCat("版本为 ", version, "，只读 HL7 v2"));
    }
    const std::string processing = msh.Get(11);
    if (processing == "T" || processing == "D") {
      Note(NoteKind::kUnusual, "MSH-11", "不是 P，发送方称其为测试消息");
    }
    document_.hospital = {profile_.hospital_code, profile_.hospital_name};
  }

  void ReadPatient() {
    const Segment* pid = message_.Find("PID");
    if (pid == nullptr) {
      faults_.Add("PID", "缺少患者信息段");
      return;
    }
    document_.patient = PatientFromPid(*pid);
    const Patient& patient = document_.patient;
    if (patient.person_number.empty() && patient.id_number.empty() && patient.name.empty()) {
      faults_.Add("PID-3", "缺少患者标识：没有病案号、证件号或姓名");
    }
    if (patient.id_number.empty()) {
      Note(NoteKind::kIncomplete, "PID-3", "没有校验码正确的身份证号");
    }
    if (patient.name.empty()) Note(NoteKind::kIncomplete, "PID-5", "没有患者姓名");
    if (document_.event == AdmissionEvent::kMerge) {
      document_.merges = MergesOf(message_, document_.patient, faults_);
    }
  }

  void ReadVisit() {
    if (document_.event == AdmissionEvent::kMerge) return;  // Of patients; names no visit.
    const Segment* pv1 = message_.Find("PV1");
    const Segment* pid = message_.Find("PID");
    if (pv1 != nullptr) document_.visit_id = pv1->Get(19);
    if (document_.visit_id.empty() && pid != nullptr && !pid->Get(18).empty()) {
      document_.visit_id = pid->Get(18);
      Note(NoteKind::kRepaired, "PV1-19", "就诊号为空，以账号 PID-18 代替");
    }
    if (document_.visit_id.empty() && pv1 != nullptr && !pv1->Get(50).empty()) {
      document_.visit_id = pv1->Get(50);
      Note(NoteKind::kRepaired, "PV1-19", "就诊号为空，以备用就诊号 PV1-50 代替");
    }
    // HL7 table 0203: VN is the number of the visit.
    for (std::size_t i = 1; pid != nullptr && i <= pid->RepetitionCount(3); ++i) {
      if (!document_.visit_id.empty() || pid->Get(3, 5, i) != "VN") continue;
      document_.visit_id = pid->Get(3, 1, i);
      Note(NoteKind::kRepaired, "PV1-19", "就诊号为空，以 PID-3 中的就诊号代替");
    }
    if (document_.visit_id.empty() && planned_ && pv1 != nullptr && !pv1->Get(5).empty()) {
      document_.visit_id = pv1->Get(5);
      Note(NoteKind::kRepaired, "PV1-19", "就诊号为空，以预入院号 PV1-5 代替");
    }
    if (document_.visit_id.empty()) {
      faults_.Add(pv1 == nullptr ? "PV1" : "PV1-19", "缺少就诊号：无法确定是哪次就诊");
    }
    if (pv1 != nullptr) {
      document_.admitted_at = TimeOfStay(*pv1, 44);
      // A13 repeats the discharge that it takes back.
      if (!document_.discharge_withdrawn) document_.discharged_at = TimeOfStay(*pv1, 45);
    }
    const Segment* evn = message_.Find("EVN");
    if (!document_.admitted_at && document_.event == AdmissionEvent::kAdmit && evn != nullptr) {
      document_.admitted_at = TimeOfStay(*evn, evn->Get(6).empty() ? 2 : 6);
      if (document_.admitted_at) {
        Note(NoteKind::kRepaired, "PV1-44", "入院时间为空，以事件时间代替");
      }
    }
    // An admission is registered as it happens.
    if (!document_.admitted_at && document_.event == AdmissionEvent::kAdmit && !planned_) {
      document_.admitted_at = document_.sent_at;
      if (document_.admitted_at) {
        Note(NoteKind::kRepaired, "PV1-44", "未填；以消息时间 MSH-7 为入院时间");
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
    // FT1-19: the diagnoses that a charge is for.
    for (const Segment* ft1 : message_.FindAll("FT1")) {
      for (std::size_t i = 1; i <= ft1->RepetitionCount(19); ++i) {
        AddDiagnosis({absl::AsciiStrToUpper(ft1->Get(19, 1, i)), ft1->Get(19, 2, i)});
      }
    }
    for (const Segment* dg1 : message_.FindAll("DG1")) {
      Diagnosis diagnosis;
      diagnosis.code = absl::AsciiStrToUpper(dg1->Get(3, 1));
      diagnosis.name = dg1->Get(3, 2).empty() ? dg1->Get(4) : dg1->Get(3, 2);
      diagnosis.main = dg1->Get(15) == "1";
      diagnosis.present_on_admission = TriStateFromText(dg1->Get(26));
      AddCondition(dg1->Get(4));
      AddDiagnosis(std::move(diagnosis));
    }
  }

  // Once each: DG1 repeats what the charges say, and knows more.
  void AddDiagnosis(Diagnosis diagnosis) {
    if (diagnosis.code.empty() && diagnosis.name.empty()) return;
    for (Diagnosis& known : document_.diagnoses) {
      if (known.code != diagnosis.code || known.name != diagnosis.name) continue;
      known = std::move(diagnosis);
      return;
    }
    document_.diagnoses.push_back(std::move(diagnosis));
  }

  void ReadObservations() {
    InjuryFacts facts = InjuryFactsOf(message_);
    document_.trauma_flag = facts.trauma;
    document_.third_party_flag = facts.third_party;
    for (const std::string& words : facts.words) AddCondition(words);
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
    if (document_.event == AdmissionEvent::kMerge) return;  // Of patients; nobody's fund changes.
    const InsuranceMapping* fund = nullptr;
    for (const Segment* in1 : message_.FindAll("IN1")) {
      const InsuranceMapping* row = MappedIn(*in1, {2, 3, 35});
      if (fund == nullptr) fund = row;
      // What is no public fund may be the third party's insurer.
      if (row == nullptr && MayBeAnInsurer(in1->Get(4))) {
        document_.insurer_hints.push_back(in1->Get(4));
      }
    }
    const Segment* pv1 = message_.Find("PV1");
    if (fund == nullptr && pv1 != nullptr) fund = MappedIn(*pv1, {20});
    if (fund == nullptr) {
      document_.pool.area_code = profile_.default_area_code;
      Note(NoteKind::kIncomplete, "IN1", "没有能按医院设置对应到基金的保险");
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
  bool planned_ = false;  // Before the admission there is only the number of the plan.
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
  const auto [type, code] = TypeOf(message, notes);
  const Trigger* const trigger = FindTrigger(type, code, message);
  if (trigger == nullptr) return RefuseByName(type, code);
  return AdmissionBuilder(message, context, std::move(notes)).Build(*trigger);
}

}  // namespace recoup::hospital::hl7

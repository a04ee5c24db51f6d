#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/hints.h"
#include "adapters/hospital/national/transactions.h"

namespace recoup::hospital::national {
namespace {

constexpr std::size_t kTextMax = 4000;

// Once yes, always yes: a flag set in one of two places was set by somebody.
TriState Merge(TriState first, TriState second) {
  if (first == TriState::kYes || second == TriState::kYes) return TriState::kYes;
  return first == TriState::kUnknown ? second : first;
}

// The flags stand beside the visit's fields, or inside exp_content; the base layout has neither.
TriState ReadFlag(const ObjectReader& visit, std::string_view name) {
  const TriState direct = visit.Flag(name);
  TriState extended = TriState::kUnknown;
  const JsonValue* extension = visit.Find("exp_content");
  if (extension != nullptr && (extension->is_object() || extension->is_array())) {
    for (const ObjectReader& entry : visit.Children("exp_content")) {
      extended = Merge(extended, entry.Flag(name));
    }
  }
  if (direct != TriState::kUnknown && extended != TriState::kUnknown && direct != extended) {
    visit.Note(NoteKind::kDoesNotAddUp, name, "与 exp_content 中的不一致，以 1 为准");
  }
  return Merge(direct, extended);
}

std::string ReadCondition(const ObjectReader& visit) {
  std::string text;
  for (const std::string_view name : {"main_cond_dscr", "adm_diag_dscr", "dise_name"}) {
    const std::string part = visit.Text(name, kTextMax);
    if (part.empty() || text.find(part) != std::string::npos) continue;
    absl::StrAppend(&text, text.empty() ? "" : "；", part);
  }
  return text;
}

Patient ReadPatient(const ObjectReader& visit) {
  Patient patient;
  patient.person_number = visit.RequiredText("psn_no", 30);
  patient.name = PersonNameFromText(visit.Text("psn_name", 200));
  patient.phone = visit.Text("tel", 50);
  patient.gender = GenderFromText(visit.Text("gend", 6));
  patient.birth_date = DateFromText(visit.Text("brdy", 32));
  const Certificate named{visit, "certno", visit.Text("psn_cert_type", 6),
                          visit.Text("certno", 50)};
  // mdtrt_cert_type 02: the identity card itself was shown, so the number is its number.
  const bool shown = visit.Text("mdtrt_cert_type", 3) == "02";
  const Certificate card{visit, "mdtrt_cert_no", "01",
                         shown ? visit.Text("mdtrt_cert_no", 200) : ""};
  SetCertificate({card, named}, patient);
  return patient;
}

// mdtrt_id: in the request once it is known, else the platform's answer to 2401.
void ReadVisitId(const Exchange& exchange, const ObjectReader& visit, AdmissionDocument& document) {
  document.visit_id = visit.Text("mdtrt_id", 30);
  document.inpatient_number = visit.Text("ipt_no", 30);
  if (document.inpatient_number.empty()) document.inpatient_number = visit.Text("ipt_otp_no", 30);
  if (!document.visit_id.empty()) return;
  const ObjectReader output = exchange.response.Child("output");
  for (const std::string_view node : {"result", "data"}) {
    if (document.visit_id.empty()) document.visit_id = output.Child(node).Text("mdtrt_id", 30);
  }
  if (!document.visit_id.empty()) return;
  if (document.event != AdmissionEvent::kAdmit || document.inpatient_number.empty()) {
    visit.Fault("mdtrt_id", "缺少：请求或应答中都没有");
    return;
  }
  visit.Note(NoteKind::kIncomplete, "mdtrt_id", "平台的就诊ID尚不知道，只有医院的住院号 ipt_no");
}

}  // namespace

std::vector<Diagnosis> ReadDiagnoses(const ObjectReader& input, const ObjectReader& visit) {
  std::vector<Diagnosis> diagnoses;
  for (const ObjectReader& entry : input.Children("diseinfo")) {
    if (entry.Flag("vali_flag") == TriState::kNo) continue;  // Struck out by the hospital.
    Diagnosis diagnosis;
    diagnosis.code = absl::AsciiStrToUpper(entry.Text("diag_code", 64));
    diagnosis.name = entry.Text("diag_name", 300);
    diagnosis.main = entry.Flag("maindiag_flag") == TriState::kYes;
    // adm_cond_type: 1 present, 4 absent on admission; 2 and 3 are "unclear".
    const std::string condition = entry.Text("adm_cond", 500);
    if (condition == "1" || condition == "有") diagnosis.present_on_admission = TriState::kYes;
    if (condition == "4" || condition == "无") diagnosis.present_on_admission = TriState::kNo;
    if (!diagnosis.code.empty() || !diagnosis.name.empty()) diagnoses.push_back(diagnosis);
  }
  Diagnosis main{absl::AsciiStrToUpper(visit.Text("dscg_maindiag_code", 64)),
                 visit.Text("dscg_maindiag_name", 300), true, TriState::kUnknown};
  for (Diagnosis& diagnosis : diagnoses) {
    if (!main.code.empty() && diagnosis.code == main.code) {
      diagnosis.main = true;
      return diagnoses;
    }
  }
  if (!main.code.empty()) diagnoses.insert(diagnoses.begin(), std::move(main));
  return diagnoses;
}

AdmissionDocument ReadAdmission(const Exchange& exchange, AdmissionEvent event,
                                std::string_view node) {
  AdmissionDocument document;
  document.source = SourceKind::kNationalInterface;
  document.event = event;
  document.message_id = exchange.envelope.message_id;
  document.sender = exchange.envelope.hospital.code;
  document.hospital = exchange.envelope.hospital;
  document.pool = exchange.envelope.pool;
  document.sent_at = exchange.envelope.sent_at;

  const ObjectReader input = exchange.request.Child("input");
  const ObjectReader visit = input.Child(node);
  if (!visit.present()) {
    input.Fault(node, "缺少");
    return document;
  }
  document.patient = ReadPatient(visit);
  ReadVisitId(exchange, visit, document);
  document.med_type = visit.Text("med_type", 6);
  document.pool.insurance_type = visit.Text("insutype", 6);
  document.trauma_flag = ReadFlag(visit, "trum_flag");
  document.third_party_flag = ReadFlag(visit, "rel_ttp_flag");
  document.diagnoses = ReadDiagnoses(input, visit);
  document.condition_text = ReadCondition(visit);
  document.plate_hints = PlatesIn(document.condition_text);
  document.insurer_hints = InsurersIn(document.condition_text);
  document.admitted_at = visit.Time("begntime");
  document.discharge_withdrawn = exchange.envelope.transaction == "2405";
  if (!document.discharge_withdrawn) document.discharged_at = visit.Time("endtime");

  // The area is conditional in the envelope; with a psn_no in the input it is demanded.
  if (document.pool.area_code.empty()) document.pool.area_code = visit.Text("insuplc_admdvs", 6);
  if (document.pool.area_code.empty() && event == AdmissionEvent::kAdmit) {
    document.pool.area_code = exchange.context.profile.default_area_code;
    exchange.request.Note(NoteKind::kIncomplete, "insuplc_admdvs",
                          document.pool.area_code.empty() ? "未填参保地；标志须待补充后上报"
                                                          : "未填参保地；取本院所在地");
  }
  if (event == AdmissionEvent::kAdmit) {
    if (!document.admitted_at && document.sent_at) {
      // Registered when it was told, as of HL7 without PV1-44: an admission must not be lost.
      document.admitted_at = document.sent_at;
      visit.Note(NoteKind::kIncomplete, "begntime",
                 visit.Says("begntime") ? "以交易时间 inf_time 为入院时间"
                                        : "未填；以交易时间 inf_time 为入院时间");
    } else if (!document.admitted_at) {
      visit.Fault("begntime", visit.Says("begntime") ? "不是时间" : "缺少");
    }
    // Demanded by the interface; only triage would have looked at it.
    if (document.med_type.empty()) visit.Note(NoteKind::kIncomplete, "med_type", "未填");
  }
  if (document.pool.insurance_type.empty()) {
    // 2401 demands it, 2203 has no room for it, later messages about a visit do not repeat it.
    visit.Note(NoteKind::kIncomplete, "insutype", "未写，以该就诊的入院登记为准");
  }
  return document;
}

}  // namespace recoup::hospital::national

#include "absl/strings/str_cat.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/hints.h"
#include "adapters/hospital/national/transactions.h"

namespace recoup::hospital::national {
namespace {

// Hours and minutes of a coma, "1/2/30" or "0": not nothing after a head injury.
bool TellsOfComa(const std::string& duration) {
  return duration.find_first_of("123456789") != std::string::npos;
}

}  // namespace

// The interface's chapter on 4101: node setlinfo with the stay, diseinfo with every diagnosis.
AdmissionDocument ReadSettlementList(const Exchange& exchange) {
  AdmissionDocument document;
  document.source = SourceKind::kNationalInterface;
  document.event = AdmissionEvent::kUpdate;
  document.message_id = exchange.envelope.message_id;
  document.sender = exchange.envelope.hospital.code;
  document.hospital = exchange.envelope.hospital;
  document.pool = exchange.envelope.pool;
  document.sent_at = exchange.envelope.sent_at;

  const ObjectReader input = exchange.request.Child("input");
  const ObjectReader list = input.Child("setlinfo");
  if (!list.present()) {
    input.Fault("setlinfo", "缺少");
    return document;
  }
  document.visit_id = list.RequiredText("mdtrt_id", 30);
  Patient& patient = document.patient;
  patient.person_number = list.Text("psn_no", 30);
  patient.name = PersonNameFromText(list.Text("psn_name", 200));
  patient.phone = list.Text("tel", 50);
  patient.gender = GenderFromText(list.Text("gend", 6));
  patient.birth_date = DateFromText(list.Text("brdy", 32));
  SetCertificate({{list, "certno", list.Text("psn_cert_type", 6), list.Text("certno", 50)}},
                 patient);
  document.inpatient_number = list.Text("medcasno", 40);
  document.admitted_at = list.Time("adm_time");
  document.discharged_at = list.Time("dscg_time");
  // hi_type is the insurance type; some hospitals write their own code there.
  const std::string type = list.Text("hi_type", 30);
  if (type.size() == 3) document.pool.insurance_type = type;
  document.diagnoses = ReadDiagnoses(input, list);
  for (const std::string_view name : {"pwcry_bfadm_coma_dura", "pwcry_afadm_coma_dura"}) {
    if (!TellsOfComa(list.Text(name, 30))) continue;
    document.condition_text = "颅脑损伤患者有昏迷时间记录";
  }
  const std::string bill = list.Text("bill_no", 30);
  if (!bill.empty()) {
    list.Note(NoteKind::kUnusual, "bill_no",
              absl::StrCat("结算 ", list.Text("setl_id", 30), " 的票据为 ",
                           list.Text("bill_code", 50), " ", bill));
  }
  return document;
}

}  // namespace recoup::hospital::national

// What a hospital's message says, whatever its format: plain values that the readers fill.
//
// A reader keeps what it was told and mends nothing in silence: every repair, every doubt and every
// sum that does not add up leaves a QualityNote with the path of the place. Empty strings and
// nullopt mean "not said". Times are instants; a time without zone was read as China's.
#ifndef RECOUP_ADAPTERS_HOSPITAL_DOCUMENTS_H_
#define RECOUP_ADAPTERS_HOSPITAL_DOCUMENTS_H_

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "hub/domain/money.h"

namespace recoup::hospital {

enum class SourceKind { kNationalInterface, kHl7v2, kFhir };

enum class AdmissionEvent { kAdmit, kUpdate, kCancel, kDischarge, kMerge };

// A yes-or-no field that may also be absent.
enum class TriState { kUnknown, kNo, kYes };

enum class Gender { kUnknown, kMale, kFemale };

enum class NoteKind {
  kRepaired,      // Read, although it was not written as the interface demands.
  kIncomplete,    // Something useful is missing; the document stands without it.
  kDoesNotAddUp,  // Two figures of the document contradict each other.
  kUnusual,       // Allowed, but worth a look.
};

struct QualityNote {
  NoteKind kind = NoteKind::kUnusual;
  // JSON pointer ("/request/input/diseinfo/0/diag_code"), HL7 place ("PID-3[1].1"), or the line of
  // a file with one resource per line ("line 3/period/start").
  std::string path;
  std::string text;
  bool operator==(const QualityNote&) const = default;
};

// The fund that pays: 6-digit area (insuplc_admdvs) and insurance type (insutype, "310").
struct PoolHint {
  std::string area_code;
  std::string insurance_type;
  bool operator==(const PoolHint&) const = default;
};

struct Hospital {
  std::string code;  // fixmedins_code
  std::string name;
  bool operator==(const Hospital&) const = default;
};

struct Patient {
  std::string name;
  std::string id_type;  // psn_cert_type: "01" is the resident identity card.
  std::string id_number;
  std::string person_number;  // psn_no of the insurance, or the hospital's own patient number.
  std::string phone;
  std::optional<absl::CivilDay> birth_date;
  Gender gender = Gender::kUnknown;
};

struct Diagnosis {
  std::string code;  // ICD-10, upper case.
  std::string name;
  bool main = false;
  TriState present_on_admission = TriState::kUnknown;
};

struct Accident {
  std::optional<absl::Time> time;
  std::string code;
  std::string code_name;
  std::string place;
  std::string description;
  TriState job_related = TriState::kUnknown;
  TriState police_notified = TriState::kUnknown;
  // NUBC occurrence codes of UB2-7: 01 to 06 tell what kind of accident it was.
  std::vector<std::string> occurrence_codes;
};

struct Merge {
  Patient patient;  // Who stays.
  std::string replaced_patient_number;
  std::string replaced_name;  // Where the message says it: of somebody brought in unknown, 无名氏.
  std::string replaced_visit;  // A visit of it that the message names.
};

struct AdmissionDocument {
  SourceKind source = SourceKind::kNationalInterface;
  std::string message_id;  // msgid or MSH-10: with the sender, the key against repetition.
  std::string sender;      // fixmedins_code or MSH-3/MSH-4.
  AdmissionEvent event = AdmissionEvent::kAdmit;
  std::string visit_id;
  std::string inpatient_number;  // ipt_no: known before the platform has given a visit id.
  std::vector<Merge> merges;     // Of kMerge: one message may tell several.
  PoolHint pool;
  Hospital hospital;
  Patient patient;
  std::optional<absl::Time> admitted_at;
  std::optional<absl::Time> discharged_at;
  bool discharge_withdrawn = false;  // The visit goes on; an earlier discharge counts no more.
  std::optional<absl::Time> sent_at;
  std::string med_type;
  std::vector<Diagnosis> diagnoses;
  std::string condition_text;  // Chief complaint, condition, admission diagnosis in words.
  TriState trauma_flag = TriState::kUnknown;       // trum_flag 外伤标志
  TriState third_party_flag = TriState::kUnknown;  // rel_ttp_flag 涉及第三方标志
  std::optional<Accident> accident;
  std::vector<std::string> insurer_hints;
  std::vector<std::string> plate_hints;
  // False for a single fact of a visit (one diagnosis, one claim): it adds to what is known, and
  // its silence takes nothing back.
  bool whole = true;
  std::vector<QualityNote> notes;
};

struct FundLine {
  std::string type;  // fund_pay_type
  std::string name;
  domain::Money amount;
  bool is_fund = false;  // By the table of fund pay types; the account or the hospital is not.
  bool operator==(const FundLine&) const = default;
};

struct SettlementDocument {
  std::string message_id;
  std::string sender;
  std::string visit_id;
  std::string settlement_id;
  PoolHint pool;
  Hospital hospital;
  Patient patient;
  std::string med_type;
  std::optional<absl::Time> settled_at;
  std::vector<FundLine> fund_lines;
  domain::Money total;          // medfee_sumamt
  domain::Money fund_paid;      // C: fund_pay_sumamt
  domain::Money personal_part;  // A: psn_part_amt, the account's money included.
  domain::Money account_paid;
  domain::Money account_mutual_aid;
  domain::Money cash_paid;
  domain::Money hospital_part;
  std::vector<std::string> invoice_numbers;
  bool queried = false;  // The answer to a query: it may have been told before.
  std::vector<QualityNote> notes;
};

// What a taking back gives back, as positive amounts, whichever sign the sender writes.
struct Returned {
  std::optional<domain::Money> total;
  std::optional<domain::Money> fund;
  std::optional<domain::Money> account;
  std::optional<domain::Money> cash;
  bool operator==(const Returned&) const = default;
};

struct ReversalDocument {
  std::string message_id;
  std::string sender;
  std::string visit_id;
  std::string settlement_id;  // The settlement that is taken back; of an answer alone not said.
  // Where only the message is named that is taken back, whatever it told: 2601.
  std::string reversed_message_id;
  std::string reversal_settlement_id;  // The platform's own id of the taking back.
  Patient patient;
  PoolHint pool;
  Hospital hospital;
  std::optional<absl::Time> reversed_at;
  Returned returned;
  bool queried = false;  // The answer to a query: the settlement may never have been told.
  std::vector<QualityNote> notes;
};

using Document = std::variant<AdmissionDocument, SettlementDocument, ReversalDocument>;

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_DOCUMENTS_H_

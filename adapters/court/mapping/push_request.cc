#include "adapters/court/mapping/push_request.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "adapters/court/mapping/element_path.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"
#include "hub/domain/identity.h"

namespace recoup::court::mapping {
namespace {

constexpr int kEarlierCasesMax = 20;  // As the interface allows.

v1::DocumentType ToProto(DocumentType value) {
  switch (value) {
    case DocumentType::kJudgment:
      return v1::DOCUMENT_TYPE_JUDGMENT;
    case DocumentType::kRuling:
      return v1::DOCUMENT_TYPE_RULING;
    case DocumentType::kMediation:
      return v1::DOCUMENT_TYPE_MEDIATION_DOCUMENT;
    case DocumentType::kOther:
      return v1::DOCUMENT_TYPE_OTHER;
  }
  RECOUP_CHECK(false);
}

v1::Instance ToProto(Instance value) {
  switch (value) {
    case Instance::kFirst:
      return v1::INSTANCE_FIRST;
    case Instance::kSecond:
      return v1::INSTANCE_SECOND;
    case Instance::kRetrial:
      return v1::INSTANCE_RETRIAL;
    case Instance::kOther:
      return v1::INSTANCE_OTHER;
  }
  RECOUP_CHECK(false);
}

v1::Basis ToProto(Basis value) {
  switch (value) {
    case Basis::kNone:
      return v1::BASIS_NONE;
    case Basis::kGross:
      return v1::BASIS_GROSS;
    case Basis::kNet:
      return v1::BASIS_NET;
    case Basis::kFundAwarded:
      return v1::BASIS_FUND_AWARDED;
  }
  RECOUP_CHECK(false);
}

v1::Grade ToProto(Grade value) {
  switch (value) {
    case Grade::kNoAdvance:
      return v1::GRADE_NO_ADVANCE;
    case Grade::kAdvanceRepaid:
      return v1::GRADE_ADVANCE_REPAID;
    case Grade::kAdvanceOutstanding:
      return v1::GRADE_ADVANCE_OUTSTANDING;
  }
  RECOUP_CHECK(false);
}

v1::CaseOutcome ToProto(CaseOutcome value) {
  switch (value) {
    case CaseOutcome::kUpheld:
      return v1::CASE_OUTCOME_UPHELD;
    case CaseOutcome::kChanged:
      return v1::CASE_OUTCOME_CHANGED;
    case CaseOutcome::kRemanded:
      return v1::CASE_OUTCOME_REMANDED;
    case CaseOutcome::kSuitWithdrawn:
      return v1::CASE_OUTCOME_SUIT_WITHDRAWN;
    case CaseOutcome::kAppealWithdrawn:
      return v1::CASE_OUTCOME_APPEAL_WITHDRAWN;
    case CaseOutcome::kCorrected:
      return v1::CASE_OUTCOME_CORRECTED;
  }
  RECOUP_CHECK(false);
}

v1::DebtorKind ToProto(PartyKind value) {
  switch (value) {
    case PartyKind::kPerson:
      return v1::DEBTOR_KIND_PERSON;
    case PartyKind::kInsurer:
      return v1::DEBTOR_KIND_INSURER;
    case PartyKind::kCompany:
      return v1::DEBTOR_KIND_COMPANY;
    case PartyKind::kFund:
    case PartyKind::kOther:
      return v1::DEBTOR_KIND_OTHER;
  }
  RECOUP_CHECK(false);
}

v1::PolicyKind ToProto(PolicyKind value) {
  switch (value) {
    case PolicyKind::kCompulsory:
      return v1::POLICY_KIND_CTP;
    case PolicyKind::kCommercial:
      return v1::POLICY_KIND_COMMERCIAL;
  }
  RECOUP_CHECK(false);
}

v1::ThirdPartyKind ToProto(ThirdPartyKind value) {
  switch (value) {
    case ThirdPartyKind::kTraffic:
      return v1::THIRD_PARTY_KIND_TRAFFIC;
    case ThirdPartyKind::kAssault:
      return v1::THIRD_PARTY_KIND_ASSAULT;
    case ThirdPartyKind::kAnimal:
      return v1::THIRD_PARTY_KIND_ANIMAL;
    case ThirdPartyKind::kPremises:
      return v1::THIRD_PARTY_KIND_PREMISES;
    case ThirdPartyKind::kWork:
      return v1::THIRD_PARTY_KIND_LABOUR;
    case ThirdPartyKind::kMedical:
      return v1::THIRD_PARTY_KIND_MEDICAL;
    case ThirdPartyKind::kSchool:
      return v1::THIRD_PARTY_KIND_SCHOOL;
    case ThirdPartyKind::kProduct:
      return v1::THIRD_PARTY_KIND_PRODUCT;
    case ThirdPartyKind::kFallingObject:
      return v1::THIRD_PARTY_KIND_FALLING_OBJECT;
    case ThirdPartyKind::kOther:
      return v1::THIRD_PARTY_KIND_OTHER;
  }
  RECOUP_CHECK(false);
}

void AddInjuredPerson(const InjuredPerson& from, v1::CourtCaseElements& to) {
  v1::InjuredPerson& injured = *to.add_injured_persons();
  injured.mutable_person()->set_name(from.name);
  if (!from.id_number.has_value()) return;
  // Published texts often print a masked number; one that cannot be checked must not be matched.
  const absl::StatusOr<domain::ResidentId> id = domain::ResidentId::Parse(*from.id_number);
  if (!id.ok()) return;
  injured.mutable_person()->set_id_kind(v1::ID_KIND_RESIDENT_ID);
  injured.mutable_person()->set_id_number(id->number());
  injured.mutable_person()->set_birth_on(absl::FormatCivilTime(id->birth_date()));
}

void AddObligation(const Obligation& from, v1::CourtCaseElements& to) {
  v1::Obligation& obligation = *to.add_obligations();
  obligation.set_debtor(from.debtor);
  obligation.set_debtor_kind(ToProto(from.debtor_kind));
  obligation.set_creditor(from.creditor);
  obligation.set_amount_fen(from.amount.fen());
  if (from.policy_kind.has_value()) obligation.set_policy_kind(ToProto(*from.policy_kind));
}

void SetMedicalShare(const MedicalShare& from, v1::CourtCaseElements& to) {
  if (!from.amount.has_value()) return;
  v1::Obligation& obligation = *to.mutable_obligations(static_cast<int>(from.obligation));
  obligation.set_medical_fen(from.amount->fen());
  if (from.set_off.has_value() && from.set_off->is_positive()) {
    obligation.set_medical_set_off_fen(from.set_off->fen());
  }
}

// The evidence of a share stands with the obligation it is of.
std::string ProtoPath(const JudgmentElements& from, const std::string& field) {
  if (field == "court") return "court_name";
  for (std::size_t i = 0; i < from.medical_shares.size(); ++i) {
    if (field != absl::StrCat("medical_shares[", i, "].amount")) continue;
    return absl::StrCat("obligations[", from.medical_shares[i].obligation, "].medical_fen");
  }
  return ElementPath(field);
}

void AddPolicy(const Policy& from, v1::CourtCaseElements& to) {
  v1::CasePolicy& policy = *to.add_policies();
  policy.set_insurer(from.insurer);
  policy.set_kind(ToProto(from.kind));
  if (from.limit.has_value()) policy.set_limit_fen(from.limit->fen());
  if (from.medical_remaining.has_value()) {
    policy.set_medical_remaining_fen(from.medical_remaining->fen());
  }
}

void SetMedical(const JudgmentElements& from, v1::CourtCaseElements& to) {
  if (from.medical_expense_total) {
    to.set_medical_expense_total_fen(from.medical_expense_total->fen());
  }
  if (from.medical_expense_awarded) {
    to.set_medical_expense_awarded_fen(from.medical_expense_awarded->fen());
  }
  if (from.fund_paid) to.set_fund_paid_fen(from.fund_paid->fen());
  if (from.self_paid) to.set_self_paid_fen(from.self_paid->fen());
}

struct Signed {
  std::string bytes;
  std::string signature;
};

absl::StatusOr<Signed> Sign(const v1::CourtCaseElements& elements, const crypto::SigningKey& key) {
  Signed made;
  RECOUP_ASSIGN_OR_RETURN(made.bytes, SignableBytes(elements));
  const crypto::Signature signature =
      key.Sign(absl::StrCat(std::string(kCourtCasePrefix), made.bytes));
  made.signature.assign(signature.begin(), signature.end());
  return made;
}

}  // namespace

v1::CourtCaseElements ElementsToProto(const JudgmentElements& from,
                                      const crypto::Digest& document_sha256, Sentences sentences) {
  v1::CourtCaseElements to;
  to.set_case_number(from.case_number.value_or(""));
  to.set_court_name(from.court.value_or(""));
  if (from.document_type) to.set_document_type(ToProto(*from.document_type));
  if (from.instance) to.set_instance(ToProto(*from.instance));
  to.set_cause(from.cause.value_or(""));
  if (from.closed_on) to.set_closed_on(absl::FormatCivilTime(*from.closed_on));
  if (from.accident_on) to.set_accident_on(absl::FormatCivilTime(*from.accident_on));
  for (const InjuredPerson& person : from.injured_persons) AddInjuredPerson(person, to);
  for (const LiabilityShare& share : from.liability) {
    v1::LiabilityShare& row = *to.add_liability();
    row.set_party(share.party);
    row.set_share_bp(static_cast<std::int32_t>(share.share_percent.hundredths));
    if (share.uninsured_medical) row.set_uninsured_medical_fen(share.uninsured_medical->fen());
  }
  SetMedical(from, to);
  to.set_basis(ToProto(from.basis));
  to.set_grade(ToProto(from.grade));
  for (const Obligation& obligation : from.obligations) AddObligation(obligation, to);
  for (const MedicalShare& share : from.medical_shares) SetMedicalShare(share, to);
  for (const Policy& policy : from.policies) AddPolicy(policy, to);
  if (from.third_party_kind) to.set_third_party_kind(ToProto(*from.third_party_kind));
  for (const std::string& hospital : from.hospitals) to.add_hospitals(hospital);
  for (const EarlierCase& earlier : from.earlier_cases) {
    if (to.earlier_cases_size() == kEarlierCasesMax) break;
    v1::EarlierCase& row = *to.add_earlier_cases();
    row.set_court_name(earlier.court);
    row.set_case_number(earlier.case_number);
  }
  if (from.outcome) to.set_outcome(ToProto(*from.outcome));
  to.set_document_sha256(document_sha256.data(), document_sha256.size());
  for (const Evidence& evidence : from.evidence) {
    v1::ElementEvidence& row = *to.add_evidence();
    row.set_element(ProtoPath(from, evidence.field));
    if (sentences == Sentences::kGo) row.set_sentence(evidence.sentence);
    row.set_rule(evidence.rule);
  }
  return to;
}

absl::StatusOr<std::string> SignableBytes(const v1::CourtCaseElements& elements) {
  Faults faults;
  if (elements.case_number().empty()) faults.Add("case_number", "文书中没有找到案号");
  if (elements.court_name().empty()) faults.Add("court_name", "文书中没有找到法院名称");
  if (elements.closed_on().empty()) faults.Add("closed_on", "文书中没有找到裁判日期");
  if (elements.document_type() == v1::DOCUMENT_TYPE_UNSPECIFIED) {
    faults.Add("document_type", "没有认出文书种类");
  }
  if (elements.instance() == v1::INSTANCE_UNSPECIFIED) faults.Add("instance", "没有认出审级");
  // Days are written YYYY-MM-DD, which orders as text.
  if (!elements.closed_on().empty() && elements.accident_on() > elements.closed_on()) {
    faults.Add("accident_on", "事故日期晚于裁判日期");
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    if (!elements.SerializeToCodedStream(&coded)) {
      return MakeError(Reason::kInternal, "the elements cannot be serialized");
    }
  }
  if (bytes.size() > kElementsBytesMax) {
    return MakeError(Reason::kTooLarge, absl::StrCat("the elements have ", bytes.size(),
                                                     " bytes, more than ", kElementsBytesMax));
  }
  return bytes;
}

absl::StatusOr<v1::PushCourtCaseRequest> ToPushCourtCase(const v1::CourtCaseElements& elements,
                                                         bool consent,
                                                         const crypto::SigningKey& key) {
  RECOUP_ASSIGN_OR_RETURN(Signed made, Sign(elements, key));
  v1::PushCourtCaseRequest request;
  request.set_elements(std::move(made.bytes));
  request.set_signature(std::move(made.signature));
  request.set_signing_key_id(key.key_id());
  request.set_consent(consent);
  return request;
}

absl::StatusOr<v1::AmendCourtCaseRequest> ToAmendCourtCase(const std::string& court_case,
                                                           const v1::CourtCaseElements& elements,
                                                           const std::string& reason,
                                                           const crypto::SigningKey& key) {
  RECOUP_ASSIGN_OR_RETURN(Signed made, Sign(elements, key));
  v1::AmendCourtCaseRequest request;
  request.set_name(court_case);
  request.set_elements(std::move(made.bytes));
  request.set_signature(std::move(made.signature));
  request.set_signing_key_id(key.key_id());
  request.set_reason(reason);
  return request;
}

}  // namespace recoup::court::mapping

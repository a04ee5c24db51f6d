#include "hub/rpc/converters/court.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/judged_apportionment.h"
#include "hub/base/clock.h"
#include "hub/crypto/bytes.h"
#include "hub/crypto/sha256.h"
#include "hub/crypto/signing.h"
#include "hub/rpc/convert.h"

namespace recoup::rpc {
namespace {

using domain::CourtCase;

constexpr int kCourtListMax = 200;
constexpr int kEarlierCasesMax = 20;
constexpr std::size_t kElementsMax = 256 * 1024;
constexpr std::size_t kSignatureSize = 64;
constexpr std::size_t kDigestSize = 32;
constexpr int kWholeBasisPoints = 10'000;
// Named in recoup.v1.CourtCaseReceipt.
constexpr char kReceiptPrefix[] = "recoup court case receipt v1\n";

std::optional<domain::Money> OptionalAmount(FieldReader& in, std::string_view field, bool present,
                                            std::int64_t fen) {
  if (!present) return std::nullopt;
  return in.Amount(field, fen);
}

// What a judgment's debtor is called; OTHER (a school, a public body) answers like a company.
domain::DebtorKind DebtorKindOf(FieldReader& in, v1::DebtorKind kind) {
  if (kind == v1::DEBTOR_KIND_OTHER) return domain::DebtorKind::kCompany;
  return in.Enum<domain::DebtorKind>("debtor_kind", kind);
}

void ReadParties(FieldReader& in, const v1::CourtCaseElements& elements, absl::CivilDay today,
                 CourtCase& out) {
  if (elements.injured_persons_size() > kCourtListMax) in.Add("injured_persons", "more than 200");
  for (int i = 0; i < std::min(elements.injured_persons_size(), kCourtListMax); ++i) {
    FieldReader person = in.In("injured_persons", i);
    out.injured.push_back(
        person.Person("person", elements.injured_persons(i).person(), Need::kRequired, today));
  }
  if (elements.liability_size() > kCourtListMax) in.Add("liability", "more than 200");
  std::int64_t total = 0;
  for (int i = 0; i < std::min(elements.liability_size(), kCourtListMax); ++i) {
    FieldReader share = in.In("liability", i);
    const v1::LiabilityShare& proto = elements.liability(i);
    if (proto.share_bp() < 0 || proto.share_bp() > kWholeBasisPoints) {
      share.Add("share_bp", "not between 0 and 10000");
    }
    total += proto.share_bp();
    out.liability.push_back(
        {share.Text("party", proto.party(), Need::kRequired, kNameMax), proto.share_bp(),
         OptionalAmount(share, "uninsured_medical_fen", proto.has_uninsured_medical_fen(),
                        proto.uninsured_medical_fen())});
  }
  if (total > kWholeBasisPoints) in.Add("liability", "the shares sum to more than 100%");
}

void ReadRuling(FieldReader& in, const v1::CourtCaseElements& elements, CourtCase& out) {
  if (elements.obligations_size() > kCourtListMax) in.Add("obligations", "more than 200");
  for (int i = 0; i < std::min(elements.obligations_size(), kCourtListMax); ++i) {
    FieldReader item = in.In("obligations", i);
    const v1::Obligation& proto = elements.obligations(i);
    domain::CourtObligation obligation;
    obligation.debtor = item.Text("debtor", proto.debtor(), Need::kRequired, kNameMax);
    obligation.debtor_kind = DebtorKindOf(item, proto.debtor_kind());
    obligation.creditor = item.Text("creditor", proto.creditor(), Need::kOptional, kNameMax);
    obligation.amount = item.Amount("amount_fen", proto.amount_fen());
    obligation.medical =
        OptionalAmount(item, "medical_fen", proto.has_medical_fen(), proto.medical_fen());
    if (obligation.medical && *obligation.medical > obligation.amount) {
      item.Add("medical_fen", "more than the obligation");
    }
    obligation.medical_set_off = OptionalAmount(
        item, "medical_set_off_fen", proto.has_medical_set_off_fen(), proto.medical_set_off_fen());
    if (obligation.medical_set_off && !obligation.medical) {
      item.Add("medical_set_off_fen", "only with medical_fen");
    }
    if (proto.policy_kind() != v1::POLICY_KIND_UNSPECIFIED) {
      obligation.policy_kind = item.Enum<domain::PolicyKind>("policy_kind", proto.policy_kind());
    }
    out.obligations.push_back(std::move(obligation));
  }
  if (elements.policies_size() > kCourtListMax) in.Add("policies", "more than 200");
  for (int i = 0; i < std::min(elements.policies_size(), kCourtListMax); ++i) {
    FieldReader item = in.In("policies", i);
    const v1::CasePolicy& proto = elements.policies(i);
    domain::JudgedPolicy policy;
    policy.insurer = item.Text("insurer", proto.insurer(), Need::kOptional, kNameMax);
    policy.kind = item.Enum<domain::PolicyKind>("kind", proto.kind());
    policy.limit = OptionalAmount(item, "limit_fen", proto.has_limit_fen(), proto.limit_fen());
    policy.medical_remaining =
        OptionalAmount(item, "medical_remaining_fen", proto.has_medical_remaining_fen(),
                       proto.medical_remaining_fen());
    out.policies.push_back(std::move(policy));
  }
}

void ReadAmounts(FieldReader& in, const v1::CourtCaseElements& elements, CourtCase& out) {
  out.medical_total =
      OptionalAmount(in, "medical_expense_total_fen", elements.has_medical_expense_total_fen(),
                     elements.medical_expense_total_fen());
  out.medical_awarded =
      OptionalAmount(in, "medical_expense_awarded_fen", elements.has_medical_expense_awarded_fen(),
                     elements.medical_expense_awarded_fen());
  out.fund_paid =
      OptionalAmount(in, "fund_paid_fen", elements.has_fund_paid_fen(), elements.fund_paid_fen());
  out.self_paid =
      OptionalAmount(in, "self_paid_fen", elements.has_self_paid_fen(), elements.self_paid_fen());
  if (out.medical_total && out.fund_paid && *out.fund_paid > *out.medical_total) {
    in.Add("fund_paid_fen", "more than the total medical expense");
  }
}

void ReadDates(FieldReader& in, const v1::CourtCaseElements& elements, absl::CivilDay today,
               CourtCase& out) {
  out.closed_on = in.Day("closed_on", elements.closed_on(), today);
  out.accident_on = in.OptionalDay("accident_on", elements.accident_on(), today);
  if (out.accident_on && !elements.closed_on().empty() && *out.accident_on > out.closed_on) {
    in.Add("accident_on", "after the judgment");
  }
}

void ReadEvidence(FieldReader& in, const v1::CourtCaseElements& elements, CourtCase& out) {
  for (int i = 0; i < std::min(elements.hospitals_size(), kCourtListMax); ++i) {
    out.hospitals.push_back(in.Text(absl::StrCat("hospitals[", i, "]"), elements.hospitals(i),
                                    Need::kRequired, kNameMax));
  }
  if (elements.evidence_size() > 10 * kCourtListMax) in.Add("evidence", "more than 2000");
  for (int i = 0; i < std::min(elements.evidence_size(), 10 * kCourtListMax); ++i) {
    FieldReader item = in.In("evidence", i);
    const v1::ElementEvidence& proto = elements.evidence(i);
    out.evidence.push_back({item.Text("element", proto.element()),
                            item.Text("sentence", proto.sentence(), Need::kOptional, kTextMax),
                            item.Text("rule", proto.rule(), Need::kOptional)});
  }
}

void ReadEarlierCases(FieldReader& in, const v1::CourtCaseElements& elements, CourtCase& out) {
  if (elements.earlier_cases_size() > kEarlierCasesMax) in.Add("earlier_cases", "more than 20");
  for (int i = 0; i < std::min(elements.earlier_cases_size(), kEarlierCasesMax); ++i) {
    FieldReader item = in.In("earlier_cases", i);
    const v1::EarlierCase& proto = elements.earlier_cases(i);
    domain::EarlierCase earlier;
    earlier.court_name = item.Text("court_name", proto.court_name(), Need::kOptional, kNameMax);
    earlier.case_number = item.Text("case_number", proto.case_number());
    const bool known = std::any_of(
        out.earlier_cases.begin(), out.earlier_cases.end(),
        [&](const domain::EarlierCase& one) { return one.case_number == earlier.case_number; });
    // A document that names itself as the earlier decision says nothing.
    if (!known && earlier.case_number != out.case_number) {
      out.earlier_cases.push_back(std::move(earlier));
    }
  }
  if (elements.outcome() != v1::CASE_OUTCOME_UNSPECIFIED) {
    out.outcome = in.Enum<domain::CaseOutcome>("outcome", elements.outcome());
  }
}

// The court signed bytes; they are parsed once and kept as they are.
CourtCase ReadElements(Faults& faults, const std::string& bytes, const std::string& signature,
                       const std::string& key_id, absl::Time now) {
  FieldReader in(faults);
  CourtCase out;
  out.elements = bytes;
  out.signature = signature;
  out.signing_key_id = in.Text("signing_key_id", key_id, Need::kOptional);
  if (signature.size() != kSignatureSize) in.Add("signature", "not 64 bytes (Ed25519)");
  v1::CourtCaseElements elements;
  if (bytes.empty() || bytes.size() > kElementsMax || !elements.ParseFromString(bytes)) {
    in.Add("elements",
           bytes.empty() ? "missing" : "not a serialized CourtCaseElements of at most 256 KiB");
    return out;
  }
  FieldReader of = in.In("elements");
  out.case_number = of.Text("case_number", elements.case_number());
  out.court_name = of.Text("court_name", elements.court_name(), Need::kOptional, kNameMax);
  out.document_type = of.Enum<domain::DocumentType>("document_type", elements.document_type());
  out.instance = of.Enum<domain::Instance>("instance", elements.instance());
  out.cause = of.Text("cause", elements.cause(), Need::kOptional, kNameMax);
  out.basis = of.EnumOr("basis", elements.basis(), domain::Basis::kNone);
  out.grade = of.EnumOr("grade", elements.grade(), domain::Grade::kNoAdvance);
  out.third_party_kind =
      of.EnumOr("third_party_kind", elements.third_party_kind(), domain::ThirdPartyKind::kUnknown);
  if (elements.document_sha256().size() != kDigestSize)
    of.Add("document_sha256", "not 32 bytes (SHA-256)");
  out.document_sha256 = elements.document_sha256();
  ReadDates(of, elements, ChinaDate(now), out);
  ReadParties(of, elements, ChinaDate(now), out);
  ReadAmounts(of, elements, out);
  ReadRuling(of, elements, out);
  ReadEvidence(of, elements, out);
  ReadEarlierCases(of, elements, out);
  return out;
}

absl::StatusOr<app::ChangeCourtCase> ChangeFromProto(const std::string& name,
                                                     const std::string* reason) {
  Faults faults;
  FieldReader in(faults);
  app::ChangeCourtCase command;
  if (const auto parsed = app::ParseCourtCaseName(name)) {
    command.court = parsed->first;
    command.id = parsed->second;
  } else {
    in.Add("name", "not a court case like courtCases/pudong.<id>");
  }
  if (reason != nullptr) command.reason = in.Text("reason", *reason, Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

}  // namespace

absl::StatusOr<app::PushCourtCase> PushCourtCaseFromProto(const v1::PushCourtCaseRequest& request,
                                                          absl::Time now) {
  Faults faults;
  app::PushCourtCase command;
  command.court_case =
      ReadElements(faults, request.elements(), request.signature(), request.signing_key_id(), now);
  command.consent = request.consent();
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::AmendCourtCase> AmendCourtCaseFromProto(
    const v1::AmendCourtCaseRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::AmendCourtCase command;
  if (const auto parsed = app::ParseCourtCaseName(request.name())) {
    command.court = parsed->first;
    command.id = parsed->second;
  } else {
    in.Add("name", "not a court case like courtCases/pudong.<id>");
  }
  command.court_case =
      ReadElements(faults, request.elements(), request.signature(), request.signing_key_id(), now);
  command.reason = in.Text("reason", request.reason(), Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::ChangeCourtCase> GiveConsentFromProto(const v1::GiveConsentRequest& request,
                                                          absl::Time /*now*/) {
  return ChangeFromProto(request.name(), nullptr);
}

absl::StatusOr<app::ChangeCourtCase> WithdrawConsentFromProto(
    const v1::WithdrawConsentRequest& request, absl::Time /*now*/) {
  return ChangeFromProto(request.name(), &request.reason());
}

absl::StatusOr<app::ChangeCourtCase> WithdrawCourtCaseFromProto(
    const v1::WithdrawCourtCaseRequest& request, absl::Time /*now*/) {
  return ChangeFromProto(request.name(), &request.reason());
}

namespace {

domain::Performance ReadPerformance(FieldReader of, const v1::Performance& proto, absl::Time now) {
  domain::Performance out;
  out.reported_on = of.Day("performed_on", proto.performed_on(), ChinaDate(now));
  out.amount = of.PositiveAmount("amount_fen", proto.amount_fen());
  out.medical = OptionalAmount(of, "medical_fen", proto.has_medical_fen(), proto.medical_fen());
  out.debtor = of.Text("payer", proto.payer(), Need::kRequired, kNameMax);
  out.injured_person = of.Text("injured_person", proto.injured_person(), Need::kOptional, kNameMax);
  out.payee = of.Text("payee", proto.payee(), Need::kRequired, kNameMax);
  out.to_fund = app::NamesFund(out.payee);  // Money that reached a fund: the payee says so.
  out.complete = proto.complete();
  out.note = of.Text("note", proto.note(), Need::kOptional, kTextMax);
  return out;
}

void PerformanceToProto(const domain::Performance& performance, v1::Performance* proto) {
  proto->set_performed_on(DayText(performance.reported_on));
  proto->set_amount_fen(performance.amount.fen());
  if (performance.medical) proto->set_medical_fen(performance.medical->fen());
  proto->set_payer(performance.debtor);
  proto->set_payee(performance.payee);
  proto->set_injured_person(performance.injured_person);
  proto->set_complete(performance.complete);
  proto->set_note(performance.note);
  SetTime(performance.recorded_time, proto->mutable_recorded_time());
}

// Of both requests about a report: which case, and what the report says.
template <typename Command, typename Request>
Command ReadReport(Faults& faults, const Request& request, absl::Time now) {
  FieldReader in(faults);
  Command command;
  if (const auto parsed = app::ParseCourtCaseName(request.name())) {
    command.court = parsed->first;
    command.id = parsed->second;
  } else {
    in.Add("name", "not a court case like courtCases/pudong.<id>");
  }
  command.performance = ReadPerformance(in.In("performance"), request.performance(), now);
  return command;
}

}  // namespace

absl::StatusOr<app::ReportPerformance> ReportPerformanceFromProto(
    const v1::ReportPerformanceRequest& request, absl::Time now) {
  Faults faults;
  auto command = ReadReport<app::ReportPerformance>(faults, request, now);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::WithdrawPerformance> WithdrawPerformanceFromProto(
    const v1::WithdrawPerformanceRequest& request, absl::Time now) {
  Faults faults;
  auto command = ReadReport<app::WithdrawPerformance>(faults, request, now);
  command.reason = FieldReader(faults).Text("reason", request.reason(), Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void CourtCaseToProto(const CourtCase& court_case, v1::CourtCase* out) {
  out->set_name(app::CourtCaseName(court_case.court, court_case.id));
  out->set_court(app::PartyName(court_case.court));
  out->mutable_elements()->ParseFromString(court_case.elements);
  out->set_version(court_case.case_version);
  out->set_state(static_cast<v1::CourtCaseState>(court_case.state));
  out->set_grade(static_cast<v1::Grade>(court_case.grade));
  out->set_consent(court_case.state == domain::CourtCaseState::kNotified);
  if (court_case.consent_changed_time) {
    SetTime(*court_case.consent_changed_time, out->mutable_consent_changed_time());
  }
  if (court_case.superseded_by) {
    out->set_superseded_by(app::CourtCaseName(
        court_case.superseded_by_court.empty() ? court_case.court : court_case.superseded_by_court,
        *court_case.superseded_by));
  }
  for (const domain::Performance& performance : court_case.performances) {
    PerformanceToProto(performance, out->add_performances());
  }
  for (const domain::WithdrawnPerformance& withdrawn : court_case.withdrawn_performances) {
    v1::WithdrawnPerformance* proto = out->add_withdrawn_performances();
    PerformanceToProto(withdrawn.performance, proto->mutable_performance());
    proto->set_reason(withdrawn.reason);
    SetTime(withdrawn.withdrawn_time, proto->mutable_withdrawn_time());
  }
  SetTime(court_case.first_recorded_time, out->mutable_recorded_time());
  if (court_case.case_version > 1) SetTime(court_case.recorded_time, out->mutable_amended_time());
}

void ReceiptToProto(const CourtCase& court_case, const std::string& request_id,
                    const crypto::SigningKey& key, v1::SignedReceipt* out) {
  v1::CourtCaseReceipt receipt;
  receipt.set_court_case(app::CourtCaseName(court_case.court, court_case.id));
  receipt.set_version(court_case.case_version);
  const crypto::Digest digest = crypto::Sha256(court_case.elements);
  receipt.set_elements_sha256(std::string(crypto::AsView(digest)));
  receipt.set_request_id(request_id);
  SetTime(court_case.recorded_time, receipt.mutable_recorded_time());
  out->set_payload(receipt.SerializeAsString());
  const crypto::Signature signature = key.Sign(absl::StrCat(kReceiptPrefix, out->payload()));
  out->set_signature(std::string(crypto::AsView(signature)));
  out->set_key_id(key.key_id());
}

}  // namespace recoup::rpc

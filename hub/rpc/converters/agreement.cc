#include "hub/rpc/converters/agreement.h"

#include "hub/rpc/convert.h"

namespace recoup::rpc {
namespace {

constexpr int kNoticeDaysMax = 365;

void AgreementTermsToProto(const domain::AgreementTerms& terms, v1::AgreementTerms* out) {
  out->set_third_party_kind(static_cast<v1::ThirdPartyKind>(terms.third_party_kind));
  if (terms.policy_kind) out->set_policy_kind(static_cast<v1::PolicyKind>(*terms.policy_kind));
  out->set_judged(terms.judged);
  out->set_quota_bp(static_cast<std::int32_t>(terms.quota_basis_points));
  out->set_cap_fen(terms.cap.fen());
  out->set_effective_from_on(DayText(terms.effective_from));
  out->set_effective_until_on(DayText(terms.effective_until));
  out->set_notice_day_count(static_cast<std::int32_t>(terms.notice_days));
}

domain::AgreementTerms AgreementTermsFromProto(FieldReader in, const v1::AgreementTerms& proto) {
  domain::AgreementTerms terms;
  terms.third_party_kind =
      in.Enum<domain::ThirdPartyKind>("third_party_kind", proto.third_party_kind());
  if (proto.policy_kind() != v1::POLICY_KIND_UNSPECIFIED) {
    terms.policy_kind = in.Enum<domain::PolicyKind>("policy_kind", proto.policy_kind());
  }
  terms.judged = proto.judged();
  terms.quota_basis_points = proto.quota_bp();
  if (proto.quota_bp() < 1 || proto.quota_bp() > 10'000) {
    in.Add("quota_bp", "not between 1 and 10000");
  }
  terms.cap = in.PositiveAmount("cap_fen", proto.cap_fen());
  terms.effective_from = in.Day("effective_from_on", proto.effective_from_on());
  terms.effective_until = in.OptionalDay("effective_until_on", proto.effective_until_on());
  if (terms.effective_until && *terms.effective_until < terms.effective_from) {
    in.Add("effective_until_on", "before the first day");
  }
  terms.notice_days = proto.notice_day_count();
  if (proto.notice_day_count() < 0 || proto.notice_day_count() > kNoticeDaysMax) {
    in.Add("notice_day_count", "not between 0 and 365");
  }
  return terms;
}

}  // namespace

void AgreementToProto(const domain::Agreement& agreement, v1::Agreement* out) {
  out->set_name(app::NameOf(agreement.pool, agreement.id));
  out->set_insurer(app::PartyName(agreement.insurer));
  out->set_state(static_cast<v1::AgreementState>(agreement.state));
  AgreementTermsToProto(agreement.terms, out->mutable_terms());
  out->set_proposed_by_fund(agreement.proposed_by_fund);
  if (agreement.replaces) out->set_replaces(app::NameOf(agreement.pool, *agreement.replaces));
  if (agreement.approval) out->set_approval(app::NameOf(agreement.pool, *agreement.approval));
  for (const domain::AgreementChange& change : agreement.changes) {
    v1::AgreementChange* proto = out->add_changes();
    proto->set_state(static_cast<v1::AgreementState>(change.to));
    proto->set_actor(change.actor);
    SetTime(change.recorded_time, proto->mutable_recorded_time());
    proto->set_text(change.text);
  }
  out->set_settled_count(agreement.settled_demands);
  out->set_accepted_fen(agreement.accepted.fen());
  out->set_relinquished_fen(agreement.relinquished.fen());
  out->set_etag(EtagOf(agreement.version));
}

absl::StatusOr<app::CreateAgreement> CreateAgreementFromProto(
    const v1::CreateAgreementRequest& request, absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::CreateAgreement command;
  command.pool = in.Pool("pool", request.pool());
  if (!request.insurer().empty()) command.insurer = in.Party("insurer", request.insurer());
  command.terms = AgreementTermsFromProto(in.In("terms"), request.terms());
  if (!request.replaces().empty()) {
    const auto replaces = in.Name<domain::AgreementId>("replaces", request.replaces());
    if (replaces.pool != command.pool) in.Add("replaces", "not of this pool");
    command.replaces = replaces.id;
  }
  command.text = in.Text("text", request.text(), Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::AnswerAgreement> AnswerAgreementFromProto(
    const v1::AnswerAgreementRequest& request, absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::AnswerAgreement command;
  const auto name = in.Name<domain::AgreementId>("name", request.name());
  command.pool = name.pool;
  command.agreement = name.id;
  command.etag = in.Text("etag", request.etag(), Need::kOptional);
  command.answer = in.Enum<domain::AgreementAnswer>("answer", request.answer());
  const bool accepts = request.answer() == v1::AGREEMENT_ANSWER_ACCEPT;
  command.text =
      in.Text("text", request.text(), accepts ? Need::kOptional : Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::EndAgreement> EndAgreementFromProto(const v1::EndAgreementRequest& request,
                                                        absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::EndAgreement command;
  const auto name = in.Name<domain::AgreementId>("name", request.name());
  command.pool = name.pool;
  command.agreement = name.id;
  command.etag = in.Text("etag", request.etag(), Need::kOptional);
  command.last_day = in.Day("last_day_on", request.last_day_on());
  command.text = in.Text("text", request.text(), Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

}  // namespace recoup::rpc

#include "hub/rpc/converters/demand.h"

#include "hub/app/names.h"
#include "hub/base/clock.h"
#include "hub/rpc/convert.h"
#include "hub/rpc/converters/negotiation.h"

namespace recoup::rpc {

void StagesToProto(const domain::StageAmounts& stages,
                   google::protobuf::RepeatedPtrField<recoup::v1::StageAmount>* out) {
  for (const domain::Stage stage : domain::AllOf<domain::Stage>()) {
    if (stages.at(stage).is_zero()) continue;
    auto* proto = out->Add();
    proto->set_stage(static_cast<recoup::v1::Stage>(stage));
    proto->set_amount_fen(stages.at(stage).fen());
  }
}

void DemandToProto(const domain::Demand& demand, recoup::v1::Demand* out,
                   std::optional<absl::CivilDay> today) {
  out->set_name(app::NameOf(demand.pool, demand.id));
  out->set_recovery(app::NameOf(demand.pool, demand.recovery));
  auto* debtor = out->mutable_debtor();
  debtor->set_kind(static_cast<recoup::v1::DebtorKind>(demand.debtor_kind));
  debtor->set_party(app::PartyName(demand.debtor_party));
  debtor->set_display_name(demand.debtor_name);
  debtor->set_credit_code(demand.debtor_credit_code);
  out->set_reference(demand.reference);
  out->set_amount_fen(demand.amount.fen());
  out->set_applied_fen(demand.applied().fen());
  out->set_relinquished_fen(demand.relinquished().fen());
  out->set_open_fen(demand.open().fen());
  out->set_agreed_fen(demand.Sum(domain::Stage::kAgreed).fen());
  out->set_to_sue_since_on(DayText(demand.mediation_failed_on));
  if (demand.lawsuit) {
    auto* suit = out->mutable_lawsuit();
    suit->set_court_name(demand.lawsuit->court_name);
    suit->set_case_number(demand.lawsuit->case_number);
    suit->set_filed_on(DayText(demand.lawsuit->filed_on));
    suit->set_evidence(demand.lawsuit->evidence);
  }
  domain::Money disputed;
  for (const domain::DemandLine& line : demand.lines) {
    auto* proto = out->add_lines();
    proto->set_advance(app::NameOf(demand.pool, line.advance));
    proto->set_amount_fen(line.amount.fen());
    StagesToProto(line.stages, proto->mutable_stage_amounts());
    if (!line.dispute_ground) continue;
    auto* row = out->mutable_dispute()->add_lines();
    row->set_advance(proto->advance());
    row->set_disputed_fen(line.stages.at(domain::Stage::kDisputed).fen());
    row->set_reason(static_cast<recoup::v1::DisputeReason>(*line.dispute_ground));
    row->set_text(line.dispute_reason);
    disputed += line.stages.at(domain::Stage::kDisputed);
  }
  if (demand.disputed_time) {
    SetTime(*demand.disputed_time, out->mutable_dispute()->mutable_disputed_time());
    out->mutable_dispute()->set_disputed_fen(disputed.fen());
    out->mutable_dispute()->set_text(demand.dispute_reason);
  }
  out->set_state(static_cast<recoup::v1::DemandState>(demand.state));
  out->set_issued_on(DayText(demand.issued_on));
  out->set_due_on(DayText(demand.next_due_on()));
  for (const domain::Instalment& instalment : demand.instalments) {
    auto* proto = out->add_instalments();
    proto->set_due_on(DayText(instalment.due_on));
    proto->set_amount_fen(instalment.amount.fen());
    proto->set_paid_fen(instalment.paid.fen());
  }
  auto* explanation = out->mutable_explanation();
  explanation->set_subject(out->name());
  explanation->set_figure("amount_fen");
  explanation->set_title("追偿金额");
  explanation->set_result_fen(demand.amount.fen());
  ExplanationToProto(demand.explanation, explanation);
  if (demand.policy) out->set_policy(app::PolicyName(demand.debtor_party, *demand.policy));
  if (demand.mediation) out->set_mediation(app::NameOf(demand.pool, *demand.mediation));
  if (demand.agreement) out->set_agreement(app::NameOf(demand.pool, *demand.agreement));
  if (demand.letter) out->set_letter(app::NameOf(demand.pool, *demand.letter));
  NegotiationToProto(demand, today, out);
  out->set_claim_number(demand.claim_number);
  out->set_repayment_confirmed_fen(demand.repayment_confirmed.fen());
  out->set_etag(EtagOf(demand.version));
  SetTime(demand.id.value.time(), out->mutable_recorded_time());
  out->set_revision(static_cast<std::int32_t>(demand.revisions.size()) + 1);
  for (const domain::DemandRevision& earlier : demand.revisions) {
    auto* proto = out->add_earlier_revisions();
    proto->set_amount_fen(earlier.amount.fen());
    SetTime(earlier.until_time, proto->mutable_until_time());
    proto->set_reason(earlier.reason);
  }
  if (demand.supplements) out->set_supplements(app::NameOf(demand.pool, *demand.supplements));
}

void SetLimitation(const domain::Limitation& limitation, recoup::v1::Demand* out) {
  out->set_limitation_expires_on(DayText(limitation.expires_on));
}

absl::StatusOr<app::IssueDemand> IssueDemandFromProto(const recoup::v1::IssueDemandRequest& request,
                                                      absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::IssueDemand command;
  const auto name = in.Name<domain::DemandId>("name", request.name());
  command.pool = name.pool;
  command.demand = name.id;
  command.etag = in.Text("etag", request.etag(), Need::kOptional);
  command.due_on = in.OptionalDay("due_on", request.due_on());
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::WithdrawDemand> WithdrawDemandFromProto(
    const recoup::v1::WithdrawDemandRequest& request, absl::Time /*now*/) {
  Faults faults;
  FieldReader in(faults);
  app::WithdrawDemand command;
  const auto name = in.Name<domain::DemandId>("name", request.name());
  command.pool = name.pool;
  command.demand = name.id;
  command.etag = in.Text("etag", request.etag(), Need::kOptional);
  command.reason = in.Text("reason", request.reason(), Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

absl::StatusOr<app::RecordLawsuit> RecordLawsuitFromProto(
    const recoup::v1::RecordLawsuitRequest& request, absl::Time now) {
  Faults faults;
  FieldReader in(faults);
  app::RecordLawsuit command;
  const auto name = in.Name<domain::DemandId>("name", request.name());
  command.pool = name.pool;
  command.demand = name.id;
  FieldReader of = in.In("lawsuit");
  domain::Lawsuit& suit = command.lawsuit;
  suit.court_name =
      of.Text("court_name", request.lawsuit().court_name(), Need::kRequired, kNameMax);
  suit.case_number = of.Text("case_number", request.lawsuit().case_number());
  suit.filed_on = of.Day("filed_on", request.lawsuit().filed_on());
  if (suit.filed_on > ChinaDate(now)) of.Add("filed_on", "in the future");
  suit.evidence = of.Text("evidence", request.lawsuit().evidence(), Need::kRequired, kTextMax);
  if (!faults.empty()) return faults.ToStatus();
  return command;
}

void RecordLawsuitToProto(const domain::Demand& answer, recoup::v1::RecordLawsuitResponse* out) {
  DemandToProto(answer, out->mutable_demand());
}

void IssueDemandToProto(const app::IssuedDemand& answer, recoup::v1::IssueDemandResponse* out) {
  DemandToProto(answer.demand, out->mutable_demand());
  out->set_letter(app::NameOf(answer.letter.pool, answer.letter.id));
  SetLimitation(answer.limitation, out->mutable_demand());
}

void WithdrawDemandToProto(const domain::Demand& answer, recoup::v1::WithdrawDemandResponse* out) {
  DemandToProto(answer, out->mutable_demand());
}

}  // namespace recoup::rpc

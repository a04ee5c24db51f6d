#include "hub/rpc/converters/recovery.h"

#include "hub/app/names.h"
#include "hub/base/check.h"
#include "hub/rpc/convert.h"
#include "hub/rpc/converters/demand.h"

namespace recoup::rpc {
namespace {

void AddDebtors(const app::RecoveryView& view, recoup::v1::Recovery* out) {
  domain::Money owed;
  for (std::size_t i = 0; i < view.recovery.debtors.size(); ++i) {
    const domain::Debtor& debtor = view.recovery.debtors[i];
    auto* proto = out->add_debtors();
    proto->mutable_debtor()->set_kind(static_cast<recoup::v1::DebtorKind>(debtor.kind));
    proto->mutable_debtor()->set_party(app::PartyName(debtor.party));
    proto->mutable_debtor()->set_display_name(debtor.name);
    proto->mutable_debtor()->set_credit_code(debtor.credit_code);
    proto->set_amount_fen(debtor.amount.fen());
    if (debtor.policy) proto->set_policy(app::PolicyName(debtor.party, *debtor.policy));
    if (debtor.share_basis_points) {
      proto->set_share_bp(static_cast<std::int32_t>(*debtor.share_basis_points));
    }
    ClockToProto(debtor, view.clocks[i], proto->mutable_clock());
    owed += debtor.amount;
  }
  out->set_owed_fen(owed.fen());
}

// The sums over its advances.
void AddAdvances(const std::vector<domain::Advance>& advances, recoup::v1::Recovery* out) {
  domain::Money advanced;
  domain::StageAmounts stages;
  for (const domain::Advance& advance : advances) {
    advanced += advance.amount;
    for (const domain::Stage stage : domain::AllOf<domain::Stage>()) {
      // Cannot fail: every stage of an advance is non-negative.
      RECOUP_CHECK(stages.Add(stage, advance.stages.at(stage)).ok());
    }
  }
  out->set_advanced_fen(advanced.fen());
  StagesToProto(stages, out->mutable_stage_amounts());
}

// The demand of each debtor: the latest that was not withdrawn.
void AddDemands(const std::vector<domain::Demand>& demands, recoup::v1::Recovery* out) {
  for (const domain::Demand& demand : demands) {
    if (demand.state == domain::DemandState::kWithdrawn) continue;
    if (demand.debtor_index >= 0 && demand.debtor_index < out->debtors_size()) {
      out->mutable_debtors(demand.debtor_index)->set_demand(app::NameOf(demand.pool, demand.id));
    }
  }
}

}  // namespace

recoup::v1::InterruptionKind InterruptionKindToProto(domain::InterruptionKind kind) {
  switch (kind) {
    case domain::InterruptionKind::kDemand:
      return recoup::v1::INTERRUPTION_KIND_DEMAND_SERVED;
    case domain::InterruptionKind::kPartPayment:
      return recoup::v1::INTERRUPTION_KIND_PAYMENT;
    case domain::InterruptionKind::kAcknowledgement:
    case domain::InterruptionKind::kInstalmentPromise:
      return recoup::v1::INTERRUPTION_KIND_PROMISE;
    case domain::InterruptionKind::kSuit:
      return recoup::v1::INTERRUPTION_KIND_SUIT;
    case domain::InterruptionKind::kMediation:
      return recoup::v1::INTERRUPTION_KIND_MEDIATION;
    case domain::InterruptionKind::kPoliceReport:
      return recoup::v1::INTERRUPTION_KIND_POLICE_REPORT;
    case domain::InterruptionKind::kObstacle:
      return recoup::v1::INTERRUPTION_KIND_OBSTACLE;
  }
  RECOUP_CHECK(false);
}

void ClockToProto(const domain::Debtor& debtor, const domain::Limitation& limitation,
                  recoup::v1::LimitationClock* out) {
  out->set_started_on(DayText(limitation.started_on));
  out->set_expires_on(DayText(limitation.expires_on));
  out->set_state(static_cast<recoup::v1::LimitationState>(limitation.state));
  for (const domain::Interruption& interruption : debtor.interruptions) {
    auto* proto = out->add_interruptions();
    proto->set_kind(InterruptionKindToProto(interruption.kind));
    proto->set_happened_on(DayText(interruption.date));
    proto->set_evidence(interruption.evidence);
    proto->set_document_sha256(interruption.document_sha256);
    proto->set_ended_on(DayText(interruption.ended_on));
  }
}

void RecoveryToProto(const app::RecoveryView& view, recoup::v1::Recovery* out) {
  const domain::Recovery& recovery = view.recovery;
  out->set_name(app::NameOf(recovery.pool, recovery.id));
  out->set_pool(app::PoolName(recovery.pool));
  out->set_state(static_cast<recoup::v1::RecoveryState>(recovery.state));
  PersonToProto(recovery.injured, out->mutable_injured_person());
  out->set_third_party_kind(static_cast<recoup::v1::ThirdPartyKind>(recovery.third_party_kind));
  out->set_accident_on(DayText(recovery.accident_on));
  for (const domain::AdvanceId id : recovery.advances) {
    out->add_advances(app::NameOf(recovery.pool, id));
  }
  if (recovery.court_case) {
    out->add_court_cases(app::CourtCaseName(recovery.court, *recovery.court_case));
  }
  if (recovery.lead) out->add_leads(app::NameOf(recovery.pool, *recovery.lead));
  out->set_basis(static_cast<recoup::v1::Basis>(recovery.basis));
  AddDebtors(view, out);
  AddAdvances(view.advances, out);
  AddDemands(view.demands, out);
  auto* explanation = out->mutable_explanation();
  explanation->set_subject(out->name());
  explanation->set_figure("owed_fen");
  explanation->set_title(recovery.obstacle.empty() ? "应追偿金额" : recovery.obstacle);
  explanation->set_result_fen(out->owed_fen());
  ExplanationToProto(recovery.explanation, explanation);
  SetTime(recovery.opened_time, out->mutable_recorded_time());
  if (recovery.closed_time) SetTime(*recovery.closed_time, out->mutable_closed_time());
}

void TimelineEntryToProto(const domain::TimelineEntry& entry, std::int64_t sequence,
                          recoup::v1::TimelineEntry* out) {
  out->set_sequence(sequence);
  SetTime(entry.happened_time, out->mutable_happened_time());
  SetTime(entry.recorded_time, out->mutable_recorded_time());
  out->set_actor(entry.actor);
  out->set_text(entry.text);
  out->set_kind(std::string(ToString(entry.kind)));
  out->set_subject(entry.subject);
  if (entry.amount) out->set_amount_fen(entry.amount->fen());
}

}  // namespace recoup::rpc

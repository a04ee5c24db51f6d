#include "hub/rpc/converters/recovery.h"

#include "hub/app/names.h"
#include "hub/base/check.h"
#include "hub/rpc/convert.h"
#include "hub/rpc/converters/demand.h"

namespace recoup::rpc {

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
  }
  RECOUP_CHECK(false);
}

void ClockToProto(const domain::Debtor& debtor, recoup::v1::LimitationClock* out) {
  for (const domain::Interruption& interruption : debtor.interruptions) {
    auto* proto = out->add_interruptions();
    proto->set_kind(InterruptionKindToProto(interruption.kind));
    proto->set_happened_on(DayText(interruption.ended_on.value_or(interruption.date)));
    proto->set_evidence(interruption.evidence);
  }
}

void SetLimitation(const domain::Limitation& limitation, recoup::v1::LimitationClock* out) {
  out->set_expires_on(DayText(limitation.expires_on));
}

void RecoveryToProto(const domain::Recovery& recovery, recoup::v1::Recovery* out) {
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
  domain::Money owed;
  for (const domain::Debtor& debtor : recovery.debtors) {
    auto* proto = out->add_debtors();
    proto->mutable_debtor()->set_kind(static_cast<recoup::v1::DebtorKind>(debtor.kind));
    proto->mutable_debtor()->set_party(app::PartyName(debtor.party));
    proto->mutable_debtor()->set_display_name(debtor.name);
    proto->set_amount_fen(debtor.amount.fen());
    if (debtor.policy) proto->set_policy(app::PolicyName(debtor.party, *debtor.policy));
    ClockToProto(debtor, proto->mutable_clock());
    owed += debtor.amount;
  }
  out->set_owed_fen(owed.fen());
  auto* explanation = out->mutable_explanation();
  explanation->set_subject(out->name());
  explanation->set_figure("owed_fen");
  explanation->set_title(recovery.obstacle.empty() ? "应追偿金额" : recovery.obstacle);
  explanation->set_result_fen(owed.fen());
  ExplanationToProto(recovery.explanation, explanation);
  SetTime(recovery.opened_time, out->mutable_recorded_time());
}

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

void AddDemands(const std::vector<domain::Demand>& demands, recoup::v1::Recovery* out) {
  for (const domain::Demand& demand : demands) {
    if (demand.state == domain::DemandState::kWithdrawn) continue;
    if (demand.debtor_index >= 0 && demand.debtor_index < out->debtors_size()) {
      out->mutable_debtors(demand.debtor_index)->set_demand(app::NameOf(demand.pool, demand.id));
    }
  }
}

void TimelineEntryToProto(const domain::TimelineEntry& entry, std::int64_t sequence,
                          recoup::v1::TimelineEntry* out) {
  out->set_sequence(sequence);
  SetTime(entry.happened_time, out->mutable_happened_time());
  SetTime(entry.recorded_time, out->mutable_recorded_time());
  out->set_actor(entry.actor);
  out->set_text(entry.text);
}

}  // namespace recoup::rpc

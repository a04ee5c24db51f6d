// Opening a mediation, making offers, and the end without agreement.
#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/mediation.h"
#include "hub/app/mediation_terms.h"
#include "hub/app/names.h"
#include "hub/app/stage_moves.h"
#include "hub/app/timeline.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::DemandCommand;
using domain::DemandState;
using domain::Mediation;
using domain::MediationCommand;
using domain::PartyKind;
using domain::Stage;

absl::StatusOr<domain::PartyId> MediatorOf(UnitOfWork& work, const OpenMediation& command) {
  const domain::PartyId& caller = work.caller().party;
  if (caller.kind() == PartyKind::kMediator) {
    if (command.mediator.empty() || command.mediator == caller) return caller;
    return FaultOf("mediator", "a mediation body opens its own mediations only");
  }
  if (command.mediator.empty()) return FaultOf("mediator", "missing: name the mediation body");
  if (command.mediator.kind() != PartyKind::kMediator)
    return FaultOf("mediator", "not a mediation body");
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<RecordKey> known,
      work.FindUnique(domain::UniqueKeyKind::kPartyOfName, domain::Key({command.mediator.value})));
  if (!known) return FaultOf("mediator", "not registered with this hub");
  return command.mediator;
}

// One debtor, or one injury: else there is nothing that could be agreed together.
absl::Status CheckBelongTogether(UnitOfWork& work, const OpenMediation& command) {
  std::set<domain::DemandId> named;
  std::set<domain::RecoveryId> recoveries;
  std::set<std::pair<std::string, std::string>> debtors;
  for (std::size_t i = 0; i < command.demands.size(); ++i) {
    const domain::DemandId id = command.demands[i];
    if (!named.insert(id).second) return FaultOf(absl::StrCat("demands[", i, "]"), "named twice");
    RECOUP_ASSIGN_OR_RETURN(const Demand* demand, work.Find<Demand>(command.pool.value, id.value));
    const bool visible = demand != nullptr &&
                         (demand->is_issued() || work.caller().party.kind() == PartyKind::kFund);
    if (!visible) return NotFound(absl::StrCat("demands[", i, "]: no such demand"));
    recoveries.insert(demand->recovery);
    debtors.emplace(demand->debtor_party.value,
                    demand->debtor_party.empty() ? demand->debtor_name : std::string());
  }
  if (recoveries.size() > 1 && debtors.size() > 1)
    return FaultOf("demands", "neither of one debtor nor of one recovery");
  return absl::OkStatus();
}

// The approval that nobody needs to decide any more.
absl::Status CloseApproval(UnitOfWork& work, const Mediation& mediation) {
  if (!mediation.approval) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(
      domain::Approval approval,
      work.Get<domain::Approval>(mediation.pool.value, mediation.approval->value));
  if (approval.state != domain::ApprovalState::kPending) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(approval.state,
                          domain::Next(approval.state, domain::ApprovalCommand::kReject));
  approval.decided_by = work.caller().actor;
  approval.decided_time = work.now();
  approval.decision_reason = "调解已终止";
  work.Put(approval);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Mediation> LoadMediation(UnitOfWork& work, const domain::PoolId& pool,
                                        domain::MediationId id) {
  RECOUP_ASSIGN_OR_RETURN(const Mediation* found, work.Find<Mediation>(pool.value, id.value));
  if (found == nullptr) return NotFound("no such mediation");
  Mediation mediation = *found;
  RECOUP_ASSIGN_OR_RETURN(const bool takes_part, TakesPart(work, work.caller().party, mediation));
  if (!takes_part) return NotFound("no such mediation");
  return mediation;
}

absl::Status NotifyMediator(UnitOfWork& work, const Mediation& mediation, std::string_view what) {
  if (mediation.mediator == work.caller().party) return absl::OkStatus();
  return work.Notify(mediation.mediator, KeyOf(mediation), std::string(what));
}

absl::StatusOr<Mediation> OpenMediationOf(const OpenMediation& command, UnitOfWork& work) {
  Mediation mediation;
  RECOUP_ASSIGN_OR_RETURN(mediation.mediator, MediatorOf(work, command));
  RECOUP_RETURN_IF_ERROR(CheckBelongTogether(work, command));
  mediation.id = work.NewId<domain::MediationId>();
  mediation.pool = command.pool;
  mediation.demands = command.demands;
  mediation.opened_time = command.opened_time;
  mediation.panel = command.panel;
  mediation.recorded_time = work.now();
  const std::string name = NameOf(mediation.pool, mediation.id);
  // One after the other: demands of one recovery share its record and may share advances.
  for (const domain::DemandId id : command.demands) {
    RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, command.pool, id));
    Demand& demand = loaded.demand;
    RECOUP_ASSIGN_OR_RETURN(demand.state,
                            domain::Next(demand.state, DemandCommand::kOpenMediation));
    for (const Stage from : {Stage::kClaimed, Stage::kDisputed, Stage::kAgreed}) {
      RECOUP_RETURN_IF_ERROR(MoveLines(work, loaded, from, Stage::kMediating, Held(demand, from)));
    }
    demand.mediation = mediation.id;
    demand.mediation_failed_on.reset();
    Interrupt(loaded, domain::InterruptionKind::kMediation, ChinaDate(command.opened_time), name);
    AddTimeline(work, loaded.recovery,
                {domain::TimelineKind::kMediationOpened, NameOf(mediation.pool, mediation.id),
                 demand.open()},
                command.opened_time, absl::StrCat("与 ", demand.debtor_name, " 的追偿进入调解"));
    RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.mediation_opened"));
    StoreDemand(work, loaded);
  }
  RECOUP_RETURN_IF_ERROR(NotifyMediator(work, mediation, "mediation.opened"));
  work.Put(mediation);
  return mediation;
}

absl::StatusOr<Mediation> MakeOfferOf(const MakeOffer& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Mediation mediation,
                          LoadMediation(work, command.pool, command.mediation));
  RECOUP_ASSIGN_OR_RETURN(mediation.state, domain::Next(mediation.state, MediationCommand::kOffer));
  const absl::CivilDay offered_on = ChinaDate(command.offer.offered_time);
  if (offered_on < ChinaDate(mediation.opened_time))
    return FaultOf("offered_time", "before the mediation was opened");
  if (command.offer.valid_until && *command.offer.valid_until < offered_on)
    return FaultOf("valid_until_on", "before the offer was made");
  domain::Offer offer = command.offer;
  RECOUP_RETURN_IF_ERROR(ComputeShares(work, command.pool, offer.terms));
  RECOUP_RETURN_IF_ERROR(CheckTerms(work, mediation, offer.terms, offered_on, TermsOf::kOffer));
  mediation.offers.push_back(std::move(offer));
  mediation.offers.back().by = work.caller().party.value;
  for (const domain::AgreedDemand& term : command.offer.terms) {
    RECOUP_ASSIGN_OR_RETURN(const Demand demand,
                            work.Get<Demand>(mediation.pool.value, term.demand.value));
    if (demand.debtor_party != work.caller().party)
      RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.offer_made"));
  }
  RECOUP_RETURN_IF_ERROR(NotifyMediator(work, mediation, "mediation.offer_made"));
  work.Put(mediation);
  return mediation;
}

absl::StatusOr<Mediation> FailMediationOf(const FailMediation& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Mediation mediation,
                          LoadMediation(work, command.pool, command.mediation));
  RECOUP_ASSIGN_OR_RETURN(mediation.state, domain::Next(mediation.state, MediationCommand::kFail));
  if (command.failed_time < mediation.opened_time)
    return FaultOf("failed_time", "before the mediation was opened");
  mediation.failure_reason = command.reason;
  const std::string name = NameOf(mediation.pool, mediation.id);
  for (const domain::DemandId id : mediation.demands) {
    RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, command.pool, id));
    Demand& demand = loaded.demand;
    EndMediationInterruption(loaded, name, ChinaDate(command.failed_time));
    // One that was paid meanwhile has nothing left to dispute.
    if (demand.state != DemandState::kPaid) {
      RECOUP_ASSIGN_OR_RETURN(demand.state,
                              domain::Next(demand.state, DemandCommand::kFailMediation));
      RECOUP_RETURN_IF_ERROR(MoveLines(work, loaded, Stage::kMediating, Stage::kDisputed,
                                       Held(demand, Stage::kMediating)));
      if (!demand.lawsuit) demand.mediation_failed_on = ChinaDate(command.failed_time);
    }
    AddTimeline(work, loaded.recovery,
                {domain::TimelineKind::kMediationFailed, NameOf(mediation.pool, mediation.id),
                 demand.open()},
                command.failed_time,
                absl::StrCat("与 ", demand.debtor_name, " 的调解不成：", command.reason));
    RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.mediation_failed"));
    StoreDemand(work, loaded);
  }
  RECOUP_RETURN_IF_ERROR(CloseApproval(work, mediation));
  RECOUP_RETURN_IF_ERROR(NotifyMediator(work, mediation, "mediation.failed"));
  work.Put(mediation);
  return mediation;
}

}  // namespace recoup::app

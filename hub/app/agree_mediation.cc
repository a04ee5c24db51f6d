// The agreement: made, approved or rejected, put into effect, confirmed by a court. Whose consent
// it needs is in mediation_consent.h.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/finished.h"
#include "hub/app/insurer_clocks.h"
#include "hub/app/mediation.h"
#include "hub/app/mediation_consent.h"
#include "hub/app/mediation_terms.h"
#include "hub/app/names.h"
#include "hub/app/settlement_lines.h"
#include "hub/app/stage_moves.h"
#include "hub/app/timeline.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::AgreedDemand;
using domain::Demand;
using domain::DemandCommand;
using domain::DemandState;
using domain::InterruptionKind;
using domain::Mediation;
using domain::MediationCommand;
using domain::Money;
using domain::Stage;

absl::StatusOr<std::int64_t> RuleOf(UnitOfWork& work, const Mediation& mediation,
                                    std::string_view key) {
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  return policy_data->Integer(key, mediation.pool.value, *mediation.agreed_on);
}

Money GivenUp(const Mediation& mediation) {
  Money sum;
  for (const AgreedDemand& term : mediation.agreement) sum += term.relinquished;
  return sum;
}

domain::Approval ApprovalOf(UnitOfWork& work, const Mediation& mediation, Money limit) {
  domain::Approval approval;
  approval.id = work.NewId<domain::ApprovalId>();
  approval.pool = mediation.pool;
  approval.action = domain::ApprovalAction::kMediationAgreement;
  approval.subject = NameOf(mediation.pool, mediation.id);
  approval.mediation = mediation.id;
  approval.amount = GivenUp(mediation);
  approval.threshold = limit;
  approval.reason = mediation.agreement_reason;
  approval.requested_by = work.caller().actor;
  approval.requested_time = work.now();
  return approval;
}

// The plan, with what was received since the agreement taken off the oldest instalments.
std::vector<domain::Instalment> PlanOf(const AgreedDemand& term, Money received) {
  std::vector<domain::Instalment> plan = term.instalments;
  for (domain::Instalment& one : plan) {
    one.paid = std::min(one.amount, received);
    received -= one.paid;
  }
  return plan;
}

// The proceeding ends; a promise to pay interrupts once more (民法典 195).
void EndLimitationStop(LoadedDemand& loaded, const Mediation& mediation, const AgreedDemand& term) {
  const std::string name = NameOf(mediation.pool, mediation.id);
  EndMediationInterruption(loaded, name, *mediation.agreed_on);
  if (term.agreed.is_zero()) return;
  Interrupt(loaded,
            term.instalments.empty() ? InterruptionKind::kAcknowledgement
                                     : InterruptionKind::kInstalmentPromise,
            *mediation.agreed_on, name);
}

// Without a plan nobody pays on the day of the agreement: there is the time that an accepted demand
// has, and what the demand itself gave. It runs from today, when the agreement takes effect: until
// the last person has approved it there is nothing to pay by.
absl::StatusOr<absl::CivilDay> DueOn(UnitOfWork& work, const Mediation& mediation,
                                     const Demand& demand, const AgreedDemand& term) {
  if (!term.instalments.empty()) return term.instalments.front().due_on;
  RECOUP_ASSIGN_OR_RETURN(const std::int64_t days, RuleOf(work, mediation, PayDaysRule(demand)));
  const absl::CivilDay pay_by = work.today() + days;
  return std::max(demand.due_on.value_or(pay_by), pay_by);
}

absl::Status PutTermIntoEffect(UnitOfWork& work, const Mediation& mediation,
                               const AgreedDemand& term) {
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, mediation.pool, term.demand));
  Demand& demand = loaded.demand;
  const Money open = demand.Sum(Stage::kMediating);
  const Money to_pay = open - std::min(open, term.relinquished);
  if (open < term.relinquished || to_pay > term.agreed) {
    return MakeError(Reason::kAmountExceedsOpen,
                     absl::StrCat(NameOf(demand.pool, demand.id), " has ", open.ToYuan(),
                                  " yuan open, which no longer fits the agreement"));
  }
  EndLimitationStop(loaded, mediation, term);
  demand.KeepTerms(work.now());
  if (demand.state != DemandState::kPaid) {
    RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, DemandCommand::kAgree));
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> given_up,
                            Spread(term.relinquished, Held(demand, Stage::kMediating)));
    RECOUP_RETURN_IF_ERROR(
        MoveLines(work, loaded, Stage::kMediating, Stage::kRelinquished, given_up));
    RECOUP_RETURN_IF_ERROR(MoveLines(work, loaded, Stage::kMediating, Stage::kAgreed,
                                     Held(demand, Stage::kMediating)));
    if (demand.open().is_zero()) {
      RECOUP_ASSIGN_OR_RETURN(demand.state,
                              domain::Next(demand.state, DemandCommand::kRelinquishAll));
    }
  }
  demand.instalments = PlanOf(term, term.agreed - to_pay);
  RECOUP_RETURN_IF_ERROR(UpdateSettlementLine(work, demand));
  RECOUP_ASSIGN_OR_RETURN(demand.due_on, DueOn(work, mediation, demand, term));
  std::string sentence = absl::StrCat("与 ", demand.debtor_name, " 达成调解协议：支付 ",
                                      term.agreed.ToYuanGrouped(), " 元");
  if (term.instalments.size() > 1)
    absl::StrAppend(&sentence, "，分 ", term.instalments.size(), " 期");
  if (term.relinquished.is_positive())
    absl::StrAppend(&sentence, "，放弃 ", term.relinquished.ToYuanGrouped(), " 元");
  AddTimeline(
      work, loaded.recovery,
      {domain::TimelineKind::kMediationAgreed, NameOf(mediation.pool, mediation.id), term.agreed},
      absl::FromCivil(*mediation.agreed_on, ChinaTimeZone()), std::move(sentence));
  RECOUP_RETURN_IF_ERROR(SettleFinished(work, loaded.advance_pointers(), &demand, loaded.recovery));
  RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.agreed"));
  StoreDemand(work, loaded);
  return absl::OkStatus();
}

}  // namespace

absl::Status PutIntoEffect(UnitOfWork& work, Mediation& mediation) {
  RECOUP_ASSIGN_OR_RETURN(const std::int64_t days,
                          RuleOf(work, mediation, "mediation.judicial_confirmation_days"));
  mediation.confirmation_due_on = *mediation.agreed_on + days;
  for (const AgreedDemand& term : mediation.agreement)
    RECOUP_RETURN_IF_ERROR(PutTermIntoEffect(work, mediation, term));
  return NotifyMediator(work, mediation, "mediation.effective");
}

absl::StatusOr<Mediation> AgreeMediationOf(const AgreeMediation& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Mediation mediation,
                          LoadMediation(work, command.pool, command.mediation));
  // Whatever the amount: without an offer, or twice, there is nothing to agree on.
  RECOUP_ASSIGN_OR_RETURN(const domain::MediationState within,
                          domain::Next(mediation.state, MediationCommand::kAgreeWithinLimit));
  if (command.agreed_on < ChinaDate(mediation.opened_time))
    return FaultOf("agreed_on", "before the mediation was opened");
  if (command.agreed_on > work.today()) return FaultOf("agreed_on", "in the future");
  AgreeMediation agreed = command;
  RECOUP_RETURN_IF_ERROR(ComputeShares(work, command.pool, agreed.terms));
  RECOUP_RETURN_IF_ERROR(
      CheckTerms(work, mediation, agreed.terms, command.agreed_on, TermsOf::kAgreement));
  mediation.agreement = agreed.terms;
  mediation.agreement_reason = command.reason;
  mediation.agreed_on = command.agreed_on;
  mediation.protocol = command.protocol;
  mediation.rejection_reason.clear();
  if (GivenUp(mediation).is_positive() && command.reason.empty())
    return FaultOf("reason", "missing: say why a part is given up");
  RECOUP_RETURN_IF_ERROR(CheckConsent(work, mediation, agreed));

  RECOUP_ASSIGN_OR_RETURN(const std::int64_t limit_fen,
                          RuleOf(work, mediation, "mediation.two_person_limit_fen"));
  RECOUP_ASSIGN_OR_RETURN(const Money limit, Money::Create(limit_fen));
  RECOUP_ASSIGN_OR_RETURN(const int officers, OfficersNeeded(work, mediation, limit_fen));
  if (officers > 0) {
    RECOUP_ASSIGN_OR_RETURN(mediation.state,
                            domain::Next(mediation.state, MediationCommand::kAgreeAboveLimit));
    domain::Approval approval = ApprovalOf(work, mediation, limit);
    approval.two_officers = officers == 2;
    mediation.approval = approval.id;
    work.Put(approval);
    RECOUP_RETURN_IF_ERROR(NotifyMediator(work, mediation, "mediation.pending_approval"));
  } else {
    mediation.state = within;
    RECOUP_RETURN_IF_ERROR(PutIntoEffect(work, mediation));
  }
  work.Put(mediation);
  return mediation;
}

absl::Status CompleteAgreement(UnitOfWork& work, Mediation& mediation) {
  RECOUP_ASSIGN_OR_RETURN(mediation.state,
                          domain::Next(mediation.state, MediationCommand::kApprove));
  RECOUP_RETURN_IF_ERROR(PutIntoEffect(work, mediation));
  work.Put(mediation);
  return absl::OkStatus();
}

absl::Status RejectAgreement(UnitOfWork& work, Mediation& mediation, std::string reason) {
  RECOUP_ASSIGN_OR_RETURN(mediation.state,
                          domain::Next(mediation.state, MediationCommand::kReject));
  mediation.agreement.clear();
  mediation.agreement_reason.clear();
  mediation.agreed_on.reset();
  mediation.protocol.reset();
  mediation.approval.reset();
  mediation.rejection_reason = std::move(reason);
  for (const domain::DemandId id : mediation.demands) {
    RECOUP_ASSIGN_OR_RETURN(const Demand demand, work.Get<Demand>(mediation.pool.value, id.value));
    RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.agreement_not_approved"));
  }
  RECOUP_RETURN_IF_ERROR(NotifyMediator(work, mediation, "mediation.agreement_not_approved"));
  work.Put(mediation);
  return absl::OkStatus();
}

absl::StatusOr<Mediation> RecordJudicialConfirmationOf(const RecordJudicialConfirmation& command,
                                                       UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Mediation mediation,
                          LoadMediation(work, command.pool, command.mediation));
  RECOUP_ASSIGN_OR_RETURN(mediation.state,
                          domain::Next(mediation.state, MediationCommand::kConfirmJudicially));
  if (mediation.ruling) {
    if (*mediation.ruling == command.ruling) return mediation;
    return MakeError(Reason::kAlreadyExistsWithOtherContent,
                     "another ruling on this agreement is recorded");
  }
  if (command.ruling.decided_on < *mediation.agreed_on)
    return FaultOf("judicial_confirmation.decided_on", "before the agreement");
  mediation.ruling = command.ruling;
  for (const domain::DemandId id : mediation.demands) {
    RECOUP_ASSIGN_OR_RETURN(const Demand demand, work.Get<Demand>(mediation.pool.value, id.value));
    RECOUP_RETURN_IF_ERROR(AddTimeline(
        work, mediation.pool, demand.recovery,
        {domain::TimelineKind::kMediationRuledOn, NameOf(mediation.pool, mediation.id)},
        absl::FromCivil(command.ruling.decided_on, ChinaTimeZone()),
        absl::StrCat(command.ruling.court_name,
                     command.ruling.confirmed ? " 司法确认调解协议 " : " 驳回司法确认申请 ",
                     command.ruling.case_number)));
    RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.agreement_ruled_on"));
  }
  RECOUP_RETURN_IF_ERROR(NotifyMediator(work, mediation, "mediation.ruled_on"));
  work.Put(mediation);
  return mediation;
}

}  // namespace recoup::app

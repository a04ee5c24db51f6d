#include "hub/app/leads.h"

#include <utility>

#include "hub/app/link_court_case.h"
#include "hub/app/names.h"
#include "hub/app/recoveries.h"
#include "hub/app/refusal.h"
#include "hub/app/share_limits.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::CourtCase;
using domain::Lead;

void Decide(const UnitOfWork& work, Lead& lead, const std::string& reason) {
  lead.decided_by = work.caller().actor;
  lead.decision_reason = reason;
  lead.decided_time = work.now();
}

// A settlement beside the recovery joins it. What a judgment awards whole, or to the fund, counts
// only the settlements it knows.
absl::StatusOr<ConfirmedLead> JoinRecovery(UnitOfWork& work, const CourtCase& court_case,
                                           const std::string& reason, Lead lead) {
  if (court_case.basis == domain::Basis::kGross ||
      court_case.basis == domain::Basis::kFundAwarded) {
    return Refuse(Reason::kIllegalTransition, "the judgment does not count this settlement",
                  "ADVANCE", NameOf(lead.pool, lead.id),
                  "该判决按其计入的医疗费确定退回数额，其他结算须另行追偿：请驳回本线索，"
                  "以 recoupctl recoveries open 按责任比例立案，或者待法院更正");
  }
  lead.chosen = 0;
  Decide(work, lead, reason);
  RECOUP_RETURN_IF_ERROR(ExtendRecovery(work, lead, lead, court_case));
  work.Put(lead);
  RECOUP_ASSIGN_OR_RETURN(domain::Recovery recovery,
                          work.Get<domain::Recovery>(lead.pool.value, lead.recovery->value));
  RECOUP_RETURN_IF_ERROR(ShareLimitsOf(work, recovery, kAnotherVictim));
  RECOUP_ASSIGN_OR_RETURN(recovery,
                          work.Get<domain::Recovery>(recovery.pool.value, recovery.id.value));
  RECOUP_ASSIGN_OR_RETURN(RecoveryView view, ViewOf(work, std::move(recovery)));
  return ConfirmedLead{std::move(lead), std::move(view)};
}

}  // namespace

absl::StatusOr<ConfirmedLead> ConfirmLeadOf(const ConfirmLead& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Lead lead, work.Get<Lead>(command.pool.value, command.lead.value));
  RECOUP_ASSIGN_OR_RETURN(lead.state, domain::Next(lead.state, domain::LeadCommand::kConfirm));
  if (command.candidate >= lead.candidates.size()) {
    Faults faults;
    faults.Add("candidate_id", "no candidate of this lead");
    return faults.ToStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(CourtCase court_case,
                          work.Get<CourtCase>(lead.court.value, lead.court_case.value));
  if (court_case.state != domain::CourtCaseState::kNotified) {
    return Refuse(Reason::kIllegalTransition, "the court does not consent to notices of this case",
                  "CONSENT", CourtCaseName(lead.court, lead.court_case), "法院须重新同意通知");
  }
  if (lead.recovery) return JoinRecovery(work, court_case, command.reason, std::move(lead));
  if (!lead.candidates[command.candidate].amount.is_positive() &&
      court_case.grade == domain::Grade::kNoAdvance) {
    return Refuse(Reason::kIllegalTransition, "the candidate has no settlement that the fund paid",
                  "ADVANCE", NameOf(lead.pool, lead.id), "结算上报后线索会重新比对");
  }
  lead.chosen = static_cast<std::int32_t>(command.candidate);
  Decide(work, lead, command.reason);
  RECOUP_ASSIGN_OR_RETURN(domain::Recovery recovery, OpenRecoveryOfLead(work, lead, court_case));
  work.Put(recovery);
  work.Put(lead);
  RECOUP_RETURN_IF_ERROR(ShareLimitsOf(work, recovery, kAnotherVictim));
  RECOUP_ASSIGN_OR_RETURN(recovery,
                          work.Get<domain::Recovery>(recovery.pool.value, recovery.id.value));
  if (court_case.grade == domain::Grade::kNoAdvance) {
    court_case.grade = domain::Grade::kAdvanceOutstanding;
    court_case.evidence.push_back({.element = "grade",
                                   .sentence = "经办人员确认线索：医保基金已为该伤害支付",
                                   .rule = "hub.lead_confirmed_by_person"});
    work.Put(court_case);
  }
  RECOUP_ASSIGN_OR_RETURN(RecoveryView opened, ViewOf(work, std::move(recovery)));
  return ConfirmedLead{std::move(lead), std::move(opened)};
}

absl::StatusOr<Lead> RejectLeadOf(const RejectLead& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Lead lead, work.Get<Lead>(command.pool.value, command.lead.value));
  RECOUP_ASSIGN_OR_RETURN(lead.state, domain::Next(lead.state, domain::LeadCommand::kReject));
  Decide(work, lead, command.reason);
  work.Put(lead);
  return lead;
}

}  // namespace recoup::app

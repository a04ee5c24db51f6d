#include "hub/app/decide_approval.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/agreements.h"
#include "hub/app/dispute_answers.h"
#include "hub/app/mediation.h"
#include "hub/app/offers.h"
#include "hub/app/put_policy_datum.h"
#include "hub/app/relinquish.h"
#include "hub/app/resolve_break.h"
#include "hub/app/timeline.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Approval;
using domain::ApprovalAction;

absl::Status Execute(UnitOfWork& work, const Approval& approval) {
  switch (approval.action) {
    case ApprovalAction::kRelinquish:
      return CompleteRelinquishment(work, approval);
    case ApprovalAction::kWriteOff:
      return CompleteWriteOff(work, approval);
    case ApprovalAction::kRefund:
      return CompleteRefund(work, approval);
    case ApprovalAction::kMediationAgreement: {
      RECOUP_CHECK(approval.mediation.has_value());
      RECOUP_ASSIGN_OR_RETURN(
          domain::Mediation mediation,
          work.Get<domain::Mediation>(approval.pool.value, approval.mediation->value));
      return CompleteAgreement(work, mediation);
    }
    case ApprovalAction::kAgreement:
      return ApproveProposal(work, approval);
    case ApprovalAction::kSettlementOffer:
      return CompleteOffer(work, approval);
    case ApprovalAction::kDisputeYield:
      return CompleteYield(work, approval);
    case ApprovalAction::kPolicyDatum:
      return CompletePolicyDatum(work, approval);
  }
  RECOUP_CHECK(false);
}

// Nothing has moved, so only what waits in a state of its own has to be told.
absl::Status Reject(UnitOfWork& work, const Approval& approval, const std::string& reason) {
  if (approval.action == ApprovalAction::kMediationAgreement) {
    RECOUP_CHECK(approval.mediation.has_value());
    RECOUP_ASSIGN_OR_RETURN(
        domain::Mediation mediation,
        work.Get<domain::Mediation>(approval.pool.value, approval.mediation->value));
    return RejectAgreement(work, mediation, reason);
  }
  if (approval.action == ApprovalAction::kAgreement) return RejectProposal(work, approval, reason);
  if (approval.action == ApprovalAction::kSettlementOffer) {
    RECOUP_RETURN_IF_ERROR(ReopenOffer(work, approval));
  }
  // A refused refund leaves the money unapplied, and its break open.
  if (!approval.demand || approval.action == ApprovalAction::kRefund) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(const domain::Demand* demand,
                          work.Find<domain::Demand>(approval.pool.value, approval.demand->value));
  if (demand == nullptr) return absl::OkStatus();
  return AddTimeline(
      work, approval.pool, demand->recovery,
      {domain::TimelineKind::kApprovalRejected, approval.subject, approval.amount}, work.now(),
      absl::StrCat("审批未通过，不放弃追偿 ", approval.amount.ToYuanGrouped(), " 元：", reason));
}

}  // namespace

absl::StatusOr<Approval> DecideApprovalOf(const DecideApproval& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Approval approval,
                          work.Get<Approval>(command.pool.value, command.approval.value));
  RECOUP_ASSIGN_OR_RETURN(
      const domain::ApprovalState decided,
      domain::Next(approval.state, command.approve ? domain::ApprovalCommand::kApprove
                                                   : domain::ApprovalCommand::kReject));
  const std::string& actor = work.caller().actor;
  const bool nameless = actor == work.caller().party.value;
  if (nameless || approval.requested_by == actor || approval.first_approved_by == actor) {
    return MakeError(Reason::kSamePersonMayNotApprove,
                     nameless ? "the certificate names no person, so it cannot be the second one"
                     : approval.requested_by == actor
                         ? "who asks may not decide; another officer of the fund must"
                         : "the first officer may not be the second; another one must decide");
  }
  if (command.approve && approval.two_officers && approval.first_approved_by.empty()) {
    approval.first_approved_by = actor;
    approval.first_approval_reason = command.reason;
    approval.first_approved_time = work.now();
    work.Put(approval);
    return approval;
  }
  approval.state = decided;
  approval.decided_by = actor;
  approval.decision_reason = command.reason;
  approval.decided_time = work.now();
  RECOUP_RETURN_IF_ERROR(command.approve ? Execute(work, approval)
                                         : Reject(work, approval, command.reason));
  work.Put(approval);
  return approval;
}

}  // namespace recoup::app

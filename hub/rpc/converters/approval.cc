#include "hub/rpc/converters/approval.h"

#include "hub/app/names.h"
#include "hub/base/clock.h"
#include "hub/rpc/convert.h"
#include "hub/rpc/converters/agreement.h"
#include "hub/rpc/converters/break.h"
#include "hub/rpc/converters/demand.h"
#include "hub/rpc/converters/fund_records.h"
#include "hub/rpc/converters/hospital.h"
#include "hub/rpc/converters/mediation.h"
#include "hub/rpc/converters/negotiation.h"
#include "hub/rpc/converters/statement.h"

namespace recoup::rpc {
namespace {

v1::ApprovalKind KindOf(domain::ApprovalAction action) {
  switch (action) {
    case domain::ApprovalAction::kMediationAgreement:
      return v1::APPROVAL_KIND_MEDIATION;
    case domain::ApprovalAction::kRelinquish:
      return v1::APPROVAL_KIND_RELINQUISH;
    case domain::ApprovalAction::kWriteOff:
      return v1::APPROVAL_KIND_WRITE_OFF;
    case domain::ApprovalAction::kRefund:
      return v1::APPROVAL_KIND_REFUND;
    case domain::ApprovalAction::kAgreement:
      return v1::APPROVAL_KIND_AGREEMENT;
    case domain::ApprovalAction::kSettlementOffer:
      return v1::APPROVAL_KIND_SETTLEMENT_OFFER;
    case domain::ApprovalAction::kDisputeYield:
      return v1::APPROVAL_KIND_DISPUTE_YIELD;
    case domain::ApprovalAction::kPolicyDatum:
      return v1::APPROVAL_KIND_POLICY_DATUM;
  }
  return v1::APPROVAL_KIND_UNSPECIFIED;
}

void YieldsToProto(const domain::Approval& approval, v1::ApprovalMatter* out) {
  if (approval.yields.empty()) return;
  for (const v1::Demand& demand : out->demands()) *out->mutable_dispute() = demand.dispute();
  for (const domain::DisputeAnswer& answer : approval.yields) {
    DisputeAnswerToProto(approval.pool, answer, out->add_yields());
  }
}

// As the demand shows it, lapsed or not.
void OfferInQuestion(const v1::Demand& demand, const std::string& approval,
                     v1::ApprovalMatter* out) {
  for (const v1::SettlementOffer& offer : demand.offers()) {
    if (offer.approval() == approval) *out->mutable_offer() = offer;
  }
}

}  // namespace

void ApprovalToProto(const domain::Approval& approval, v1::Approval* out) {
  out->set_name(app::NameOf(approval.pool, approval.id));
  out->set_kind(KindOf(approval.action));
  out->set_subject(approval.subject);
  out->set_amount_fen(approval.amount.fen());
  if (approval.threshold) out->set_threshold_fen(approval.threshold->fen());
  out->set_state(static_cast<v1::ApprovalState>(approval.state));
  out->set_requested_by(approval.requested_by);
  out->set_reason(approval.reason);
  if (approval.relinquish_reason) {
    out->set_relinquish_reason(static_cast<v1::RelinquishReason>(*approval.relinquish_reason));
  }
  SetTime(approval.requested_time, out->mutable_requested_time());
  out->set_decided_by(approval.decided_by);
  out->set_decision_reason(approval.decision_reason);
  if (approval.decided_time) SetTime(*approval.decided_time, out->mutable_decided_time());
  out->set_officer_count(approval.two_officers ? 2 : 1);
  out->set_first_approved_by(approval.first_approved_by);
  out->set_first_approval_reason(approval.first_approval_reason);
  if (approval.first_approved_time) {
    SetTime(*approval.first_approved_time, out->mutable_first_approved_time());
  }
}

void ApprovalMatterToProto(const domain::Approval& approval, const app::ApprovalMatter& matter,
                           absl::Time now, v1::ApprovalMatter* out) {
  for (const domain::Demand& demand : matter.demands) {
    DemandToProto(demand, out->add_demands(), ChinaDate(now));
    OfferInQuestion(*out->demands().rbegin(), app::NameOf(approval.pool, approval.id), out);
  }
  if (matter.advance) AdvanceToProto(*matter.advance, out->mutable_advance());
  if (matter.finding) BreakToProto(*matter.finding, now, out->mutable_resolved_break());
  if (matter.entry) StatementEntryToProto(*matter.entry, out->mutable_statement_entry());
  if (matter.mediation) MediationToProto(*matter.mediation, out->mutable_mediation());
  if (matter.agreement) AgreementToProto(*matter.agreement, out->mutable_agreement());
  if (matter.replaced) AgreementToProto(*matter.replaced, out->mutable_replaced_agreement());
  YieldsToProto(approval, out);
  if (approval.policy_datum) {
    PolicyDatumToProto(*approval.policy_datum, out->mutable_policy_datum());
  }
  if (matter.rule_now) {
    PolicyRuleToProto(*matter.rule_now, out->mutable_replaced_policy_datum());
  }
}

}  // namespace recoup::rpc

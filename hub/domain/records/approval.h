// An approval (审批): a decision that needs a second person.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_APPROVAL_H_
#define RECOUP_HUB_DOMAIN_RECORDS_APPROVAL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "hub/domain/enums.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/kinds.h"
#include "hub/domain/records/negotiation.h"
#include "hub/domain/records/registry.h"
#include "hub/domain/states.h"

namespace recoup::domain {

#define RECOUP_APPROVAL_ACTIONS(X)                                 \
  X(kMediationAgreement, 1, "MEDIATION_AGREEMENT", "调解协议减免") \
  X(kRelinquish, 2, "RELINQUISH", "放弃追偿")                      \
  X(kWriteOff, 3, "WRITE_OFF", "核减")                             \
  X(kRefund, 4, "REFUND", "退款")                                  \
  X(kAgreement, 5, "AGREEMENT", "定额分摊协议")                    \
  X(kSettlementOffer, 6, "SETTLEMENT_OFFER", "接受和解金额")       \
  X(kDisputeYield, 7, "DISPUTE_YIELD", "异议让步")                 \
  X(kPolicyDatum, 8, "POLICY_DATUM", "更改审批限额")
RECOUP_ENUM(ApprovalAction, RECOUP_APPROVAL_ACTIONS)

// A decision that needs a second person; `requested_by`, `first_approved_by` and `decided_by` are
// never the same person.
struct Approval {
  static constexpr RecordKind kKind = RecordKind::kApproval;
  ApprovalId id;
  std::int64_t version = 0;
  PoolId pool;
  ApprovalState state = ApprovalState::kPending;
  ApprovalAction action = ApprovalAction::kRelinquish;
  std::string subject;  // Resource name.
  std::optional<MediationId> mediation;
  std::optional<DemandId> demand;
  std::optional<BreakId> finding;
  Money amount;
  std::string reason;
  std::string requested_by;
  absl::Time requested_time;
  std::string decided_by;
  std::string decision_reason;
  std::optional<absl::Time> decided_time;
  std::optional<AgreementId> agreement;
  std::vector<DisputeAnswer> yields;  // What is given up of which line, for kDisputeYield.
  std::optional<Money> threshold;     // What one person may decide; absent: nothing.
  bool two_officers = false;          // Nobody of the fund has consented yet: two must approve.
  std::string first_approved_by;      // The first of them.
  std::string first_approval_reason;
  std::optional<absl::Time> first_approved_time;
  std::optional<RelinquishReason> relinquish_reason;  // For kRelinquish.
  std::optional<PolicyDatum> policy_datum;  // What shall hold, for kPolicyDatum; its version is 0
                                            // where it replaces nothing.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "state", self.state);
    visit(5, "action", self.action);
    visit(6, "subject", self.subject);
    visit(7, "mediation", self.mediation);
    visit(8, "demand", self.demand);
    visit(9, "finding", self.finding);
    visit(10, "amount", self.amount);
    visit(11, "reason", self.reason);
    visit(12, "requested_by", self.requested_by);
    visit(13, "requested_time", self.requested_time);
    visit(14, "decided_by", self.decided_by);
    visit(15, "decision_reason", self.decision_reason);
    visit(16, "decided_time", self.decided_time);
    visit(17, "agreement", self.agreement);
    visit(18, "yields", self.yields);
    visit(90, "threshold", self.threshold);
    visit(19, "two_officers", self.two_officers);
    visit(20, "first_approved_by", self.first_approved_by);
    visit(21, "first_approval_reason", self.first_approval_reason);
    visit(22, "first_approved_time", self.first_approved_time);
    visit(23, "relinquish_reason", self.relinquish_reason);
    visit(24, "policy_datum", self.policy_datum);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_APPROVAL_H_

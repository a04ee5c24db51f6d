// A recovery (追偿案): one injury event, its debtors, its limitation clocks and its timeline.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_RECOVERY_H_
#define RECOUP_HUB_DOMAIN_RECORDS_RECOVERY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/domain/enums.h"
#include "hub/domain/explanation.h"
#include "hub/domain/limitation.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/kinds.h"
#include "hub/domain/records/person.h"
#include "hub/domain/states.h"

namespace recoup::domain {

struct Debtor {
  DebtorKind kind = DebtorKind::kPerson;
  std::string name;
  PartyId party;  // Set when the debtor is an insurer known to the hub.
  std::optional<PolicyId> policy;
  std::optional<PolicyKind> policy_kind;
  Money amount;
  std::vector<Interruption> interruptions;
  std::vector<std::string> jointly_with;  // Names of those who owe the same together with it.
  std::string credit_code{};              // 统一社会信用代码, where it is known.
  std::optional<std::int64_t> share_basis_points{};  // Where the amount comes from a share.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "kind", self.kind);
    visit(2, "name", self.name);
    visit(3, "party", self.party);
    visit(4, "policy", self.policy);
    visit(5, "policy_kind", self.policy_kind);
    visit(6, "amount", self.amount);
    visit(7, "interruptions", self.interruptions);
    visit(8, "jointly_with", self.jointly_with);
    visit(90, "credit_code", self.credit_code);
    visit(91, "share_basis_points", self.share_basis_points);
  }
};

// What an entry of the timeline tells; the names are those of the API (TimelineEntry.kind).
#define RECOUP_TIMELINE_KINDS(X)                                         \
  X(kNote, 1, "note", "备注")                                            \
  X(kRecoveryOpened, 2, "recovery.opened", "立案追偿")                   \
  X(kRecoveryClosed, 3, "recovery.closed", "结案")                       \
  X(kRecoveryReopened, 4, "recovery.reopened", "重新打开")               \
  X(kRecoveryRecomputed, 5, "recovery.recomputed", "重新计算")           \
  X(kRecoveryObstructed, 6, "recovery.obstructed", "无法计算")           \
  X(kCaseClosed, 7, "court_case.closed", "法院结案")                     \
  X(kCaseChanged, 8, "court_case.changed", "案件变更")                   \
  X(kCasePerformed, 9, "court_case.performed", "法院报告履行")           \
  X(kDemandDrafted, 10, "demand.drafted", "拟追偿")                      \
  X(kDemandIssued, 11, "demand.issued", "发出追偿函")                    \
  X(kDemandAmended, 12, "demand.amended", "更正追偿函")                  \
  X(kDemandWithdrawn, 13, "demand.withdrawn", "撤回追偿函")              \
  X(kDemandAcknowledged, 14, "demand.acknowledged", "签收")              \
  X(kDemandAccepted, 15, "demand.accepted", "同意支付")                  \
  X(kDemandDisputed, 16, "demand.disputed", "提出异议")                  \
  X(kDisputeAnswered, 17, "demand.dispute_answered", "答复异议")         \
  X(kRepaymentConfirmed, 18, "demand.repayment_confirmed", "确认已还款") \
  X(kEvidenceAttached, 19, "demand.evidence_attached", "提交证据")       \
  X(kOffered, 20, "demand.offered", "提出和解金额")                      \
  X(kOfferAnswered, 21, "demand.offer_answered", "答复和解金额")         \
  X(kMediationOpened, 22, "mediation.opened", "进入调解")                \
  X(kMediationFailed, 23, "mediation.failed", "调解不成")                \
  X(kMediationAgreed, 24, "mediation.agreed", "达成调解")                \
  X(kMediationRuledOn, 25, "mediation.ruled_on", "司法确认")             \
  X(kPaymentApplied, 26, "payment.applied", "核销")                      \
  X(kPaymentTakenBack, 27, "payment.taken_back", "撤回核销")             \
  X(kPassedOn, 28, "payment.passed_on", "上解基金")                      \
  X(kRelinquished, 29, "amount.relinquished", "放弃追偿")                \
  X(kApprovalAsked, 30, "approval.asked", "申请审批")                    \
  X(kApprovalRejected, 31, "approval.rejected", "审批未通过")            \
  X(kInterrupted, 32, "limitation.interrupted", "时效中断")              \
  X(kSettlementReversed, 33, "advance.reversed", "结算撤销")             \
  X(kAgreementApplied, 34, "agreement.applied", "适用定额分摊协议")      \
  X(kInquiryIssued, 120, "inquiry.issued", "发出核查函")                 \
  X(kInquiryEnded, 121, "inquiry.ended", "核查函办结")
RECOUP_ENUM(TimelineKind, RECOUP_TIMELINE_KINDS)

// One entry of the timeline a fund officer reads.
struct TimelineEntry {
  absl::Time recorded_time;
  absl::Time happened_time;
  std::string actor;
  std::string text;
  TimelineKind kind = TimelineKind::kNote;
  std::string subject;          // Resource name; empty: the recovery itself.
  std::optional<Money> amount;  // Where one is involved.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "recorded_time", self.recorded_time);
    visit(2, "happened_time", self.happened_time);
    visit(3, "actor", self.actor);
    visit(4, "text", self.text);
    visit(90, "kind", self.kind);
    visit(91, "subject", self.subject);
    visit(92, "amount", self.amount);
  }
};

// What a recovery wants of the limit of one insurance cover, which other victims of the accident
// may share. One that was agreed before agreed shares were stored has a loss of zero. Kept whether
// or not anything was left for a demand.
struct LimitClaim {
  std::string insurer;  // As the judgment or the agreed share names it.
  PolicyKind kind = PolicyKind::kCtp;
  PartyId party;                   // Set when the hub knows the insurer.
  std::optional<PolicyId> policy;  // Set when the policy is registered and was found.
  absl::CivilDay accident_on;
  Money loss;       // What competes for the limit; zero when the amount is as judged.
  Money fund_loss;  // The fund's part of it, which is what its demands are about.
  bool operator==(const LimitClaim&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "insurer", self.insurer);
    visit(2, "kind", self.kind);
    visit(3, "party", self.party);
    visit(4, "policy", self.policy);
    visit(5, "accident_on", self.accident_on);
    visit(6, "loss", self.loss);
    visit(7, "fund_loss", self.fund_loss);
  }
};

// One injury event of one insured person in one pool.
struct Recovery {
  static constexpr RecordKind kKind = RecordKind::kRecovery;
  RecoveryId id;
  std::int64_t version = 0;
  PoolId pool;
  RecoveryState state = RecoveryState::kOpen;
  Person injured;
  std::optional<absl::CivilDay> accident_on;
  absl::CivilDay
      known_on;  // When the fund knew of damage and obligor: the limitation period starts here.
  ThirdPartyKind third_party_kind = ThirdPartyKind::kUnknown;
  Basis basis = Basis::kNone;
  PartyId court;
  std::optional<CourtCaseId> court_case;
  std::string case_number;
  std::optional<LeadId> lead;
  std::vector<AdvanceId> advances;
  std::vector<Debtor> debtors;
  std::vector<DemandId> demands;
  Explanation explanation;
  std::string obstacle;  // Why no demand could be computed, for a person to mend; else empty.
  absl::Time opened_time;
  std::vector<TimelineEntry> timeline;
  std::vector<LimitClaim> limit_claims;
  std::optional<absl::Time> closed_time;  // While it is closed.
  // Without a judgment, or where its case does not tell the amount: who answers for which share of
  // C, as agreed or acknowledged, before any limit; the amounts are not set. A policy is one that
  // an officer named.
  std::vector<Debtor> agreed_shares;
  std::string agreed_on;            // What the shares rest on.
  std::vector<std::string> plates;  // Of the vehicles that hospitals flagged, normalised.

  bool rests_on_shares() const { return !agreed_shares.empty(); }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "state", self.state);
    visit(5, "injured", self.injured);
    visit(6, "accident_on", self.accident_on);
    visit(7, "known_on", self.known_on);
    visit(8, "third_party_kind", self.third_party_kind);
    visit(9, "basis", self.basis);
    visit(10, "court", self.court);
    visit(11, "court_case", self.court_case);
    visit(12, "case_number", self.case_number);
    visit(13, "lead", self.lead);
    visit(14, "advances", self.advances);
    visit(15, "debtors", self.debtors);
    visit(16, "demands", self.demands);
    visit(17, "explanation", self.explanation);
    visit(18, "obstacle", self.obstacle);
    visit(19, "opened_time", self.opened_time);
    visit(20, "timeline", self.timeline);
    visit(40, "limit_claims", self.limit_claims);
    visit(90, "closed_time", self.closed_time);
    visit(91, "agreed_shares", self.agreed_shares);
    visit(92, "agreed_on", self.agreed_on);
    visit(93, "plates", self.plates);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_RECOVERY_H_

// A recovery (追偿案) and what it asks of whom: debtors, demands, mediations, approvals, letters.
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
#include "hub/domain/records/ids.h"
#include "hub/domain/records/kinds.h"
#include "hub/domain/records/negotiation.h"
#include "hub/domain/records/person.h"
#include "hub/domain/records/settlement.h"
#include "hub/domain/stage.h"
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
  X(kAgreementApplied, 34, "agreement.applied", "适用定额分摊协议")
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
// may share. Kept whether or not anything was left for a demand.
struct LimitClaim {
  std::string insurer;  // As the judgment names it.
  PolicyKind kind = PolicyKind::kCtp;
  PartyId party;                   // Set when the hub knows the insurer.
  std::optional<PolicyId> policy;  // Set when the policy is registered and was found.
  absl::CivilDay accident_on;
  Money loss;       // What competes for the limit; zero when the amount is judged or agreed.
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
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

#define RECOUP_DISPUTE_REASONS(X)                                          \
  X(kNotCausedByAccident, 1, "NOT_CAUSED_BY_ACCIDENT", "与事故无因果关系") \
  X(kLiabilityShare, 2, "LIABILITY_SHARE", "责任比例不符")                 \
  X(kLimitExhausted, 3, "LIMIT_EXHAUSTED", "保险限额已用尽")               \
  X(kAlreadyPaid, 4, "ALREADY_PAID", "已经支付")                           \
  X(kNotCovered, 5, "NOT_COVERED", "不属于保险责任")                       \
  X(kAmountWrong, 6, "AMOUNT_WRONG", "金额有误")                           \
  X(kWrongDebtor, 7, "WRONG_DEBTOR", "义务人有误")                         \
  X(kOther, 8, "OTHER", "其他")
RECOUP_ENUM(DisputeReason, RECOUP_DISPUTE_REASONS)

// The part of a demand that concerns one advance; its stages sum to its amount once the demand is
// issued.
struct DemandLine {
  AdvanceId advance;
  Money amount;
  StageAmounts stages;
  std::string dispute_reason;                   // In the debtor's words.
  std::optional<DisputeReason> dispute_ground;  // Set when the debtor disputed part of the line.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "advance", self.advance);
    visit(2, "amount", self.amount);
    visit(3, "stages", self.stages);
    visit(4, "dispute_reason", self.dispute_reason);
    visit(10, "dispute_ground", self.dispute_ground);
  }
};

struct Instalment {
  absl::CivilDay due_on;
  Money amount;
  Money paid;
  bool operator==(const Instalment&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "due_on", self.due_on);
    visit(2, "amount", self.amount);
    visit(3, "paid", self.paid);
  }
};

// What a demand asked for before it was amended.
struct DemandRevision {
  Money amount;
  absl::Time until_time;
  std::string reason;  // Why it changed, in Chinese.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "amount", self.amount);
    visit(2, "until_time", self.until_time);
    visit(3, "reason", self.reason);
  }
};

// A suit for a demand (起诉).
struct Lawsuit {
  std::string court_name;
  std::string case_number;
  absl::CivilDay filed_on;
  std::string evidence;
  bool operator==(const Lawsuit&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "court_name", self.court_name);
    visit(2, "case_number", self.case_number);
    visit(3, "filed_on", self.filed_on);
    visit(4, "evidence", self.evidence);
  }
};

// An amount asked of one debtor (追偿函/退回核查函), with its own payment reference and due date.
struct Demand {
  static constexpr RecordKind kKind = RecordKind::kDemand;
  DemandId id;
  std::int64_t version = 0;
  PoolId pool;
  RecoveryId recovery;
  DemandState state = DemandState::kDraft;
  std::int32_t debtor_index = 0;  // In the recovery.
  DebtorKind debtor_kind = DebtorKind::kPerson;
  std::string debtor_name;
  PartyId debtor_party;
  std::optional<PolicyId> policy;
  std::string case_number;
  std::string reference;  // ISO 11649.
  Money amount;
  std::vector<DemandLine> lines;
  std::optional<absl::CivilDay> issued_on;
  std::optional<absl::CivilDay> due_on;
  std::vector<Instalment> instalments;
  Explanation explanation;
  std::string dispute_reason;
  std::optional<MediationId> mediation;
  std::vector<std::int64_t> transfers;
  std::optional<absl::Time> repayment_confirmed_time;
  Money repayment_confirmed;  // What the debtor confirmed as rightly shown received.
  std::string claim_number;   // The debtor's own (赔案号).
  std::optional<absl::Time> acknowledged_time;
  std::optional<absl::Time> disputed_time;
  std::optional<AgreementId> agreement;  // The flat-quota agreement that settled it, if one did.
  std::vector<SettlementOffer> offers;   // Oldest first; at most the last one is open.
  std::vector<DisputeAnswer> dispute_answers;
  std::vector<EvidenceFile> evidence;
  std::vector<SettlementLine> settlement_lines;  // In the order of the batches that took them in.
  std::vector<DemandRevision> revisions;  // Earlier ones, oldest first; the present one follows.
  std::optional<DemandId> supplements;    // The issued demand whose debtor owes more by now.
  std::optional<PolicyKind> policy_kind;  // Of an insurer: the cover it is asked under.
  std::string debtor_credit_code{};       // 统一社会信用代码, where it is known.
  std::optional<LetterId> letter{};       // The latest it was sent with.
  std::optional<absl::CivilDay> mediation_failed_on;  // Until a suit or another mediation follows.
  std::optional<Lawsuit> lawsuit;

  Money Sum(Stage stage) const;
  // What is still to be paid: claimed, disputed, mediating and agreed.
  Money open() const;
  // Of agreed instalments the first that is not paid, else the last; without them due_on.
  std::optional<absl::CivilDay> next_due_on() const;
  // Law 4 counts money passed on as applied.
  Money applied() const { return Sum(Stage::kRecovered) + Sum(Stage::kPassedOn); }
  Money relinquished() const { return Sum(Stage::kRelinquished); }
  bool is_issued() const {
    return state != DemandState::kDraft && state != DemandState::kWithdrawn;
  }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "recovery", self.recovery);
    visit(5, "state", self.state);
    visit(6, "debtor_index", self.debtor_index);
    visit(7, "debtor_kind", self.debtor_kind);
    visit(8, "debtor_name", self.debtor_name);
    visit(9, "debtor_party", self.debtor_party);
    visit(10, "policy", self.policy);
    visit(11, "case_number", self.case_number);
    visit(12, "reference", self.reference);
    visit(13, "amount", self.amount);
    visit(14, "lines", self.lines);
    visit(15, "issued_on", self.issued_on);
    visit(16, "due_on", self.due_on);
    visit(17, "instalments", self.instalments);
    visit(18, "explanation", self.explanation);
    visit(19, "dispute_reason", self.dispute_reason);
    visit(20, "mediation", self.mediation);
    visit(21, "transfers", self.transfers);
    visit(22, "repayment_confirmed_time", self.repayment_confirmed_time);
    visit(30, "repayment_confirmed", self.repayment_confirmed);
    visit(31, "claim_number", self.claim_number);
    visit(32, "acknowledged_time", self.acknowledged_time);
    visit(33, "disputed_time", self.disputed_time);
    visit(34, "agreement", self.agreement);
    visit(35, "offers", self.offers);
    visit(36, "dispute_answers", self.dispute_answers);
    visit(37, "evidence", self.evidence);
    visit(50, "settlement_lines", self.settlement_lines);
    visit(70, "revisions", self.revisions);
    visit(71, "supplements", self.supplements);
    visit(90, "policy_kind", self.policy_kind);
    visit(91, "letter", self.letter);
    visit(92, "debtor_credit_code", self.debtor_credit_code);
    visit(72, "mediation_failed_on", self.mediation_failed_on);
    visit(73, "lawsuit", self.lawsuit);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

// What is offered or agreed for one demand: what is paid, what is given up, and when.
struct AgreedDemand {
  DemandId demand;
  Money agreed;
  Money relinquished;
  std::vector<Instalment> instalments;
  // Where a share was named instead of amounts, in basis points of what is open: the amounts follow
  // from it.
  std::optional<std::int64_t> ratio_bp;
  bool operator==(const AgreedDemand&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "demand", self.demand);
    visit(2, "agreed", self.agreed);
    visit(3, "relinquished", self.relinquished);
    visit(4, "instalments", self.instalments);
    visit(5, "ratio_bp", self.ratio_bp);
  }
};

struct Offer {
  std::string by;  // Party.
  absl::Time offered_time;
  std::vector<AgreedDemand> terms;
  std::string text;
  std::optional<absl::CivilDay> valid_until;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "by", self.by);
    visit(2, "offered_time", self.offered_time);
    visit(3, "terms", self.terms);
    visit(4, "text", self.text);
    visit(5, "valid_until", self.valid_until);
  }
};

// One of those who mediate (调解员).
struct PanelMember {
  std::string name;
  std::string role;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "name", self.name);
    visit(2, "role", self.role);
  }
};

// The signed minutes by which a mediation body proves what both sides have agreed.
struct MediationProtocol {
  std::string number;
  std::string debtor_signatory;
  std::string document_sha256;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "number", self.number);
    visit(2, "debtor_signatory", self.debtor_signatory);
    visit(3, "document_sha256", self.document_sha256);
  }
};

// The court's ruling on the agreement (司法确认).
struct JudicialRuling {
  std::string case_number;
  std::string court_name;
  absl::CivilDay decided_on;
  bool confirmed = false;  // False: the court refused.
  std::string document_sha256;
  bool operator==(const JudicialRuling&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "case_number", self.case_number);
    visit(2, "court_name", self.court_name);
    visit(3, "decided_on", self.decided_on);
    visit(4, "confirmed", self.confirmed);
    visit(5, "document_sha256", self.document_sha256);
  }
};

struct Mediation {
  static constexpr RecordKind kKind = RecordKind::kMediation;
  MediationId id;
  std::int64_t version = 0;
  PoolId pool;
  MediationState state = MediationState::kOpen;
  PartyId mediator;
  std::vector<DemandId> demands;
  std::vector<Offer> offers;
  std::vector<AgreedDemand> agreement;
  std::string agreement_reason;
  std::optional<absl::CivilDay> agreed_on;
  std::optional<absl::CivilDay>
      confirmation_due_on;  // Joint application within 30 days (民诉法 205).
  std::optional<JudicialRuling> ruling;
  std::optional<ApprovalId> approval;
  std::string failure_reason;
  std::string rejection_reason;  // Why the last agreement was not approved.
  absl::Time opened_time;
  absl::Time recorded_time;
  std::vector<PanelMember> panel;
  std::optional<MediationProtocol> protocol;  // What proves the agreement of both sides.

  // What the debtors are to pay by the agreement.
  Money agreed() const {
    Money sum;
    for (const AgreedDemand& term : agreement) sum += term.agreed;
    return sum;
  }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "state", self.state);
    visit(5, "mediator", self.mediator);
    visit(6, "demands", self.demands);
    visit(7, "offers", self.offers);
    visit(8, "agreement", self.agreement);
    visit(9, "agreement_reason", self.agreement_reason);
    visit(10, "agreed_on", self.agreed_on);
    visit(11, "confirmation_due_on", self.confirmation_due_on);
    visit(12, "ruling", self.ruling);
    visit(13, "approval", self.approval);
    visit(14, "failure_reason", self.failure_reason);
    visit(15, "opened_time", self.opened_time);
    visit(16, "rejection_reason", self.rejection_reason);
    visit(17, "recorded_time", self.recorded_time);
    visit(18, "panel", self.panel);
    visit(19, "protocol", self.protocol);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

#define RECOUP_APPROVAL_ACTIONS(X)                                 \
  X(kMediationAgreement, 1, "MEDIATION_AGREEMENT", "调解协议减免") \
  X(kRelinquish, 2, "RELINQUISH", "放弃追偿")                      \
  X(kWriteOff, 3, "WRITE_OFF", "核减")                             \
  X(kRefund, 4, "REFUND", "退款")                                  \
  X(kAgreement, 5, "AGREEMENT", "定额分摊协议")                    \
  X(kSettlementOffer, 6, "SETTLEMENT_OFFER", "接受和解金额")       \
  X(kDisputeYield, 7, "DISPUTE_YIELD", "异议让步")
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
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

#define RECOUP_LETTER_KINDS(X)      \
  X(kDemand, 1, "DEMAND", "追偿函") \
  X(kReturnAndVerification, 2, "RETURN_AND_VERIFICATION", "医保基金退回核查函")
RECOUP_ENUM(LetterKind, RECOUP_LETTER_KINDS)

// One visit a letter asks for.
struct LetterLine {
  std::string settlement_id;
  absl::CivilDay admitted_on;
  absl::CivilDay discharged_on;
  Money fund_paid;
  Money amount;  // What the letter asks for it.
  bool operator==(const LetterLine&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "settlement_id", self.settlement_id);
    visit(2, "admitted_on", self.admitted_on);
    visit(3, "discharged_on", self.discharged_on);
    visit(4, "fund_paid", self.fund_paid);
    visit(5, "amount", self.amount);
  }
};

// What a letter says, as data: its text and its paper are two ways to print it.
struct LetterContent {
  std::string sender;
  std::string injured;
  std::string what_happened;  // A sentence.
  std::string law;
  std::string court_name;  // Of the judgment, if there is one.
  std::string case_number;
  Money amount;
  absl::CivilDay due_on;
  std::string reference;  // ISO 11649.
  std::vector<LetterLine> lines;
  Explanation explanation;
  bool operator==(const LetterContent&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "sender", self.sender);
    visit(2, "injured", self.injured);
    visit(3, "what_happened", self.what_happened);
    visit(4, "law", self.law);
    visit(5, "court_name", self.court_name);
    visit(6, "case_number", self.case_number);
    visit(7, "amount", self.amount);
    visit(8, "due_on", self.due_on);
    visit(9, "reference", self.reference);
    visit(10, "lines", self.lines);
    visit(11, "explanation", self.explanation);
  }
};

// A letter as it was sent: frozen text, so that what people read never changes afterwards.
struct Letter {
  static constexpr RecordKind kKind = RecordKind::kLetter;
  LetterId id;
  std::int64_t version = 0;
  PoolId pool;
  LetterKind kind = LetterKind::kDemand;
  std::string number;
  std::string addressee;
  PartyId court;  // The court that receives a copy, if any.
  std::optional<CourtCaseId> court_case;
  DemandId demand;
  absl::CivilDay issued_on;
  std::string text;
  std::optional<LetterContent> content;  // Absent in letters from before it was kept.
  PartyId addressee_party;               // Empty when the addressee is no party of the hub.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "kind", self.kind);
    visit(5, "number", self.number);
    visit(6, "addressee", self.addressee);
    visit(7, "court", self.court);
    visit(8, "court_case", self.court_case);
    visit(9, "demand", self.demand);
    visit(10, "issued_on", self.issued_on);
    visit(11, "text", self.text);
    visit(12, "content", self.content);
    visit(90, "addressee_party", self.addressee_party);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_RECOVERY_H_

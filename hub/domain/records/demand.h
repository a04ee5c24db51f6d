// A demand (追偿函): what one debtor is asked for, line by line, and what became of it.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_DEMAND_H_
#define RECOUP_HUB_DOMAIN_RECORDS_DEMAND_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/domain/enums.h"
#include "hub/domain/explanation.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/kinds.h"
#include "hub/domain/records/negotiation.h"
#include "hub/domain/records/settlement.h"
#include "hub/domain/stage.h"
#include "hub/domain/states.h"

namespace recoup::domain {

#define RECOUP_DISPUTE_REASONS(X)                                          \
  X(kNotCausedByAccident, 1, "NOT_CAUSED_BY_ACCIDENT", "与事故无因果关系") \
  X(kLiabilityShare, 2, "LIABILITY_SHARE", "责任比例不符")                 \
  X(kLimitExhausted, 3, "LIMIT_EXHAUSTED", "限额已用尽或不足")             \
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

// How a demand was to be paid until other terms took their place.
struct EarlierTerms {
  absl::Time until_time;
  std::optional<absl::CivilDay> due_on;
  std::vector<Instalment> instalments;
  Money open;  // At `until_time`, before the other terms took effect.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "until_time", self.until_time);
    visit(2, "due_on", self.due_on);
    visit(3, "instalments", self.instalments);
    visit(4, "open", self.open);
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
  std::string debtor_token{};  // Of the debtor's name, since money was claimed by it.
  std::vector<EarlierTerms> earlier_terms{};  // Oldest first; the present ones follow.

  Money Sum(Stage stage) const;
  // What is still to be paid: claimed, disputed, mediating and agreed.
  Money open() const;
  // Keeps the terms of payment as they are, before others take their place.
  void KeepTerms(absl::Time now) { earlier_terms.push_back({now, due_on, instalments, open()}); }
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
    visit(93, "debtor_token", self.debtor_token);
    visit(94, "earlier_terms", self.earlier_terms);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_DEMAND_H_

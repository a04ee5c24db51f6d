// Money that comes in: remittance advices, bank statements and their entries, and the breaks
// between sources.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_RECEIPTS_H_
#define RECOUP_HUB_DOMAIN_RECORDS_RECEIPTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/domain/enums.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/kinds.h"
#include "hub/domain/states.h"

namespace recoup::domain {

struct AdviceLine {
  DemandId demand;
  std::string reference;
  Money amount;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "demand", self.demand);
    visit(2, "reference", self.reference);
    visit(3, "amount", self.amount);
  }
};

// The payer's statement "I paid this, for these demands" (付款通知).
struct RemittanceAdvice {
  static constexpr RecordKind kKind = RecordKind::kRemittanceAdvice;
  RemittanceAdviceId id;
  std::int64_t version = 0;
  PoolId pool;
  PartyId payer;
  std::string payer_name;
  std::string advice_number;  // What tells the payer's advices apart.
  std::string end_to_end_id;
  absl::CivilDay paid_on;
  Money total;
  std::vector<AdviceLine> lines;
  RemittanceAdviceState state = RemittanceAdviceState::kSent;
  Money matched;
  absl::Time recorded_time;
  std::string bank_reference;
  std::string payer_account;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "payer", self.payer);
    visit(5, "payer_name", self.payer_name);
    visit(6, "advice_number", self.advice_number);
    visit(7, "end_to_end_id", self.end_to_end_id);
    visit(8, "paid_on", self.paid_on);
    visit(9, "total", self.total);
    visit(10, "lines", self.lines);
    visit(11, "state", self.state);
    visit(12, "matched", self.matched);
    visit(13, "recorded_time", self.recorded_time);
    visit(20, "bank_reference", self.bank_reference);
    visit(21, "payer_account", self.payer_account);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

// What a statement says of one day.
struct StatementDay {
  absl::CivilDay day;
  Money net;           // Credits less debits.
  std::string digest;  // Of the keys of its entries.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "day", self.day);
    visit(2, "net", self.net);
    visit(3, "digest", self.digest);
  }
};

struct Statement {
  static constexpr RecordKind kKind = RecordKind::kStatement;
  StatementId id;
  std::int64_t version = 0;
  PoolId pool;
  std::string account;
  std::string statement_id;
  std::int64_t sequence_number = 0;
  std::optional<absl::CivilDay> from_on;
  std::optional<absl::CivilDay> to_on;
  Money opening;
  Money closing;
  std::string file_sha256;
  std::int32_t entries = 0;
  std::int32_t entries_new = 0;
  absl::Time recorded_time;
  std::vector<StatementDay> days;   // With entries, ascending; none in statements of before.
  std::int64_t event_sequence = 0;  // The pool's event that brought it.
  bool opening_by_hand = false;     // A person gave the opening balance.
  std::string imported_by;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "account", self.account);
    visit(5, "statement_id", self.statement_id);
    visit(6, "sequence_number", self.sequence_number);
    visit(7, "from_on", self.from_on);
    visit(8, "to_on", self.to_on);
    visit(9, "opening", self.opening);
    visit(10, "closing", self.closing);
    visit(11, "file_sha256", self.file_sha256);
    visit(12, "entries", self.entries);
    visit(13, "entries_new", self.entries_new);
    visit(14, "recorded_time", self.recorded_time);
    visit(15, "days", self.days);
    visit(16, "event_sequence", self.event_sequence);
    visit(17, "opening_by_hand", self.opening_by_hand);
    visit(18, "imported_by", self.imported_by);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

#define RECOUP_DIRECTIONS(X)            \
  X(kCredit, 1, "CREDIT", "贷（来款）") \
  X(kDebit, 2, "DEBIT", "借（付款）")
RECOUP_ENUM(Direction, RECOUP_DIRECTIONS)

// A demand that would have fitted, had another payment of the same run not paid it before.
struct TakenDemand {
  DemandId demand;
  StatementEntryId payment;
  bool operator==(const TakenDemand&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "demand", self.demand);
    visit(2, "payment", self.payment);
  }
};

// What the engine decided by (hub/reconcile/result.h), so that the match can be proven again.
struct MatchCertificate {
  std::string rule_version;
  std::string token;  // The reference or case number that was found.
  std::optional<RemittanceAdviceId> advice;
  std::vector<DemandId> chosen;  // Decided on together, when several.
  std::vector<StatementEntryId> payments;
  std::int64_t rivals = 0;
  std::int64_t steps = 0;
  std::optional<std::int64_t> margin;
  Money entry_before;
  Money open_before;
  std::int64_t order = 0;  // Among the applications of its run.
  std::vector<TakenDemand> taken{};

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "rule_version", self.rule_version);
    visit(2, "token", self.token);
    visit(3, "advice", self.advice);
    visit(4, "chosen", self.chosen);
    visit(5, "payments", self.payments);
    visit(6, "rivals", self.rivals);
    visit(7, "steps", self.steps);
    visit(8, "margin", self.margin);
    visit(9, "entry_before", self.entry_before);
    visit(10, "open_before", self.open_before);
    visit(11, "order", self.order);
    visit(110, "taken", self.taken);
  }
};

// Part of an entry applied to a demand (核销), with what proves it.
struct Application {
  DemandId demand;
  Money amount;
  Money returned;  // How much of it was taken back by a return.
  std::string rule;
  std::string certificate;  // In a sentence.
  absl::Time recorded_time;
  std::optional<MatchCertificate> match;  // None where a person decided.

  Money effective() const { return amount - returned; }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "demand", self.demand);
    visit(2, "amount", self.amount);
    visit(3, "returned", self.returned);
    visit(4, "rule", self.rule);
    visit(5, "certificate", self.certificate);
    visit(6, "recorded_time", self.recorded_time);
    visit(7, "match", self.match);
  }
};

// The bank's statement that money arrived or was returned (银行流水).
struct StatementEntry {
  static constexpr RecordKind kKind = RecordKind::kStatementEntry;
  StatementEntryId id;
  std::int64_t version = 0;
  PoolId pool;
  StatementId statement;
  std::string account;
  std::string entry_key;  // The bank's reference, else the content; with its occurrence number.
  std::string bank_reference;
  absl::CivilDay booked_on;
  absl::CivilDay valued_on;
  Money amount;
  Direction direction = Direction::kCredit;
  bool reversal = false;
  std::string counterparty_name;
  std::string counterparty_account;
  std::string end_to_end_id;
  std::string creditor_reference;
  std::string remittance_text;
  std::string return_reason;
  StatementEntryState state = StatementEntryState::kUnmatched;
  Money unapplied;  // Of a credit: what is in no application and not marked for refund.
  Money refundable;
  std::vector<Application> applications;
  std::optional<StatementEntryId> returns;  // Of a return: the entry it takes or sends back.
  absl::Time recorded_time;
  bool held = false;  // A person took a match of it back: no run decides on it again.
  Money batched;      // Paid by way of settlement batches, whose lines say which demands.
  Money netting;      // Refundable, but set off in a settlement batch that is not paid yet.
  std::string settlement_batch;     // Resource name of the batch whose payment it is.
  std::int64_t event_sequence = 0;  // The pool's event that brought it.
  // The pool's event that posted or explained a debit, or found that a credit sends one back.
  std::int64_t settled_event = 0;
  std::string batch_reference{};  // Of the bank's batch it is part or total of (MsgId, PmtInfId).
  std::vector<StatementId> also_in;  // Statements, besides the one that brought it, that tell it.
  // Of a debit that paid out a delivery: the event that passed it on. Where it paid out several,
  // the events of the others follow.
  std::int64_t delivery_event = 0;
  std::string certificate{};  // Why it pays a delivery out, or sends one back, in a sentence.
  std::vector<std::int64_t> further_delivery_events{};

  Money applied() const;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "statement", self.statement);
    visit(5, "account", self.account);
    visit(6, "entry_key", self.entry_key);
    visit(7, "bank_reference", self.bank_reference);
    visit(8, "booked_on", self.booked_on);
    visit(9, "valued_on", self.valued_on);
    visit(10, "amount", self.amount);
    visit(11, "direction", self.direction);
    visit(12, "reversal", self.reversal);
    visit(13, "counterparty_name", self.counterparty_name);
    visit(14, "counterparty_account", self.counterparty_account);
    visit(15, "end_to_end_id", self.end_to_end_id);
    visit(16, "creditor_reference", self.creditor_reference);
    visit(17, "remittance_text", self.remittance_text);
    visit(18, "return_reason", self.return_reason);
    visit(19, "state", self.state);
    visit(20, "unapplied", self.unapplied);
    visit(21, "refundable", self.refundable);
    visit(22, "applications", self.applications);
    visit(23, "returns", self.returns);
    visit(24, "recorded_time", self.recorded_time);
    visit(25, "held", self.held);
    visit(26, "batched", self.batched);
    visit(27, "netting", self.netting);
    visit(28, "settlement_batch", self.settlement_batch);
    visit(29, "event_sequence", self.event_sequence);
    visit(30, "settled_event", self.settled_event);
    visit(90, "batch_reference", self.batch_reference);
    visit(91, "also_in", self.also_in);
    visit(110, "delivery_event", self.delivery_event);
    visit(111, "certificate", self.certificate);
    visit(112, "further_delivery_events", self.further_delivery_events);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

// What one event passed on to the pool, as the sum that the bank is to pay out for it; or what one
// event took from the pool again.
struct Delivery {
  static constexpr RecordKind kKind = RecordKind::kDelivery;
  DeliveryId id;
  std::int64_t version = 0;
  PoolId pool;
  std::int64_t event_sequence = 0;
  Money amount;     // Negative: taken from the pool again.
  Money kept_back;  // Of it, set off between the pool's debts and its next deliveries.
  absl::CivilDay passed_on;
  std::string bank_reference;
  std::optional<StatementEntryId> debit;  // That paid it out.
  std::optional<Money> debit_amount{};    // Of a debit that paid out others, too.

  // What the bank is to pay out.
  Money payable() const { return amount.is_negative() ? Money() : amount - kept_back; }
  // What the pool still owes of it.
  Money owed() const { return amount.is_negative() ? -amount - kept_back : Money(); }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "event_sequence", self.event_sequence);
    visit(5, "amount", self.amount);
    visit(6, "kept_back", self.kept_back);
    visit(7, "passed_on", self.passed_on);
    visit(8, "bank_reference", self.bank_reference);
    visit(9, "debit", self.debit);
    visit(10, "debit_amount", self.debit_amount);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

#define RECOUP_BREAK_KINDS(X)                                       \
  X(kOverpaid, 1, "OVERPAID", "多付")                               \
  X(kUnderpaid, 2, "UNDERPAID", "少付")                             \
  X(kDuplicatePayment, 3, "DUPLICATE_PAYMENT", "重复付款")          \
  X(kUnknownPayment, 4, "UNKNOWN_PAYMENT", "不明来款")              \
  X(kReturnedPayment, 5, "RETURNED_PAYMENT", "退汇")                \
  X(kLatePayment, 6, "LATE_PAYMENT", "逾期付款")                    \
  X(kAmbiguousPayment, 7, "AMBIGUOUS_PAYMENT", "多重匹配")          \
  X(kAdviceWithoutMoney, 8, "ADVICE_WITHOUT_MONEY", "有通知无到账") \
  X(kSettlementReversed, 9, "SETTLEMENT_REVERSED", "结算冲正")      \
  X(kStatementGap, 10, "STATEMENT_GAP", "流水断档")                 \
  X(kPolicyLimitMismatch, 11, "POLICY_LIMIT_MISMATCH", "限额不符")  \
  X(kSplitMismatch, 31, "SPLIT_MISMATCH", "分账不符")               \
  X(kCaseChanged, 50, "CASE_CHANGED", "案件有变")                   \
  X(kStatementOverlap, 60, "STATEMENT_OVERLAP", "流水重叠不符")     \
  X(kOpeningUnchecked, 61, "OPENING_UNCHECKED", "期初余额待核对")   \
  X(kUnpaidDelivery, 110, "UNPAID_DELIVERY", "上解未付")            \
  X(kUnknownDebit, 111, "UNKNOWN_DEBIT", "不明支出")
RECOUP_ENUM(BreakKind, RECOUP_BREAK_KINDS)

#define RECOUP_BREAK_RESOLUTIONS(X)          \
  X(kApply, 1, "APPLY", "核销")              \
  X(kRefund, 2, "REFUND", "退回付款人")      \
  X(kWriteOff, 3, "WRITE_OFF", "核减")       \
  X(kNotOurs, 4, "NOT_OURS", "非本基金款项") \
  X(kExplained, 5, "EXPLAINED", "已说明")    \
  X(kSplit, 6, "SPLIT", "拆分")              \
  X(kAmend, 20, "AMEND", "按新案情更正")
RECOUP_ENUM(BreakResolution, RECOUP_BREAK_RESOLUTIONS)

// How a break stood from one of the pool's events on, so that a closed day can be computed again.
struct BreakVersion {
  std::int64_t event_sequence = 0;
  bool open = false;
  Money amount;
  std::string owner;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "event_sequence", self.event_sequence);
    visit(2, "open", self.open);
    visit(3, "amount", self.amount);
    visit(4, "owner", self.owner);
  }
};

// Something two sources disagree about (差异); has a kind, an explanation, an owner and a life of
// its own.
struct Break {
  static constexpr RecordKind kKind = RecordKind::kBreak;
  BreakId id;
  std::int64_t version = 0;
  PoolId pool;
  BreakKind kind = BreakKind::kUnknownPayment;
  BreakState state = BreakState::kOpen;
  std::string finding;  // What it is about, stable from run to run: kind and subjects.
  std::optional<StatementEntryId> entry;
  std::optional<DemandId> demand;
  std::optional<RemittanceAdviceId> advice;
  std::optional<AdvanceId> advance;
  Money amount;
  std::string explanation;
  std::string suggestion;
  std::vector<DemandId> candidates;
  std::string owner;
  absl::Time opened_time;
  std::optional<absl::Time> resolved_time;
  std::optional<BreakResolution> resolution;
  std::string resolved_by;
  std::string resolution_reason;
  std::optional<absl::CivilDay> grace_until;  // Until then nobody is pressed.
  std::vector<std::string> evidence;          // What a person has put on file for it.
  std::optional<BreakId> split_from;
  std::vector<BreakVersion> history;  // Oldest first; kept by PutBreak (hub/app/breaks.h).

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "kind", self.kind);
    visit(5, "state", self.state);
    visit(6, "finding", self.finding);
    visit(7, "entry", self.entry);
    visit(8, "demand", self.demand);
    visit(9, "advice", self.advice);
    visit(10, "advance", self.advance);
    visit(11, "amount", self.amount);
    visit(12, "explanation", self.explanation);
    visit(13, "suggestion", self.suggestion);
    visit(14, "candidates", self.candidates);
    visit(15, "owner", self.owner);
    visit(16, "opened_time", self.opened_time);
    visit(17, "resolved_time", self.resolved_time);
    visit(18, "resolution", self.resolution);
    visit(19, "resolved_by", self.resolved_by);
    visit(20, "resolution_reason", self.resolution_reason);
    visit(21, "grace_until", self.grace_until);
    visit(22, "evidence", self.evidence);
    visit(23, "split_from", self.split_from);
    visit(24, "history", self.history);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_RECEIPTS_H_

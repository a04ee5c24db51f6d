// Settlement batches (结算批次): one sum from one insurer for many demands of many pools.
//
// Lines are kept where the demand is, so that closing a batch touches none of them: what an insurer
// accepts joins the part of its pool that is collecting; the cut turns that part into one of the
// batch, and the next acceptance starts another.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_SETTLEMENT_H_
#define RECOUP_HUB_DOMAIN_RECORDS_SETTLEMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/domain/enum.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/kinds.h"
#include "hub/domain/states.h"

namespace recoup::domain {

// So many lines are found, listed and paid together: small enough that paying one page keeps other
// commands waiting for milliseconds only.
inline constexpr std::int64_t kSettlementPageLines = 100;

// What a batch takes in of a demand: once the part is closed, exactly this is paid by it.
struct SettlementLine {
  SettlementPartId part;
  std::int64_t page = 0;
  Money amount;
  std::int64_t event_sequence = 0;  // The pool's event that gave the line this amount.
  bool paid = false;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "part", self.part);
    visit(2, "page", self.page);
    visit(3, "amount", self.amount);
    visit(4, "event_sequence", self.event_sequence);
    visit(5, "paid", self.paid);
  }
};

#define RECOUP_SETTLEMENT_SOURCE_KINDS(X)                                                 \
  X(kRefund, 1, "REFUND", "抵扣应退款")     /* Refundable money of an earlier payment. */ \
  X(kReceipt, 2, "RECEIPT", "本池到账")     /* The payment, on the pool's own account. */ \
  X(kCollected, 3, "COLLECTED", "他池代收") /* The payment, on another pool's account. */
RECOUP_ENUM(SettlementSourceKind, RECOUP_SETTLEMENT_SOURCE_KINDS)

// Money that pays lines of a part.
struct SettlementSource {
  SettlementSourceKind kind = SettlementSourceKind::kRefund;
  std::optional<StatementEntryId> entry;  // Of this pool; none for COLLECTED.
  absl::CivilDay booked_on;               // Of REFUND: when it was set off.
  std::string bank_reference;
  Money amount;
  Money used;

  Money left() const { return amount - used; }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "kind", self.kind);
    visit(2, "entry", self.entry);
    visit(3, "booked_on", self.booked_on);
    visit(4, "bank_reference", self.bank_reference);
    visit(5, "amount", self.amount);
    visit(6, "used", self.used);
  }
};

// What one pool has in a batch of one insurer.
struct SettlementPart {
  static constexpr RecordKind kKind = RecordKind::kSettlementPart;
  SettlementPartId id;
  std::int64_t version = 0;
  PoolId pool;
  PartyId insurer;
  SettlementPartState state = SettlementPartState::kCollecting;
  std::int64_t lines = 0;                  // With an amount.
  std::int64_t next_line = 0;              // Lines ever given a place; the page is its hundreds.
  Money gross;                             // Sum of the lines.
  std::optional<SettlementBatchId> batch;  // From the cut on.
  std::string reference;                   // Of the batch.
  std::int64_t event_cut = 0;              // The pool's last event before the cut.
  PoolId collecting_pool;                  // Whose account the payment goes to.
  Money netted;  // Of the gross: paid by money that the pool owed the insurer.
  std::vector<SettlementSource> sources;
  std::int64_t next_page = 0;   // To be paid or released.
  std::int64_t lines_done = 0;  // Paid or released.
  Money settled;                // Sum of the lines paid.

  Money net() const { return gross - netted; }
  std::int64_t pages() const {
    return (next_line + kSettlementPageLines - 1) / kSettlementPageLines;
  }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "insurer", self.insurer);
    visit(5, "state", self.state);
    visit(6, "lines", self.lines);
    visit(7, "next_line", self.next_line);
    visit(8, "gross", self.gross);
    visit(9, "batch", self.batch);
    visit(10, "reference", self.reference);
    visit(11, "event_cut", self.event_cut);
    visit(12, "collecting_pool", self.collecting_pool);
    visit(13, "netted", self.netted);
    visit(14, "sources", self.sources);
    visit(15, "next_page", self.next_page);
    visit(16, "settled", self.settled);
    visit(17, "lines_done", self.lines_done);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

// A part as its batch knows it: figures of the cut, then whether it is done.
struct BatchPart {
  PoolId pool;
  SettlementPartId part;
  std::int64_t event_cut = 0;
  std::int64_t lines = 0;
  Money gross;
  Money netted;
  bool done = false;       // All lines are paid, or released.
  Money forward;           // What the collecting pool has to hand to this pool; zero for its own.
  bool forwarded = false;  // The bank's debit for it was seen.
  std::optional<StatementEntryId> forwarded_by;  // That debit.
  // Handed on out of a payment that was taken back later: it lies with the pool, though the payer
  // has it again, until he pays anew or the pool sends it back.
  Money handed_before;

  Money net() const { return gross - netted; }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "pool", self.pool);
    visit(2, "part", self.part);
    visit(3, "event_cut", self.event_cut);
    visit(4, "lines", self.lines);
    visit(5, "gross", self.gross);
    visit(6, "netted", self.netted);
    visit(7, "done", self.done);
    visit(8, "forward", self.forward);
    visit(9, "forwarded", self.forwarded);
    visit(10, "forwarded_by", self.forwarded_by);
    visit(11, "handed_before", self.handed_before);
  }
};

struct SettlementBatch {
  static constexpr RecordKind kKind = RecordKind::kSettlementBatch;
  SettlementBatchId id;
  std::int64_t version = 0;
  PartyId insurer;
  SettlementBatchState state = SettlementBatchState::kOpen;
  PoolId collecting_pool;     // Whose account the payment goes to.
  std::vector<PoolId> pools;  // Only these; empty: all in which something was accepted.
  std::string reference;      // ISO 11649, from the cut on.
  std::vector<BatchPart> parts;
  Money gross;
  Money netted;
  std::string created_by;
  absl::Time created_time;
  std::string closed_by;
  std::optional<absl::Time> closed_time;
  std::vector<StatementEntryId> entries;  // Of the collecting pool: the payment.
  std::string certificate;                // Why these entries are the payment.
  std::optional<absl::Time> received_time;
  std::optional<absl::Time> ended_time;  // Paid or cancelled.
  std::string cancelled_by;
  std::string cancel_reason;
  std::vector<StatementEntryId> taken_back;  // Credits whose payment of it went back to the payer.
  std::string return_certificate;            // Why that debit was the return; of the last one.
  std::optional<absl::Time> returned_time;
  std::string cancel_requested_by;  // Of a returned batch: the first of the two who cancel it.

  Money net() const { return gross - netted; }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "insurer", self.insurer);
    visit(4, "state", self.state);
    visit(5, "collecting_pool", self.collecting_pool);
    visit(6, "pools", self.pools);
    visit(7, "reference", self.reference);
    visit(8, "parts", self.parts);
    visit(9, "gross", self.gross);
    visit(10, "netted", self.netted);
    visit(11, "created_by", self.created_by);
    visit(12, "created_time", self.created_time);
    visit(13, "closed_by", self.closed_by);
    visit(14, "closed_time", self.closed_time);
    visit(15, "entries", self.entries);
    visit(16, "received_time", self.received_time);
    visit(17, "ended_time", self.ended_time);
    visit(18, "cancelled_by", self.cancelled_by);
    visit(19, "cancel_reason", self.cancel_reason);
    visit(20, "certificate", self.certificate);
    visit(21, "taken_back", self.taken_back);
    visit(22, "return_certificate", self.return_certificate);
    visit(23, "returned_time", self.returned_time);
    visit(24, "cancel_requested_by", self.cancel_requested_by);
  }
  const std::string& partition() const { return insurer.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_SETTLEMENT_H_

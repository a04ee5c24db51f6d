// What fund and debtor say to each other about one demand outside a mediation: counter-offers,
// answers to disputed lines, documents as evidence.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_NEGOTIATION_H_
#define RECOUP_HUB_DOMAIN_RECORDS_NEGOTIATION_H_

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

// A sum for all that is open (和解金额), binding until its last day.
struct SettlementOffer {
  OfferState state = OfferState::kOpen;
  Money amount;
  Money open;  // What was open when it was made: it is for exactly that.
  absl::CivilDay valid_until;
  std::string text;
  std::string offered_by;
  absl::Time offered_time;
  std::string answered_by;
  std::optional<absl::Time> answered_time;
  std::string answer_text;
  std::optional<ApprovalId> approval;

  // No clock writes records, so whoever reads one asks this: an offer without a final answer is
  // LAPSED after its last day, when the demand no longer has open what it was made for, and when
  // the debtor has accepted more than it offers.
  OfferState StateOn(absl::CivilDay day, Money open_now, Money agreed_now) const {
    const bool waits = state == OfferState::kOpen || state == OfferState::kPendingApproval;
    const bool is_over = day > valid_until || open_now != open || agreed_now > amount;
    return waits && is_over ? OfferState::kLapsed : state;
  }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "state", self.state);
    visit(2, "amount", self.amount);
    visit(3, "open", self.open);
    visit(4, "valid_until", self.valid_until);
    visit(5, "text", self.text);
    visit(6, "offered_by", self.offered_by);
    visit(7, "offered_time", self.offered_time);
    visit(8, "answered_by", self.answered_by);
    visit(9, "answered_time", self.answered_time);
    visit(10, "answer_text", self.answer_text);
    visit(11, "approval", self.approval);
  }
};

// What the fund says to a disputed line.
#define RECOUP_DISPUTE_DECISIONS(X)   \
  X(kUphold, 1, "UPHOLD", "维持主张") \
  X(kYield, 2, "YIELD", "让步")       \
  X(kAsk, 3, "ASK", "要求补充说明")
RECOUP_ENUM(DisputeDecision, RECOUP_DISPUTE_DECISIONS)

struct DisputeAnswer {
  AdvanceId advance;
  DisputeDecision decision = DisputeDecision::kUphold;
  Money yielded;  // Given up of the disputed part; zero unless kYield.
  std::string text;
  std::string answered_by;
  absl::Time answered_time;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "advance", self.advance);
    visit(2, "decision", self.decision);
    visit(3, "yielded", self.yielded);
    visit(4, "text", self.text);
    visit(5, "answered_by", self.answered_by);
    visit(6, "answered_time", self.answered_time);
  }
};

// A piece of a document.
struct EvidencePart {
  EvidenceChunkId chunk;
  std::int64_t size = 0;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "chunk", self.chunk);
    visit(2, "size", self.size);
  }
};

// A document that supports a dispute. Complete once `received` is `size` and its bytes have the
// hash that was announced.
struct EvidenceFile {
  EvidenceId id;
  std::optional<AdvanceId> advance;  // The line it is about; absent: the whole demand.
  std::string file_name;
  std::string media_type;
  std::int64_t size = 0;
  std::int64_t received = 0;
  std::string sha256;
  std::string attached_by;
  absl::Time attached_time;
  std::vector<EvidencePart> parts;  // In order.

  bool complete() const { return received == size; }

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "advance", self.advance);
    visit(3, "file_name", self.file_name);
    visit(4, "media_type", self.media_type);
    visit(5, "size", self.size);
    visit(6, "received", self.received);
    visit(7, "sha256", self.sha256);
    visit(8, "attached_by", self.attached_by);
    visit(9, "attached_time", self.attached_time);
    visit(10, "parts", self.parts);
  }
};

// Bytes of a document, a record of their own: sealed like every other, and read only by those who
// ask for the document.
struct EvidenceChunk {
  static constexpr RecordKind kKind = RecordKind::kEvidenceChunk;
  EvidenceChunkId id;
  std::int64_t version = 0;
  PoolId pool;
  std::string content;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "content", self.content);
  }
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_NEGOTIATION_H_

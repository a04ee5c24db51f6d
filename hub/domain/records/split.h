// A split at discharge (出院分账): a bill, the insurers that may bear part of it, what they said.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_SPLIT_H_
#define RECOUP_HUB_DOMAIN_RECORDS_SPLIT_H_

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
#include "hub/domain/records/person.h"
#include "hub/domain/states.h"

namespace recoup::domain {

// One policy that may bear part of the bill. `amount` is reserved of its limit while the quote
// stands, and due to the hospital once it is settled; zero unless the insurer accepted.
struct SplitPart {
  PartyId insurer;
  PolicyId policy;
  PolicyKind kind = PolicyKind::kCtp;
  SplitAnswer answer = SplitAnswer::kAsked;
  std::int64_t share_basis_points = 0;
  std::optional<Money> amount_max;
  Money amount;
  std::optional<absl::Time> answered_time;
  std::string claim_number;
  std::string text;
  bool by_silence = false;   // Accepted because nobody answered in time.
  std::string insurer_name;  // As it was registered when it was asked.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "insurer", self.insurer);
    visit(2, "policy", self.policy);
    visit(3, "kind", self.kind);
    visit(4, "answer", self.answer);
    visit(5, "share_basis_points", self.share_basis_points);
    visit(6, "amount_max", self.amount_max);
    visit(7, "amount", self.amount);
    visit(8, "answered_time", self.answered_time);
    visit(9, "claim_number", self.claim_number);
    visit(10, "text", self.text);
    visit(11, "by_silence", self.by_silence);
    visit(12, "insurer_name", self.insurer_name);
  }
};

// The third part of the key (policy, day) under which splits are found, in any state, in which the
// policy's insurer accepted liability in words and without a maximum.
inline constexpr char kLiabilityAccepted[] = "accepted";

// A quote that has expired is RELEASED whatever `state` says: no clock writes records, so whoever
// reads one asks StateAt.
struct SplitQuote {
  static constexpr RecordKind kKind = RecordKind::kSplitQuote;
  SplitQuoteId id;
  std::int64_t version = 0;
  PoolId pool;
  PartyId hospital;
  std::string visit_id;
  Person patient;
  FlagId flag;
  std::string plate;
  absl::CivilDay accident_on;
  SplitState state = SplitState::kQuoted;
  Money total;
  Money fund_paid;               // C without the split.
  Money self_paid;               // A without the split.
  std::vector<SplitPart> parts;  // In the order in which they pay.
  Money fund_part;
  Money patient_part;
  absl::Time quoted_time;
  std::optional<absl::Time> answer_due_time;
  absl::Time expires_time;
  std::string settlement_id;
  std::optional<absl::Time> settled_time;
  std::optional<AdvanceId> advance;
  Explanation explanation;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "id", self.id);
    visit(2, "version", self.version);
    visit(3, "pool", self.pool);
    visit(4, "hospital", self.hospital);
    visit(5, "visit_id", self.visit_id);
    visit(6, "patient", self.patient);
    visit(7, "flag", self.flag);
    visit(8, "plate", self.plate);
    visit(9, "accident_on", self.accident_on);
    visit(10, "state", self.state);
    visit(11, "total", self.total);
    visit(12, "fund_paid", self.fund_paid);
    visit(13, "self_paid", self.self_paid);
    visit(14, "parts", self.parts);
    visit(15, "fund_part", self.fund_part);
    visit(16, "patient_part", self.patient_part);
    visit(17, "quoted_time", self.quoted_time);
    visit(18, "answer_due_time", self.answer_due_time);
    visit(19, "expires_time", self.expires_time);
    visit(20, "settlement_id", self.settlement_id);
    visit(21, "settled_time", self.settled_time);
    visit(22, "advance", self.advance);
    visit(23, "explanation", self.explanation);
  }
  SplitState StateAt(absl::Time now) const {
    return state == SplitState::kQuoted && now >= expires_time ? SplitState::kReleased : state;
  }
  Money insured() const;  // What the insurers bear.
  const std::string& partition() const { return pool.value; }
  void Index(IndexEntries& out) const;
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_SPLIT_H_

// Finds demands by what a payment may say: reference, case number, other number, payer. Built once
// per run, so that an entry costs what it says and not what is open. Internal to hub/reconcile. The
// book must outlive it.
#ifndef RECOUP_HUB_RECONCILE_DEMAND_INDEX_H_
#define RECOUP_HUB_RECONCILE_DEMAND_INDEX_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "hub/reconcile/both.h"
#include "hub/reconcile/index_set.h"
#include "hub/reconcile/packed_facts.h"
#include "hub/reconcile/postings.h"

namespace recoup::reconcile {

// What an entry names. Tokens are views into the books.
struct Mentions {
  struct Case {
    std::string_view number;
    std::span<const Index> demands;
  };
  using Demands = absl::InlinedVector<std::pair<Index, std::string_view>, 1>;
  Demands demands;  // By RF or other number, with the token.
  absl::InlinedVector<Case, 1> cases;
  Demands damaged;       // Demands whose reference is almost written.
  bool unknown = false;  // A number that nobody knows is named.

  const std::string_view* TokenOf(Index demand) const;
  bool none() const { return demands.empty() && cases.empty(); }
};

class DemandIndex {
 public:
  DemandIndex(const DemandBook& book, const Both& both);

  // By key.
  const DemandFact& operator[](Index index) const { return *demands_[index]; }
  std::size_t size() const { return demands_.size(); }
  std::optional<Index> ByKey(std::string_view key) const;
  // `reference` normalised.
  std::optional<Index> ByReference(const HashedText& reference) const;
  // The demands that a line of an advice means.
  std::vector<Index> ByLine(const AdviceLine& line) const;
  // Fetches what Scan, Structured and PayerOf will look at; worth it a few entries ahead.
  void Fetch(const EntryBook& entries, const EntryFact& entry) const;
  Mentions Scan(const EntryBook& entries, const EntryFact& entry) const;
  // The demand that the structured reference names.
  std::optional<Index> Structured(const EntryFact& entry) const;

  // A payer as demands know him: equal for two entries when the same demands are his.
  struct Payer {
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;
    std::uint32_t name = kNone;  // Number in the book.
    std::uint32_t account = kNone;
    auto operator<=>(const Payer&) const = default;
    bool known() const { return name != kNone || account != kNone; }
  };
  Payer PayerOf(const EntryFact& entry) const;
  // Ascending; both may be empty.
  std::span<const Index> DemandsOfName(const Payer& payer) const;
  std::span<const Index> DemandsOfAccount(const Payer& payer) const;
  bool Owes(const Payer& payer, Index demand) const;

 private:
  void AddNumbers(std::string_view folded, Mentions& mentions) const;
  void AddDamaged(std::string_view token, Mentions& mentions) const;
  static std::span<const Index> Find(const DemandBook::Numbers& numbers, const Postings& postings,
                                     const HashedText& text);

  const DemandBook& book_;
  std::vector<const DemandFact*> demands_;
  std::vector<Index> of_position_;  // In the book; empty when the book is in order of keys.
  Postings by_case_;
  Postings by_number_;
  std::set<std::size_t> number_lengths_;
  Postings by_name_;
  Postings by_account_;
};

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_DEMAND_INDEX_H_

// Finds demands by what a payment may say: reference, case number, other number, payer. Built once
// per run, so that an entry costs what it says and not what is open. Internal to hub/reconcile. The
// facts must outlive it.
#ifndef RECOUP_HUB_RECONCILE_DEMAND_INDEX_H_
#define RECOUP_HUB_RECONCILE_DEMAND_INDEX_H_

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/reconcile/facts.h"
#include "hub/reconcile/index_set.h"

namespace recoup::reconcile {

// What the text of an entry names.
struct Mentions {
  struct Case {
    std::string number;
    const std::vector<Index>* demands;
  };
  std::vector<std::pair<Index, std::string>> demands;  // By RF or other number, with the token.
  std::vector<Case> cases;
  std::vector<std::string> unknown;
  std::vector<std::pair<Index, std::string>> damaged;  // Demands whose reference is almost written.

  const std::string* TokenOf(Index demand) const;
  bool none() const { return demands.empty() && cases.empty(); }
};

class DemandIndex {
 public:
  // `demands` by key; positions are those of the vector.
  explicit DemandIndex(std::vector<const OpenDemand*> demands);

  const OpenDemand& operator[](Index index) const { return *demands_[index]; }
  std::size_t size() const { return demands_.size(); }
  std::optional<Index> ByKey(const std::string& key) const;
  // `reference` normalised.
  std::optional<Index> ByReference(const std::string& reference) const;
  // The demands that a line of an advice means.
  std::vector<Index> ByLine(const AdviceLine& line) const;
  Mentions Scan(const BankEntry& entry) const;

  // A payer as demands know him: equal for two entries when the same demands are his.
  struct Payer {
    std::string name;     // Normalised; empty when no demand knows it.
    std::string account;  // Empty when no demand knows it.
    auto operator<=>(const Payer&) const = default;
    bool known() const { return !name.empty() || !account.empty(); }
  };
  Payer PayerOf(const BankEntry& entry) const;
  // Ascending. Costs what the payer owes, so ask once per payer.
  std::vector<Index> DemandsOf(const Payer& payer) const;
  bool Owes(const Payer& payer, Index demand) const;

 private:
  using Found = absl::flat_hash_map<std::string, std::vector<Index>>;
  void AddNumbers(std::string_view text, Mentions& mentions) const;
  void AddDamaged(std::string_view text, Mentions& mentions) const;
  static const std::vector<Index>* Find(const Found& in, const std::string& key);

  std::vector<const OpenDemand*> demands_;
  absl::flat_hash_map<std::string, Index> by_reference_;
  Found by_case_;
  Found by_number_;
  std::set<std::size_t> number_lengths_;
  Found by_name_;
  Found by_account_;
};

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_DEMAND_INDEX_H_

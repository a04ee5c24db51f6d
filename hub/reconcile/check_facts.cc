// Facts that contradict themselves are refused before anything is decided.
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/reconcile/for_lookup.h"
#include "hub/reconcile/packed_facts.h"

namespace recoup::reconcile {
namespace {

using domain::Money;
using Keys = absl::flat_hash_set<absl::string_view>;

std::string PathOf(const char* list, std::size_t at, const char* field) {
  return absl::StrCat(list, "[", at, "].", field);
}

// Keys of a list in ascending order, as a store gives them, need no set to be known as different.
template <typename List>
bool Ascends(const List& list) {
  for (std::size_t i = 1; i < list.size(); ++i) {
    if (!(list[i - 1].key < list[i].key)) return false;
  }
  return true;
}

class Checking {
 public:
  explicit Checking(const PackedFacts& facts) : facts_(facts) {
    for (const EarlierApplication& earlier : facts.earlier_applications) {
      of_entry_[earlier.entry_key] += earlier.amount;
      of_demand_[earlier.demand_key] += earlier.amount;
    }
  }

  absl::Status Run() {
    Entries();
    Demands();
    Advices();
    return faults_.ToStatus();
  }

 private:
  using Sums = absl::flat_hash_map<std::string, Money>;

  static Money Before(const Sums& sums, std::string_view key) {
    if (sums.empty()) return Money();
    const auto it = sums.find(ForLookup(key));
    return it == sums.end() ? Money() : it->second;
  }

  void Key(std::string_view key, const char* list, std::size_t at, Keys* seen) {
    if (key.empty()) {
      faults_.Add(PathOf(list, at, "key"), "must not be empty");
    } else if (seen != nullptr && !seen->insert(ForLookup(key)).second) {
      faults_.Add(PathOf(list, at, "key"), "appears twice");
    }
  }

  void Entry(const EntryFact& entry, const char* list, std::size_t at, Keys* seen) {
    Key(entry.key, list, at, seen);
    if (!entry.amount.is_positive()) faults_.Add(PathOf(list, at, "amount"), "must be positive");
    if (entry.returned_before.is_negative()) {
      faults_.Add(PathOf(list, at, "returned_before"), "must not be negative");
    }
    if (Before(of_entry_, entry.key) + entry.returned_before > entry.amount) {
      faults_.Add(PathOf(list, at, "amount"), "is less than what was applied and returned before");
    }
  }

  void Entries() {
    for (std::size_t i = 0; i < facts_.earlier_applications.size(); ++i) {
      if (!facts_.earlier_applications[i].amount.is_positive()) {
        faults_.Add(absl::StrCat("earlier_applications[", i, "].amount"), "must be positive");
      }
    }
    const std::vector<EntryFact>& entries = facts_.entries.all();
    const std::vector<EntryFact>& earlier = facts_.earlier_entries.all();
    Keys seen;
    Keys* const compared = earlier.empty() && Ascends(entries) ? nullptr : &seen;
    for (std::size_t i = 0; i < entries.size(); ++i) Entry(entries[i], "entries", i, compared);
    for (std::size_t i = 0; i < earlier.size(); ++i) {
      Entry(earlier[i], "earlier_entries", i, compared);
      if (earlier[i].direction != Direction::kCredit) {
        faults_.Add(PathOf("earlier_entries", i, "direction"), "must be a credit");
      }
    }
  }

  void Demands() {
    const std::vector<DemandFact>& demands = facts_.demands.all();
    Keys seen;
    Keys* const compared = Ascends(demands) ? nullptr : &seen;
    for (std::size_t i = 0; i < demands.size(); ++i) {
      const DemandFact& demand = demands[i];
      Key(demand.key, "demands", i, compared);
      if (demand.open.is_negative()) {
        faults_.Add(PathOf("demands", i, "open"), "must not be negative");
      }
      if (demand.open + Before(of_demand_, demand.key) > demand.amount) {
        faults_.Add(PathOf("demands", i, "open"),
                    "with what was applied before is more than the amount");
      }
      if (demand.reference_is_wrong) {
        faults_.Add(PathOf("demands", i, "reference"), "is no ISO 11649 reference");
      } else if (demand.reference_is_taken) {
        faults_.Add(PathOf("demands", i, "reference"), "belongs to another demand");
      }
      Instalments(demand, i);
    }
  }

  void Instalments(const DemandFact& demand, std::size_t at) {
    const std::span<const Instalment> instalments = facts_.demands.InstalmentsOf(demand);
    for (std::size_t i = 0; i < instalments.size(); ++i) {
      if (!instalments[i].open.is_negative() && instalments[i].open <= instalments[i].amount) {
        continue;
      }
      faults_.Add(absl::StrCat("demands[", at, "].instalments[", i, "].open"),
                  "must lie between 0 and the amount");
    }
  }

  void Advices() {
    Keys seen;
    for (std::size_t i = 0; i < facts_.advices.size(); ++i) {
      const Advice& advice = facts_.advices[i];
      Key(advice.key, "advices", i, &seen);
      if (!advice.total.is_positive()) {
        faults_.Add(PathOf("advices", i, "total"), "must be positive");
      }
      for (std::size_t j = 0; j < advice.lines.size(); ++j) {
        if (!advice.lines[j].amount.is_positive()) {
          faults_.Add(absl::StrCat("advices[", i, "].lines[", j, "].amount"), "must be positive");
        }
      }
    }
  }

  const PackedFacts& facts_;
  Sums of_entry_;
  Sums of_demand_;
  Faults faults_;
};

}  // namespace

absl::Status Check(const PackedFacts& facts) { return Checking(facts).Run(); }

}  // namespace recoup::reconcile

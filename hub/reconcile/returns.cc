// Money that goes back: which earlier payment it was, and which applications it undoes.
#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "hub/matching/subset_sum.h"
#include "hub/reconcile/for_lookup.h"
#include "hub/reconcile/reference_scan.h"
#include "hub/reconcile/run.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

// A credit that a return may undo, and what of it has not gone back yet.
struct Original {
  const EntryFact* fact = nullptr;
  std::map<std::string, Money> applied;  // By demand key.
  Money unapplied;
  std::optional<Index> entry;  // When it is an entry of this run.

  Money returnable() const {
    Money sum = unapplied;
    for (const auto& [demand, amount] : applied) sum += amount;
    return sum;
  }
};

bool Names(const EntryFact& debit, const EntryFact& credit) {
  const std::string_view wanted = debit.original_reference;
  if (HasEndToEndId(credit.end_to_end_id)) {
    if (debit.end_to_end_id == credit.end_to_end_id || wanted == credit.end_to_end_id ||
        ContainsWord(debit.free_text(), Compact(credit.end_to_end_id))) {
      return true;
    }
  }
  if (!credit.bank_reference.empty() &&
      (wanted == credit.bank_reference ||
       ContainsWord(debit.free_text(), Compact(credit.bank_reference)))) {
    return true;
  }
  return !debit.reference.empty() && debit.reference == credit.reference;
}

bool SamePayer(const EntryFact& debit, const EntryFact& credit) {
  if (!debit.payer_account.empty() && debit.payer_account == credit.payer_account) return true;
  return !debit.payer_name.empty() && debit.payer_name == credit.payer_name;
}

// Finds what a debit may mean without looking at every payment: by what it names, and by payer and
// amount. Few payments go back, so only what some debit asks for is kept of the credits, which are
// passed over twice, in the order in which they lie. Keeps hashes only; what is found is compared
// again by whoever asks.
class OriginalIndex {
 public:
  OriginalIndex(const Run& run, const std::vector<const EntryFact*>& debits)
      : run_(run),
        earlier_(run.facts.earlier_entries.all()),
        entries_(run.facts.entries.all()),
        place_of_(earlier_.size() + entries_.size(), kNowhere) {
    for (const EarlierApplication& earlier : run.facts.earlier_applications) {
      applied_[earlier.entry_key].push_back(&earlier);
    }
    std::array<Half, 2> halves;
    InHalves(halves, [](Half& half, const EntryFact& credit, Index) {
      EachNameOf(credit, [&](std::string_view name) { half.lengths.insert(CompactSize(name)); });
    });
    for (const Half& half : halves) lengths_.insert(half.lengths.begin(), half.lengths.end());
    lengths_.erase(0);
    for (const EntryFact* debit : debits) {
      EachNameIn(*debit, [&](std::string_view name) { asked_.insert(HashOf(name, Money())); });
      asked_.insert(HashOf(debit->payer_name, debit->amount));
      asked_.insert(HashOf(debit->payer_account, debit->amount));
    }
    InHalves(halves,
             [this](Half& half, const EntryFact& credit, Index i) { Add(credit, i, half); });
    for (const Half& half : halves) {
      named_.insert(named_.end(), half.named.begin(), half.named.end());
      alike_.insert(alike_.end(), half.alike.begin(), half.alike.end());
    }
    std::sort(named_.begin(), named_.end());
    std::sort(alike_.begin(), alike_.end());
  }

  // By key.
  std::vector<Original*> NamedBy(const EntryFact& debit) {
    IndexSet near;
    EachNameIn(debit, [&](std::string_view name) { AddAll(named_, HashOf(name, Money()), near); });
    return Keep(near, [&](const EntryFact& credit) { return Names(debit, credit); });
  }

  // Those of the same payer and amount, by key.
  std::vector<Original*> Like(const EntryFact& debit) {
    IndexSet near;
    AddAll(alike_, HashOf(debit.payer_name, debit.amount), near);
    AddAll(alike_, HashOf(debit.payer_account, debit.amount), near);
    return Keep(near, [&](const EntryFact& credit) {
      return SamePayer(debit, credit) && credit.amount == debit.amount;
    });
  }

 private:
  struct Place {
    std::size_t hash = 0;
    Index original = 0;  // Earlier entries first, then those of this run, as the books have them.
    auto operator<=>(const Place&) const = default;
  };
  struct Half {
    std::set<std::size_t> lengths;
    std::vector<Place> named;
    std::vector<Place> alike;
  };

  // Calls each(half, credit, position) for every credit that may go back.
  template <typename Each>
  void InHalves(std::array<Half, 2>& halves, Each each) const {
    const std::size_t size = earlier_.size() + entries_.size();
    const auto pass = [&](Half& half, std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) {
        const EntryFact& fact = At(static_cast<Index>(i));
        const bool of_run = i >= earlier_.size();
        if (of_run && (fact.direction == Direction::kDebit || fact.reversal)) continue;
        each(half, fact, static_cast<Index>(i));
      }
    };
    run_.both([&] { pass(halves[0], 0, size / 2); }, [&] { pass(halves[1], size / 2, size); });
  }

  const EntryFact& At(Index i) const {
    return i < earlier_.size() ? earlier_[i] : entries_[i - earlier_.size()];
  }

  // What may stand in the text of a debit; a reference is looked up by itself.
  template <typename Each>
  static void EachNameOf(const EntryFact& credit, Each each) {
    if (HasEndToEndId(credit.end_to_end_id)) each(credit.end_to_end_id);
    if (!credit.bank_reference.empty()) each(credit.bank_reference);
  }
  static std::size_t CompactSize(std::string_view name) {
    return IsCompact(name) ? name.size() : Compact(name).size();
  }

  void Add(const EntryFact& credit, Index i, Half& half) const {
    const auto add = [&](std::vector<Place>& to, std::string_view text, Money amount) {
      const std::size_t hash = HashOf(text, amount);
      if (asked_.contains(hash)) to.push_back({hash, i});
    };
    EachNameOf(credit, [&](std::string_view name) {
      add(half.named, name, Money());
      if (IsCompact(name)) return;
      const std::string compact = Compact(name);
      if (!compact.empty()) add(half.named, compact, Money());
    });
    if (!credit.reference.empty()) add(half.named, credit.reference, Money());
    if (!credit.payer_name.empty()) add(half.alike, credit.payer_name, credit.amount);
    if (!credit.payer_account.empty()) add(half.alike, credit.payer_account, credit.amount);
  }

  template <typename Each>
  void EachNameIn(const EntryFact& debit, Each each) const {
    const auto name = [&](std::string_view text) {
      if (!text.empty()) each(text);
    };
    name(debit.end_to_end_id);
    name(debit.original_reference);
    name(debit.reference);
    const std::string_view folded = debit.free_text();
    for (const std::size_t length : lengths_) {
      for (std::size_t at = 0; at + length <= folded.size(); ++at) {
        if (StandsAlone(folded, at, length)) name(folded.substr(at, length));
      }
    }
  }

  static std::size_t HashOf(std::string_view text, Money amount) {
    return absl::HashOf(ForLookup(text), amount.fen());
  }
  static void AddAll(const std::vector<Place>& places, std::size_t hash, IndexSet& to) {
    for (auto at = std::lower_bound(places.begin(), places.end(), Place{hash, 0});
         at != places.end() && at->hash == hash; ++at) {
      to.Insert(at->original);
    }
  }
  template <typename Fits>
  std::vector<Original*> Keep(const IndexSet& near, Fits fits) {
    std::vector<Original*> kept;
    for (const Index i : near) {
      if (fits(At(i))) kept.push_back(&Of(i));
    }
    const auto by_key = [](const Original* a, const Original* b) {
      return a->fact->key < b->fact->key;
    };
    // A book that comes from a store is in order already.
    if (!std::is_sorted(kept.begin(), kept.end(), by_key)) {
      std::sort(kept.begin(), kept.end(), by_key);
    }
    return kept;
  }
  // Few credits ever go back, so they are looked into when one may.
  Original& Of(Index i) {
    if (place_of_[i] != kNowhere) return originals_[place_of_[i]];
    place_of_[i] = static_cast<Index>(originals_.size());
    Original& original = originals_.emplace_back();
    const EntryFact& fact = At(i);
    original.fact = &fact;
    if (i >= earlier_.size()) original.entry = run_.EntryOf(fact);
    original.unapplied = fact.amount - fact.returned_before;
    const auto applied = applied_.find(ForLookup(fact.key));
    if (applied == applied_.end()) return original;
    for (const EarlierApplication* earlier : applied->second) {
      original.applied[earlier->demand_key] += earlier->amount;
      original.unapplied -= earlier->amount;
    }
    return original;
  }

  const Run& run_;
  const std::vector<EntryFact>& earlier_;
  const std::vector<EntryFact>& entries_;
  absl::flat_hash_map<std::string, std::vector<const EarlierApplication*>> applied_;
  std::set<std::size_t> lengths_;           // Of the names of credits, compact.
  absl::flat_hash_set<std::size_t> asked_;  // Hashes of what debits name or are alike to.
  std::vector<Place> named_;
  std::vector<Place> alike_;
  std::deque<Original> originals_;  // Looked into; none moves.
  std::vector<Index> place_of_;     // Of each credit there, or kNowhere.
};

using Candidates = std::vector<Original*>;

void KeepEqualAmounts(Candidates& candidates, Money amount) {
  Candidates equal = candidates;
  std::erase_if(equal, [&](const Original* o) { return o->fact->amount != amount; });
  if (!equal.empty()) candidates = std::move(equal);
}

// The parts that go back; empty when they are not certain. An empty key is unapplied money.
std::map<std::string, Money> Parts(const Original& original, Money amount, std::size_t items_max) {
  std::map<std::string, Money> parts = original.applied;
  if (original.unapplied.is_positive()) parts[""] = original.unapplied;
  if (amount == original.returnable()) return parts;
  // Money that lies unapplied goes back before any demand is opened again.
  if (original.unapplied >= amount) return {{"", amount}};
  // A payment for one demand only: part of it going back can mean nothing else.
  if (parts.size() == 1) return {{parts.begin()->first, amount}};
  std::vector<std::string> keys;
  std::vector<Money> amounts;
  for (const auto& [key, part] : parts) {
    keys.push_back(key);
    amounts.push_back(part);
  }
  const matching::SubsetSum found = matching::FindSubset(amounts, amount, items_max);
  std::map<std::string, Money> chosen;
  if (found.outcome != matching::SubsetOutcome::kUnique) return chosen;
  for (const std::size_t at : found.chosen) chosen[keys[at]] = amounts[at];
  return chosen;
}

void AddReturnBreak(Run& run, const EntryFact& debit, std::string_view demand_key, Money amount,
                    std::string explanation, std::string_view suggestion,
                    const Candidates& candidates) {
  Break returned;
  returned.kind = BreakKind::kReturnedPayment;
  returned.entry_key = debit.key;
  returned.demand_key = demand_key;
  returned.amount = amount;
  if (!debit.reason_code.empty()) {
    absl::StrAppend(&explanation, "退回原因代码：", std::string(debit.reason_code), "。");
  }
  returned.explanation = run.Keep(explanation);
  returned.suggestion = suggestion;
  for (const Original* o : candidates) returned.candidates.push_back(o->fact->key);
  run.AddBreak(std::move(returned));
}

void TakeBack(Run& run, const EntryFact& debit, Original& original, std::string_view evidence) {
  const std::map<std::string, Money> parts =
      Parts(original, debit.amount, run.policy.subset_items_max);
  if (parts.empty()) {
    AddReturnBreak(run, debit, "", debit.amount,
                   absl::StrCat("退回金额与原到账", std::string(original.fact->key),
                                "的各笔核销不能唯一对应。"),
                   "请人工指定退回冲减哪几笔核销。", {&original});
    return;
  }
  for (const auto& [demand_key, amount] : parts) {
    const std::string_view kept = run.Keep(demand_key);
    run.undone.push_back(Undo{debit.key, original.fact->key, kept, amount, evidence});
    if (demand_key.empty()) {
      original.unapplied -= amount;
      if (original.entry.has_value()) run.entries[*original.entry].remaining -= amount;
    } else {
      if ((original.applied[demand_key] -= amount).is_zero()) original.applied.erase(demand_key);
      if (const auto demand = run.index.ByKey(demand_key); demand.has_value()) {
        run.Reopen(*demand, amount);
      }
    }
    AddReturnBreak(
        run, debit, kept, amount,
        absl::StrCat("原到账", std::string(original.fact->key), "被退回", amount.ToYuanGrouped(),
                     "元，",
                     demand_key.empty() ? "该款尚未核销。" : "相应核销已撤回，追偿函恢复未付。"),
        "联系付款人核实退回原因，并重新催收。", {&original});
  }
}

void WorkOff(Run& run, const EntryFact& debit, OriginalIndex& originals) {
  const bool marked = debit.reversal || debit.is_return;
  const auto impossible = [&](const Original* original) {
    return original->fact->booked_on > debit.booked_on || original->returnable() < debit.amount;
  };
  Candidates named = originals.NamedBy(debit);
  std::erase_if(named, impossible);
  Candidates alike;  // Asked for only where nothing is named.
  if (named.empty()) {
    alike = originals.Like(debit);
    std::erase_if(alike, impossible);
  }
  KeepEqualAmounts(named, debit.amount);
  if (named.size() == 1) {
    TakeBack(run, debit, *named.front(), "退回写明原付款参考号");
  } else if (named.empty() && marked && alike.size() == 1) {
    TakeBack(run, debit, *alike.front(), "银行标明退回，付款人与金额唯一相符");
  } else if (!named.empty() || marked) {
    AddReturnBreak(run, debit, "", debit.amount,
                   named.empty() && alike.empty() ? "银行标明退回，但找不到原到账。"
                                                  : "退回可能对应多笔原到账，不能确定。",
                   "请人工指定原到账。", named.empty() ? alike : named);
  } else if (!alike.empty()) {
    AddReturnBreak(run, debit, "", debit.amount,
                   "支出与一笔到账的对方和金额相同，但银行未标明退回，也未写明原付款参考号。",
                   "请确认是退回还是本方付款。", alike);
  } else {
    run.outgoing.push_back(debit.key);
  }
}

}  // namespace

void WorkOffReturns(Run& run) {
  std::vector<const EntryFact*> debits;
  for (const EntryFact& fact : run.facts.entries.all()) {
    if (fact.direction == Direction::kDebit) debits.push_back(&fact);
  }
  std::sort(debits.begin(), debits.end(), [](const EntryFact* a, const EntryFact* b) {
    return std::tie(a->booked_on, a->key) < std::tie(b->booked_on, b->key);
  });
  if (debits.empty()) return;
  OriginalIndex originals(run, debits);
  for (const EntryFact* debit : debits) WorkOff(run, *debit, originals);
}

}  // namespace recoup::reconcile

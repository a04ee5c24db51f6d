// Money that goes back: which earlier payment it was, and which applications it undoes.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "hub/matching/subset_sum.h"
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
// amount. Keeps hashes only; what is found is compared again by whoever asks.
class OriginalIndex {
 public:
  explicit OriginalIndex(const Run& run) {
    for (const EntryFact& fact : run.facts.earlier_entries.all()) facts_.push_back({&fact, {}});
    for (Index i = 0; i < run.entries.size(); ++i) {
      if (!run.entries[i].fact->reversal) facts_.push_back({run.entries[i].fact, i});
    }
    for (const EarlierApplication& earlier : run.facts.earlier_applications) {
      applied_[earlier.entry_key].push_back(&earlier);
    }
    run.both([this] { IndexNames(); }, [this] { IndexAlike(); });
  }

  // By key.
  std::vector<Original*> NamedBy(const EntryFact& debit) {
    IndexSet near;
    const auto add = [&](std::string_view name) {
      if (!name.empty()) AddAll(named_, HashOf(name, Money()), near);
    };
    add(debit.end_to_end_id);
    add(debit.original_reference);
    add(debit.reference);
    const std::string_view folded = debit.free_text();
    for (const std::size_t length : lengths_) {
      for (std::size_t at = 0; at + length <= folded.size(); ++at) {
        if (StandsAlone(folded, at, length)) add(folded.substr(at, length));
      }
    }
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
    Index original = 0;
    auto operator<=>(const Place&) const = default;
  };

  void IndexNames() {
    for (Index i = 0; i < facts_.size(); ++i) {
      const EntryFact& fact = *facts_[i].first;
      if (HasEndToEndId(fact.end_to_end_id)) AddName(fact.end_to_end_id, i);
      if (!fact.bank_reference.empty()) AddName(fact.bank_reference, i);
      if (!fact.reference.empty()) named_.push_back({HashOf(fact.reference, Money()), i});
    }
    std::sort(named_.begin(), named_.end());
  }
  void IndexAlike() {
    for (Index i = 0; i < facts_.size(); ++i) {
      const EntryFact& fact = *facts_[i].first;
      if (!fact.payer_name.empty()) alike_.push_back({HashOf(fact.payer_name, fact.amount), i});
      if (!fact.payer_account.empty()) {
        alike_.push_back({HashOf(fact.payer_account, fact.amount), i});
      }
    }
    std::sort(alike_.begin(), alike_.end());
  }

  static std::size_t HashOf(std::string_view text, Money amount) {
    return absl::HashOf(absl::string_view(text.data(), text.size()), amount.fen());
  }
  void AddName(std::string_view name, Index i) {
    named_.push_back({HashOf(name, Money()), i});
    const std::string compact = Compact(name);
    if (compact.empty()) return;
    if (compact != name) named_.push_back({HashOf(compact, Money()), i});
    lengths_.insert(compact.size());
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
      if (fits(*facts_[i].first)) kept.push_back(&Of(i));
    }
    std::sort(kept.begin(), kept.end(),
              [](const Original* a, const Original* b) { return a->fact->key < b->fact->key; });
    return kept;
  }
  // Few credits ever go back, so they are looked into when one may.
  Original& Of(Index i) {
    const auto [it, added] = originals_.try_emplace(i);
    Original& original = it->second;
    if (!added) return original;
    const auto& [fact, entry] = facts_[i];
    original.fact = fact;
    original.entry = entry;
    original.unapplied = fact->amount - fact->returned_before;
    const auto applied = applied_.find(std::string(fact->key));
    if (applied == applied_.end()) return original;
    for (const EarlierApplication* earlier : applied->second) {
      original.applied[earlier->demand_key] += earlier->amount;
      original.unapplied -= earlier->amount;
    }
    return original;
  }

  std::vector<std::pair<const EntryFact*, std::optional<Index>>> facts_;
  absl::flat_hash_map<std::string, std::vector<const EarlierApplication*>> applied_;
  std::vector<Place> named_;
  std::vector<Place> alike_;
  std::set<std::size_t> lengths_;
  std::map<Index, Original> originals_;
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

void AddReturnBreak(Run& run, const EntryFact& debit, const std::string& demand_key, Money amount,
                    std::string explanation, std::string suggestion, Candidates candidates) {
  Break returned;
  returned.kind = BreakKind::kReturnedPayment;
  returned.entry_key = std::string(debit.key);
  returned.demand_key = demand_key;
  returned.amount = amount;
  returned.explanation = std::move(explanation);
  if (!debit.reason_code.empty()) {
    absl::StrAppend(&returned.explanation, "退回原因代码：", std::string(debit.reason_code), "。");
  }
  returned.suggestion = std::move(suggestion);
  for (const Original* o : candidates) returned.candidates.emplace_back(o->fact->key);
  run.AddBreak(std::move(returned));
}

void TakeBack(Run& run, const EntryFact& debit, Original& original, const std::string& evidence) {
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
    run.result.undone.push_back(Undo{std::string(debit.key), std::string(original.fact->key),
                                     demand_key, amount, evidence});
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
        run, debit, demand_key, amount,
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
    TakeBack(run, debit, *named.front(), "退回写明原付款编号");
  } else if (named.empty() && marked && alike.size() == 1) {
    TakeBack(run, debit, *alike.front(), "银行标明退回，付款人与金额唯一相符");
  } else if (!named.empty() || marked) {
    AddReturnBreak(run, debit, "", debit.amount,
                   named.empty() && alike.empty() ? "银行标明退回，但找不到原到账。"
                                                  : "退回可能对应多笔原到账，不能确定。",
                   "请人工指定原到账。", named.empty() ? alike : named);
  } else if (!alike.empty()) {
    AddReturnBreak(run, debit, "", debit.amount,
                   "支出与一笔到账的对方和金额相同，但银行未标明退回，也未写明原付款编号。",
                   "请确认是退回还是本方付款。", alike);
  } else {
    run.result.outgoing.emplace_back(debit.key);
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
  OriginalIndex originals(run);
  for (const EntryFact* debit : debits) WorkOff(run, *debit, originals);
}

}  // namespace recoup::reconcile

// Money that goes back: which earlier payment it was, and which applications it undoes.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "hub/matching/subset_sum.h"
#include "hub/reconcile/reference_scan.h"
#include "hub/reconcile/run.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

// A credit that a return may undo, and what of it has not gone back yet.
struct Original {
  const BankEntry* fact = nullptr;
  std::map<std::string, Money> applied;  // By demand key.
  Money unapplied;
  std::optional<Index> entry;  // When it is an entry of this run.

  Money returnable() const {
    Money sum = unapplied;
    for (const auto& [demand, amount] : applied) sum += amount;
    return sum;
  }
};

std::vector<Original> Originals(const Run& run) {
  std::vector<Original> originals;
  originals.reserve(run.facts.earlier_entries.size() + run.entries.size());
  for (const BankEntry& fact : run.facts.earlier_entries) originals.emplace_back().fact = &fact;
  for (Index i = 0; i < run.entries.size(); ++i) {
    if (run.entries[i].fact->reversal) continue;
    Original& original = originals.emplace_back();
    original.fact = run.entries[i].fact;
    original.entry = i;
  }
  const auto by_key = [](const Original& a, const Original& b) {
    return a.fact->key < b.fact->key;
  };
  std::sort(originals.begin(), originals.end(), by_key);
  for (const EarlierApplication& earlier : run.facts.earlier_applications) {
    const auto it = std::lower_bound(
        originals.begin(), originals.end(), earlier.entry_key,
        [](const Original& original, const std::string& key) { return original.fact->key < key; });
    if (it != originals.end() && it->fact->key == earlier.entry_key) {
      it->applied[earlier.demand_key] += earlier.amount;
    }
  }
  for (Original& original : originals) {
    original.unapplied = original.fact->amount - original.fact->returned_before;
    for (const auto& [demand, amount] : original.applied) original.unapplied -= amount;
  }
  return originals;
}

bool Names(const BankEntry& debit, const BankEntry& credit) {
  const std::string& wanted = debit.return_info.original_reference;
  if (HasEndToEndId(credit.end_to_end_id)) {
    if (debit.end_to_end_id == credit.end_to_end_id || wanted == credit.end_to_end_id ||
        ContainsWord(debit.free_text, Compact(credit.end_to_end_id))) {
      return true;
    }
  }
  if (!credit.bank_reference.empty() &&
      (wanted == credit.bank_reference ||
       ContainsWord(debit.free_text, Compact(credit.bank_reference)))) {
    return true;
  }
  const std::string reference = NormaliseReference(debit.creditor_reference);
  return !reference.empty() && reference == NormaliseReference(credit.creditor_reference);
}

bool SamePayer(const BankEntry& debit, const BankEntry& credit) {
  if (!debit.counterparty_account.empty() &&
      debit.counterparty_account == credit.counterparty_account) {
    return true;
  }
  const std::string name = NormaliseName(debit.counterparty_name);
  return !name.empty() && name == NormaliseName(credit.counterparty_name);
}

// Finds what a debit may mean without looking at every payment: by what it names, and by payer and
// amount.
class OriginalIndex {
 public:
  explicit OriginalIndex(std::vector<Original>& originals) : originals_(originals) {
    for (Index i = 0; i < originals.size(); ++i) {
      const BankEntry& fact = *originals[i].fact;
      if (HasEndToEndId(fact.end_to_end_id)) AddName(fact.end_to_end_id, i);
      if (!fact.bank_reference.empty()) AddName(fact.bank_reference, i);
      const std::string reference = NormaliseReference(fact.creditor_reference);
      if (!reference.empty()) named_[reference].push_back(i);
      by_amount_[fact.amount.fen()].push_back(i);
    }
  }

  // Ascending; holds at least every original that the debit names, and every one of its amount.
  std::vector<Original*> Near(const BankEntry& debit) const {
    IndexSet near;
    const auto add = [&](const std::string& name) {
      const auto it = named_.find(name);
      if (it != named_.end()) near.InsertAll(it->second);
    };
    add(debit.end_to_end_id);
    add(debit.return_info.original_reference);
    add(NormaliseReference(debit.creditor_reference));
    const std::string folded = Fold(debit.free_text);
    for (const std::size_t length : lengths_) {
      for (std::size_t at = 0; at + length <= folded.size(); ++at) {
        if (StandsAlone(folded, at, length)) add(folded.substr(at, length));
      }
    }
    if (const auto it = by_amount_.find(debit.amount.fen()); it != by_amount_.end()) {
      near.InsertAll(it->second);
    }
    std::vector<Original*> found;
    for (const Index i : near) found.push_back(&originals_[i]);
    return found;
  }

 private:
  void AddName(const std::string& name, Index i) {
    named_[name].push_back(i);
    const std::string compact = Compact(name);
    if (compact.empty()) return;
    if (compact != name) named_[compact].push_back(i);
    lengths_.insert(compact.size());
  }

  std::vector<Original>& originals_;
  absl::flat_hash_map<std::string, std::vector<Index>> named_;
  absl::flat_hash_map<std::int64_t, std::vector<Index>> by_amount_;
  std::set<std::size_t> lengths_;
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

void AddReturnBreak(Run& run, const BankEntry& debit, const std::string& demand_key, Money amount,
                    std::string explanation, std::string suggestion, Candidates candidates) {
  Break returned;
  returned.kind = BreakKind::kReturnedPayment;
  returned.entry_key = debit.key;
  returned.demand_key = demand_key;
  returned.amount = amount;
  returned.explanation = std::move(explanation);
  if (!debit.return_info.reason_code.empty()) {
    absl::StrAppend(&returned.explanation, "退回原因代码：", debit.return_info.reason_code, "。");
  }
  returned.suggestion = std::move(suggestion);
  for (const Original* o : candidates) returned.candidates.push_back(o->fact->key);
  run.AddBreak(std::move(returned));
}

void TakeBack(Run& run, const BankEntry& debit, Original& original, const std::string& evidence) {
  const std::map<std::string, Money> parts =
      Parts(original, debit.amount, run.policy.subset_items_max);
  if (parts.empty()) {
    AddReturnBreak(run, debit, "", debit.amount,
                   absl::StrCat("退回金额与原到账", original.fact->key, "的各笔核销不能唯一对应。"),
                   "请人工指定退回冲减哪几笔核销。", {&original});
    return;
  }
  for (const auto& [demand_key, amount] : parts) {
    run.result.undone.push_back(Undo{debit.key, original.fact->key, demand_key, amount, evidence});
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
        absl::StrCat("原到账", original.fact->key, "被退回", amount.ToYuanGrouped(), "元，",
                     demand_key.empty() ? "该款尚未核销。" : "相应核销已撤回，追偿函恢复未付。"),
        "联系付款人核实退回原因，并重新催收。", {&original});
  }
}

void WorkOff(Run& run, const BankEntry& debit, const OriginalIndex& originals) {
  const bool marked = debit.reversal || debit.return_info.is_return;
  Candidates named;
  Candidates alike;  // Same payer, same amount.
  for (Original* original : originals.Near(debit)) {
    if (original->fact->booked_on > debit.booked_on) continue;
    if (original->returnable() < debit.amount) continue;
    if (Names(debit, *original->fact)) named.push_back(original);
    if (SamePayer(debit, *original->fact) && original->fact->amount == debit.amount) {
      alike.push_back(original);
    }
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
    run.result.outgoing.push_back(debit.key);
  }
}

}  // namespace

void WorkOffReturns(Run& run) {
  std::vector<const BankEntry*> debits;
  for (const BankEntry& fact : run.facts.entries) {
    if (fact.direction == Direction::kDebit) debits.push_back(&fact);
  }
  std::sort(debits.begin(), debits.end(), [](const BankEntry* a, const BankEntry* b) {
    return std::tie(a->booked_on, a->key) < std::tie(b->booked_on, b->key);
  });
  if (debits.empty()) return;
  std::vector<Original> originals = Originals(run);
  const OriginalIndex index(originals);
  for (const BankEntry* debit : debits) WorkOff(run, *debit, index);
}

}  // namespace recoup::reconcile

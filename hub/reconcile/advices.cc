// Rung 4: one sum, split by the payer's own statement.
#include <algorithm>
#include <map>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "hub/reconcile/for_lookup.h"
#include "hub/reconcile/reference_scan.h"
#include "hub/reconcile/run.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

// Two end-to-end ids that differ are two payments.
bool DifferById(const EntryFact& entry, const Advice& advice) {
  return HasEndToEndId(entry.end_to_end_id) && HasEndToEndId(advice.end_to_end_id);
}

// Whom an advice may come from and what it sums to; names and accounts apart.
class AdvicesByTotal {
 public:
  void Add(Index a, const Advice& advice) {
    const std::int64_t fen = advice.total.fen();
    if (const std::string name = NormaliseName(advice.payer_name); !name.empty()) {
      by_name_[{fen, name}].push_back(a);
    }
    if (!advice.payer_account.empty()) by_account_[{fen, advice.payer_account}].push_back(a);
  }
  // Ascending.
  IndexSet Of(const EntryFact& entry) const {
    IndexSet found;
    const auto add = [&](const Found& in, std::string_view who) {
      const auto it = in.find({entry.amount.fen(), std::string(who)});
      if (it != in.end()) found.InsertAll(it->second);
    };
    add(by_name_, entry.payer_name);
    add(by_account_, entry.payer_account);
    return found;
  }

 private:
  using Found = absl::flat_hash_map<std::pair<std::int64_t, std::string>, std::vector<Index>>;
  Found by_name_;
  Found by_account_;
};

Money LineTotal(const Advice& advice) {
  Money total;
  for (const AdviceLine& line : advice.lines) total += line.amount;
  return total;
}

void Bind(Run& run, Index entry_index, Index advice_index) {
  EntryState& entry = run.entries[entry_index];
  const Advice& advice = *run.advices[advice_index];
  run.advice_entries.emplace(advice_index, entry_index);
  if (LineTotal(advice) != advice.total) {
    run.advice_doubts[entry_index] = absl::StrCat("付款通知", advice.key, "各行合计与总额不符");
  } else if (advice.total != entry.fact->amount) {
    run.advice_doubts[entry_index] = absl::StrCat("付款通知", advice.key, "总额与到账金额不符");
  } else {
    entry.advice = advice_index;
  }
}

void BindByEndToEnd(Run& run) {
  absl::flat_hash_map<std::string, std::vector<Index>> by_id;
  for (Index a = 0; a < run.advices.size(); ++a) {
    if (HasEndToEndId(run.advices[a]->end_to_end_id)) {
      by_id[run.advices[a]->end_to_end_id].push_back(a);
    }
  }
  if (by_id.empty()) return;
  for (Index i = 0; i < run.entries.size(); ++i) {
    EntryState& entry = run.entries[i];
    if (entry.fact->reversal) continue;
    const auto same = by_id.find(ForLookup(entry.fact->end_to_end_id));
    if (same == by_id.end()) continue;
    for (const Index a : same->second) {
      if (run.advice_entries.contains(a)) continue;  // Its money has already come.
      if (entry.advice.has_value()) {
        entry.advice.reset();
        run.advice_doubts[i] = "同一端到端编号有多份付款通知";
        run.advice_entries.emplace(a, i);
      } else {
        Bind(run, i, a);
      }
    }
  }
}

void BindByPayerAndTotal(Run& run) {
  AdvicesByTotal by_total;
  bool any = false;
  for (Index a = 0; a < run.advices.size(); ++a) {
    if (run.advice_entries.contains(a)) continue;
    by_total.Add(a, *run.advices[a]);
    any = true;
  }
  if (!any) return;
  std::map<Index, std::vector<Index>> entries_of;
  std::map<Index, std::vector<Index>> advices_of;
  for (Index i = 0; i < run.entries.size(); ++i) {
    const EntryState& entry = run.entries[i];
    if (entry.fact->reversal || entry.advice.has_value() || run.advice_doubts.contains(i)) continue;
    for (const Index a : by_total.Of(*entry.fact)) {
      if (DifferById(*entry.fact, *run.advices[a])) continue;
      entries_of[a].push_back(i);
      advices_of[i].push_back(a);
    }
  }
  for (const auto& [entry, fitting] : advices_of) {
    if (fitting.size() == 1 && entries_of[fitting.front()].size() == 1) {
      Bind(run, entry, fitting.front());
      continue;
    }
    run.advice_doubts[entry] = "付款人与总额相同的到账或付款通知不止一份";
    for (const Index a : fitting) run.advice_entries.emplace(a, entry);
  }
}

void Explain(Run& run, EntryState& entry, Break entry_break) {
  entry_break.amount = std::min(entry_break.amount, entry.rest());
  if (!entry_break.amount.is_positive()) return;
  entry.explained += entry_break.amount;
  run.AddBreak(std::move(entry_break));
}

void ExplainSurplus(Run& run, EntryState& entry, const Advice& advice, Index demand, Money surplus,
                    bool paid_before) {
  Break surplus_break;
  surplus_break.kind = paid_before ? BreakKind::kDuplicatePayment : BreakKind::kOverpaid;
  surplus_break.entry_key = entry.fact->key;
  surplus_break.demand_key = run.demands[demand].fact->key;
  surplus_break.advice_key = advice.key;
  if (paid_before) surplus_break.duplicate_of = run.FirstPayerEntry(demand);
  surplus_break.amount = surplus;
  surplus_break.explanation =
      run.Keep(absl::StrCat("付款通知", advice.key,
                            paid_before ? "所列追偿函此前已付清，重复支付" : "所列金额超出未付金额",
                            surplus.ToYuanGrouped(), "元。"));
  surplus_break.suggestion = "与付款人核对后退还，或转作其他追偿函的付款。";
  Explain(run, entry, std::move(surplus_break));
}

void ExplainUnresolved(Run& run, EntryState& entry, const Advice& advice, const AdviceLine& line,
                       const IndexSet& candidates) {
  Break unresolved;
  unresolved.kind = candidates.empty() ? BreakKind::kUnknownPayment : BreakKind::kAmbiguousPayment;
  unresolved.entry_key = entry.fact->key;
  unresolved.advice_key = advice.key;
  unresolved.amount = line.amount;
  unresolved.explanation = run.Keep(
      absl::StrCat("付款通知", advice.key, "中一行", line.amount.ToYuanGrouped(), "元所写编号",
                   candidates.empty() ? "找不到追偿函。" : "对应多笔追偿函。"));
  unresolved.suggestion = "请付款人更正该行编号。";
  unresolved.candidates = run.KeysOf(candidates);
  Explain(run, entry, std::move(unresolved));
}

void Follow(Run& run, Index entry_index, Index advice_index) {
  const Advice& advice = *run.advices[advice_index];
  std::map<Index, Money> amounts;
  std::vector<std::pair<const AdviceLine*, IndexSet>> unresolved;
  for (const AdviceLine& line : advice.lines) {
    const std::vector<Index> meant = run.index.ByLine(line);
    if (meant.size() == 1) {
      amounts[meant.front()] += line.amount;
    } else {
      unresolved.emplace_back(&line, IndexSet()).second.InsertAll(meant);
    }
  }
  EntryState& entry = run.entries[entry_index];
  Proof proof;
  proof.rule = Rule::kAdvice;
  proof.advice = advice_index;
  proof.rivals = run.demands.size() - amounts.size();
  if (amounts.size() > 1) {
    std::vector<Index> chosen;
    for (const auto& [demand, amount] : amounts) chosen.push_back(demand);
    proof.chosen = run.found.AddList(std::move(chosen));
  }
  std::map<Index, std::pair<Money, bool>> surplus;
  for (const auto& [demand, amount] : amounts) {
    DemandState& state = run.demands[demand];
    entry.named.Insert(demand);
    const Money before = run.Applied(entry_index, demand);
    const Money wanted = amount - before;
    const Money applied = std::min({wanted, state.open, entry.rest()});
    run.Apply(entry_index, demand, wanted, proof, run.found);
    state.said_final = state.said_final || advice.is_final;
    if (wanted > applied) {
      surplus[demand] = {wanted - applied, before.is_zero() && applied.is_zero()};
    }
  }
  for (const auto& [demand, rest] : surplus) {
    ExplainSurplus(run, entry, advice, demand, rest.first, rest.second);
  }
  for (const auto& [line, candidates] : unresolved) {
    ExplainUnresolved(run, entry, advice, *line, candidates);
  }
}

}  // namespace

void BindAdvices(Run& run) {
  BindByEndToEnd(run);
  BindByPayerAndTotal(run);
}

void ApplyAdvices(Run& run) {
  if (run.advices.empty()) return;
  for (Index i = 0; i < run.entries.size(); ++i) {
    EntryState& entry = run.entries[i];
    if (!MayBeMatched(entry)) continue;
    if (const auto doubt = run.advice_doubts.find(i); doubt != run.advice_doubts.end()) {
      entry.conflict = doubt->second;
    } else if (entry.advice.has_value()) {
      Follow(run, i, *entry.advice);
    }
  }
}

}  // namespace recoup::reconcile

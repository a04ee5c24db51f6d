// Rungs 1, 2, 3 and 5: what the payer names.
#include <algorithm>
#include <map>
#include <utility>

#include "hub/reconcile/run.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

struct Named {
  std::map<Index, std::string_view> demands;  // Certain, with the token that names each.
  IndexSet open_question;                     // A case with several demands, none singled out.
};

// A case may have a demand to the insurer and another to the tortfeasor: first the payer, then the
// exact amount tells which one is meant.
std::optional<Index> SingleOut(const Run& run, const EntryState& entry,
                               std::span<const Index> group) {
  if (group.size() == 1) return group.front();
  std::vector<Index> pool;
  for (const Index i : group) {
    if (run.PayerIs(entry, i)) pool.push_back(i);
  }
  if (pool.size() == 1) return pool.front();
  if (pool.empty()) pool.assign(group.begin(), group.end());
  std::erase_if(pool, [&](Index i) { return run.demands[i].open != entry.rest(); });
  if (pool.size() == 1) return pool.front();
  return std::nullopt;
}

Named Resolve(const Run& run, const EntryState& entry) {
  Named named;
  named.demands.insert(entry.mentions.demands.begin(), entry.mentions.demands.end());
  for (const auto& [number, group] : entry.mentions.cases) {
    const bool covered = std::any_of(group.begin(), group.end(), [&](Index i) {
      return entry.mentions.TokenOf(i) != nullptr || entry.paid.Contains(i);
    });
    if (covered) continue;  // The reference is the more exact of the two.
    if (const auto one = SingleOut(run, entry, group); one.has_value()) {
      named.demands.emplace(*one, number);
    } else {
      named.open_question.InsertAll(group);
    }
  }
  for (const Index paid : entry.paid) named.demands.erase(paid);
  return named;
}

// How much the payer's own advice gives to this demand; everything without an advice; nullopt when
// the advice does not know the demand, so that the two statements contradict each other.
std::optional<Money> LimitByAdvice(const Run& run, const EntryState& entry, Index demand) {
  if (!entry.advice.has_value()) return entry.remaining;
  Money limit;
  for (const AdviceLine& line : run.advices[*entry.advice]->lines) {
    const std::vector<Index> meant = run.index.ByLine(line);
    if (std::find(meant.begin(), meant.end(), demand) != meant.end()) limit += line.amount;
  }
  if (limit.is_zero()) return std::nullopt;
  return limit;
}

void ApplyNamed(Run& run, Index entry_index, Index demand, Rule rule, std::string_view token) {
  EntryState& entry = run.entries[entry_index];
  entry.named.Insert(demand);
  const std::optional<Money> limit = LimitByAdvice(run, entry, demand);
  if (!limit.has_value()) {
    entry.conflict = "转账写明的编号与付款通知不一致";
    entry.unsolved.Insert(demand);
    return;
  }
  Proof proof;
  proof.rule = rule;
  proof.token = token;
  proof.rivals = run.demands.size() - 1;
  run.Apply(entry_index, demand, *limit, proof, run.found);
}

void ApplyStructured(Run& run, Index index) {
  EntryState& entry = run.entries[index];
  if (!entry.has_reference) return;
  if (entry.structured) {
    ApplyNamed(run, index, *entry.structured, Rule::kStructuredReference, entry.fact->reference);
  } else {
    entry.mentions.unknown = true;
  }
}

void ApplyText(Run& run, Index index) {
  EntryState& entry = run.entries[index];
  if (entry.mentions.none()) return;
  const Named named = Resolve(run, entry);
  if (!named.open_question.empty() || named.demands.size() != 1) return;
  const auto& [demand, token] = *named.demands.begin();
  ApplyNamed(run, index, demand, Rule::kReferenceInText, token);
}

bool IsExact(const DemandState& demand, Money amount) {
  if (demand.open == amount) return true;
  return std::any_of(
      demand.instalments.begin(), demand.instalments.end(),
      [&](const Instalment& i) { return i.open == amount && amount <= demand.open; });
}

// A slip in the reference: only when nothing else is named, one demand is meant, and the payer or
// the amount says the same.
void ApplyDamaged(Run& run, Index index) {
  EntryState& entry = run.entries[index];
  if (entry.mentions.damaged.empty() || !entry.paid.empty() || entry.advice.has_value()) return;
  if (entry.mentions.unknown) return;
  const auto& [demand, token] = entry.mentions.damaged.front();
  bool one = true;
  for (const auto& [other, same] : entry.mentions.damaged) one = one && other == demand;
  const bool agrees = run.PayerIs(entry, demand) || IsExact(run.demands[demand], entry.rest());
  if (one && agrees) {
    ApplyNamed(run, index, demand, Rule::kDamagedReference, token);
    return;
  }
  entry.conflict = "写明的参考号有误，与某笔追偿函的参考号仅差一个字符";
  for (const auto& [near, same] : entry.mentions.damaged) entry.unsolved.Insert(near);
}

void ApplyAllNamed(Run& run, Index index, const Named& named) {
  EntryState& entry = run.entries[index];
  IndexSet chosen;
  Money open;
  Money due;
  for (const auto& [demand, token] : named.demands) {
    const DemandState& state = run.demands[demand];
    chosen.Insert(demand);
    open += state.open;
    due += NextInstalment(state).value_or(state.open);
  }
  entry.named.InsertAll(chosen);
  // More than everything named: each is paid in full whatever the payer meant for which.
  const bool in_full = entry.rest() >= open;
  if (!in_full && entry.rest() != due) {
    entry.conflict = "写明了多个编号，但金额与其未付合计及到期分期合计均不相等";
    entry.unsolved.InsertAll(chosen);
    return;
  }
  Proof proof;
  proof.rule = Rule::kSeveralReferences;
  proof.chosen = run.found.AddList({chosen.begin(), chosen.end()});
  proof.rivals = run.demands.size() - chosen.size();
  for (const auto& [demand, token] : named.demands) {
    const DemandState& state = run.demands[demand];
    proof.token = token;
    run.Apply(index, demand, in_full ? state.open : NextInstalment(state).value_or(state.open),
              proof, run.found);
  }
}

// Fetches the demand that an entry names, which lies anywhere, some entries before it is needed.
void FetchNamed(const Run& run, std::size_t i) {
  constexpr std::size_t kAhead = 8;
  if (i + kAhead >= run.entries.size()) return;
  const EntryState& entry = run.entries[i + kAhead];
  if (entry.structured) {
    __builtin_prefetch(&run.demands[*entry.structured]);
  } else if (!entry.mentions.demands.empty()) {
    __builtin_prefetch(&run.demands[entry.mentions.demands.front().first]);
  }
}

}  // namespace

void ApplyReferences(Run& run) {
  for (Index i = 0; i < run.entries.size(); ++i) {
    FetchNamed(run, i);
    if (MayBeMatched(run.entries[i])) ApplyStructured(run, i);
  }
  for (Index i = 0; i < run.entries.size(); ++i) {
    FetchNamed(run, i);
    if (MayBeMatched(run.entries[i])) ApplyText(run, i);
  }
  for (Index i = 0; i < run.entries.size(); ++i) {
    if (MayBeMatched(run.entries[i])) ApplyDamaged(run, i);
  }
}

void ApplySeveralReferences(Run& run) {
  for (Index i = 0; i < run.entries.size(); ++i) {
    EntryState& entry = run.entries[i];
    if (!MayBeMatched(entry) || entry.advice.has_value() || entry.mentions.none()) continue;
    const Named named = Resolve(run, entry);
    if (!named.open_question.empty()) {
      entry.conflict = "写明的案号下有多笔追偿函，付款人与金额不能确定是哪一笔";
      entry.unsolved.InsertAll(named.open_question);
      for (const auto& [demand, token] : named.demands) entry.unsolved.Insert(demand);
      continue;
    }
    if (named.demands.size() == 1 && !entry.named.Contains(named.demands.begin()->first)) {
      // Rung 2 had to leave this open only because other demands have been paid since.
      ApplyText(run, i);
    } else if (named.demands.size() > 1) {
      ApplyAllNamed(run, i, named);
    }
  }
}

}  // namespace recoup::reconcile

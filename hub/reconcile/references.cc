// Rungs 1, 2 and 4: what the payer names.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/reconcile/reference_scan.h"
#include "hub/reconcile/run.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

struct Named {
  std::map<std::size_t, std::string> demands;  // Certain, with the token that names each.
  std::set<std::size_t> open_question;         // A case with several demands, none singled out.
};

// A case may have a demand to the insurer and another to the tortfeasor: first the payer, then the
// exact amount tells which one is meant.
std::optional<std::size_t> SingleOut(const Run& run, const EntryState& entry,
                                     const std::set<std::size_t>& group) {
  if (group.size() == 1) return *group.begin();
  std::vector<std::size_t> pool;
  for (const std::size_t i : group) {
    if (run.PayerIs(*entry.fact, run.demands[i])) pool.push_back(i);
  }
  if (pool.size() == 1) return pool.front();
  if (pool.empty()) pool.assign(group.begin(), group.end());
  std::erase_if(pool, [&](std::size_t i) { return run.demands[i].open != entry.rest(); });
  if (pool.size() == 1) return pool.front();
  return std::nullopt;
}

Named Resolve(const Run& run, const EntryState& entry) {
  Named named{entry.mentions.demands, {}};
  for (const auto& [number, group] : entry.mentions.cases) {
    const bool covered = std::any_of(group.begin(), group.end(), [&](std::size_t i) {
      return entry.mentions.demands.contains(i) || entry.paid.contains(i);
    });
    if (covered) continue;  // The reference is the more exact of the two.
    if (const auto one = SingleOut(run, entry, group); one.has_value()) {
      named.demands.emplace(*one, number);
    } else {
      named.open_question.insert(group.begin(), group.end());
    }
  }
  for (const std::size_t paid : entry.paid) named.demands.erase(paid);
  return named;
}

// How much the payer's own advice gives to this demand; everything without an advice; nullopt when
// the advice does not know the demand, so that the two statements contradict each other.
std::optional<Money> LimitByAdvice(const Run& run, const EntryState& entry, std::size_t demand) {
  if (!entry.advice.has_value()) return entry.remaining;
  Money limit;
  for (const AdviceLine& line : run.advices[*entry.advice]->lines) {
    if (LineNames(line, run.demands[demand])) limit += line.amount;
  }
  if (limit.is_zero()) return std::nullopt;
  return limit;
}

void ApplyNamed(Run& run, std::size_t entry_index, std::size_t demand, Rule rule,
                const std::string& token) {
  EntryState& entry = run.entries[entry_index];
  entry.named.insert(demand);
  const std::optional<Money> limit = LimitByAdvice(run, entry, demand);
  if (!limit.has_value()) {
    entry.conflict = "转账写明的编号与付款通知不一致";
    entry.unsolved.insert(demand);
    return;
  }
  Certificate certificate;
  certificate.rule = rule;
  certificate.token = token;
  certificate.chosen = {run.demands[demand].fact->key};
  certificate.facts = {absl::StrCat(
      rule == Rule::kStructuredReference ? "结构化收款参考号：" : "附言或端到端编号中写明：",
      token)};
  certificate.rivals = run.demands.size() - 1;
  run.Apply(entry_index, demand, *limit, std::move(certificate));
}

void ApplyStructured(Run& run, std::size_t index) {
  EntryState& entry = run.entries[index];
  const std::string reference = NormaliseReference(entry.fact->creditor_reference);
  if (reference.empty()) return;
  std::set<std::size_t> found;
  for (std::size_t i = 0; i < run.demands.size(); ++i) {
    if (run.demands[i].reference == reference) found.insert(i);
  }
  if (found.size() == 1) {
    ApplyNamed(run, index, *found.begin(), Rule::kStructuredReference, reference);
  } else if (found.empty()) {
    entry.mentions.unknown.push_back(reference);
  }
}

void ApplyText(Run& run, std::size_t index) {
  EntryState& entry = run.entries[index];
  const Named named = Resolve(run, entry);
  if (!named.open_question.empty() || named.demands.size() != 1) return;
  const auto& [demand, token] = *named.demands.begin();
  ApplyNamed(run, index, demand, Rule::kReferenceInText, token);
}

void ApplyAllNamed(Run& run, std::size_t index, const Named& named) {
  EntryState& entry = run.entries[index];
  std::set<std::size_t> chosen;
  Money open;
  Money due;
  for (const auto& [demand, token] : named.demands) {
    const DemandState& state = run.demands[demand];
    chosen.insert(demand);
    open += state.open;
    due += NextInstalment(state).value_or(state.open);
  }
  entry.named.insert(chosen.begin(), chosen.end());
  // More than everything named: each is paid in full whatever the payer meant for which.
  const bool in_full = entry.rest() >= open;
  if (!in_full && entry.rest() != due) {
    entry.conflict = "写明了多个编号，但金额与其未付合计及到期分期合计均不相等";
    entry.unsolved.insert(chosen.begin(), chosen.end());
    return;
  }
  for (const auto& [demand, token] : named.demands) {
    const DemandState& state = run.demands[demand];
    Certificate certificate;
    certificate.rule = Rule::kSeveralReferences;
    certificate.token = token;
    certificate.chosen = run.KeysOf(chosen);
    certificate.facts = {absl::StrCat("写明多个编号，其一：", token),
                         absl::StrCat(in_full ? "未付合计：" : "到期分期合计：",
                                      (in_full ? open : due).ToYuanGrouped(), "元")};
    certificate.rivals = run.demands.size() - chosen.size();
    run.Apply(index, demand, in_full ? state.open : NextInstalment(state).value_or(state.open),
              std::move(certificate));
  }
}

}  // namespace

void ApplyReferences(Run& run) {
  for (std::size_t i = 0; i < run.entries.size(); ++i) {
    if (MayBeMatched(run.entries[i])) ApplyStructured(run, i);
  }
  for (std::size_t i = 0; i < run.entries.size(); ++i) {
    if (MayBeMatched(run.entries[i])) ApplyText(run, i);
  }
}

void ApplySeveralReferences(Run& run) {
  for (std::size_t i = 0; i < run.entries.size(); ++i) {
    EntryState& entry = run.entries[i];
    if (!MayBeMatched(entry) || entry.advice.has_value()) continue;
    const Named named = Resolve(run, entry);
    if (!named.open_question.empty()) {
      entry.conflict = "写明的案号下有多笔追偿函，付款人与金额不能确定是哪一笔";
      entry.unsolved.insert(named.open_question.begin(), named.open_question.end());
      for (const auto& [demand, token] : named.demands) entry.unsolved.insert(demand);
      continue;
    }
    if (named.demands.size() == 1 && !entry.named.contains(named.demands.begin()->first)) {
      // Rung 2 had to leave this open only because other demands have been paid since.
      ApplyText(run, i);
    } else if (named.demands.size() > 1) {
      ApplyAllNamed(run, i, named);
    }
  }
}

}  // namespace recoup::reconcile

// Rungs 5 and 6: the payer and the sum, when nothing is named and only one reading fits.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/matching/subset_sum.h"
#include "hub/reconcile/run.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

bool NamesNothing(const EntryState& entry) {
  return entry.named.empty() && entry.paid.empty() && !entry.advice.has_value() &&
         entry.mentions.demands.empty() && entry.mentions.cases.empty();
}

std::vector<std::size_t> OpenDemandsOfPayer(const Run& run, const EntryState& entry) {
  std::vector<std::size_t> found = run.DemandsOfPayer(*entry.fact);
  std::erase_if(found, [&](std::size_t i) { return !run.demands[i].open.is_positive(); });
  return found;
}

// Sets the conflict and returns false when amounts alone can prove nothing for this entry.
bool MayDecideByAmount(const Run& run, EntryState& entry, const std::vector<std::size_t>& pool) {
  if (!entry.mentions.unknown.empty()) {
    entry.conflict = "写明的编号没有对应的追偿函，不能仅凭金额认定";
  } else if (std::any_of(pool.begin(), pool.end(), [&](std::size_t i) {
               return run.demands[i].fact->debtor_key != run.demands[pool.front()].fact->debtor_key;
             })) {
    entry.conflict = "付款人名称对应多个义务人";
  }
  if (entry.conflict.empty()) return true;
  entry.unsolved.insert(pool.begin(), pool.end());
  return false;
}

bool IsExact(const DemandState& demand, Money amount) {
  return demand.open == amount ||
         std::any_of(demand.instalments.begin(), demand.instalments.end(),
                     [&](const Instalment& instalment) {
                       return instalment.open == amount && amount <= demand.open;
                     });
}

void ApplyExactAmount(Run& run, std::size_t index) {
  EntryState& entry = run.entries[index];
  const std::vector<std::size_t> pool = OpenDemandsOfPayer(run, entry);
  if (pool.empty() || !MayDecideByAmount(run, entry, pool)) return;
  std::vector<std::size_t> exact = pool;
  std::erase_if(exact, [&](std::size_t i) { return !IsExact(run.demands[i], entry.rest()); });
  if (exact.empty()) return;
  if (exact.size() > 1) {
    entry.conflict = "该付款人有多笔追偿函的未付金额或分期金额与到账金额相等";
    entry.unsolved.insert(exact.begin(), exact.end());
    return;
  }
  const DemandState& demand = run.demands[exact.front()];
  Certificate certificate;
  certificate.rule = Rule::kPayerAndAmount;
  certificate.chosen = {demand.fact->key};
  certificate.facts = {
      "付款人为义务人",
      absl::StrCat(demand.open == entry.rest() ? "金额等于未付金额：" : "金额等于一期分期：",
                   entry.rest().ToYuanGrouped(), "元")};
  certificate.rivals = pool.size() - 1;
  run.Apply(index, exact.front(), entry.rest(), std::move(certificate));
}

void ApplyExactSum(Run& run, std::size_t index) {
  EntryState& entry = run.entries[index];
  const std::vector<std::size_t> pool = OpenDemandsOfPayer(run, entry);
  if (pool.size() < 2) return;
  std::vector<Money> amounts;
  for (const std::size_t i : pool) amounts.push_back(run.demands[i].open);
  const Money sum = entry.rest();
  const matching::SubsetSum found = matching::FindSubset(amounts, sum, run.policy.subset_items_max);
  switch (found.outcome) {
    case matching::SubsetOutcome::kNone:
      return;
    case matching::SubsetOutcome::kSeveral:
      entry.conflict = "该付款人有不止一组追偿函的合计与到账金额相等";
      break;
    case matching::SubsetOutcome::kTooMany:
      entry.conflict =
          absl::StrCat("该付款人未付追偿函超过", run.policy.subset_items_max, "笔，不作组合查找");
      break;
    case matching::SubsetOutcome::kUnique: {
      std::vector<std::string> chosen;
      for (const std::size_t at : found.chosen) {
        chosen.push_back(run.demands[pool[at]].fact->key);
      }
      for (const std::size_t at : found.chosen) {
        Certificate certificate;
        certificate.rule = Rule::kPayerAndSum;
        certificate.chosen = chosen;
        certificate.facts = {"付款人为义务人", absl::StrCat(chosen.size(), "笔未付合计唯一等于",
                                                            sum.ToYuanGrouped(), "元")};
        certificate.rivals = pool.size() - chosen.size();
        certificate.steps = found.steps;
        run.Apply(index, pool[at], amounts[at], std::move(certificate));
      }
      return;
    }
  }
  entry.unsolved.insert(pool.begin(), pool.end());
}

}  // namespace

void ApplyAmounts(Run& run) {
  for (std::size_t i = 0; i < run.entries.size(); ++i) {
    if (MayBeMatched(run.entries[i]) && NamesNothing(run.entries[i])) ApplyExactAmount(run, i);
  }
  for (std::size_t i = 0; i < run.entries.size(); ++i) {
    if (MayBeMatched(run.entries[i]) && NamesNothing(run.entries[i])) ApplyExactSum(run, i);
  }
}

}  // namespace recoup::reconcile

#include "hub/reconcile/reconcile.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "hub/base/status.h"
#include "hub/reconcile/payer_group.h"

namespace recoup::reconcile {
absl::StatusOr<Result> Reconcile(const Facts& facts, const ReconcilePolicy& policy) {
  return Reconcile(Pack(facts), policy);
}

absl::StatusOr<Result> Reconcile(const PackedFacts& facts, const ReconcilePolicy& policy) {
  RECOUP_RETURN_IF_ERROR(Check(facts));
  Run run(facts, policy);
  WorkOffReturns(run);
  BindAdvices(run);
  ApplyReferences(run);
  ApplyAdvices(run);
  ApplySeveralReferences(run);
  const std::vector<PayerGroup> groups = GroupByPayer(run);
  ApplyAmounts(run, groups);
  ApplySums(run, groups);
  ExplainTheRest(run);

  const auto order = [](const Break& b) {
    return std::tie(b.kind, b.entry_key, b.demand_key, b.advice_key, b.amount);
  };
  std::stable_sort(run.result.breaks.begin(), run.result.breaks.end(),
                   [&](const Break& a, const Break& b) { return order(a) < order(b); });
  return std::move(run.result);
}

}  // namespace recoup::reconcile

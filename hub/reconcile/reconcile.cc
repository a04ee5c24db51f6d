#include "hub/reconcile/reconcile.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "hub/base/status.h"
#include "hub/reconcile/payer_group.h"

namespace recoup::reconcile {
namespace {

// A break is large, so only its place is moved until the order is known.
std::vector<Break> InOrder(std::vector<Break> breaks) {
  const auto order = [](const Break& b) {
    return std::tie(b.kind, b.entry_key, b.demand_key, b.advice_key, b.amount);
  };
  std::vector<Break*> places;
  places.reserve(breaks.size());
  for (Break& b : breaks) places.push_back(&b);
  std::stable_sort(places.begin(), places.end(),
                   [&](const Break* a, const Break* b) { return order(*a) < order(*b); });
  std::vector<Break> ordered;
  ordered.reserve(breaks.size());
  for (Break* b : places) ordered.push_back(std::move(*b));
  return ordered;
}

}  // namespace

absl::StatusOr<Result> Reconcile(const Facts& facts, const ReconcilePolicy& policy) {
  return Reconcile(Pack(facts), policy);
}

absl::StatusOr<Result> Reconcile(const PackedFacts& facts, const ReconcilePolicy& policy,
                                 const Both& both) {
  RECOUP_RETURN_IF_ERROR(Check(facts));
  Run run(facts, policy, both);
  WorkOffReturns(run);
  BindAdvices(run);
  ApplyReferences(run);
  ApplyAdvices(run);
  ApplySeveralReferences(run);
  const std::vector<PayerGroup> groups = GroupByPayer(run);
  ApplyAmounts(run, groups);
  ApplySums(run, groups);
  ExplainTheRest(run);
  run.result.breaks = InOrder(std::move(run.result.breaks));
  return std::move(run.result);
}

}  // namespace recoup::reconcile

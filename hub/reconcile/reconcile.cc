#include "hub/reconcile/reconcile.h"

#include <memory>
#include <utility>

#include "hub/base/status.h"
#include "hub/reconcile/payer_group.h"

namespace recoup::reconcile {
namespace {

struct ResultTexts {
  std::shared_ptr<const PackedFacts> facts;
  TextArena found;
  TextArena found_beside;
};

}  // namespace

absl::StatusOr<Result> Reconcile(const Facts& facts, const ReconcilePolicy& policy) {
  return Reconcile(Pack(facts), policy);
}

absl::StatusOr<Result> Reconcile(PackedFacts given, const ReconcilePolicy& policy,
                                 const Both& both) {
  given.demands.MakeTables(both);
  const auto facts = std::make_shared<const PackedFacts>(std::move(given));
  RECOUP_RETURN_IF_ERROR(Check(*facts));
  Run run(*facts, policy, both);
  WorkOffReturns(run);
  BindAdvices(run);
  ApplyReferences(run);
  ApplyAdvices(run);
  ApplySeveralReferences(run);
  const std::vector<PayerGroup> groups = GroupByPayer(run);
  ApplyAmounts(run, groups, 1);  // The rungs before had turn 0.
  ApplySums(run, groups, 1 + static_cast<Index>(groups.size()));
  ExplainTheRest(run);
  Result result = ResultOf(run);
  result.texts = std::make_shared<const ResultTexts>(
      ResultTexts{facts, std::move(run.found.texts), std::move(run.found_beside.texts)});
  return result;
}

}  // namespace recoup::reconcile

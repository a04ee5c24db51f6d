#include "hub/reconcile/reconcile.h"

#include "hub/base/status.h"
#include "hub/reconcile/payer_group.h"

namespace recoup::reconcile {
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
  return ResultOf(run);
}

}  // namespace recoup::reconcile

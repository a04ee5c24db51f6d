// Reconciliation (对账核销) of a pool: what the engine of hub/reconcile proves is posted, what it
// cannot prove becomes a break.
//
// Payments of settlement batches come first, by a rule of their own (settlement_receipts.h), then
// debits that pay out what was passed on (deliveries.h).
//
// The engine runs until it proves nothing more, so that a second run finds nothing to do. Per
// round: refunds that left the account, then returns, then applications. A rest that a round leaves
// of a credit it has applied in part is a person's to decide. Breaks whose reason is gone are
// closed by "hub".
#ifndef RECOUP_HUB_APP_RECONCILE_H_
#define RECOUP_HUB_APP_RECONCILE_H_

#include <vector>

#include "hub/app/settlement_pages.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {

struct Reconcile {
  domain::PoolId pool;
  // Every decision is proven once more by the checker before money moves.
  bool verify = true;
};

struct ReconcileAnswer {
  domain::PoolId pool;
  std::int32_t applied_count = 0;
  domain::Money applied;
  std::int32_t explained_count = 0;  // Returns, refunds, what was passed on.
  std::vector<domain::Break> opened;
  std::vector<domain::BreakId> closed;
  domain::Money unapplied;  // What lies unapplied in the account now.
  SettlementProgress settlement;
};

absl::StatusOr<ReconcileAnswer> ReconcileOf(const Reconcile& command, UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RECONCILE_H_

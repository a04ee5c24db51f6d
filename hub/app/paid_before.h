// What the payers of unexplained money paid before. Reconciliation looks at open demands and at
// those that money names; a second payment that names nothing finds neither. Only for such entries
// are paid demands looked up, by the payer, so that a run costs what is unexplained and not what
// was ever paid.
#ifndef RECOUP_HUB_APP_PAID_BEFORE_H_
#define RECOUP_HUB_APP_PAID_BEFORE_H_

#include "hub/app/unit_of_work.h"
#include "hub/reconcile/facts.h"
#include "hub/reconcile/result.h"

namespace recoup::app {

// The credits that `result` calls unknown and whose payer paid demands of the pool before, with
// those demands. Empty when there are none. Nothing of it is open, so reconciling it applies
// nothing and only tells duplicates from money without a purpose.
absl::StatusOr<reconcile::Facts> LoadPaidBefore(UnitOfWork& work, const domain::PoolId& pool,
                                                const reconcile::Facts& facts,
                                                const reconcile::Result& result);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_PAID_BEFORE_H_

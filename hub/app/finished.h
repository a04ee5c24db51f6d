// When an advance is settled and a recovery closed: the one rule, for payments, returns, passing on
// and everything that gives money up.
//
// An advance is settled when nothing of it is left to demand or to wait for: every fen is
// recovered, passed on or given up. A recovery is finished when all its advances are settled, or
// when every debtor from whom something is to be had has a demand that is paid and no demand is
// unpaid (withdrawn ones do not count): what of an advance no rule lets the fund demand may stay in
// ADVANCED. What is finished and is owed again opens again.
#ifndef RECOUP_HUB_APP_FINISHED_H_
#define RECOUP_HUB_APP_FINISHED_H_

#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// Brings advances and recovery in line with the money. `advances` and `demand` (may be null) are
// what the caller has changed and still holds; the caller puts everything afterwards.
absl::Status SettleFinished(UnitOfWork& work, const std::vector<domain::Advance*>& advances,
                            const domain::Demand* demand, domain::Recovery& recovery);

// The same for an advance that belongs to no recovery yet.
absl::Status SettleAdvance(domain::Advance& advance);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_FINISHED_H_

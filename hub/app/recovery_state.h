// When a recovery is closed, and opened again.
#ifndef RECOUP_HUB_APP_RECOVERY_STATE_H_
#define RECOUP_HUB_APP_RECOVERY_STATE_H_

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// Closed when each debtor from whom something is to be had has a demand that is paid (withdrawn
// ones do not count); opened again when that no longer holds. `changed` is the demand that the
// caller has changed and not yet put. What of an advance no rule lets the fund demand may stay in
// ADVANCED. The caller puts the recovery.
absl::Status UpdateRecoveryState(UnitOfWork& work, domain::Recovery& recovery,
                                 const domain::Demand& changed);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RECOVERY_STATE_H_

// A recovery without a judgment: what its debtors owe by their agreed shares of C, and under which
// policies its insurers answer.
//
// An officer names the policy of a share, or the hub finds those of the insurer, in force on the
// day, for a vehicle that the hospital flagged: compulsory cover pays first, commercial cover what
// that leaves. The share competes for a limit as the loss of a judgment does.
#ifndef RECOUP_HUB_APP_AGREED_SHARES_H_
#define RECOUP_HUB_APP_AGREED_SHARES_H_

#include "hub/app/follow_limits.h"
#include "hub/app/revise_demands.h"
#include "hub/app/unit_of_work.h"
#include "hub/base/error.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// Finds the policies behind shares that have none yet, or had not all: the recovery gets a claim on
// each, and what was asked of the insurer before is bound to the first. Puts demands; the caller
// puts the recovery. A fault names a share whose insurer covers several vehicles, or that is one of
// several of the same policy: such a share is not bound.
absl::Status BindShares(UnitOfWork& work, domain::Recovery& recovery, Faults& faults);

// See follow_limits.h. Both leave a recovery whose amounts cannot be computed as it is;
// FollowShares says why.
absl::StatusOr<SharedClaim> ClaimOfShares(UnitOfWork& work, const domain::Recovery& recovery);
absl::Status FollowShares(UnitOfWork& work, domain::Recovery& recovery,
                          const DemandsRevision& revision);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_AGREED_SHARES_H_

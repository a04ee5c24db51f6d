// What a recovery finds of a limit when its amounts are computed: who else takes of it, what of its
// own stands, and what is used elsewhere.
#ifndef RECOUP_HUB_APP_LIMIT_PART_H_
#define RECOUP_HUB_APP_LIMIT_PART_H_

#include "hub/app/limit_group.h"
#include "hub/app/limit_use.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/apportionment.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// Fills `policy` with it. `claim` is the recovery's own, with the most that its loss can be; the
// recovery takes its place in `group`, in which it may be missing yet. `keep_accepted`: what it was
// paid or has accepted stays asked even where the limit no longer holds it.
absl::StatusOr<LimitUse> AskOfLimit(UnitOfWork& work, const domain::Recovery& recovery,
                                    const domain::LimitClaim& claim, bool keep_accepted,
                                    LimitGroup& group, domain::InsurancePolicy& policy);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_LIMIT_PART_H_

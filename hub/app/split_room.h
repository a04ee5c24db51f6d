// What is left of a policy's limit for a split, and the sharing out of a quoted bill by it.
#ifndef RECOUP_HUB_APP_SPLIT_ROOM_H_
#define RECOUP_HUB_APP_SPLIT_ROOM_H_

#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/split.h"

namespace recoup::app {

// Splits of the accident in which the policy's insurer accepted: quoted or settled, expired ones
// included.
absl::StatusOr<std::vector<domain::SplitQuote>> SplitsOfPolicy(UnitOfWork& work,
                                                               domain::PolicyId policy,
                                                               absl::CivilDay accident_on);

// Computes every amount of the quote anew from what insurers accepted and what is left of their
// limits: the stated room, less what other splits reserve, less what was settled by splits since
// the insurer's statement (until it states anew, it cannot have counted them).
absl::Status ShareOut(UnitOfWork& work, domain::SplitQuote& quote);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_SPLIT_ROOM_H_

// What other victims of the same accident take of one policy's limit.
//
// Several victims share a limit in proportion to their losses (道交解释 19), and what one of them
// was paid is gone for the others. The hub knows the victims whom it asks the insurer for: the
// recoveries of the same accident with a demand on the policy, drafted or issued, in any pool. What
// judgments say of victims it does not know is in judged_cover.h.
#ifndef RECOUP_HUB_APP_SHARED_LIMIT_H_
#define RECOUP_HUB_APP_SHARED_LIMIT_H_

#include <set>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"

namespace recoup::app {

struct SharedLimit {
  domain::Money paid;  // Received on the demands of others.
  // Medical loss of those others of whom something is still open: what they and their funds paid,
  // less what was received. A victim who was paid in full no longer competes.
  domain::Money competing_loss;
  int victims = 0;
  bool operator==(const SharedLimit&) const = default;
};

// `own` are the advances of the victim in question; a recovery that holds one of them is theirs.
absl::StatusOr<SharedLimit> SharedLimitOf(UnitOfWork& work, const domain::PartyId& insurer,
                                          const domain::PolicyId& policy,
                                          absl::CivilDay accident_on,
                                          const std::set<domain::AdvanceId>& own);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_SHARED_LIMIT_H_

// The timeline (办案记录) of a recovery: one Chinese sentence per thing that happened, with the
// time it happened and the time it was recorded.
#ifndef RECOUP_HUB_APP_TIMELINE_H_
#define RECOUP_HUB_APP_TIMELINE_H_

#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// To a recovery the caller holds and puts itself.
void AddTimeline(const UnitOfWork& work, domain::Recovery& recovery, absl::Time happened,
                 std::string text);
// To a recovery the caller does not hold; NOT_FOUND when there is none. A copy the caller took
// before must not be put afterwards.
absl::Status AddTimeline(UnitOfWork& work, const domain::PoolId& pool, domain::RecoveryId recovery,
                         absl::Time happened, std::string text);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_TIMELINE_H_

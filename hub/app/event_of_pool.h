// Which event of a pool's log a change belongs to, so that what was before a cut can be told later.
#ifndef RECOUP_HUB_APP_EVENT_OF_POOL_H_
#define RECOUP_HUB_APP_EVENT_OF_POOL_H_

#include <cstdint>

#include "hub/app/unit_of_work.h"

namespace recoup::app {

// The event of the pool that this command becomes. A command of another log becomes none of the
// pool's: it then belongs to the next one, so that no cut made before it takes it in.
absl::StatusOr<std::int64_t> EventOfPool(UnitOfWork& work, const domain::PoolId& pool);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_EVENT_OF_POOL_H_

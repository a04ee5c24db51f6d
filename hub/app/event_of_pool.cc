#include "hub/app/event_of_pool.h"

#include "hub/base/status.h"

namespace recoup::app {

absl::StatusOr<std::int64_t> EventOfPool(UnitOfWork& work, const domain::PoolId& pool) {
  if (work.event_partition() == pool.value) return work.event_sequence();
  RECOUP_ASSIGN_OR_RETURN(const PartitionState* state, work.StateOf(pool.value));
  return state->events + 1;
}

}  // namespace recoup::app

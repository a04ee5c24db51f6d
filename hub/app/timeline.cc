#include "hub/app/timeline.h"

#include <utility>

#include "hub/base/status.h"

namespace recoup::app {

void AddTimeline(const UnitOfWork& work, domain::Recovery& recovery, absl::Time happened,
                 std::string text) {
  recovery.timeline.push_back({.recorded_time = work.now(),
                               .happened_time = happened,
                               .actor = work.caller().actor,
                               .text = std::move(text)});
}

absl::Status AddTimeline(UnitOfWork& work, const domain::PoolId& pool, domain::RecoveryId recovery,
                         absl::Time happened, std::string text) {
  RECOUP_ASSIGN_OR_RETURN(domain::Recovery record,
                          work.Get<domain::Recovery>(pool.value, recovery.value));
  AddTimeline(work, record, happened, std::move(text));
  work.Put(record);
  return absl::OkStatus();
}

}  // namespace recoup::app

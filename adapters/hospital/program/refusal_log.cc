#include "adapters/hospital/program/refusal_log.h"

#include "hub/base/error.h"

namespace recoup::hospital {
namespace {

constexpr absl::Duration kBetweenLines = absl::Minutes(1);

}  // namespace

void RefusalLog::Refused(const absl::Status& why) {
  const absl::Time now = clock_.Now();
  {
    const MutexLock lock(mutex_);
    const auto [entry, first] = told_.try_emplace(ReasonOf(why));
    if (!first) {
      ++entry->second.untold;
      entry->second.last = why;
      return;
    }
    entry->second.next = now + kBetweenLines;
  }
  log_.Warning("message refused", {{"reason", why}});
}

void RefusalLog::Summarise() {
  const absl::Time now = clock_.Now();
  std::map<Reason, Told> due;
  {
    const MutexLock lock(mutex_);
    for (auto entry = told_.begin(); entry != told_.end();) {
      if (now < entry->second.next) {
        ++entry;
        continue;
      }
      if (entry->second.untold == 0) {
        entry = told_.erase(entry);  // It is over; the next one is told at once again.
        continue;
      }
      due.insert(*entry);
      entry->second.untold = 0;
      entry->second.next = now + kBetweenLines;
      ++entry;
    }
  }
  for (const auto& [reason, told] : due) {
    log_.Warning("messages refused", {{"reason", told.last}, {"messages", told.untold}});
  }
}

}  // namespace recoup::hospital

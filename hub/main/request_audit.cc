#include "hub/main/request_audit.h"

#include <optional>

#include "hub/audit/commitment.h"
#include "hub/base/status.h"
#include "hub/engine/request_memory.h"

namespace recoup {
namespace {

constexpr std::size_t kEventsPerPage = 1000;

absl::StatusOr<std::optional<audit::EventHeader>> HeaderAt(app::ReadView& view,
                                                           const std::string& partition,
                                                           std::int64_t sequence) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<app::StoredEvent> found,
                          view.Events(partition, sequence - 1, 1));
  if (found.empty()) return std::nullopt;
  return audit::ParseLeafBytes(found.front().header);
}

// The last event before `time`; 0 when there is none. Events are in the order of their times.
absl::StatusOr<std::int64_t> LastBefore(app::ReadView& view, const std::string& partition,
                                        absl::Time time) {
  RECOUP_ASSIGN_OR_RETURN(const app::PartitionState state, view.StateOf(partition));
  std::int64_t before = 0;
  std::int64_t after = state.events + 1;
  while (before + 1 < after) {
    const std::int64_t middle = before + (after - before) / 2;
    RECOUP_ASSIGN_OR_RETURN(const auto header, HeaderAt(view, partition, middle));
    if (header && header->recorded_time < time) {
      before = middle;
    } else {
      after = middle;
    }
  }
  return before;
}

}  // namespace

absl::StatusOr<std::vector<std::int64_t>> EventsOfForgottenRequests(app::ReadView& view,
                                                                    const std::string& partition,
                                                                    absl::Time now) {
  // An id may be a little younger than its event: the caller's clock was ahead.
  constexpr absl::Duration kSkewMax = absl::Hours(24);
  std::vector<std::int64_t> forgotten;
  RECOUP_ASSIGN_OR_RETURN(std::int64_t after,
                          LastBefore(view, partition, now - engine::kRemember - kSkewMax));
  for (;;) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<app::StoredEvent> page,
                            view.Events(partition, after, kEventsPerPage));
    for (const app::StoredEvent& event : page) {
      const std::optional<audit::EventHeader> header = audit::ParseLeafBytes(event.header);
      if (!header) continue;  // The verifier's business: the log itself is damaged.
      RECOUP_ASSIGN_OR_RETURN(const engine::RequestMemory memory,
                              engine::MemoryOf(view, *header, "", now));
      if (memory != engine::RequestMemory::kRemembered) forgotten.push_back(event.sequence);
    }
    if (page.size() < kEventsPerPage) return forgotten;
    after = page.back().sequence;
  }
}

}  // namespace recoup

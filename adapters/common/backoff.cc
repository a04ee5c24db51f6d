#include "adapters/common/backoff.h"

#include <algorithm>
#include <cstdint>

#include "hub/base/error.h"

namespace recoup::adapters {

bool IsHubAway(const absl::Status& status) {
  if (status.code() == absl::StatusCode::kUnavailable) return true;
  return status.code() == absl::StatusCode::kResourceExhausted &&
         DetailOf(status).retry_after_ms.has_value();
}

bool IsTransient(const absl::Status& status) {
  return IsHubAway(status) || status.code() == absl::StatusCode::kDeadlineExceeded;
}

absl::Duration Backoff::NextAfter(const absl::Status& error) {
  constexpr std::uint64_t kParts = 1024;
  const absl::Duration half = step_ / 2;
  const auto part = static_cast<std::int64_t>(random_.Next() % (kParts + 1));
  const absl::Duration drawn = half + half * part / static_cast<std::int64_t>(kParts);
  step_ = std::min(step_ * 2, options_.max);
  const std::int64_t asked_ms = DetailOf(error).retry_after_ms.value_or(0);
  return std::max(drawn, std::min(absl::Milliseconds(asked_ms), options_.hub_asks_max));
}

}  // namespace recoup::adapters

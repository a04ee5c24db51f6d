// Which errors are worth another try, and how long to wait before it.
#ifndef RECOUP_ADAPTERS_COMMON_BACKOFF_H_
#define RECOUP_ADAPTERS_COMMON_BACKOFF_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "hub/base/ids.h"

namespace recoup::adapters {

// UNAVAILABLE; DEADLINE_EXCEEDED (the call may have been done: safe because every mutation is
// idempotent by its request id); RESOURCE_EXHAUSTED only where the hub says when to come back,
// since without that it means "too large", which another try does not mend.
bool IsTransient(const absl::Status& status);

// A transient error that says nothing of this one call: the hub takes no call now.
bool IsHubAway(const absl::Status& status);

struct BackoffOptions {
  absl::Duration initial = absl::Milliseconds(200);
  absl::Duration max = absl::Minutes(1);
  // What the hub asks for is kept to even above `max`, but not beyond this.
  absl::Duration hub_asks_max = absl::Minutes(5);
};

// Doubles from `initial` to `max`. Each wait is drawn from the upper half of its step, so that many
// adapters do not come back to a restarted hub in the same moment. Not thread-safe; `random` must
// outlive it.
class Backoff {
 public:
  Backoff(const BackoffOptions& options, Random& random)
      : options_(options), random_(random), step_(options.initial) {}

  // The wait after `error`: never shorter than what the hub asks for.
  absl::Duration NextAfter(const absl::Status& error);
  void Reset() { step_ = options_.initial; }

 private:
  const BackoffOptions options_;
  Random& random_;
  absl::Duration step_;
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_BACKOFF_H_

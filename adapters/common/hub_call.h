// One call to the hub, wrapped by small functions with one job each.
//
//   CallHub(spec, environment, attempt)
//     = logged ← retried ← each time on a fresh context ← deadline ← request id ← attempt
//
// An Attempt makes the call once on the context that it is given: usually CallMethod
// (hub_method.h). Nothing here sees a payload, so
// nothing here can log one.
#ifndef RECOUP_ADAPTERS_COMMON_HUB_CALL_H_
#define RECOUP_ADAPTERS_COMMON_HUB_CALL_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "adapters/common/backoff.h"
#include "adapters/common/sleeper.h"
#include "grpcpp/client_context.h"
#include "hub/base/clock.h"
#include "hub/base/ids.h"
#include "hub/base/log.h"

namespace recoup::adapters {

using Attempt = std::function<absl::Status(grpc::ClientContext& context)>;
using Call = std::function<absl::Status()>;

enum class Idempotency { kIdempotent, kNotIdempotent };

struct RetryOptions {
  int attempts_max = 3;
  BackoffOptions backoff = {};
};

// Metadata key under which the hub's log finds this call.
inline constexpr char kRequestIdMetadata[] = "x-recoup-request-id";

// The deadline counts from each attempt.
Attempt WithDeadline(absl::Duration deadline, Clock& clock, Attempt next);
Attempt WithRequestId(const Id& request_id, Attempt next);
// gRPC contexts serve one call, so each attempt gets its own.
Call OnFreshContext(Attempt next);
// Bounded; only transient errors (backoff.h) of idempotent calls are tried again.
Call WithRetry(const RetryOptions& options, Idempotency idempotency, Sleeper& sleeper,
               Random& random, Call next);
// One line per call: method, request id, reason, duration.
Call WithLog(const Log& log, std::string method, const Id& request_id, Clock& clock, Call next);

struct CallSpec {
  std::string method;  // "CourtService.PushCourtCase"
  Id request_id;
  Idempotency idempotency = Idempotency::kIdempotent;
};

// What calls need from outside; everything must outlive the calls. Calls may run in parallel if
// random and sleeper may be used so.
struct CallEnvironment {
  absl::Duration deadline;
  RetryOptions retry;
  Clock& clock;
  Sleeper& sleeper;
  Random& random;
  const Log& log;
};

absl::Status CallHub(const CallSpec& spec, const CallEnvironment& environment, Attempt attempt);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_HUB_CALL_H_

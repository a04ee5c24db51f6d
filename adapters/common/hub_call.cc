#include "adapters/common/hub_call.h"

#include <utility>

namespace recoup::adapters {

Attempt WithDeadline(absl::Duration deadline, Clock& clock, Attempt next) {
  return [deadline, &clock, next = std::move(next)](grpc::ClientContext& context) {
    context.set_deadline(absl::ToChronoTime(clock.Now() + deadline));
    return next(context);
  };
}

Attempt WithRequestId(const Id& request_id, Attempt next) {
  return [request_id, next = std::move(next)](grpc::ClientContext& context) {
    context.AddMetadata(kRequestIdMetadata, request_id.ToUuid());
    return next(context);
  };
}

Call OnFreshContext(Attempt next) {
  return [next = std::move(next)] {
    grpc::ClientContext context;
    return next(context);
  };
}

Call WithRetry(const RetryOptions& options, Idempotency idempotency, Sleeper& sleeper,
               Random& random, Call next) {
  return [options, idempotency, &sleeper, &random, next = std::move(next)] {
    Backoff backoff(options.backoff, random);
    for (int attempts = 1;; ++attempts) {  // Bounded by attempts_max.
      absl::Status status = next();
      if (status.ok() || !IsTransient(status)) return status;
      if (idempotency == Idempotency::kNotIdempotent || attempts >= options.attempts_max) {
        return status;
      }
      sleeper.Sleep(backoff.NextAfter(status));
    }
  };
}

Call WithLog(const Log& log, std::string method, const Id& request_id, Clock& clock, Call next) {
  return [log, method = std::move(method), request_id, &clock, next = std::move(next)] {
    const absl::Time started = clock.Now();
    absl::Status status = next();
    const std::int64_t took_ms = absl::ToInt64Milliseconds(clock.Now() - started);
    const std::initializer_list<LogField> fields = {
        {"method", method}, {"request_id", request_id}, {"result", status}, {"took_ms", took_ms}};
    if (status.ok()) {
      log.Debug("hub call", fields);
    } else {
      log.Warning("hub call", fields);
    }
    return status;
  };
}

absl::Status CallHub(const CallSpec& spec, const CallEnvironment& environment, Attempt attempt) {
  const Call once = OnFreshContext(WithDeadline(
      environment.deadline, environment.clock, WithRequestId(spec.request_id, std::move(attempt))));
  const Call retried =
      WithRetry(environment.retry, spec.idempotency, environment.sleeper, environment.random, once);
  return WithLog(environment.log, spec.method, spec.request_id, environment.clock, retried)();
}

}  // namespace recoup::adapters

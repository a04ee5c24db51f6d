// The gRPC service config of data/retry_service_config.json, embedded. It retries UNAVAILABLE only;
// that is safe because every mutation of the hub is idempotent by its request id.
#ifndef RECOUP_ADAPTERS_COMMON_RETRY_SERVICE_CONFIG_H_
#define RECOUP_ADAPTERS_COMMON_RETRY_SERVICE_CONFIG_H_

namespace recoup::adapters {
extern const char kRetryServiceConfig[];
}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_RETRY_SERVICE_CONFIG_H_

#include "hub/rpc/rpc_metrics.h"

namespace recoup::rpc {

void RpcMetrics::Count(std::string_view method, absl::StatusCode code, absl::Duration took) {
  const MutexLock lock(mutex_);
  Calls& calls = calls_[{std::string(method), code}];
  ++calls.count;
  calls.total_us += static_cast<std::uint64_t>(absl::ToInt64Microseconds(took));
}

std::map<RpcMetrics::Key, RpcMetrics::Calls> RpcMetrics::Snapshot() const {
  const MutexLock lock(mutex_);
  return calls_;
}

}  // namespace recoup::rpc

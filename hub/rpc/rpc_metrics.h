// Counts of calls by method and code, for the metrics page. Thread-safe.
#ifndef RECOUP_HUB_RPC_RPC_METRICS_H_
#define RECOUP_HUB_RPC_RPC_METRICS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "hub/base/mutex.h"

namespace recoup::rpc {

class RpcMetrics {
 public:
  struct Calls {
    std::uint64_t count = 0;
    std::uint64_t total_us = 0;
  };
  using Key = std::pair<std::string, absl::StatusCode>;

  void Count(std::string_view method, absl::StatusCode code, absl::Duration took);
  std::map<Key, Calls> Snapshot() const;

 private:
  mutable Mutex mutex_;
  std::map<Key, Calls> calls_ RECOUP_GUARDED_BY(mutex_);
};

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_RPC_METRICS_H_

// The metrics page: what the hub counts, as Prometheus text over HTTP.
#ifndef RECOUP_HUB_MAIN_METRICS_H_
#define RECOUP_HUB_MAIN_METRICS_H_

#include <atomic>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "hub/engine/engine.h"
#include "hub/rpc/rpc_metrics.h"

namespace recoup {

// What of the hub's own state the page shows beside the counters.
struct HubGauges {
  std::atomic<bool> serving{false};
  std::atomic<std::int64_t> ledger_violations{0};
  std::atomic<std::int64_t> ledger_checked_seconds{0};  // Unix time of the last full audit.
};

class MetricsPage {
 public:
  // Listens on "address:port" and serves /metrics. References outlive the page.
  static absl::StatusOr<std::unique_ptr<MetricsPage>> Serve(const std::string& address,
                                                            const engine::EngineCounters& engine,
                                                            const rpc::RpcMetrics& calls,
                                                            const HubGauges& gauges);
  virtual ~MetricsPage() = default;
  virtual int port() const = 0;
};

}  // namespace recoup

#endif  // RECOUP_HUB_MAIN_METRICS_H_

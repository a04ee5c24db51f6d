#include "hub/main/metrics.h"

#include <prometheus/collectable.h>
#include <prometheus/exposer.h>
#include <prometheus/metric_family.h>

#include <exception>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

ClientMetric Sample(double value, MetricType type, std::vector<ClientMetric::Label> labels = {}) {
  ClientMetric metric;
  metric.label = std::move(labels);
  if (type == MetricType::Counter) {
    metric.counter.value = value;
  } else {
    metric.gauge.value = value;
  }
  return metric;
}

MetricFamily Family(const char* name, const char* help, MetricType type, double value) {
  MetricFamily family;
  family.name = name;
  family.help = help;
  family.type = type;
  family.metric.push_back(Sample(value, type));
  return family;
}

class HubCollector final : public prometheus::Collectable {
 public:
  HubCollector(const engine::EngineCounters& engine, const rpc::RpcMetrics& calls,
               const HubGauges& gauges)
      : engine_(engine), calls_(calls), gauges_(gauges) {}

  std::vector<MetricFamily> Collect() const override {
    const auto counter = [](const char* name, const char* help, std::uint64_t value) {
      return Family(name, help, MetricType::Counter, static_cast<double>(value));
    };
    std::vector<MetricFamily> families = {
        counter("recoup_commands_accepted_total", "Commands accepted.", engine_.accepted),
        counter("recoup_commands_refused_total", "Commands refused.", engine_.refused),
        counter("recoup_commands_replayed_total", "Commands answered with their first answer.",
                engine_.replayed),
        counter("recoup_commands_turned_away_total",
                "Commands the full queue or a shutdown turned away.", engine_.turned_away),
        counter("recoup_batches_total", "Transactions committed.", engine_.batches),
        counter("recoup_commit_failures_total", "Transactions that could not be committed.",
                engine_.commit_failures),
        counter("recoup_commit_microseconds_total", "Time spent writing and syncing.",
                engine_.commit_us),
        Family("recoup_queue_commands", "Commands waiting.", MetricType::Gauge,
               static_cast<double>(engine_.queued.load())),
        Family("recoup_serving", "1 while the hub serves.", MetricType::Gauge,
               gauges_.serving ? 1 : 0),
        Family("recoup_ledger_violations", "Broken ledger laws found by the last audit; must be 0.",
               MetricType::Gauge, static_cast<double>(gauges_.ledger_violations.load())),
        Family("recoup_ledger_checked_timestamp_seconds", "When the ledger was last audited.",
               MetricType::Gauge, static_cast<double>(gauges_.ledger_checked_seconds.load())),
    };
    MetricFamily calls{"recoup_calls_total", "Calls by method and code.", MetricType::Counter, {}};
    MetricFamily time{
        "recoup_call_microseconds_total", "Time from arrival to answer.", MetricType::Counter, {}};
    for (const auto& [key, value] : calls_.Snapshot()) {
      const std::vector<ClientMetric::Label> labels = {
          {"method", key.first}, {"code", absl::StatusCodeToString(key.second)}};
      calls.metric.push_back(Sample(static_cast<double>(value.count), MetricType::Counter, labels));
      time.metric.push_back(
          Sample(static_cast<double>(value.total_us), MetricType::Counter, labels));
    }
    families.push_back(std::move(calls));
    families.push_back(std::move(time));
    return families;
  }

 private:
  const engine::EngineCounters& engine_;
  const rpc::RpcMetrics& calls_;
  const HubGauges& gauges_;
};

class ExposedPage final : public MetricsPage {
 public:
  ExposedPage(const std::string& address, std::shared_ptr<HubCollector> collector)
      : collector_(std::move(collector)), exposer_(address, /*num_threads=*/1) {
    exposer_.RegisterCollectable(collector_);
  }
  int port() const override { return exposer_.GetListeningPorts().front(); }

 private:
  std::shared_ptr<HubCollector> collector_;  // The exposer holds it weakly.
  prometheus::Exposer exposer_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<MetricsPage>> MetricsPage::Serve(
    const std::string& address, const engine::EngineCounters& engine, const rpc::RpcMetrics& calls,
    const HubGauges& gauges) {
  try {
    return std::make_unique<ExposedPage>(address,
                                         std::make_shared<HubCollector>(engine, calls, gauges));
  } catch (const std::exception&) {
    return MakeError(Reason::kInvalidArgument,
                     absl::StrCat("metrics.address: cannot listen on ", address));
  }
}

}  // namespace recoup

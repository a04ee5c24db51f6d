// A whole hub in one object: store, engine, services, server, metrics page. The composition root.
//
// Start opens the store (applying migrations), listens with health NOT_SERVING, checks the ledger,
// then serves. Stop is the graceful way down: NOT_SERVING first, calls drain until the deadline,
// the engine answers and commits what it has, the write-ahead log is checkpointed. Used by
// recoup-hub and by tests and benchmarks that want the real thing.
#ifndef RECOUP_HUB_MAIN_HUB_SERVER_H_
#define RECOUP_HUB_MAIN_HUB_SERVER_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/config/hub_config.h"

namespace grpc {
class Service;
}

namespace recoup {

class HubServer {
 public:
  // `clock` outlives the server. Errors name the file or address that is to blame. `extra` are
  // services beside the API, borrowed; benchmarks compare with a call that does nothing.
  static absl::StatusOr<std::unique_ptr<HubServer>> Start(
      const config::HubConfig& config, Clock& clock, Log log,
      const std::vector<grpc::Service*>& extra = {});
  ~HubServer();
  HubServer(const HubServer&) = delete;
  HubServer& operator=(const HubServer&) = delete;

  int port() const;
  int metrics_port() const;  // 0 when there is no metrics page.
  void Stop();

 private:
  struct Parts;
  explicit HubServer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace recoup

#endif  // RECOUP_HUB_MAIN_HUB_SERVER_H_

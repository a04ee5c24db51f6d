// A real hub for tests and benchmarks: its own folder, development PKI, registered parties, mutual
// TLS, SQLite. Nothing is faked; only its port and folder are temporary.
#ifndef RECOUP_TESTS_SUPPORT_REAL_HUB_H_
#define RECOUP_TESTS_SUPPORT_REAL_HUB_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "hub/base/clock.h"
#include "hub/config/hub_config.h"
#include "hub/crypto/pki.h"
#include "hub/domain/records/registry.h"
#include "hub/main/hub_server.h"

namespace recoup::testing {

// To be registered: "hospital/renji"; a fund with its pools.
domain::Party MakeParty(const std::string& name, std::vector<domain::PoolId> pools = {});

class RealHub {
 public:
  // Makes keys, certificates and a database with these parties in `folder`, which exists and is
  // empty.
  static absl::StatusOr<std::unique_ptr<RealHub>> Prepare(const std::string& folder,
                                                          std::vector<domain::Party> parties);

  absl::Status Start(grpc::Service* extra = nullptr);
  // As if it were the time of this clock, which outlives the hub.
  absl::Status StartAt(Clock& clock);
  // The graceful way down; Start again continues on the same data.
  void Stop() { hub_.reset(); }
  // A connection as this party, "hospital/renji" or "fund/pudong/wang-min".
  std::shared_ptr<grpc::Channel> ConnectAs(const std::string& party) const;
  // To a hub on the same data that another process runs, on this port.
  std::shared_ptr<grpc::Channel> ConnectAs(const std::string& party, int port) const;
  // The settings with which a program of this party calls the hub, as flags; its certificate is
  // written beside the hub's.
  absl::StatusOr<std::vector<std::string>> SettingsOf(const std::string& party) const;
  // What a program of this party connects with, as PEM files.
  absl::Status WriteIdentity(const std::string& party, const std::string& certificate_file,
                             const std::string& key_file) const;
  int port() const { return hub_->port(); }
  const config::HubConfig& config() const { return config_; }
  int metrics_port() const { return hub_->metrics_port(); }

 private:
  RealHub() = default;
  absl::Status RegisterParties(std::vector<domain::Party> parties);
  absl::Status StartWith(Clock& clock, const std::vector<grpc::Service*>& extra);

  config::HubConfig config_;
  crypto::Identity ca_;
  SystemClock clock_;
  std::unique_ptr<HubServer> hub_;
};

// A folder that is removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_SUPPORT_REAL_HUB_H_

// The settings of recoup-hub: the schema, and the validated struct made from it.
#ifndef RECOUP_HUB_CONFIG_HUB_CONFIG_H_
#define RECOUP_HUB_CONFIG_HUB_CONFIG_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hub/config/config.h"
#include "hub/config/schema.h"

namespace recoup::config {

struct HubConfig {
  std::string listen_address;   // "127.0.0.1:7443"; port 0 lets the system choose.
  std::string metrics_address;  // Empty: no metrics page.
  std::string tls_ca_file;
  std::string tls_certificate_file;
  std::string tls_key_file;
  std::string data_file;
  std::string keyring_file;
  std::string signing_key_file;
  std::int64_t queue_max = 0;
  std::int64_t batch_max = 0;
  std::int64_t read_threads = 0;
  absl::Duration drain;
  absl::Duration checkpoint_every;
  absl::Duration audit_every;
  absl::Duration reminders_every;
};

const Schema& HubSchema();
HubConfig HubConfigFrom(const Config& config);

}  // namespace recoup::config

#endif  // RECOUP_HUB_CONFIG_HUB_CONFIG_H_

// The settings of the listeners: listen.*.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_SERVE_KEYS_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_SERVE_KEYS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/program/http_intake.h"
#include "adapters/hospital/program/mllp_server.h"
#include "hub/config/config.h"
#include "hub/config/schema.h"

namespace recoup::hospital {

std::vector<config::KeyRow> ListenKeys();

// What to listen on; nothing for a listener whose address is not set.
struct ListenOptions {
  std::optional<MllpOptions> mllp;
  std::optional<HttpOptions> http;
};

// All faulty settings are told.
absl::StatusOr<ListenOptions> ListenOptionsFrom(const config::Config& config);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_SERVE_KEYS_H_

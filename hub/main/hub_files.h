// The files that the hub's settings name: read as the hub reads them when it starts.
#ifndef RECOUP_HUB_MAIN_HUB_FILES_H_
#define RECOUP_HUB_MAIN_HUB_FILES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hub/config/hub_config.h"

namespace recoup {

// The text of a PEM file; an empty one is refused. `key` is the setting that names it.
absl::StatusOr<std::string> ReadPem(const std::string& key, const std::string& path);

// Whether certificate, keys and keyring can be read and are what they should be, and whether the
// database's folder is there. Every fault at once, under the name of its setting. Opens neither
// database nor port, so a running hub is not disturbed.
absl::Status CheckFiles(const config::HubConfig& config);

}  // namespace recoup

#endif  // RECOUP_HUB_MAIN_HUB_FILES_H_

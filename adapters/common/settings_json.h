// The settings in force as JSON for programs: every key with its value and where it came from, in
// the order of the schema. Keys that are not set have neither; secrets have no value.
#ifndef RECOUP_ADAPTERS_COMMON_SETTINGS_JSON_H_
#define RECOUP_ADAPTERS_COMMON_SETTINGS_JSON_H_

#include <string>

#include "hub/config/config.h"

namespace recoup::adapters {

// One line, with its line end. Durations are texts, as in the file.
std::string SettingsAsJson(const config::Config& config, const config::Schema& schema);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_SETTINGS_JSON_H_

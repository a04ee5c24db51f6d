// The file as settings: the only place that knows toml11.
#ifndef RECOUP_HUB_CONFIG_TOML_FILE_H_
#define RECOUP_HUB_CONFIG_TOML_FILE_H_

#include <string>

#include "hub/base/error.h"
#include "hub/config/config.h"
#include "hub/config/schema.h"

namespace recoup::config {

// Puts what the file sets into `config` and what is wrong with it into `faults`. Never throws.
void ReadTomlFile(const Schema& schema, const std::string& file_name, const std::string& text,
                  Config& config, Faults& faults);

}  // namespace recoup::config

#endif  // RECOUP_HUB_CONFIG_TOML_FILE_H_

// The settings every adapter and recoupctl share.
#ifndef RECOUP_ADAPTERS_COMMON_COMMON_CONFIG_H_
#define RECOUP_ADAPTERS_COMMON_COMMON_CONFIG_H_

#include <vector>

#include "hub/base/log.h"
#include "hub/config/config.h"
#include "hub/config/schema.h"

namespace recoup::adapters {

// hub.* and log.*: for every program that calls the hub.
std::vector<config::KeyRow> HubKeys();
// spool.*: for programs that keep a spool.
std::vector<config::KeyRow> SpoolKeys();

LogOptions LogOptionsFrom(const config::Config& config);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_COMMON_CONFIG_H_

// The exit codes of every program of Recoup; scripts rely on them.
#ifndef RECOUP_ADAPTERS_COMMON_EXIT_CODE_H_
#define RECOUP_ADAPTERS_COMMON_EXIT_CODE_H_

#include "absl/status/status.h"

namespace recoup::adapters {

enum class ExitCode : int {
  kOk = 0,
  kRefused = 1,         // The hub refused; sending the same again will not help.
  kUsage = 2,           // Command line, configuration or input file.
  kHubUnavailable = 3,  // The hub did not answer; what was given is in the spool, if there is one.
  kPartlyRefused = 4,   // Some items were accepted, some refused.
};

// What a call of the hub came to.
ExitCode ExitCodeOf(const absl::Status& hub_answer);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_EXIT_CODE_H_

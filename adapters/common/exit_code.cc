#include "adapters/common/exit_code.h"

#include "adapters/common/backoff.h"

namespace recoup::adapters {

ExitCode ExitCodeOf(const absl::Status& hub_answer) {
  if (hub_answer.ok()) return ExitCode::kOk;
  return IsTransient(hub_answer) ? ExitCode::kHubUnavailable : ExitCode::kRefused;
}

}  // namespace recoup::adapters

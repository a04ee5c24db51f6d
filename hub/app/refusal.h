// Refusals that say what must happen first (google.rpc.PreconditionFailure).
#ifndef RECOUP_HUB_APP_REFUSAL_H_
#define RECOUP_HUB_APP_REFUSAL_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "hub/base/error.h"

namespace recoup::app {

// `type`, `subject` and `description` name the one condition that is not met.
inline absl::Status Refuse(Reason reason, std::string_view message, std::string type,
                           std::string subject, std::string description) {
  ErrorDetail detail;
  detail.reason = reason;
  detail.preconditions = {{std::move(type), std::move(subject), std::move(description)}};
  return MakeError(message, std::move(detail));
}

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_REFUSAL_H_

// The background audit of what the store remembers of requests.
#ifndef RECOUP_HUB_MAIN_REQUEST_AUDIT_H_
#define RECOUP_HUB_MAIN_REQUEST_AUDIT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hub/app/ports.h"

namespace recoup {

// Events of the partition whose request must still be remembered and is not, or not as it was
// (hub/engine/request_memory.h). Reads the events since then only, page by page, no sealed body.
absl::StatusOr<std::vector<std::int64_t>> EventsOfForgottenRequests(app::ReadView& view,
                                                                    const std::string& partition,
                                                                    absl::Time now);

}  // namespace recoup

#endif  // RECOUP_HUB_MAIN_REQUEST_AUDIT_H_

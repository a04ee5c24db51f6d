// Reads back the canonical bytes of an event's header (hub/audit/commitment.h writes them).
#ifndef RECOUP_CTL_EVENT_HEADER_H_
#define RECOUP_CTL_EVENT_HEADER_H_

#include <optional>
#include <string_view>

#include "hub/audit/commitment.h"

namespace recoup::ctl {

// Nothing for bytes that LeafBytes could not have written.
std::optional<audit::EventHeader> ParseEventHeader(std::string_view bytes);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_EVENT_HEADER_H_

#include "hub/app/record_reader.h"

namespace recoup::app {

std::string PlaceOf(domain::RecordKind kind, Id id) {
  return absl::StrCat(static_cast<int>(kind), ":", id.ToBytes());
}

absl::Status NotFound(std::string_view what) { return MakeError(Reason::kNotFound, what); }

}  // namespace recoup::app

#include "hub/app/link_court_case.h"

namespace recoup::app {

absl::Status LinkLateSettlement(UnitOfWork& /*work*/, const domain::Advance& /*advance*/) {
  return absl::OkStatus();
}

}  // namespace recoup::app

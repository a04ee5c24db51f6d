// Opening breaks (差异): each finding is one break, however often it is found.
#ifndef RECOUP_HUB_APP_BREAKS_H_
#define RECOUP_HUB_APP_BREAKS_H_

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {

// Who resolved a break that went away by itself.
inline constexpr char kResolvedByHub[] = "hub";

// Opens a break for the finding, or refreshes the amount and words of the one that is open; a
// one that a person resolved is reopened only when its amount has changed. `finding.finding` names
// what it is about.
absl::Status OpenBreak(UnitOfWork& work, domain::Break finding);

// Closes the break of a finding that no longer holds, with the reason; nothing when there is none
// open.
absl::Status CloseBreak(UnitOfWork& work, const domain::PoolId& pool, const std::string& finding,
                        std::string reason);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_BREAKS_H_

// Drafts of the other victims of an accident, when one more victim appears.
//
// A limit that several victims share is divided by their losses (道交解释 19). Whoever was first
// had it alone; what is only drafted for them is computed anew, in any pool. What was issued
// stands: the note of the newcomer's recovery tells the officer (judged_apportionment.h).
#ifndef RECOUP_HUB_APP_SIBLING_DRAFTS_H_
#define RECOUP_HUB_APP_SIBLING_DRAFTS_H_

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// `newcomer` was put, with its drafts. Recoveries whose drafts stay as they are keep their payment
// references.
absl::Status RefreshSiblingDrafts(UnitOfWork& work, const domain::Recovery& newcomer);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_SIBLING_DRAFTS_H_

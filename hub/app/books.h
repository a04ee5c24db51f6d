// Advances on and off the books, and the one way in which postings become transfers of records.
#ifndef RECOUP_HUB_APP_BOOKS_H_
#define RECOUP_HUB_APP_BOOKS_H_

#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/demand.h"
#include "hub/ledger/movements.h"

namespace recoup::app {

// Posts what a movement made and notes the transfers in the records they concern, so that each
// advance and demand knows its own history. Every posting with an advance (demand) must name one of
// those given. The line of each demand in a settlement batch follows (settlement_lines.h), which
// refuses what would take money out of a batch that is closed.
absl::Status PostMovement(UnitOfWork& work, const domain::PoolId& pool,
                          const ledger::Postings& postings,
                          const std::vector<domain::Advance*>& advances,
                          const std::vector<domain::Demand*>& demands);

// A candidate comes onto the books with its whole amount. Not for an amount of zero.
absl::Status PutOnBooks(UnitOfWork& work, domain::Advance& advance);
// An open advance of which nothing is claimed goes off the books: back to candidate, or reversed.
absl::Status TakeOffBooks(UnitOfWork& work, domain::Advance& advance, domain::AdvanceState to);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_BOOKS_H_

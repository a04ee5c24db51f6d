// How the statements of one account fit together: no day is missing between them, and where two
// speak of the same days they say the same.
#ifndef RECOUP_HUB_APP_STATEMENT_CHAIN_H_
#define RECOUP_HUB_APP_STATEMENT_CHAIN_H_

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {

// After a statement was put: opens or closes the breaks about its neighbours and itself.
//
// STATEMENT_GAP: it does not open with what a statement directly before it closed with; closes when
// the missing one comes. STATEMENT_OVERLAP: it shares days with one imported before, and the
// balance at the start of these days or the entries of one of them differ. Several statements of
// one day that continue each other do not overlap. OPENING_UNCHECKED: its opening balance was given
// by hand and is not the closing balance of the statement before.
absl::Status CheckChain(UnitOfWork& work, const domain::Statement& imported);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_STATEMENT_CHAIN_H_

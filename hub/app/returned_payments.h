// A debit by which the bank takes a payment back although its money was passed on (退回已上解款),
// or although no run can tell which payment it was: a person names the demands.
//
// What was passed on comes back from the pool, which is paid that much less next time (the close
// shows what it owes until then); the demands are open again; the debit is posted. So every law
// holds at each step, and nobody has given up money.
#ifndef RECOUP_HUB_APP_RETURNED_PAYMENTS_H_
#define RECOUP_HUB_APP_RETURNED_PAYMENTS_H_

#include "hub/app/resolve_break.h"

namespace recoup::app {

// False when the break is about no debit. ILLEGAL_TRANSITION when the debit is posted or explained
// already, when the parts are not exactly its amount, or when not exactly one earlier credit has
// paid them, also because that was the payment of a settlement batch, whose lines no entry knows.
absl::StatusOr<bool> TakeBackReturned(UnitOfWork& work, const ResolveBreak& command,
                                      const domain::Break& finding);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RETURNED_PAYMENTS_H_

// Bills attached to an advance as evidence of what was paid.
//
// Attaching adds and replaces evidence only; no amount of the advance changes. A bill is known by
// code and number: the same again replaces what was attached before. A bill that is attached to
// another advance under the same code is refused, because one bill is settled once.
#ifndef RECOUP_HUB_APP_ATTACH_BILLS_H_
#define RECOUP_HUB_APP_ATTACH_BILLS_H_

#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/admission.h"

namespace recoup::app {

struct AttachBills {
  domain::PoolId pool;
  domain::AdvanceId advance;
  std::vector<domain::AttachedBill> bills;
};

// A hospital attaches to its own advances, a fund to those of its pools.
absl::StatusOr<domain::Advance> AttachBillsOf(const AttachBills& command, UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_ATTACH_BILLS_H_

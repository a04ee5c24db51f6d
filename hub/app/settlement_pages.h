// Working off the lines of settlement batches, page by page: paying those of a batch whose money
// has come, opening again those of one whose money the bank took back, releasing those of a batch
// that was given up.
//
// A batch may have a million lines, and every command holds up all others while it is decided. So a
// command works off one page (domain::kSettlementPageLines); whoever reconciles runs it until
// nothing is left. Each page is one event and stands where it stopped, so a killed hub goes on with
// the next page.
#ifndef RECOUP_HUB_APP_SETTLEMENT_PAGES_H_
#define RECOUP_HUB_APP_SETTLEMENT_PAGES_H_

#include <cstdint>

#include "hub/app/unit_of_work.h"

namespace recoup::app {

struct SettlementProgress {
  std::int64_t lines = 0;  // Paid, opened again or released now.
  domain::Money paid;
  std::int64_t lines_left = 0;  // Of all parts that are due in the pool.
};

// The next page of the oldest part that has work to do; nothing when none has. Lines are paid out
// of the part's sources in their order, exactly; money from another pool's account is passed on in
// the same step.
absl::StatusOr<SettlementProgress> WorkOffPage(UnitOfWork& work, const domain::PoolId& pool);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_SETTLEMENT_PAGES_H_

// Entries of a pool's account seen from settlement batches: which nobody has decided on, and which
// batch one names.
#ifndef RECOUP_HUB_APP_BATCH_ENTRIES_H_
#define RECOUP_HUB_APP_BATCH_ENTRIES_H_

#include <optional>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/receipts.h"
#include "hub/domain/records/settlement.h"

namespace recoup::app {

// The batch of which a reference stands in what the bank says of the entry.
absl::StatusOr<std::optional<domain::SettlementBatch>> BatchNamedBy(
    UnitOfWork& work, const domain::StatementEntry& entry);

// UNMATCHED, and left to runs.
absl::StatusOr<std::vector<domain::StatementEntry>> UndecidedEntries(UnitOfWork& work,
                                                                     const domain::PoolId& pool,
                                                                     domain::Direction direction);

// The same other side: by account where both name one, else by name.
bool SamePayer(const domain::StatementEntry& debit, const domain::StatementEntry& credit);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_BATCH_ENTRIES_H_

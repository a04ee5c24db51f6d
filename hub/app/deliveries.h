// What was passed on to the pool (上解款) and the bank's debits for it: which of them pays what
// out, which the bank sends back, and what it has not paid out in time.
//
// Passing on is posted when it is ordered (bank → delivered), so a debit for it moves nothing: it
// is settled with the event that it pays out. A delivery has one debit at a time, and a debit one
// delivery (UniqueKeyKind::kDeliveryOfDebit) or those whose sum it has. Where the bank sends the
// money back, the credit that came for it leaves the books again, and the delivery waits for its
// next debit.
#ifndef RECOUP_HUB_APP_DELIVERIES_H_
#define RECOUP_HUB_APP_DELIVERIES_H_

#include <map>
#include <string>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/money.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {

// This command passes so much on. What the pool owes is kept back from it, the oldest first.
absl::Status NoteDelivery(UnitOfWork& work, const domain::PoolId& pool, domain::Money amount,
                          absl::CivilDay passed_on, const std::string& bank_reference);
// This command takes so much from the pool again.
absl::Status NoteTakenFromPool(UnitOfWork& work, const domain::PoolId& pool, domain::Money amount);

struct PostedDeliveries {
  std::vector<domain::StatementEntryId> posted;              // Debits, and credits that send back.
  std::map<domain::StatementEntryId, std::string> doubtful;  // Debits, with the reason.
  std::vector<domain::Break> breaks;                         // UNPAID_DELIVERY.
};

// Decides on the pool's debits that no other rule has taken (hub/reconcile/deliveries.h). With
// `verify` each decision is proven once more.
absl::StatusOr<PostedDeliveries> PostDeliveries(UnitOfWork& work, const domain::PoolId& pool,
                                                bool verify);

// A person says that the debit pays out what was passed on: the oldest of exactly its amount.
// ILLEGAL_TRANSITION when there is none.
absl::Status PayOldestDelivery(UnitOfWork& work, domain::StatementEntry debit,
                               const std::string& reason);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_DELIVERIES_H_

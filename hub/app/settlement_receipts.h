// Money for settlement batches on a pool's bank account: payments that name a batch, and what the
// collecting pool hands on to the others.
//
// The payment of a batch may belong to many pools. On the collecting pool's account it stays
// unapplied money of its entry, promised to the batch: this pool's part until its lines are paid,
// the others' until the bank books the transfers to them. The other pools' lines are paid and
// passed on in their own books at once, because that money goes to the pool and never to its
// recovery account (ledger::ReceiveCollected).
#ifndef RECOUP_HUB_APP_SETTLEMENT_RECEIPTS_H_
#define RECOUP_HUB_APP_SETTLEMENT_RECEIPTS_H_

#include <cstdint>
#include <set>
#include <vector>

#include "hub/app/settlement_returns.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/records/receipts.h"
#include "hub/domain/records/settlement.h"

namespace recoup::app {

struct BatchReceipts {
  std::set<domain::StatementEntryId> entries;  // Credits that name a batch: for no other rule.
  std::vector<domain::Break> breaks;           // To be opened or kept open by the caller.
};

// Decides on every unapplied credit of the pool that names a batch (hub/reconcile/batch_payment.h).
// With `verify` each decision is proven once more before money moves. Of a batch whose payment was
// taken back before, what of it still lies here or with another pool counts, less what the bank's
// debits of `returned` take.
absl::StatusOr<BatchReceipts> TakeBatchPayments(UnitOfWork& work, const domain::PoolId& pool,
                                                const ReturnedBatches& returned, bool verify);

// The entries pay the batch: its parts become due. `reserved` of an earlier payment's money is not
// the batch's but goes back. Changes the batch; the caller puts it.
absl::Status FundBatch(UnitOfWork& work, domain::SettlementBatch& batch,
                       std::vector<domain::StatementEntry> entries,
                       domain::Money reserved = domain::Money());

// Debits that name a paid batch and have the amount of a part that is not handed on yet. Returns
// how many.
absl::StatusOr<std::int32_t> PostForwards(UnitOfWork& work, const domain::PoolId& pool);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_SETTLEMENT_RECEIPTS_H_

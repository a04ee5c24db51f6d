// The bank takes the payment of a settlement batch back (结算批次退汇), before it is distributed or
// after, in whole or in part.
//
// A batch is never paid in part, so it is never left paid in part: whatever of its payment goes
// back, every pool opens its lines again (agreed and reserved, page by page, settlement_pages.h),
// nothing more is distributed from that moment on, and the batch waits for its whole amount, to
// which what stayed in the account counts. What was passed on out of the collecting account is owed
// by its pool (ledger::TakeFromPool); what was handed on to another pool lies there until the payer
// pays anew or the pool sends it back. The bank's debit is posted when the account holds the money
// for it, out of the payment; until then it is a break that says what is missing.
#ifndef RECOUP_HUB_APP_SETTLEMENT_RETURNS_H_
#define RECOUP_HUB_APP_SETTLEMENT_RETURNS_H_

#include <cstdint>
#include <map>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/receipts.h"
#include "hub/domain/records/settlement.h"

namespace recoup::app {

// Debits of the pool's account that take back money of a batch and are not posted yet.
struct ReturnedBatch {
  domain::PartyId insurer;
  std::vector<domain::StatementEntryId> debits;  // By day.
  domain::Money sum;
};
using ReturnedBatches = std::map<domain::SettlementBatchId, ReturnedBatch>;

// Finds them: a debit that a person has called one, or that the bank marks as a return or reversal
// and that names the batch's reference or its payment, or is the only one its payer and amount fit;
// without a mark only when it names the reference, goes to the payer, and has the amount of a
// payment or of all. Of a batch whose payment lies in its lines these are opened again; money of
// the batch that another pool has sent back is taken in.
absl::StatusOr<ReturnedBatches> FindBatchReturns(UnitOfWork& work, const domain::PoolId& pool);

// A person says that this debit, unmarked or without a reference, takes back money of the batch:
// the next run of its pool treats it so. ILLEGAL_TRANSITION when it is no debit that waits, or
// nothing of the batch was paid by its day; AMOUNT_EXCEEDS_OPEN when it is more than was. Puts the
// debit.
absl::Status CallReturnOfBatch(UnitOfWork& work, domain::StatementEntry debit,
                               const domain::SettlementBatch& batch);

struct PostedReturns {
  std::int32_t posted = 0;
  std::vector<domain::Break> breaks;  // Of those that the account cannot pay.
};

// Those for which the account holds the money; what is posted leaves `returned`. Waits for the last
// page of the collecting pool's own lines.
absl::StatusOr<PostedReturns> PostBatchReturns(UnitOfWork& work, const domain::PoolId& pool,
                                               ReturnedBatches& returned);

// The lines of the collecting pool are open: the payment is unapplied money of its entries again,
// but for what was handed on. Changes the batch; the caller puts it.
absl::Status ReleasePayment(UnitOfWork& work, domain::SettlementBatch& batch);

// Entries of a payment that was taken back of which something was handed on: what they hold counts
// to the next payment. None of others, whose money is unapplied like any.
absl::StatusOr<std::vector<domain::StatementEntry>> RetainedEntries(
    UnitOfWork& work, const domain::SettlementBatch& batch);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_SETTLEMENT_RETURNS_H_

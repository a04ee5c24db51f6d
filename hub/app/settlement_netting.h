// Refunds set off in a settlement batch (抵扣应退款): refundable money of the insurer's earlier
// payments pays lines of the same pool, so the insurer transfers so much less.
//
// Money is refundable to whom the bank named as its payer; it is the insurer's when that name is
// the insurer's or one of its aliases. A pool never sets off more than it is owed in the batch.
#ifndef RECOUP_HUB_APP_SETTLEMENT_NETTING_H_
#define RECOUP_HUB_APP_SETTLEMENT_NETTING_H_

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/settlement.h"

namespace recoup::app {

// Reserves refundable money, the oldest entries first, as sources of the part. At most a hundred
// refundable entries of a pool are looked at, so that the cut stays short; the others wait for the
// next batch.
absl::Status SetOffRefunds(UnitOfWork& work, domain::SettlementPart& part);

// A part that is given up: its refunds are owed again.
absl::Status GiveRefundsBack(UnitOfWork& work, domain::SettlementPart& part);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_SETTLEMENT_NETTING_H_

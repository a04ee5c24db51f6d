// Batch totals of statements, told apart by the notifications that detail them.
//
// Many banks book a batch as one total in camt.053 and say in a camt.054 what its parts are. The
// total and its parts are the same money: where a notification details a total, the parts take its
// place in the statement, and the notification has nothing left to say.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_BATCH_DETAILS_H_
#define RECOUP_ADAPTERS_INSURER_BANK_BATCH_DETAILS_H_

#include <vector>

#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// Works on everything that is imported together. The entries that a notification gives for one
// booking detail a booked entry of a statement when account, currency, direction and sum are equal
// and a reference of the batch (AcctSvcrRef, PmtInfId or MsgId) is the same; they are used for one
// entry only. Where several entries fit, none is taken. Sums, and so balances, stay what they were.
void TakeBatchDetails(std::vector<BankStatement*> documents);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_BATCH_DETAILS_H_

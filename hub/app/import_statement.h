// A bank statement comes in (导入银行对账单), whole or not at all.
//
// What is booked: every credit is money in the account, whosever it is: bank ← unapplied. A debit
// posts nothing by itself. It is posted when it is explained (a return takes back what was
// received, a refund pays out what was marked refundable; passing on is posted when it is ordered);
// until then it stays UNMATCHED under an UNKNOWN_PAYMENT break. So the cash ledger holds only what
// the hub can explain and bank = unapplied + applied + refundable at every moment; the bank's own
// balance differs from it by exactly the debits that a break or a resolution names.
#ifndef RECOUP_HUB_APP_IMPORT_STATEMENT_H_
#define RECOUP_HUB_APP_IMPORT_STATEMENT_H_

#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {

inline constexpr std::size_t kStatementEntriesMax = 10'000;

struct ImportStatement {
  domain::PoolId pool;
  domain::Statement statement;                  // As the bank gives it; the rest is the use case's.
  std::vector<domain::StatementEntry> entries;  // Booked ones, in the bank's order. What is pending
                                                // is not money yet and comes again when booked.
};

struct ImportAnswer {
  domain::Statement statement;
  std::int32_t new_entries = 0;
  std::int32_t known_entries = 0;
};

// STATEMENT_DOES_NOT_ADD_UP names the difference. The same statement again gives the same answer
// and changes nothing; another content under its number is ALREADY_EXISTS_WITH_OTHER_CONTENT.
// Entries known from overlapping statements add nothing; equal entries that are not the same are
// counted (entry_identity.h). Whether it fits the statements around it is checked by CheckChain
// (statement_chain.h).
absl::StatusOr<ImportAnswer> ImportStatementOf(const ImportStatement& command, UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_IMPORT_STATEMENT_H_

#include "hub/app/batch_entries.h"

#include <string>

#include "hub/app/reconcile_facts.h"
#include "hub/base/status.h"
#include "hub/reconcile/batch_payment.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::app {

using domain::SettlementBatch;
using domain::StatementEntry;

absl::StatusOr<std::optional<SettlementBatch>> BatchNamedBy(UnitOfWork& work,
                                                            const StatementEntry& entry) {
  for (const std::string& reference : reconcile::ReferencesOf(BankEntryOf(entry))) {
    RECOUP_ASSIGN_OR_RETURN(
        std::optional<SettlementBatch> batch,
        work.FindBy<SettlementBatch>(domain::UniqueKeyKind::kSettlementBatchOfReference,
                                     domain::Key({reference})));
    if (batch) return batch;
  }
  return std::nullopt;
}

absl::StatusOr<std::vector<StatementEntry>> UndecidedEntries(UnitOfWork& work,
                                                             const domain::PoolId& pool,
                                                             domain::Direction direction) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<StatementEntry> entries,
                          work.FindAllBy<StatementEntry>(domain::LookupKind::kEntryUnsettled,
                                                         domain::Key({pool.value})));
  std::erase_if(entries, [&](const StatementEntry& entry) {
    return entry.direction != direction || entry.held ||
           entry.state != domain::StatementEntryState::kUnmatched;
  });
  return entries;
}

bool SamePayer(const StatementEntry& debit, const StatementEntry& credit) {
  if (!debit.counterparty_account.empty() && !credit.counterparty_account.empty()) {
    return debit.counterparty_account == credit.counterparty_account;
  }
  const std::string name = reconcile::NormaliseName(debit.counterparty_name);
  return !name.empty() && name == reconcile::NormaliseName(credit.counterparty_name);
}

}  // namespace recoup::app

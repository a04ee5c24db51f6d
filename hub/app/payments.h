// Money and demands: applying a statement entry to a demand (核销), undoing it when the bank takes
// the money back, passing recovered money on (上解), giving up what is open (核减).
//
// Each function changes the entry and the demand it is given, posts the transfers, and writes the
// advances, the recovery (timeline, interruption of the limitation period, closing) and the demand;
// the caller puts the entry. Amounts that are not there are refused before anything has changed.
#ifndef RECOUP_HUB_APP_PAYMENTS_H_
#define RECOUP_HUB_APP_PAYMENTS_H_

#include <optional>
#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {

// Applies part of a credit. Within the demand money goes to the stages agreed, claimed, disputed,
// mediating in that order, and within a stage to the lines in proportion to what is open (largest
// remainder); instalments are paid oldest first. A payment, in whole or in part, interrupts the
// limitation period with the entry as evidence (民法典 195). AMOUNT_EXCEEDS_OPEN. `match` is what
// the engine decided by, if it did.
absl::Status ApplyPayment(UnitOfWork& work, domain::StatementEntry& entry, domain::DemandId demand,
                          domain::Money amount, std::string rule, std::string certificate,
                          std::optional<domain::MatchCertificate> match = std::nullopt);

// How much of what the entry paid on this demand can still be undone: what was passed on cannot.
absl::StatusOr<domain::Money> Undoable(UnitOfWork& work, const domain::StatementEntry& entry,
                                       domain::DemandId demand);
// Takes back part of what `entry` paid on the demand: it becomes unapplied money of the entry
// again. The demand is open again in the stage of its state.
absl::Status UndoPayment(UnitOfWork& work, domain::StatementEntry& entry, domain::DemandId demand,
                         domain::Money amount, const std::string& why);

// Everything the demand has recovered goes to the pool; zero when there is nothing.
absl::StatusOr<domain::Money> PassOnDemand(UnitOfWork& work, const domain::PoolId& pool,
                                           domain::DemandId demand, absl::CivilDay passed_on,
                                           const std::string& bank_reference);

// Takes back what `entry` paid on the demand though it was passed on, as far as the demand has not
// recovered as much from elsewhere: the pool owes it to the account again, and the next passing on
// is paid out with that much less. Then as UndoPayment. AMOUNT_EXCEEDS_OPEN when the entry paid
// less.
absl::Status ReclaimPayment(UnitOfWork& work, domain::StatementEntry& entry,
                            domain::DemandId demand, domain::Money amount, const std::string& why);

// Gives up part of what is open.
absl::Status WriteOffOpen(UnitOfWork& work, const domain::PoolId& pool, domain::DemandId demand,
                          domain::Money amount, const std::string& reason);

// A debit is posted, or explained by a person: nothing waits for it any more.
absl::Status SettleDebit(UnitOfWork& work, domain::StatementEntry& debit);

// Brings the state of a credit in line with its amounts after any of them has changed.
// `gone` says by which way money that is no longer in the account left: kRefund or kReturn.
absl::Status UpdateEntryState(domain::StatementEntry& entry, domain::StatementEntryCommand gone);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_PAYMENTS_H_

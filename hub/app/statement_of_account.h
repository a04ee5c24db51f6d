// A statement of account (对账单) between a pool and one debtor: what was open before a period,
// what was asked, received and given up, and what is open after it.
//
// Computed from the transfers of the tracking ledger, so that it says what the books said at the
// end of the period, whatever happened since. A transfer belongs to the day in China on which it
// was recorded.
#ifndef RECOUP_HUB_APP_STATEMENT_OF_ACCOUNT_H_
#define RECOUP_HUB_APP_STATEMENT_OF_ACCOUNT_H_

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "hub/app/ports.h"
#include "hub/app/record_reader.h"
#include "hub/domain/money.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/ids.h"

namespace recoup::app {

// All but `opening` are after the last day; open = amount - applied - relinquished.
struct AccountLine {
  domain::DemandId demand;
  domain::Money opening;
  domain::Money amount;
  domain::Money applied;
  domain::Money relinquished;
  domain::Money open;
  bool operator==(const AccountLine&) const = default;
};

// Numbers equal recoup.v1.AccountMovementKind.
enum class AccountMovementKind {
  kDemanded = 1,
  kWithdrawn = 2,
  kReceived = 3,
  kTakenBack = 4,
  kRelinquished = 5,
  kAskedAgain = 6,
};

// What one event of the log did to a demand within the period.
struct AccountMovement {
  absl::CivilDay day;
  AccountMovementKind kind = AccountMovementKind::kDemanded;
  domain::DemandId demand;
  domain::Money change;            // Of what is owed.
  domain::StatementEntryId entry;  // Of payments; nil otherwise.
  std::int64_t event_sequence = 0;
};

struct StatementOfAccount {
  domain::Money opening;
  domain::Money closing;  // The opening and the changes of all movements.
  // In the order of the demands' ids: those open before the period and those that changed in it.
  std::vector<AccountLine> lines;
  std::vector<AccountMovement> movements;  // In the order of the journal.
  std::int64_t last_transfer = 0;
};

// All demands that the pool has ever sent the party: those taken back later stood on the account
// until then.
absl::StatusOr<std::map<domain::DemandId, domain::Demand>> DemandsOnAccount(
    RecordReader& reader, const domain::PoolId& pool, const domain::PartyId& debtor);

// Of `demands`, which are all of the debtor's in the pool. Both days are included.
absl::StatusOr<StatementOfAccount> StatementOfAccountOf(ReadView& view, const domain::PoolId& pool,
                                                        const std::set<domain::DemandId>& demands,
                                                        absl::CivilDay from, absl::CivilDay until);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_STATEMENT_OF_ACCOUNT_H_

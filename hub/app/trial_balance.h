// What the journal of a pool adds up to: debits and credits of every account, for a trial balance
// (试算平衡表) and for an export that ends with balances. Reads one snapshot.
#ifndef RECOUP_HUB_APP_TRIAL_BALANCE_H_
#define RECOUP_HUB_APP_TRIAL_BALANCE_H_

#include <map>

#include "hub/app/ports.h"

namespace recoup::app {

struct Turnover {
  domain::Money debits;
  domain::Money credits;
};

struct TrialBalance {
  std::map<ledger::Account, Turnover> accounts;  // Every account, also the untouched ones.
  std::int64_t last_event = 0;                   // Of the pool's log, that moved money.
};

// Of what was recorded at or before `until`.
absl::StatusOr<TrialBalance> TrialBalanceOf(ReadView& view, const domain::PoolId& pool,
                                            absl::Time until);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_TRIAL_BALANCE_H_

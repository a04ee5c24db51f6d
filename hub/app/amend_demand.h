// An issued demand asks for less, because the case behind it changed.
//
// The reference stays, so that payments under way find it; each amendment is a revision with its
// reason. What was paid stays paid up to the new amount. What was paid above it, and still lies in
// the account, is no longer applied: it waits, held from every run, as a break OVERPAID that a
// person refunds. What was already passed on to the pool cannot be taken out of the account, so the
// demand keeps that much and a break CASE_CHANGED says so.
#ifndef RECOUP_HUB_APP_AMEND_DEMAND_H_
#define RECOUP_HUB_APP_AMEND_DEMAND_H_

#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/domain/explanation.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"

namespace recoup::app {

struct LowerDemand {
  domain::PoolId pool;
  domain::DemandId demand;
  domain::Money amount;  // What it shall ask for, below what it asks now.
  domain::Explanation explanation;
  std::string reason;  // Chinese: "（2026）沪01民终7号改判".
};

// Withdraws the demand when nothing is left to ask and nothing was paid or given up. Tells the
// debtor, with a new letter while something is open. Puts everything it changes, the recovery
// included. ILLEGAL_TRANSITION while the demand is in mediation.
absl::Status LowerDemandOf(UnitOfWork& work, const LowerDemand& command);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_AMEND_DEMAND_H_

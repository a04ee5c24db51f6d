// Recovered money goes to the pool (上解): of the demands named, or all of it. The transfer is
// posted when it is ordered; which debit of the bank pays it out is found when it appears on a
// statement (deliveries.h).
#ifndef RECOUP_HUB_APP_PASS_ON_H_
#define RECOUP_HUB_APP_PASS_ON_H_

#include <string>
#include <utility>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/money.h"

namespace recoup::app {

struct PassOn {
  domain::PoolId pool;
  std::vector<domain::DemandId> demands;  // Empty: all.
  absl::CivilDay passed_on;
  std::string bank_reference;
};

struct PassOnAnswer {
  domain::PoolId pool;
  domain::Money amount;
  std::vector<std::pair<domain::DemandId, domain::Money>> items;
};

// ILLEGAL_TRANSITION when a demand that is named has recovered nothing that could be passed on.
absl::StatusOr<PassOnAnswer> PassOnOf(const PassOn& command, UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_PASS_ON_H_

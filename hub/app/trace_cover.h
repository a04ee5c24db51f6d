// The compulsory covers that pay for an injury before shares of fault do, as a trace needs them.
//
// What is left of a limit is reckoned as for the demands of a judgment (limit_use.h); others who
// share it are those of the hub's recoveries (limit_group.h). Commercial cover is left out: it
// changes who pays, not how much. Reads only.
#ifndef RECOUP_HUB_APP_TRACE_COVER_H_
#define RECOUP_HUB_APP_TRACE_COVER_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/apportionment.h"
#include "hub/domain/records/person.h"

namespace recoup::app {

struct TraceCover {
  domain::Person person;         // The injured person, with tokens.
  std::set<std::string> plates;  // Normalised.
  absl::CivilDay accident_on;
  domain::PoolId pool;  // Whose policy data says the limit by law.
  // What a judgment on the person's own part alone awards (NET): it is paid from the limit first,
  // unless more is known to be used of it.
  std::optional<domain::Money> own_judged;
};

// One for each compulsory policy in force for a vehicle on the day, of the first party of an
// apportionment. Empty: the hub knows none.
absl::StatusOr<std::vector<domain::InsurancePolicy>> CoversOfTrace(UnitOfWork& work,
                                                                   const TraceCover& question);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_TRACE_COVER_H_

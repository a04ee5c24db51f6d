// Liability that an insurer accepted before it is asked for a split: it is not asked again.
//
// It stands when, for the same policy and accident, the insurer
//   - accepted an earlier split of the same person without a maximum, in words and not by silence;
//   - or stated with the use of its limits that it accepts liability (UpdatePolicyUsage), if all it
//     stated of that day agrees: two accidents of one day may have different answers;
//   - or accepted or paid some of a demand for the same person (compulsory cover only: a demand
//     does not tell the share of fault that commercial cover needs).
#ifndef RECOUP_HUB_APP_STANDING_LIABILITY_H_
#define RECOUP_HUB_APP_STANDING_LIABILITY_H_

#include <optional>
#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/registry.h"
#include "hub/domain/records/split.h"

namespace recoup::app {

struct StandingLiability {
  std::int64_t share_basis_points = 0;  // COMMERCIAL only.
  std::string claim_number;
  std::string ground;  // What it rests on, in Chinese.
  std::optional<absl::Time> accepted_time;
};

absl::StatusOr<std::optional<StandingLiability>> StandingLiabilityOf(
    UnitOfWork& work, const domain::RegisteredPolicy& policy, const domain::SplitQuote& quote);

void TakeStanding(const StandingLiability& standing, domain::SplitPart& part);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_STANDING_LIABILITY_H_

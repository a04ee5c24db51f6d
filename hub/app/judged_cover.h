// What is left of a policy's medical limit for one accident: by the insurer's own statement, by the
// judgment, and by the judgments of other victims of the same accident.
#ifndef RECOUP_HUB_APP_JUDGED_COVER_H_
#define RECOUP_HUB_APP_JUDGED_COVER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/money.h"
#include "hub/domain/records/court_case.h"

namespace recoup::app {

// What an insurer states of its limit for this accident.
struct RegisteredCover {
  domain::PolicyId policy;
  std::optional<domain::Money> limit;  // Absent: by law.
  domain::Money used;
};

// The policy of a vehicle that the hospital's flag names, or one whose use names the case: the same
// insurer may have covered other accidents of the same day.
absl::StatusOr<std::optional<RegisteredCover>> RegisteredCoverOf(
    UnitOfWork& work, const domain::CourtCase& court_case, const domain::JudgedPolicy& judged,
    const domain::PartyId& insurer, absl::CivilDay accident_on,
    const std::vector<std::string>& plates);

// The limit by law, where the judgment gives only what is left of it; absent when the pool's policy
// data has none.
absl::StatusOr<std::optional<domain::Money>> LimitByLaw(UnitOfWork& work,
                                                        const domain::PoolId& pool,
                                                        absl::CivilDay accident_on);

// What the judgment says of limit and use; absent where it says nothing.
struct Cover {
  std::optional<domain::Money> limit;
  domain::Money used;
};

// `own` is what the injured person paid themselves.
absl::StatusOr<Cover> JudgedCover(UnitOfWork& work, const domain::CourtCase& court_case,
                                  const domain::JudgedPolicy& judged, const domain::PoolId& pool,
                                  absl::CivilDay accident_on, domain::Money own);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_JUDGED_COVER_H_

// A hospital flags an admission (外伤/第三方标志), amends the flag, or clears it.
//
// A flag claims the settlements of its visit: candidates come onto the books. Clearing it gives
// back those of which nothing has been claimed yet. When its patient is corrected, the settlements
// of the visit follow, but for those that a recovery claims. The hospital is the caller; a visit
// has one flag, identified by pool, hospital and visit, so a report that comes twice under two
// request ids finds the first one.
#ifndef RECOUP_HUB_APP_FLAG_ADMISSION_H_
#define RECOUP_HUB_APP_FLAG_ADMISSION_H_

#include <optional>
#include <string>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/admission.h"

namespace recoup::app {

struct FlagAdmission {
  domain::PoolId pool;
  domain::Flag flag;  // As reported; id, hospital, state and history are the use case's.
  domain::FlagState state = domain::FlagState::kSuspected;
  absl::Time flagged_time;
};

struct FlagAnswer {
  domain::Flag flag;
  std::vector<domain::AdvanceId> moved;  // Advances that came onto or went off the books.
};

// Which flag is meant: by id, or by visit for a hospital that does not know the id.
struct FlagOf {
  std::optional<domain::FlagId> id;
  std::string visit_id;
};

struct AmendFlag {
  domain::PoolId pool;
  FlagOf flag;
  domain::Flag changes;             // Only the fields named in `fields` count.
  std::vector<std::string> fields;  // Proto field names: "third_party_kind", "accident_on" …
  std::optional<domain::FlagState> state;
  absl::Time changed_time;
  std::string reason;
};

struct ClearFlag {
  domain::PoolId pool;
  FlagOf flag;
  absl::Time cleared_time;
  std::string reason;
};

// The fields AmendFlag knows.
const std::vector<std::string>& AmendableFlagFields();

// ALREADY_EXISTS_WITH_OTHER_CONTENT when the visit has a flag that says something else.
absl::StatusOr<FlagAnswer> FlagAdmissionOf(const FlagAdmission& command, UnitOfWork& work);
absl::StatusOr<FlagAnswer> AmendFlagOf(const AmendFlag& command, UnitOfWork& work);
absl::StatusOr<FlagAnswer> ClearFlagOf(const ClearFlag& command, UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_FLAG_ADMISSION_H_

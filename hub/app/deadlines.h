// What is overdue or soon due in a pool: demands, instalments, limitation periods, approvals,
// judicial confirmations. Computed from the records and policy data at the moment of asking;
// nothing is stored.
#ifndef RECOUP_HUB_APP_DEADLINES_H_
#define RECOUP_HUB_APP_DEADLINES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "hub/app/record_reader.h"
#include "hub/domain/limitation.h"
#include "hub/domain/money.h"
#include "hub/domain/policy_data.h"

namespace recoup::app {

// Numbers equal recoup.v1.DeadlineKind.
enum class DeadlineKind {
  kDemand = 1,
  kInstalment = 2,
  kLimitation = 3,
  kApproval = 4,
  kJudicialConfirmation = 5,
  kOffer = 6,  // Of a debtor, open until that day.
};

struct Deadline {
  DeadlineKind kind = DeadlineKind::kDemand;
  std::string subject;                   // Resource name.
  std::optional<absl::CivilDay> due_on;  // Absent: a limitation period that stands still.
  domain::Money amount;                  // What is open.
  std::string debtor_name;
  std::optional<domain::LimitationState> limitation;  // Of a limitation period.
};

// All deadlines on or before `until`, the earliest first; then the limitation periods that stand
// still.
absl::StatusOr<std::vector<Deadline>> DeadlinesOf(RecordReader& reader, const domain::PoolId& pool,
                                                  absl::CivilDay today, absl::CivilDay until,
                                                  const domain::PolicyData& policy_data);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_DEADLINES_H_

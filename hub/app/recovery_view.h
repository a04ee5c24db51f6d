// A recovery with what its figures are made of: its advances, its demands and the limitation clock
// towards each of its debtors on a day. What reads show and what commands answer are the same.
#ifndef RECOUP_HUB_APP_RECOVERY_VIEW_H_
#define RECOUP_HUB_APP_RECOVERY_VIEW_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "hub/app/record_reader.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/limitation.h"
#include "hub/domain/policy_data.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

struct RecoveryView {
  domain::Recovery recovery;
  std::vector<domain::Advance> advances;   // In the order of recovery.advances.
  std::vector<domain::Demand> demands;     // In the order of recovery.demands.
  std::vector<domain::Limitation> clocks;  // In the order of recovery.debtors.
};

// As the command in hand has changed it.
absl::StatusOr<RecoveryView> ViewOf(UnitOfWork& work, domain::Recovery recovery);
absl::StatusOr<RecoveryView> ViewOf(RecordReader& reader, domain::Recovery recovery,
                                    absl::CivilDay today, const domain::PolicyData& policy_data);

// The clock towards the debtor of a demand.
absl::StatusOr<domain::Limitation> LimitationOfDemand(RecordReader& reader,
                                                      const domain::Demand& demand,
                                                      absl::CivilDay today,
                                                      const domain::PolicyData& policy_data);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RECOVERY_VIEW_H_

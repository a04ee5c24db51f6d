// Records what interrupted the limitation period towards a debtor (诉讼时效中断), with its
// evidence.
#ifndef RECOUP_HUB_APP_RECORD_INTERRUPTION_H_
#define RECOUP_HUB_APP_RECORD_INTERRUPTION_H_

#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/limitation.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// The clock towards one debtor of a recovery, on a day. The damage is that of the accident, or,
// where its day is not known, the day the fund knew.
absl::StatusOr<domain::Limitation> LimitationOfDebtor(const domain::Recovery& recovery,
                                                      std::size_t debtor_index,
                                                      absl::CivilDay today,
                                                      const domain::PolicyData& policy_data);

struct RecordInterruption {
  domain::PoolId pool;
  domain::DemandId demand;
  domain::Interruption interruption;  // The debtor is that of the demand.
};

struct InterruptionAnswer {
  domain::PoolId pool;
  domain::Debtor debtor;
  domain::Limitation limitation;
  // Not withdrawn, to the joint debtors whose clocks were interrupted too.
  std::vector<domain::DemandId> other_demands;
};

// INVALID_ARGUMENT when it happened after the period had expired: it would not start the clock
// again, and whether the debtor gave up the defence is for a person to judge.
absl::StatusOr<InterruptionAnswer> RecordInterruptionOf(const RecordInterruption& command,
                                                        UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RECORD_INTERRUPTION_H_

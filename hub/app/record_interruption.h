// Records what interrupted the limitation period towards a debtor (诉讼时效中断) or obstructed it
// (中止), with its evidence; and the end of a proceeding or an obstacle that is recorded already.
#ifndef RECOUP_HUB_APP_RECORD_INTERRUPTION_H_
#define RECOUP_HUB_APP_RECORD_INTERRUPTION_H_

#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/limitation.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

struct RecordInterruption {
  domain::PoolId pool;
  domain::DemandId demand;
  // The debtor is that of the demand. With an end, where one of the same kind and day is recorded:
  // that one ended, or its end was another day.
  domain::Interruption interruption;
};

struct InterruptionAnswer {
  domain::PoolId pool;
  domain::Debtor debtor;
  domain::Limitation limitation;
  // Not withdrawn, to the joint debtors whose clocks were interrupted too.
  std::vector<domain::DemandId> other_demands;
};

// INVALID_ARGUMENT when it happened before the injury, or after the period had expired: it would
// not start the clock again, and whether the debtor gave up the defence is for a person to judge.
// ILLEGAL_TRANSITION for the end of a mediation that the hub keeps.
absl::StatusOr<InterruptionAnswer> RecordInterruptionOf(const RecordInterruption& command,
                                                        UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RECORD_INTERRUPTION_H_

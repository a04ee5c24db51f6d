// Records that a demand was sued for (起诉), usually after its mediation has failed.
//
// Filing interrupts the limitation period (民法典 195), with the court's case number and what
// proves the filing as evidence, and takes the demand off the list of what is to be sued for.
#ifndef RECOUP_HUB_APP_RECORD_LAWSUIT_H_
#define RECOUP_HUB_APP_RECORD_LAWSUIT_H_

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/demand.h"

namespace recoup::app {

struct RecordLawsuit {
  domain::PoolId pool;
  domain::DemandId demand;
  domain::Lawsuit lawsuit;
};

// The same suit again changes nothing. ILLEGAL_TRANSITION when nothing of the demand is open or
// another suit is recorded; INVALID_ARGUMENT when it was filed before the demand was issued or
// after the period had expired.
absl::StatusOr<domain::Demand> RecordLawsuitOf(const RecordLawsuit& command, UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RECORD_LAWSUIT_H_

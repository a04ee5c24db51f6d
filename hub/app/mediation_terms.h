// What an offer or agreement may say.
#ifndef RECOUP_HUB_APP_MEDIATION_TERMS_H_
#define RECOUP_HUB_APP_MEDIATION_TERMS_H_

#include <string>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/mediation.h"

namespace recoup::app {

enum class TermsOf { kOffer, kAgreement };

// Each demand is one of the mediation and is named once; an agreement names them all. Instalments
// sum to the agreed amount, their days ascend from `from` and end within the pool's
// mediation.instalment_months_max. An agreement sums to what is open; more than that is
// AMOUNT_EXCEEDS_OPEN, also for an offer. All other faults are INVALID_ARGUMENT, named together.
absl::Status CheckTerms(UnitOfWork& work, const domain::Mediation& mediation,
                        const std::vector<domain::AgreedDemand>& terms, absl::CivilDay from,
                        TermsOf kind);

// The amounts of terms that name a share of what is open: the share is rounded half up once, the
// rest is given up. Demands that do not exist are left to CheckTerms.
absl::Status ComputeShares(UnitOfWork& work, const domain::PoolId& pool,
                           std::vector<domain::AgreedDemand>& terms);

// INVALID_ARGUMENT for one field that is right in itself but not here.
absl::Status FaultOf(std::string field, std::string description);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_MEDIATION_TERMS_H_

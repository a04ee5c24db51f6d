// What a flat-quota agreement in force does to a demand: the insurer's quota is accepted without
// dispute, the rest is given up, both with their reason in the demand's explanation and in the
// timeline.
//
// The consent of both sides lies in the agreement, the fund's by two officers and up to its cap; so
// what is given up here needs no further approval, whatever relinquish.two_person_limit_fen says.
#ifndef RECOUP_HUB_APP_AGREEMENT_SETTLEMENT_H_
#define RECOUP_HUB_APP_AGREEMENT_SETTLEMENT_H_

#include <string>

#include "hub/app/demands.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/records/agreement.h"

namespace recoup::app {

// For a demand that is issued and of which all is claimed: moves the money. Answers with the
// sentence for the timeline: what the agreement did, or that the demand is above its cap; empty
// when none is about such cases. RecordSettlement comes after, then the caller stores the demand.
absl::StatusOr<std::string> SettleByAgreement(UnitOfWork& work, LoadedDemand& loaded);

// What follows from it, once the demand is sent: timeline, limitation, notice to the debtor.
absl::Status RecordSettlement(UnitOfWork& work, LoadedDemand& loaded, std::string sentence);

// Demands sent before the agreement came into force, not answered yet, of accidents it covers.
absl::Status SettleSentDemands(UnitOfWork& work, const domain::Agreement& agreement);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_AGREEMENT_SETTLEMENT_H_

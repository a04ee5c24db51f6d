// Sums offered for all that is open of a demand, outside a mediation (和解金额).
//
// An offer stands until its last day and cannot be taken back before (民法典 476). It lapses by its
// date alone: nothing is written, whoever reads it decides (SettlementOffer::StateOn). Accepting
// gives up the rest of what is open, above relinquish.two_person_limit_fen only once a second
// officer has agreed, still by the last day.
#ifndef RECOUP_HUB_APP_OFFERS_H_
#define RECOUP_HUB_APP_OFFERS_H_

#include <cstddef>
#include <optional>
#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/approval.h"
#include "hub/domain/records/demand.h"

namespace recoup::app {

struct OfferSettlement {
  domain::PoolId pool;
  domain::DemandId demand;
  std::string etag;
  domain::Money amount;
  absl::CivilDay valid_until;
  std::string text;
};

struct AnswerOffer {
  domain::PoolId pool;
  domain::DemandId demand;
  std::string etag;
  std::size_t offer = 0;  // Index in the demand's offers.
  bool accept = false;
  std::string text;
};

struct OfferAnswer {
  domain::Demand demand;
  std::optional<domain::ApprovalId> approval;  // That a second officer has to decide.
};

// NOT_FOUND for whoever is not the debtor.
absl::StatusOr<domain::Demand> OfferSettlementOf(const OfferSettlement& command, UnitOfWork& work);
absl::StatusOr<OfferAnswer> AnswerOfferOf(const AnswerOffer& command, UnitOfWork& work);

// What an approved acceptance does. ILLEGAL_TRANSITION when the offer has lapsed meanwhile.
absl::Status CompleteOffer(UnitOfWork& work, const domain::Approval& approval);
// A second officer does not approve: the offer waits for another answer, as long as it stands.
absl::Status ReopenOffer(UnitOfWork& work, const domain::Approval& approval);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_OFFERS_H_

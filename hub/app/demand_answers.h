// What a debtor answers to a demand: received, accepted, disputed, rightly shown as paid.
//
// Only the debtor itself answers, and only to an issued demand; to everybody else the demand does
// not exist. Accepting and disputing move money between stages: what is accepted waits for payment
// (agreed), what is not is disputed. An acceptance, also of a part, interrupts the limitation
// period, because the debtor has acknowledged the claim (民法典 195).
#ifndef RECOUP_HUB_APP_DEMAND_ANSWERS_H_
#define RECOUP_HUB_APP_DEMAND_ANSWERS_H_

#include <optional>
#include <string>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/demand.h"

namespace recoup::app {

struct AcknowledgeDemand {
  domain::PoolId pool;
  domain::DemandId demand;
  std::string etag;
  absl::Time happened;
  std::string claim_number;
};

struct AcceptDemand {
  domain::PoolId pool;
  domain::DemandId demand;
  std::string etag;
  absl::Time happened;
  // Of what is not accepted yet, claimed before disputed; absent: all of it. The rest is disputed.
  std::optional<domain::Money> amount;
  std::string text;
};

struct DisputedPart {
  domain::AdvanceId advance;
  domain::Money amount;
  domain::DisputeReason ground = domain::DisputeReason::kOther;
  std::string text;
};

struct DisputeDemand {
  domain::PoolId pool;
  domain::DemandId demand;
  std::string etag;
  absl::Time happened;
  std::vector<DisputedPart> parts;  // The rest of the demand is accepted.
  std::string text;
};

struct ConfirmRepayment {
  domain::PoolId pool;
  domain::DemandId demand;
  std::string etag;
  absl::Time happened;
  domain::Money received;
};

absl::StatusOr<domain::Demand> AcknowledgeDemandOf(const AcknowledgeDemand& command,
                                                   UnitOfWork& work);
absl::StatusOr<domain::Demand> AcceptDemandOf(const AcceptDemand& command, UnitOfWork& work);
absl::StatusOr<domain::Demand> DisputeDemandOf(const DisputeDemand& command, UnitOfWork& work);
// ILLEGAL_TRANSITION when the hub shows another amount; the error says which.
absl::StatusOr<domain::Demand> ConfirmRepaymentOf(const ConfirmRepayment& command,
                                                  UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_DEMAND_ANSWERS_H_

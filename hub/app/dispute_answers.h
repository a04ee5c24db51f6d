// What the fund answers to disputed lines: it upholds its claim, yields, or asks.
//
// Only yielding moves money (disputed → relinquished); above relinquish.two_person_limit_fen a
// second officer decides first. Once nothing is disputed any more the dispute is over: what was
// accepted waits for payment, and where nothing was, nothing is open.
#ifndef RECOUP_HUB_APP_DISPUTE_ANSWERS_H_
#define RECOUP_HUB_APP_DISPUTE_ANSWERS_H_

#include <optional>
#include <string>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/approval.h"
#include "hub/domain/records/demand.h"

namespace recoup::app {

struct AnswerDispute {
  domain::PoolId pool;
  domain::DemandId demand;
  std::string etag;
  std::vector<domain::DisputeAnswer> answers;  // Without who and when.
};

struct DisputeAnswered {
  domain::Demand demand;
  std::optional<domain::ApprovalId> approval;
};

// All answers or none. AMOUNT_EXCEEDS_OPEN when more is yielded of a line than is disputed.
absl::StatusOr<DisputeAnswered> AnswerDisputeOf(const AnswerDispute& command, UnitOfWork& work);

// What an approved yielding does.
absl::Status CompleteYield(UnitOfWork& work, const domain::Approval& approval);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_DISPUTE_ANSWERS_H_

// Giving up an amount (放弃追偿) of a demand or of an advance that nobody has claimed yet.
//
// Up to the pool's limit (relinquish.two_person_limit_fen) it happens at once; above it an approval
// waits for a second person, and until then nothing moves. What was given up of the same demand or
// advance before counts, so that the limit cannot be split.
#ifndef RECOUP_HUB_APP_RELINQUISH_H_
#define RECOUP_HUB_APP_RELINQUISH_H_

#include <optional>
#include <string>
#include <variant>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/approval.h"

namespace recoup::app {

struct Relinquish {
  domain::PoolId pool;
  std::variant<domain::DemandId, domain::AdvanceId> of;
  std::string etag;
  domain::Money amount;
  std::string reason;
  domain::RelinquishReason kind = domain::RelinquishReason::kOther;
};

struct RelinquishAnswer {
  domain::Money relinquished;  // Zero while an approval is waited for.
  std::optional<domain::Approval> approval;
};

absl::StatusOr<RelinquishAnswer> RelinquishOf(const Relinquish& command, UnitOfWork& work);
// What one person may give up today; more needs a second one (relinquish.two_person_limit_fen).
absl::StatusOr<domain::Money> OnePersonsLimit(UnitOfWork& work, const domain::PoolId& pool);
// Whether giving up `amount` needs a second person; `before` is what was given up already of the
// thing it is about.
bool IsAboveOnePersonsLimit(domain::Money before, domain::Money amount, domain::Money limit);
// What an approved relinquishment does. AMOUNT_EXCEEDS_OPEN when less is open by now.
absl::Status CompleteRelinquishment(UnitOfWork& work, const domain::Approval& approval);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RELINQUISH_H_

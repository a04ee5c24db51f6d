// One insurance limit among the victims of an accident who share it (道交解释 19): in proportion to
// their losses, by largest remainder, so the parts sum to the fen.
//
// What was paid or accepted stands: whoever already has more than their proportion keeps it, and
// the others divide the rest. The result does not depend on the order of the claimants.
#ifndef RECOUP_HUB_DOMAIN_LIMIT_DIVISION_H_
#define RECOUP_HUB_DOMAIN_LIMIT_DIVISION_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "hub/domain/money.h"

namespace recoup::domain {

struct LimitClaimant {
  std::string key;  // Tells claimants apart; of equal remainders the smallest key gets the fen.
  Money loss;       // What they claim of the limit, measured alike for all.
  Money stands;     // Of it paid, accepted or fixed otherwise; may exceed the loss.
};

// Never more than the loss or what stands, whichever is more. The parts exceed `available` only
// when what stands does. Amounts are not negative.
absl::StatusOr<std::vector<Money>> DivideLimit(Money available,
                                               const std::vector<LimitClaimant>& claimants);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_LIMIT_DIVISION_H_

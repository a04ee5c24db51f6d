// Whether a sum that fits may fit by accident. Internal to hub/reconcile.
#ifndef RECOUP_HUB_RECONCILE_CHANCE_H_
#define RECOUP_HUB_RECONCILE_CHANCE_H_

#include <vector>

#include "hub/domain/money.h"
#include "hub/reconcile/facts.h"

namespace recoup::reconcile {

// With n items there are many sets of up to `chosen` of them, and their sums lie within the spread
// of the amounts: the expected number of accidental hits is at most sets / (spread / granularity),
// where the granularity is the greatest common divisor of everything that is added. True when this
// is more than the policy allows; never for few items, where a person would believe the sum as
// well.
bool MayBeChance(const std::vector<domain::Money>& amounts, domain::Money sum, std::size_t chosen,
                 const ReconcilePolicy& policy);

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_CHANCE_H_

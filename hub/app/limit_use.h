// How large a limit is, and what is used of it elsewhere: by payments that are none of the hub's
// demands.
//
// Three sources speak of it, and none counts a use twice: judgments (what they order, and what they
// say was left), the insurer's statement, and splits at discharge. The largest use counts, except
// that what of an ordered sum is medical, where the judgment does not say so, yields to a
// statement. What the hub's demands brought in before a source spoke is part of its figure and
// taken out of it; what judgments ordered afterwards is added to it.
#ifndef RECOUP_HUB_APP_LIMIT_USE_H_
#define RECOUP_HUB_APP_LIMIT_USE_H_

#include <optional>

#include "absl/time/time.h"
#include "hub/app/limit_group.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/money.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {

struct LimitUse {
  // Absent: nothing says how large it is.
  std::optional<domain::Money> limit;
  domain::Money elsewhere;  // Never more than the limit.
  // By the insurer alone, and by judgments alone; absent where they say nothing of what is left.
  std::optional<domain::Money> stated;
  std::optional<domain::Money> judged;

  domain::Money left() const { return limit.value_or(domain::Money()) - elsewhere; }
};

// The limit by law is that of `pool`.
absl::StatusOr<LimitUse> UseOf(UnitOfWork& work, const LimitGroup& group,
                               const domain::PoolId& pool);

// What splits at discharge settled from the policy after a moment.
absl::StatusOr<domain::Money> SettledBySplits(UnitOfWork& work, domain::PolicyId policy,
                                              absl::CivilDay accident_on, absl::Time after);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_LIMIT_USE_H_

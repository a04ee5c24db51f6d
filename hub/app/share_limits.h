// Recoveries that share a limit are computed anew when something about the limit changes: another
// victim appears or goes, a judgment or the insurer says what is used, a policy is registered, a
// demand is taken back or given up in part.
//
// Drafts are made anew; of issued demands the open part follows (revise_demands.h), in any pool.
// What was paid or accepted stands, and the others divide the rest. Where more is asked than the
// limit holds nevertheless, a break POLICY_LIMIT_MISMATCH in each pool that asks waits for a
// person; it closes when the sums fit again.
#ifndef RECOUP_HUB_APP_SHARE_LIMITS_H_
#define RECOUP_HUB_APP_SHARE_LIMITS_H_

#include <string>
#include <vector>

#include "hub/app/limit_group.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/recovery.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {

// Reasons, as people read them.
inline constexpr char kAnotherVictim[] =
    "同一事故的其他受害人追偿情况有变动，共用保险限额按损失比例重新计算";
inline constexpr char kUseStated[] = "保险公司登记或者申报的限额有变动，追偿金额重新计算";
inline constexpr char kSplitSettled[] = "同一限额的出院分账有变动，追偿金额重新计算";

// Everybody who shares a limit with this recovery, itself included. The recovery was put; the
// caller holds no copy of any recovery or demand that it puts afterwards. `reason` is Chinese,
// without a full stop.
absl::Status ShareLimitsOf(UnitOfWork& work, const domain::Recovery& recovery,
                           const std::string& reason);

// The same for the limits a judgment names, after it came, changed or went. The case was put.
absl::Status ShareLimitsOfCase(UnitOfWork& work, const domain::CourtCase& court_case,
                               const std::string& reason);

// The same for everybody of one limit.
absl::Status ShareLimitOf(UnitOfWork& work, const LimitOf& limit, const std::string& reason);

// The same for a policy, after its registration or a statement; recoveries that it turns out to
// cover are bound to it. The policy was put. Returns the breaks that are open about its limit.
absl::StatusOr<std::vector<domain::Break>> ShareLimitsOfPolicy(
    UnitOfWork& work, const domain::RegisteredPolicy& policy, const std::string& reason);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_SHARE_LIMITS_H_

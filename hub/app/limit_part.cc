#include "hub/app/limit_part.h"

#include <algorithm>
#include <utility>

#include "hub/base/status.h"

namespace recoup::app {

absl::StatusOr<LimitUse> AskOfLimit(UnitOfWork& work, const domain::Recovery& recovery,
                                    const domain::LimitClaim& claim, bool keep_accepted,
                                    LimitGroup& group, domain::InsurancePolicy& policy) {
  std::erase_if(group.members,
                [&](const LimitMember& member) { return member.recovery.id == recovery.id; });
  for (const LimitMember& member : group.members) policy.other_victims.push_back(member.claimant());
  RECOUP_ASSIGN_OR_RETURN(LimitMember own, MemberOf(work, recovery, claim, true));
  own.follows = true;  // It speaks now, whatever became of its demands.
  policy.victim_key = own.claimant().key;
  policy.stands = own.stands;
  group.members.push_back(std::move(own));
  RECOUP_ASSIGN_OR_RETURN(LimitUse use, UseOf(work, group, recovery.pool));
  policy.limit = use.limit;
  policy.used = use.elsewhere;
  if (!keep_accepted && use.limit) policy.stands = std::min(policy.stands, use.left());
  return use;
}

}  // namespace recoup::app

// Insurance policies as their insurers register them, and what is used of their limits.
//
// Policies live in the insurer's own partition. The same registration again gives the same answer;
// other content under the same number is refused. Limits are per accident; a use that is over the
// limit is AMOUNT_EXCEEDS_LIMIT, and one that contradicts what the hub knows opens a break
// POLICY_LIMIT_MISMATCH in each pool concerned, which closes when the contradiction ends. What is
// asked under a policy follows each statement (share_limits.h).
#ifndef RECOUP_HUB_APP_POLICIES_H_
#define RECOUP_HUB_APP_POLICIES_H_

#include <string>
#include <vector>

#include "hub/app/policy_figures.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {

struct RegisterPolicy {
  domain::RegisteredPolicy policy;  // The insurer is the caller.
};

struct UpdatePolicyUsage {
  domain::PartyId insurer;  // Whose policy the name says it is.
  domain::PolicyId policy;
  std::string etag;
  // Replaces the earlier figures of the same accident; with only_claim it leaves them as they are.
  domain::PolicyUse use;
};

struct PolicyAnswer {
  domain::RegisteredPolicy policy;
  std::vector<HubFigures> figures;  // Of policy.uses.
  std::vector<std::string> breaks;  // Names of those open about its limits.
};

// The policies that covered the vehicle on the day, compulsory ones first; none without a plate.
absl::StatusOr<std::vector<domain::RegisteredPolicy>> PoliciesInForce(UnitOfWork& work,
                                                                      const std::string& plate,
                                                                      absl::CivilDay on);

// As registered for people; its resource, "insurer/huaan", when it is not registered.
absl::StatusOr<std::string> InsurerName(UnitOfWork& work, const domain::PartyId& insurer);

absl::StatusOr<PolicyAnswer> RegisterPolicyOf(const RegisterPolicy& command, UnitOfWork& work);
absl::StatusOr<PolicyAnswer> UpdatePolicyUsageOf(const UpdatePolicyUsage& command,
                                                 UnitOfWork& work);

// What is left of the policy's limit for medical costs of the accident by what its insurer stated
// and the hub's demands take, and when that was recorded (infinite past: never). Of several
// accidents of the day the one with the least left. POLICY_DATA_MISSING when a limit by law is not
// known.
struct StatedRoom {
  domain::Money medical;
  absl::Time as_of = absl::InfinitePast();
};
absl::StatusOr<StatedRoom> StatedRoomOf(UnitOfWork& work, const domain::RegisteredPolicy& policy,
                                        absl::CivilDay accident_on);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_POLICIES_H_

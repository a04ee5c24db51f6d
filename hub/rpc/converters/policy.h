// Insurance policies between API and domain.
#ifndef RECOUP_HUB_RPC_CONVERTERS_POLICY_H_
#define RECOUP_HUB_RPC_CONVERTERS_POLICY_H_

#include <vector>

#include "absl/status/statusor.h"
#include "hub/app/policies.h"
#include "recoup/v1/insurer_service.pb.h"
#include "recoup/v1/policy.pb.h"

namespace recoup::rpc {

// `figures` are those of policy.uses, as FiguresOf gives them.
void PolicyToProto(const domain::RegisteredPolicy& policy,
                   const std::vector<app::HubFigures>& figures, recoup::v1::Policy* out);

absl::StatusOr<app::RegisterPolicy> RegisterPolicyFromProto(
    const recoup::v1::RegisterPolicyRequest& request, absl::Time now);
absl::StatusOr<app::UpdatePolicyUsage> UpdatePolicyUsageFromProto(
    const recoup::v1::UpdatePolicyUsageRequest& request, absl::Time now);
void RegisterPolicyToProto(const app::PolicyAnswer& answer,
                           recoup::v1::RegisterPolicyResponse* out);
void UpdatePolicyUsageToProto(const app::PolicyAnswer& answer,
                              recoup::v1::UpdatePolicyUsageResponse* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_POLICY_H_

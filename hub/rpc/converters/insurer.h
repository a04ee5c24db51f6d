// A debtor's answers to its demands, as the API sends and shows them.
#ifndef RECOUP_HUB_RPC_CONVERTERS_INSURER_H_
#define RECOUP_HUB_RPC_CONVERTERS_INSURER_H_

#include "absl/status/statusor.h"
#include "hub/app/demand_answers.h"
#include "hub/rpc/converters/demand.h"
#include "recoup/v1/insurer_service.pb.h"

namespace recoup::rpc {

absl::StatusOr<app::AcknowledgeDemand> AcknowledgeDemandFromProto(
    const recoup::v1::AcknowledgeDemandRequest& request, absl::Time now);
absl::StatusOr<app::AcceptDemand> AcceptDemandFromProto(
    const recoup::v1::AcceptDemandRequest& request, absl::Time now);
absl::StatusOr<app::DisputeDemand> DisputeDemandFromProto(
    const recoup::v1::DisputeDemandRequest& request, absl::Time now);
absl::StatusOr<app::ConfirmRepayment> ConfirmRepaymentFromProto(
    const recoup::v1::ConfirmRepaymentRequest& request, absl::Time now);

// All four answer with the demand as it is now.
template <typename Response>
void AnsweredDemandToProto(const domain::Demand& demand, Response* out) {
  DemandToProto(demand, out->mutable_demand());
}

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_INSURER_H_

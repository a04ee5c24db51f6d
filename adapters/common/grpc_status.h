// What the hub answered, as our own error: the one place where a client maps errors.
//
// grpc::Status carries a google.rpc.Status in its details (the trailer grpc-status-details-bin);
// its ErrorInfo, BadRequest, PreconditionFailure and RetryInfo become the ErrorDetail of
// hub/base/error.h. The canonical code is always the one of the answer, but for a CANCELLED without
// details: the hub answers nothing so, it dropped the call, and another try helps (UNAVAILABLE).
#ifndef RECOUP_ADAPTERS_COMMON_GRPC_STATUS_H_
#define RECOUP_ADAPTERS_COMMON_GRPC_STATUS_H_

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"

namespace recoup::adapters {

absl::Status StatusFromGrpc(const grpc::Status& status);

// For the items of a batch, which are answered one by one.
absl::Status StatusFromRpc(const google::rpc::Status& status);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_GRPC_STATUS_H_

// The one mapping from our errors to gRPC's: every error carries exactly one ErrorInfo.
#ifndef RECOUP_HUB_RPC_STATUS_MAPPING_H_
#define RECOUP_HUB_RPC_STATUS_MAPPING_H_

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"

namespace recoup::rpc {

// code, message, ErrorInfo{reason, domain "recoup"}, BadRequest, PreconditionFailure, RetryInfo.
google::rpc::Status RpcStatusOf(const absl::Status& status);
// The same, with the google.rpc.Status in the binary details.
grpc::Status GrpcStatusOf(const absl::Status& status);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_STATUS_MAPPING_H_

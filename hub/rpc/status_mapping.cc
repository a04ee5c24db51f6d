#include "hub/rpc/status_mapping.h"

#include <string>

#include "google/rpc/error_details.pb.h"
#include "hub/base/error.h"

namespace recoup::rpc {

google::rpc::Status RpcStatusOf(const absl::Status& status) {
  google::rpc::Status out;
  out.set_code(static_cast<int>(status.code()));
  if (status.ok()) return out;
  const ErrorDetail detail = DetailOf(status);
  // What we did not word ourselves stays inside: it may quote the input or the store.
  const bool worded = status.GetPayload("recoup/error-detail").has_value();
  out.set_message(worded ? std::string(status.message())
                         : "internal error; the hub's log has more");

  google::rpc::ErrorInfo info;
  info.set_reason(std::string(ReasonName(detail.reason)));
  info.set_domain("recoup");
  for (const auto& [key, value] : detail.metadata) (*info.mutable_metadata())[key] = value;
  out.add_details()->PackFrom(info);
  if (!detail.faults.empty()) {
    google::rpc::BadRequest bad_request;
    for (const FieldFault& fault : detail.faults) {
      auto* violation = bad_request.add_field_violations();
      violation->set_field(fault.field);
      violation->set_description(fault.description);
    }
    out.add_details()->PackFrom(bad_request);
  }
  if (!detail.preconditions.empty()) {
    google::rpc::PreconditionFailure failure;
    for (const UnmetPrecondition& unmet : detail.preconditions) {
      auto* violation = failure.add_violations();
      violation->set_type(unmet.type);
      violation->set_subject(unmet.subject);
      violation->set_description(unmet.description);
    }
    out.add_details()->PackFrom(failure);
  }
  if (detail.retry_after_ms) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(*detail.retry_after_ms / 1000);
    retry.mutable_retry_delay()->set_nanos(static_cast<int>(*detail.retry_after_ms % 1000) *
                                           1'000'000);
    out.add_details()->PackFrom(retry);
  }
  return out;
}

grpc::Status GrpcStatusOf(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status rpc_status = RpcStatusOf(status);
  return {static_cast<grpc::StatusCode>(rpc_status.code()), rpc_status.message(),
          rpc_status.SerializeAsString()};
}

}  // namespace recoup::rpc

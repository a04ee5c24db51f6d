#include "adapters/hospital/program/hospital_hub.h"

#include <utility>

#include "adapters/common/hub_method.h"
#include "hub/base/status.h"

namespace recoup::hospital {

HospitalHub::HospitalHub(std::shared_ptr<grpc::Channel> channel,
                         adapters::CallEnvironment environment)
    : channel_(std::move(channel)), environment_(std::move(environment)) {}

absl::Status HospitalHub::Call(std::string_view method, const Id& request_id,
                               const google::protobuf::Message& request,
                               google::protobuf::Message* response) {
  return adapters::CallHub({.method = std::string(method), .request_id = request_id}, environment_,
                           [&](grpc::ClientContext& context) {
                             return adapters::CallMethod(*channel_, method, context, request,
                                                         response);
                           });
}

absl::StatusOr<std::string> HospitalHub::Send(std::string_view kind, std::string_view payload,
                                              const Id& request_id, bool validate_only) {
  RECOUP_ASSIGN_OR_RETURN(const adapters::SpooledCall spooled,
                          adapters::ReadSpooled(kind, payload, request_id));
  adapters::SetValidateOnly(*spooled.request, validate_only);
  RECOUP_RETURN_IF_ERROR(Call(kind, request_id, *spooled.request, spooled.response.get()));
  return spooled.response->SerializeAsString();
}

absl::StatusOr<std::vector<v1::Flag>> HospitalHub::ListFlags(const std::string& pool,
                                                             const Id& request_id) {
  std::vector<v1::Flag> flags;
  v1::ListFlagsRequest request;
  request.set_pool(pool);
  request.set_page_size(1000);
  do {
    v1::ListFlagsResponse response;
    RECOUP_RETURN_IF_ERROR(Call("HospitalService.ListFlags", request_id, request, &response));
    flags.insert(flags.end(), response.flags().begin(), response.flags().end());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return flags;
}

absl::StatusOr<v1::TraceInjuryResponse> HospitalHub::TraceInjury(
    const v1::TraceInjuryRequest& request, const Id& request_id) {
  v1::TraceInjuryResponse response;
  RECOUP_RETURN_IF_ERROR(Call("HospitalService.TraceInjury", request_id, request, &response));
  return response;
}

absl::StatusOr<v1::AttachBillsResponse> HospitalHub::AttachBills(v1::AttachBillsRequest request,
                                                                 const Id& request_id) {
  adapters::SetRequestId(request, request_id);
  v1::AttachBillsResponse response;
  RECOUP_RETURN_IF_ERROR(Call("HospitalService.AttachBills", request_id, request, &response));
  return response;
}

}  // namespace recoup::hospital

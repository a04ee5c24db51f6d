#include "adapters/hospital/program/hospital_hub.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/common/grpc_status.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "recoup/v1/hospital_service.grpc.pb.h"

namespace recoup::hospital {

using Service = v1::HospitalService::Stub;

struct HospitalHub::Stub {
  std::unique_ptr<Service> service;
};

namespace {

struct Sending {
  std::string_view payload;
  const Id& request_id;
  bool validate_only;
  std::string_view kind;
};

template <typename Request, typename Response>
absl::StatusOr<std::string> SendAs(
    Service& service, grpc::Status (Service::*rpc)(grpc::ClientContext*, const Request&, Response*),
    const Sending& sending, const adapters::CallEnvironment& environment) {
  Request request;
  if (!request.ParseFromArray(sending.payload.data(), static_cast<int>(sending.payload.size()))) {
    return MakeError(Reason::kInternal, "the spool holds a request that cannot be read");
  }
  request.set_request_id(sending.request_id.ToUuid());
  request.set_validate_only(sending.validate_only);
  Response response;
  RECOUP_RETURN_IF_ERROR(adapters::CallHub(
      {.method = std::string(sending.kind), .request_id = sending.request_id}, environment,
      [&](grpc::ClientContext& context) {
        response.Clear();
        return adapters::StatusFromGrpc((service.*rpc)(&context, request, &response));
      }));
  return response.SerializeAsString();
}

}  // namespace

HospitalHub::HospitalHub(std::shared_ptr<grpc::Channel> channel,
                         adapters::CallEnvironment environment)
    : stub_(std::make_unique<Stub>(Stub{v1::HospitalService::NewStub(channel)})),
      environment_(std::move(environment)) {}

HospitalHub::~HospitalHub() = default;

absl::StatusOr<std::string> HospitalHub::Send(std::string_view kind, std::string_view payload,
                                              const Id& request_id, bool validate_only) {
  const Sending sending{payload, request_id, validate_only, kind};
  Service& service = *stub_->service;
  if (kind == "HospitalService.FlagAdmission") {
    return SendAs(service, &Service::FlagAdmission, sending, environment_);
  }
  if (kind == "HospitalService.AmendFlag") {
    return SendAs(service, &Service::AmendFlag, sending, environment_);
  }
  if (kind == "HospitalService.ClearFlag") {
    return SendAs(service, &Service::ClearFlag, sending, environment_);
  }
  if (kind == "HospitalService.ReportSettlement") {
    return SendAs(service, &Service::ReportSettlement, sending, environment_);
  }
  if (kind == "HospitalService.ReverseSettlement") {
    return SendAs(service, &Service::ReverseSettlement, sending, environment_);
  }
  return MakeError(Reason::kInternal,
                   absl::StrCat("the spool holds an unknown kind: ", std::string(kind)));
}

absl::StatusOr<std::vector<v1::Flag>> HospitalHub::ListFlags(const std::string& pool,
                                                             const Id& request_id) {
  std::vector<v1::Flag> flags;
  v1::ListFlagsRequest request;
  request.set_pool(pool);
  request.set_page_size(1000);
  do {
    v1::ListFlagsResponse response;
    RECOUP_RETURN_IF_ERROR(adapters::CallHub(
        {.method = "HospitalService.ListFlags", .request_id = request_id}, environment_,
        [&](grpc::ClientContext& context) {
          response.Clear();
          return adapters::StatusFromGrpc(stub_->service->ListFlags(&context, request, &response));
        }));
    flags.insert(flags.end(), response.flags().begin(), response.flags().end());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return flags;
}

absl::StatusOr<v1::TraceInjuryResponse> HospitalHub::TraceInjury(
    const v1::TraceInjuryRequest& request, const Id& request_id) {
  v1::TraceInjuryResponse response;
  RECOUP_RETURN_IF_ERROR(adapters::CallHub(
      {.method = "HospitalService.TraceInjury", .request_id = request_id}, environment_,
      [&](grpc::ClientContext& context) {
        response.Clear();
        return adapters::StatusFromGrpc(stub_->service->TraceInjury(&context, request, &response));
      }));
  return response;
}

absl::StatusOr<v1::AttachBillsResponse> HospitalHub::AttachBills(v1::AttachBillsRequest request,
                                                                 const Id& request_id) {
  request.set_request_id(request_id.ToUuid());
  v1::AttachBillsResponse response;
  RECOUP_RETURN_IF_ERROR(adapters::CallHub(
      {.method = "HospitalService.AttachBills", .request_id = request_id}, environment_,
      [&](grpc::ClientContext& context) {
        response.Clear();
        return adapters::StatusFromGrpc(stub_->service->AttachBills(&context, request, &response));
      }));
  return response;
}

}  // namespace recoup::hospital

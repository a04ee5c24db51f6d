// HospitalService as this program uses it: spooled requests by their kind, and the flags.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_HOSPITAL_HUB_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_HOSPITAL_HUB_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/common/hub_call.h"
#include "grpcpp/channel.h"
#include "recoup/v1/hospital_service.pb.h"

namespace recoup::hospital {

// The environment's references must outlive it. One thread at a time.
class HospitalHub {
 public:
  HospitalHub(std::shared_ptr<grpc::Channel> channel, adapters::CallEnvironment environment);

  // `kind` and `payload` as in the spool; the id and validate_only are filled in here. The
  // serialized answer.
  absl::StatusOr<std::string> Send(std::string_view kind, std::string_view payload,
                                   const Id& request_id, bool validate_only);
  // All pages.
  absl::StatusOr<std::vector<v1::Flag>> ListFlags(const std::string& pool, const Id& request_id);

  absl::StatusOr<v1::TraceInjuryResponse> TraceInjury(const v1::TraceInjuryRequest& request,
                                                      const Id& request_id);
  absl::StatusOr<v1::AttachBillsResponse> AttachBills(v1::AttachBillsRequest request,
                                                      const Id& request_id);

 private:
  absl::Status Call(std::string_view method, const Id& request_id,
                    const google::protobuf::Message& request, google::protobuf::Message* response);

  const std::shared_ptr<grpc::Channel> channel_;
  const adapters::CallEnvironment environment_;
};

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_HOSPITAL_HUB_H_

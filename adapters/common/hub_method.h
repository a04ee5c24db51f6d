// The methods of the hub's API by their names, as a program calls them: no generated stub, whose
// headers take longer to compile than the programs themselves. The types of request and answer are
// held against the API's own description at each call.
//
//   CallMethod(*channel, "FundService.GetAdvance", context, request, &response)
#ifndef RECOUP_ADAPTERS_COMMON_HUB_METHOD_H_
#define RECOUP_ADAPTERS_COMMON_HUB_METHOD_H_

#include <memory>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "hub/base/ids.h"

namespace recoup::adapters {

// Null where no service of the API has the method.
const google::protobuf::MethodDescriptor* FindHubMethod(std::string_view method);

// The frame of a mutation; what reads has none of it and stays as it is.
void SetRequestId(google::protobuf::Message& request, const Id& request_id);
void SetValidateOnly(google::protobuf::Message& request, bool validate_only);

// A request as it lies in a spool, and room for its answer.
struct SpooledCall {
  std::unique_ptr<google::protobuf::Message> request;
  std::unique_ptr<google::protobuf::Message> response;
};
// INTERNAL where there is no such method, or `payload` is no request of it.
absl::StatusOr<SpooledCall> ReadSpooled(std::string_view method, std::string_view payload,
                                        const Id& request_id);

// Once, on a fresh context. INTERNAL where the messages are not those of the method.
absl::Status CallMethod(grpc::Channel& channel, std::string_view method,
                        grpc::ClientContext& context, const google::protobuf::Message& request,
                        google::protobuf::Message* response);

// A method that answers with a stream: `take` sees each message in `response`. What it refuses ends
// the call and is the answer; CANCELLED says that it has seen enough, which is well.
absl::Status ReadStream(grpc::Channel& channel, std::string_view method,
                        grpc::ClientContext& context, const google::protobuf::Message& request,
                        google::protobuf::Message* response,
                        absl::FunctionRef<absl::Status()> take);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_HUB_METHOD_H_

// The hub as a command sees it: a channel from the settings, and one function to call any RPC with
// deadline, retries and request id.
//
//   RECOUP_ASSIGN_OR_RETURN(HubSession hub, HubSession::Open(context));
//   RECOUP_ASSIGN_OR_RETURN(const auto answer,
//                           hub.Ask<v1::ListFlagsResponse>("HospitalService.ListFlags", request));
#ifndef RECOUP_ADAPTERS_COMMON_HUB_SESSION_H_
#define RECOUP_ADAPTERS_COMMON_HUB_SESSION_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "adapters/common/cli.h"
#include "adapters/common/hub_call.h"
#include "adapters/common/hub_method.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::adapters {

// Move-only; `context` must outlive it. Not thread-safe.
class HubSession {
 public:
  // Files that cannot be read are usage errors. Does not connect yet.
  static absl::StatusOr<HubSession> Open(CommandContext& context);

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  CommandContext& context() const { return *context_; }

  // Every RPC of the API is idempotent: reads by nature, mutations by their request id. A read does
  // not use up the id that a person gave for the change it prepares.
  template <typename Response>
  absl::StatusOr<Response> Ask(std::string_view method, const google::protobuf::Message& request) {
    Response response;
    RECOUP_RETURN_IF_ERROR(CallWith(context_->NextCallId(), method, request, &response));
    return response;
  }

  // All pages of a list as one answer; `request` asks for the first.
  template <typename Response, typename Request>
  absl::StatusOr<Response> AskAllPages(std::string_view method, Request request) {
    Response all;
    do {
      RECOUP_ASSIGN_OR_RETURN(const Response page, Ask<Response>(method, request));
      all.MergeFrom(page);
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    all.clear_next_page_token();
    return all;
  }

  // A mutation: fills in request_id and validate_only, and keeps the id for retries.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Mutate(std::string_view method, Request request) {
    const Id request_id = context_->NextRequestId();
    request.set_request_id(request_id.ToUuid());
    request.set_validate_only(context_->validate_only());
    Response response;
    RECOUP_RETURN_IF_ERROR(CallWith(request_id, method, request, &response));
    return response;
  }

  // For items of a spool: `payload` is the serialized request, which gets the item's request id;
  // the answer is serialized. A payload that is no such request is INTERNAL.
  absl::StatusOr<std::string> Forward(std::string_view method, std::string_view payload,
                                      const Id& request_id);

  // `method` with this request id.
  absl::Status CallWith(const Id& request_id, std::string_view method,
                        const google::protobuf::Message& request,
                        google::protobuf::Message* response);

  // For streams and whatever else does not fit above.
  absl::Status Call(std::string method, const Id& request_id, Attempt attempt);

 private:
  HubSession(CommandContext& context, std::shared_ptr<grpc::Channel> channel);

  CommandContext* context_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_HUB_SESSION_H_

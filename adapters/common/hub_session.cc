#include "adapters/common/hub_session.h"

#include "adapters/common/hub_channel.h"

namespace recoup::adapters {

HubSession::HubSession(CommandContext& context, std::shared_ptr<grpc::Channel> channel)
    : context_(&context), channel_(std::move(channel)) {}

absl::StatusOr<HubSession> HubSession::Open(CommandContext& context) {
  absl::StatusOr<std::shared_ptr<grpc::Channel>> channel = OpenHubChannel(context.config());
  if (!channel.ok()) return AsUsageError(channel.status());
  return HubSession(context, *std::move(channel));
}

absl::Status HubSession::CallWith(const Id& request_id, std::string_view method,
                                  const google::protobuf::Message& request,
                                  google::protobuf::Message* response) {
  return Call(std::string(method), request_id, [&](grpc::ClientContext& context) {
    return CallMethod(*channel_, method, context, request, response);
  });
}

absl::StatusOr<std::string> HubSession::Forward(std::string_view method, std::string_view payload,
                                                const Id& request_id) {
  RECOUP_ASSIGN_OR_RETURN(const SpooledCall spooled, ReadSpooled(method, payload, request_id));
  RECOUP_RETURN_IF_ERROR(CallWith(request_id, method, *spooled.request, spooled.response.get()));
  return spooled.response->SerializeAsString();
}

absl::Status HubSession::Call(std::string method, const Id& request_id, Attempt attempt) {
  const config::Config& config = context_->config();
  const CallEnvironment environment{
      .deadline = config.Duration("hub.deadline"),
      .retry = {.attempts_max = static_cast<int>(config.Integer("hub.attempts_max"))},
      .clock = context_->clock(),
      .sleeper = context_->sleeper(),
      .random = context_->random(),
      .log = context_->log()};
  return CallHub({.method = std::move(method), .request_id = request_id}, environment,
                 std::move(attempt));
}

}  // namespace recoup::adapters

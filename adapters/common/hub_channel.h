// The channel to the hub: mutual TLS from the configuration, with the shipped retry policy.
#ifndef RECOUP_ADAPTERS_COMMON_HUB_CHANNEL_H_
#define RECOUP_ADAPTERS_COMMON_HUB_CHANNEL_H_

#include <memory>

#include "absl/status/statusor.h"
#include "grpcpp/channel.h"
#include "grpcpp/support/channel_arguments.h"
#include "hub/config/config.h"

namespace recoup::adapters {

// Retry policy, keep-alive, and no proxy: patient data goes to the hub directly. Shared by all
// channels.
grpc::ChannelArguments HubChannelArguments();

// `config` was loaded with HubKeys. Does not connect yet. Files that cannot be read are refused,
// all at once.
absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenHubChannel(const config::Config& config);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_HUB_CHANNEL_H_

#include "adapters/common/hub_channel.h"

#include <string>

#include "adapters/common/retry_service_config.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "hub/base/error.h"
#include "hub/base/read_file.h"
#include "hub/base/status.h"

namespace recoup::adapters {
namespace {

std::string ReadPem(const config::Config& config, std::string_view key, Faults& faults) {
  absl::StatusOr<std::string> text = ReadFile(config.Path(key).string());
  if (!text.ok()) {
    faults.Add(std::string(key), std::string(text.status().message()));
    return "";
  }
  if (text->find("-----BEGIN ") == std::string::npos)
    faults.Add(std::string(key), "the file holds no PEM block");
  return *std::move(text);
}

}  // namespace

grpc::ChannelArguments HubChannelArguments() {
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(kRetryServiceConfig);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // Firewalls between hospitals and the hub drop idle connections without a word.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 5 * 60 * 1000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20 * 1000);
  // The account of an insurer with a hundred thousand demands is one answer of some 30 MB.
  arguments.SetMaxReceiveMessageSize(64 << 20);
  return arguments;
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenHubChannel(const config::Config& config) {
  Faults faults;
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = ReadPem(config, "hub.ca_file", faults);
  tls.pem_cert_chain = ReadPem(config, "hub.certificate_file", faults);
  tls.pem_private_key = ReadPem(config, "hub.key_file", faults);
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  grpc::ChannelArguments arguments = HubChannelArguments();
  if (config.Has("hub.authority")) {
    arguments.SetSslTargetNameOverride(config.String("hub.authority"));
  }
  return grpc::CreateCustomChannel(config.String("hub.target"), grpc::SslCredentials(tls),
                                   arguments);
}

}  // namespace recoup::adapters

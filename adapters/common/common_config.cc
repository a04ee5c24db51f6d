#include "adapters/common/common_config.h"

namespace recoup::adapters {

using config::KeyType;
using config::Need;

std::vector<config::KeyRow> HubKeys() {
  return {
      {.name = "hub.target",
       .type = KeyType::kString,
       .help = "The hub's address, as gRPC names it (`hub.example:8443`, `dns:///…`).",
       .need = Need::kRequired},
      {.name = "hub.ca_file",
       .type = KeyType::kPath,
       .help = "PEM file of the authority that signs the hub's certificate.",
       .need = Need::kRequired},
      {.name = "hub.certificate_file",
       .type = KeyType::kPath,
       .help = "PEM file of this party's certificate, whose URI names the party.",
       .need = Need::kRequired},
      {.name = "hub.key_file",
       .type = KeyType::kPath,
       .help = "PEM file of the certificate's private key.",
       .need = Need::kRequired},
      {.name = "hub.authority",
       .type = KeyType::kString,
       .help = "Name that the hub's certificate is checked against, where it is not the host of "
               "`hub.target`."},
      {.name = "hub.deadline",
       .type = KeyType::kDuration,
       .help = "How long one call may take.",
       .default_text = "10s"},
      {.name = "hub.attempts_max",
       .type = KeyType::kInteger,
       .help = "How often a call is tried while the hub is away.",
       .default_text = "3",
       .min = 1,
       .max = 20},
      {.name = "log.format",
       .type = KeyType::kString,
       .help = "Log lines for people or for programs.",
       .default_text = "human",
       .choices = {"human", "json"}},
      {.name = "log.level",
       .type = KeyType::kString,
       .help = "The least level that is written.",
       .default_text = "info",
       .choices = {"debug", "info", "warning", "error"}},
  };
}

std::vector<config::KeyRow> SpoolKeys() {
  return {
      {.name = "spool.file",
       .type = KeyType::kPath,
       .help = "File of the spool. It holds payloads, so keep it on an encrypted disk.",
       .need = Need::kRequired},
      {.name = "spool.alert_starts_at",
       .type = KeyType::kInteger,
       .help = "Alert when this many items wait.",
       .default_text = "100",
       .min = 1},
      {.name = "spool.alert_clears_at",
       .type = KeyType::kInteger,
       .help = "Clear the alert when no more than this many wait; below `spool.alert_starts_at`.",
       .default_text = "0",
       .min = 0},
      {.name = "spool.retention",
       .type = KeyType::kDuration,
       .help = "How long delivered and dropped items are kept.",
       .default_text = "2160h"},
  };
}

LogOptions LogOptionsFrom(const config::Config& config) {
  const std::string& level = config.String("log.level");
  LogOptions options;
  options.format = config.String("log.format") == "json" ? LogFormat::kJson : LogFormat::kHuman;
  options.level_min = level == "debug"     ? LogLevel::kDebug
                      : level == "info"    ? LogLevel::kInfo
                      : level == "warning" ? LogLevel::kWarning
                                           : LogLevel::kError;
  return options;
}

}  // namespace recoup::adapters

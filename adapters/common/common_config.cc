#include "adapters/common/common_config.h"

namespace recoup::adapters {

using config::KeyType;
using config::Need;

std::vector<config::KeyRow> HubKeys() {
  return {
      {.name = "hub.target",
       .type = KeyType::kString,
       .help = "The hub's address, as gRPC names it (`hub.example:8443`, `dns:///…`).",
       .need = Need::kRequired,
       .zh = "中心的地址，写法同 gRPC"},
      {.name = "hub.ca_file",
       .type = KeyType::kPath,
       .help = "PEM file of the authority that signs the hub's certificate.",
       .need = Need::kRequired,
       .zh = "签发中心证书的 CA（PEM）"},
      {.name = "hub.certificate_file",
       .type = KeyType::kPath,
       .help = "PEM file of this party's certificate, whose URI names the party.",
       .need = Need::kRequired,
       .zh = "本方证书（PEM），其 URI 标明本方"},
      {.name = "hub.key_file",
       .type = KeyType::kPath,
       .help = "PEM file of the certificate's private key.",
       .need = Need::kRequired,
       .zh = "本方证书的私钥（PEM）"},
      {.name = "hub.authority",
       .type = KeyType::kString,
       .help = "Name that the hub's certificate is checked against, where it is not the host of "
               "`hub.target`.",
       .zh = "核对中心证书用的名称，与 hub.target 主机名不同时才需要"},
      {.name = "hub.deadline",
       .type = KeyType::kDuration,
       .help = "How long one call may take.",
       .default_text = "10s",
       .zh = "一次调用最多多久"},
      {.name = "hub.attempts_max",
       .type = KeyType::kInteger,
       .help = "How often a call is tried while the hub is away.",
       .default_text = "3",
       .min = 1,
       .max = 20,
       .zh = "中心未应答时一次调用最多试几次"},
      {.name = "log.format",
       .type = KeyType::kString,
       .help = "Log lines for people or for programs.",
       .default_text = "human",
       .choices = {"human", "json"},
       .zh = "日志格式：给人看或 JSON"},
      {.name = "log.level",
       .type = KeyType::kString,
       .help = "The least level that is written.",
       .default_text = "info",
       .choices = {"debug", "info", "warning", "error"},
       .zh = "最低记录级别"},
  };
}

std::vector<config::KeyRow> SpoolKeys() {
  return {
      {.name = "spool.file",
       .type = KeyType::kPath,
       .help = "File of the spool. It holds payloads, so keep it on an encrypted disk.",
       .need = Need::kRequired,
       .zh = "待发队列的文件；内含报文，应放在加密磁盘"},
      {.name = "spool.alert_starts_at",
       .type = KeyType::kInteger,
       .help = "Alert when this many items wait.",
       .default_text = "100",
       .min = 1,
       .zh = "待发达到多少条时告警"},
      {.name = "spool.alert_clears_at",
       .type = KeyType::kInteger,
       .help = "Clear the alert when no more than this many wait; below `spool.alert_starts_at`.",
       .default_text = "0",
       .min = 0,
       .zh = "待发降到多少条时解除告警；小于 spool.alert_starts_at"},
      {.name = "spool.retention",
       .type = KeyType::kDuration,
       .help = "How long delivered and dropped items are kept.",
       .default_text = "2160h",
       .zh = "已送达和已放弃的保留多久"},
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

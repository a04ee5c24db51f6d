#include "hub/config/hub_config.h"

namespace recoup::config {

const Schema& HubSchema() {
  static const Schema schema({
      {.name = "listen.address",
       .type = KeyType::kString,
       .help = "Address and port of the gRPC API.",
       .default_text = "127.0.0.1:7443",
       .zh = "gRPC 接口的地址和端口"},
      {.name = "listen.drain",
       .type = KeyType::kDuration,
       .help = "How long calls may go on after SIGTERM.",
       .default_text = "5s",
       .zh = "收到 SIGTERM 后进行中的调用最多再等多久"},
      {.name = "metrics.address",
       .type = KeyType::kString,
       .help = "Address and port of the metrics page (Prometheus text); empty: none.",
       .default_text = "127.0.0.1:9464",
       .zh = "指标页（Prometheus 文本）的地址和端口；空为不开"},
      {.name = "tls.ca_file",
       .type = KeyType::kPath,
       .help = "Certificate authority that issued the parties' certificates (PEM).",
       .need = Need::kRequired,
       .zh = "签发各方证书的 CA（PEM）"},
      {.name = "tls.certificate_file",
       .type = KeyType::kPath,
       .help = "The hub's certificate (PEM).",
       .need = Need::kRequired,
       .zh = "中心的证书（PEM）"},
      {.name = "tls.key_file",
       .type = KeyType::kPath,
       .help = "The key of the hub's certificate (PEM).",
       .need = Need::kRequired,
       .zh = "中心证书的私钥（PEM）"},
      {.name = "store.data_file",
       .type = KeyType::kPath,
       .help = "The SQLite database.",
       .need = Need::kRequired,
       .zh = "SQLite 数据库"},
      {.name = "keys.keyring_file",
       .type = KeyType::kPath,
       .help = "Master keys that seal records at rest, one version=base64 per line, mode 0600.",
       .need = Need::kRequired,
       .zh = "密封记录的主密钥，每行 版本=base64，权限 0600"},
      {.name = "keys.signing_key_file",
       .type = KeyType::kPath,
       .help = "Ed25519 key that signs receipts and tree heads (PEM), mode 0600.",
       .need = Need::kRequired,
       .zh = "签署回执和树头的 Ed25519 私钥（PEM），权限 0600"},
      {.name = "engine.queue_max",
       .type = KeyType::kInteger,
       .help = "Commands that may wait; beyond it callers get RESOURCE_EXHAUSTED at once.",
       .default_text = "20000",
       .min = 1,
       .max = 1'000'000,
       .zh = "最多多少条命令排队；再多立即答 RESOURCE_EXHAUSTED"},
      {.name = "engine.batch_max",
       .type = KeyType::kInteger,
       .help = "Commands per transaction.",
       .default_text = "4000",
       .min = 1,
       .max = 100'000,
       .zh = "每个事务最多多少条命令"},
      {.name = "read.threads",
       .type = KeyType::kInteger,
       .help = "Threads that serve reads.",
       .default_text = "2",
       .min = 1,
       .max = 64,
       .zh = "查询线程数"},
      {.name = "store.checkpoint_every",
       .type = KeyType::kDuration,
       .help = "How often the write-ahead log is moved into the database.",
       .default_text = "2s",
       .zh = "多久把预写日志并入数据库一次"},
      {.name = "audit.every",
       .type = KeyType::kDuration,
       .help = "How often the five ledger laws are checked in the background.",
       .default_text = "1h",
       .zh = "多久在后台核对一次五条账本定律"},
      {.name = "reminders.every",
       .type = KeyType::kDuration,
       .help = "How often the hub looks whether a new day has reminders to send.",
       .default_text = "10m",
       .zh = "多久看一次新的一天是否有提醒要发"},
      {.name = "log.format",
       .type = KeyType::kString,
       .help = "Lines for people or JSON.",
       .default_text = "human",
       .choices = {"human", "json"},
       .zh = "日志格式：给人看或 JSON"},
      {.name = "log.level",
       .type = KeyType::kString,
       .help = "Least level that is logged.",
       .default_text = "info",
       .choices = {"debug", "info", "warning", "error"},
       .zh = "最低记录级别"},
  });
  return schema;
}

HubConfig HubConfigFrom(const Config& config) {
  HubConfig out;
  out.listen_address = config.String("listen.address");
  out.drain = config.Duration("listen.drain");
  out.metrics_address = config.String("metrics.address");
  out.tls_ca_file = config.Path("tls.ca_file");
  out.tls_certificate_file = config.Path("tls.certificate_file");
  out.tls_key_file = config.Path("tls.key_file");
  out.data_file = config.Path("store.data_file");
  out.keyring_file = config.Path("keys.keyring_file");
  out.signing_key_file = config.Path("keys.signing_key_file");
  out.queue_max = config.Integer("engine.queue_max");
  out.batch_max = config.Integer("engine.batch_max");
  out.read_threads = config.Integer("read.threads");
  out.checkpoint_every = config.Duration("store.checkpoint_every");
  out.audit_every = config.Duration("audit.every");
  out.reminders_every = config.Duration("reminders.every");
  return out;
}

}  // namespace recoup::config

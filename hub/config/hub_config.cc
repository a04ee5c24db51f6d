#include "hub/config/hub_config.h"

namespace recoup::config {

const Schema& HubSchema() {
  static const Schema schema({
      {.name = "listen.address",
       .type = KeyType::kString,
       .help = "Address and port of the gRPC API.",
       .default_text = "127.0.0.1:7443"},
      {.name = "listen.drain",
       .type = KeyType::kDuration,
       .help = "How long calls may go on after SIGTERM.",
       .default_text = "5s"},
      {.name = "metrics.address",
       .type = KeyType::kString,
       .help = "Address and port of the metrics page (Prometheus text); empty: none.",
       .default_text = "127.0.0.1:9464"},
      {.name = "tls.ca_file",
       .type = KeyType::kPath,
       .help = "Certificate authority that issued the parties' certificates (PEM).",
       .need = Need::kRequired},
      {.name = "tls.certificate_file",
       .type = KeyType::kPath,
       .help = "The hub's certificate (PEM).",
       .need = Need::kRequired},
      {.name = "tls.key_file",
       .type = KeyType::kPath,
       .help = "The key of the hub's certificate (PEM).",
       .need = Need::kRequired},
      {.name = "store.data_file",
       .type = KeyType::kPath,
       .help = "The SQLite database.",
       .need = Need::kRequired},
      {.name = "keys.keyring_file",
       .type = KeyType::kPath,
       .help = "Master keys that seal records at rest, one version=base64 per line, mode 0600.",
       .need = Need::kRequired},
      {.name = "keys.signing_key_file",
       .type = KeyType::kPath,
       .help = "Ed25519 key that signs receipts and tree heads (PEM), mode 0600.",
       .need = Need::kRequired},
      {.name = "engine.queue_max",
       .type = KeyType::kInteger,
       .help = "Commands that may wait; beyond it callers get RESOURCE_EXHAUSTED at once.",
       .default_text = "20000",
       .min = 1,
       .max = 1'000'000},
      {.name = "engine.batch_max",
       .type = KeyType::kInteger,
       .help = "Commands per transaction.",
       .default_text = "4000",
       .min = 1,
       .max = 100'000},
      {.name = "read.threads",
       .type = KeyType::kInteger,
       .help = "Threads that serve reads.",
       .default_text = "2",
       .min = 1,
       .max = 64},
      {.name = "store.checkpoint_every",
       .type = KeyType::kDuration,
       .help = "How often the write-ahead log is moved into the database.",
       .default_text = "2s"},
      {.name = "audit.every",
       .type = KeyType::kDuration,
       .help = "How often the five ledger laws are checked in the background.",
       .default_text = "1h"},
      {.name = "reminders.every",
       .type = KeyType::kDuration,
       .help = "How often the hub looks whether a new day has reminders to send.",
       .default_text = "10m"},
      {.name = "log.format",
       .type = KeyType::kString,
       .help = "Lines for people or JSON.",
       .default_text = "human",
       .choices = {"human", "json"}},
      {.name = "log.level",
       .type = KeyType::kString,
       .help = "Least level that is logged.",
       .default_text = "info",
       .choices = {"debug", "info", "warning", "error"}},
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

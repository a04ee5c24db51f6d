#include "hub/main/hub_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>

#include <atomic>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/key_check.h"
#include "hub/app/party_directory.h"
#include "hub/app/record_reader.h"
#include "hub/app/self_check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/blind_index.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/sealing.h"
#include "hub/crypto/signing.h"
#include "hub/engine/engine.h"
#include "hub/main/daily_reminders.h"
#include "hub/main/hub_files.h"
#include "hub/main/maintenance.h"
#include "hub/main/metrics.h"
#include "hub/main/request_audit.h"
#include "hub/rpc/services.h"
#include "hub/storage/sqlite/sqlite_store.h"
#include "hub/storage/vault.h"

namespace recoup {
namespace {

constexpr int kMessageBytesMax = 16 * 1024 * 1024;

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> Credentials(
    const config::HubConfig& config) {
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  RECOUP_ASSIGN_OR_RETURN(options.pem_root_certs, ReadPem("tls.ca_file", config.tls_ca_file));
  grpc::SslServerCredentialsOptions::PemKeyCertPair pair;
  RECOUP_ASSIGN_OR_RETURN(pair.private_key, ReadPem("tls.key_file", config.tls_key_file));
  RECOUP_ASSIGN_OR_RETURN(pair.cert_chain,
                          ReadPem("tls.certificate_file", config.tls_certificate_file));
  options.pem_key_cert_pairs.push_back(std::move(pair));
  return grpc::SslServerCredentials(options);
}

engine::EngineOptions EngineOptionsFrom(const config::HubConfig& config) {
  engine::EngineOptions options;
  options.queue_max = static_cast<std::size_t>(config.queue_max);
  options.batch_max = static_cast<std::size_t>(config.batch_max);
  return options;
}

}  // namespace

// In the order of construction; destroyed in the opposite one.
struct HubServer::Parts {
  Parts(const config::HubConfig& config_in, Clock& clock_in, Log log_in, crypto::Keyring keyring_in,
        crypto::SigningKey key_in, std::unique_ptr<app::Store> store_in)
      : config(config_in),
        clock(clock_in),
        log(std::move(log_in)),
        keyring(std::move(keyring_in)),
        key(std::move(key_in)),
        store(std::move(store_in)),
        sealer(keyring, seal_random),
        index(keyring),
        seal(sealer),
        blinder(index),
        engine({*store, seal, blinder, clock_in, engine_random, key}, EngineOptionsFrom(config_in)),
        reads(static_cast<int>(config_in.read_threads)),
        context{engine,   *store, seal,  blinder,        parties,
                clock_in, reads,  calls, gauges.serving, log} {}

  const config::HubConfig config;
  Clock& clock;
  Log log;
  crypto::Keyring keyring;
  crypto::SigningKey key;
  std::unique_ptr<app::Store> store;
  SystemRandom seal_random;
  SystemRandom engine_random;
  crypto::Sealer sealer;
  crypto::BlindIndex index;
  storage::SealerSeal seal;
  storage::IndexBlinder blinder;
  app::PartyDirectory parties;
  rpc::RpcMetrics calls;
  HubGauges gauges;
  engine::Engine engine;
  rpc::ReadPool reads;
  rpc::HubContext context;
  std::vector<std::unique_ptr<grpc::Service>> services;
  std::unique_ptr<grpc::Server> server;
  std::unique_ptr<MetricsPage> metrics;
  std::unique_ptr<Maintenance> maintenance;
  int port = 0;
  bool stopped = false;

  // Refuses to serve a store whose books do not hold (quickly: see self_check.h).
  absl::Status CheckBooks() {
    RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::ReadView> view, store->Snapshot());
    return app::SelfCheck(*view);
  }

  // The background audit, on a snapshot: the five laws over every pool, the keys of every record,
  // and what is remembered of requests. What it finds is logged and counted.
  void Audit(absl::Time now) {
    std::int64_t violations = 0;
    const absl::Status done = [&]() -> absl::Status {
      RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::ReadView> view, store->Snapshot());
      app::RecordReader reader(*view, seal);
      RECOUP_ASSIGN_OR_RETURN(const std::vector<std::string> partitions, view->Partitions());
      for (const std::string& partition : partitions) {
        const auto pool = domain::PoolId::Parse(partition);
        if (!pool) continue;
        RECOUP_ASSIGN_OR_RETURN(const app::CheckedLedger checked,
                                app::CheckLedgerFully(reader, *pool));
        for (const ledger::Violation& violation : checked.violations) {
          log.Error("ledger law broken",
                    {{"pool", partition}, {"law", violation.law}, {"subject", violation.subject}});
        }
        violations += static_cast<std::int64_t>(checked.violations.size());
      }
      RECOUP_ASSIGN_OR_RETURN(const std::vector<app::KeyFinding> keys,
                              app::CheckKeys(*view, seal, partitions));
      for (const app::KeyFinding& finding : keys) {
        log.Error("records and keys differ",
                  {{"partition", finding.partition}, {"subject", finding.subject}});
      }
      violations += static_cast<std::int64_t>(keys.size());
      for (const std::string& partition : partitions) {
        RECOUP_ASSIGN_OR_RETURN(const std::vector<std::int64_t> events,
                                EventsOfForgottenRequests(*view, partition, now));
        if (events.empty()) continue;
        log.Error("requests are not remembered",
                  {{"partition", partition},
                   {"requests", static_cast<std::int64_t>(events.size())},
                   {"first_event", events.front()}});
        violations += static_cast<std::int64_t>(events.size());
      }
      return absl::OkStatus();
    }();
    if (!done.ok()) {
      log.Error("the ledger could not be audited", {{"status", done}});
      return;
    }
    gauges.ledger_violations = violations;
    gauges.ledger_checked_seconds = absl::ToUnixSeconds(now);
  }

  absl::Status LoadParties() {
    RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::ReadView> view, store->Snapshot());
    return parties.Load(*view, seal);
  }

  absl::Status Listen(const std::vector<grpc::Service*>& extra) {
    RECOUP_ASSIGN_OR_RETURN(const std::shared_ptr<grpc::ServerCredentials> credentials,
                            Credentials(config));
    services = rpc::MakeServices(context);
    grpc::ServerBuilder builder;
    // Without this a second hub could share the port and take half of the calls.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.SetMaxReceiveMessageSize(kMessageBytesMax);
    builder.AddListeningPort(config.listen_address, credentials, &port);
    for (const auto& service : services) builder.RegisterService(service.get());
    for (grpc::Service* service : extra) builder.RegisterService(service);
    server = builder.BuildAndStart();
    if (server == nullptr) {
      return MakeError(Reason::kInvalidArgument,
                       absl::StrCat("listen.address: cannot listen on ", config.listen_address));
    }
    SetServing(false);
    return absl::OkStatus();
  }

  void SetServing(bool serving) {
    gauges.serving = serving;
    server->GetHealthCheckService()->SetServingStatus(serving);
  }

  void StartMaintenance() {
    std::vector<Maintenance::Task> tasks;
    tasks.push_back({config.checkpoint_every, [this, last = std::uint64_t{0}]() mutable {
                       const std::uint64_t batches = engine.counters().batches;
                       if (batches == last) return;
                       last = batches;
                       if (const absl::Status done = store->Checkpoint(); !done.ok()) {
                         log.Warning("checkpoint failed", {{"status", done}});
                       }
                     }});
    tasks.push_back({config.audit_every, [this] { Audit(clock.Now()); }});
    tasks.push_back({config.reminders_every,
                     [this, reminders = DailyReminders(*store, seal, engine)]() mutable {
                       if (const absl::Status done = reminders.Run(clock.Now()); !done.ok()) {
                         log.Warning("reminders could not be sent", {{"status", done}});
                       }
                     }});
    maintenance = std::make_unique<Maintenance>(std::move(tasks));
  }
};

HubServer::HubServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

absl::StatusOr<std::unique_ptr<HubServer>> HubServer::Start(
    const config::HubConfig& config, Clock& clock, Log log,
    const std::vector<grpc::Service*>& extra) {
  RECOUP_ASSIGN_OR_RETURN(crypto::Keyring keyring, crypto::Keyring::Load(config.keyring_file));
  RECOUP_ASSIGN_OR_RETURN(crypto::SigningKey key,
                          crypto::SigningKey::Load(config.signing_key_file));
  RECOUP_ASSIGN_OR_RETURN(std::unique_ptr<app::Store> store,
                          storage::OpenSqliteStore(config.data_file));
  std::unique_ptr<HubServer> hub(new HubServer(std::make_unique<Parts>(
      config, clock, std::move(log), std::move(keyring), std::move(key), std::move(store))));
  Parts& parts = *hub->parts_;
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  RECOUP_RETURN_IF_ERROR(parts.Listen(extra));
  if (!config.metrics_address.empty()) {
    RECOUP_ASSIGN_OR_RETURN(parts.metrics,
                            MetricsPage::Serve(config.metrics_address, parts.engine.counters(),
                                               parts.calls, parts.gauges));
  }
  RECOUP_RETURN_IF_ERROR(parts.CheckBooks());
  RECOUP_RETURN_IF_ERROR(parts.LoadParties());
  parts.engine.OnPartiesChanged([&parts] {
    if (const absl::Status loaded = parts.LoadParties(); !loaded.ok()) {
      parts.log.Error("parties cannot be read", {{"status", loaded}});
    }
  });
  parts.engine.Start();
  parts.StartMaintenance();
  parts.SetServing(true);
  parts.log.Info("serving", {{"port", parts.port},
                             {"metrics_port", hub->metrics_port()},
                             {"signing_key", parts.key.key_id()}});
  return hub;
}

HubServer::~HubServer() { Stop(); }

int HubServer::port() const { return parts_->port; }

int HubServer::metrics_port() const { return parts_->metrics ? parts_->metrics->port() : 0; }

void HubServer::Stop() {
  Parts& parts = *parts_;
  if (parts.stopped) return;
  parts.stopped = true;
  parts.maintenance.reset();
  if (parts.server != nullptr) {
    parts.server->GetHealthCheckService()->SetServingStatus(false);
    parts.server->Shutdown(absl::ToChronoTime(absl::Now() + parts.config.drain));
    parts.server->Wait();
    parts.gauges.serving = false;
  }
  parts.engine.Stop();
  if (const absl::Status done = parts.store->Checkpoint(); !done.ok()) {
    parts.log.Warning("checkpoint failed", {{"status", done}});
  }
  parts.log.Info("stopped", {});
}

}  // namespace recoup

#include "tests/support/real_hub.h"

#include <filesystem>
#include <future>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/log.h"
#include "hub/base/status.h"
#include "hub/crypto/blind_index.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/sealing.h"
#include "hub/crypto/secret_file.h"
#include "hub/crypto/signing.h"
#include "hub/engine/engine.h"
#include "hub/storage/sqlite/sqlite_store.h"
#include "hub/storage/vault.h"

namespace recoup::testing {
namespace {

absl::StatusOr<crypto::Identity> Issue(const crypto::Identity& ca, const std::string& name,
                                       const std::string& uri, bool server) {
  crypto::CertificateRequest request;
  request.common_name = name;
  request.uri = uri;
  request.server = server;
  request.client = !server;
  if (server) request.ip_addresses = {"127.0.0.1"};
  request.not_before = absl::Now() - absl::Hours(1);
  request.not_after = absl::Now() + absl::Hours(24);
  return crypto::IssueCertificate(ca, request);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "recoup-XXXXXX").string();
  RECOUP_CHECK(mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

domain::Party MakeParty(const std::string& name, std::vector<domain::PoolId> pools) {
  domain::Party party;
  party.party = *domain::PartyId::Parse(name);
  party.display_name = name;
  party.pools = std::move(pools);
  return party;
}

absl::StatusOr<std::unique_ptr<RealHub>> RealHub::Prepare(const std::string& folder,
                                                          std::vector<domain::Party> parties) {
  std::unique_ptr<RealHub> out(new RealHub);
  RECOUP_ASSIGN_OR_RETURN(out->ca_,
                          crypto::CreateCa({"Recoup test CA", absl::Now() - absl::Hours(1),
                                            absl::Now() + absl::Hours(24)}));
  RECOUP_ASSIGN_OR_RETURN(const crypto::Identity server, Issue(out->ca_, "recoup-hub", "", true));
  config::HubConfig& config = out->config_;
  config.listen_address = "127.0.0.1:0";
  config.metrics_address = "127.0.0.1:0";
  config.tls_ca_file = folder + "/ca.pem";
  config.tls_certificate_file = folder + "/hub.pem";
  config.tls_key_file = folder + "/hub.key";
  config.data_file = folder + "/recoup.db";
  config.keyring_file = folder + "/keyring";
  config.signing_key_file = folder + "/signing.pem";
  config.queue_max = 20'000;
  config.batch_max = 4'000;
  config.read_threads = 2;
  config.drain = absl::Seconds(2);
  config.checkpoint_every = absl::Seconds(2);
  config.audit_every = absl::Hours(1);
  config.reminders_every = absl::Hours(1);
  SystemRandom random;
  RECOUP_RETURN_IF_ERROR(crypto::WriteSecretFile(config.tls_ca_file, out->ca_.certificate_pem));
  RECOUP_RETURN_IF_ERROR(
      crypto::WriteSecretFile(config.tls_certificate_file, server.certificate_pem));
  RECOUP_RETURN_IF_ERROR(crypto::WriteSecretFile(config.tls_key_file, server.key_pem));
  RECOUP_RETURN_IF_ERROR(crypto::WriteSecretFile(
      config.keyring_file, crypto::KeyringLine(1, crypto::SecretKey::Generate(random))));
  RECOUP_RETURN_IF_ERROR(crypto::SigningKey::Generate(random).Save(config.signing_key_file));
  RECOUP_RETURN_IF_ERROR(out->RegisterParties(std::move(parties)));
  return out;
}

absl::Status RealHub::RegisterParties(std::vector<domain::Party> parties) {
  RECOUP_ASSIGN_OR_RETURN(const crypto::Keyring keyring,
                          crypto::Keyring::Load(config_.keyring_file));
  RECOUP_ASSIGN_OR_RETURN(const crypto::SigningKey key,
                          crypto::SigningKey::Load(config_.signing_key_file));
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::Store> store,
                          storage::OpenSqliteStore(config_.data_file));
  SystemRandom seal_random, engine_random, id_random;
  const crypto::Sealer sealer(keyring, seal_random);
  const crypto::BlindIndex index(keyring);
  storage::SealerSeal seal(sealer);
  storage::IndexBlinder blinder(index);
  engine::Engine engine({*store, seal, blinder, clock_, engine_random, key}, {});
  engine.Start();
  IdSource ids(id_random);
  for (domain::Party& party : parties) {
    std::promise<absl::Status> done;
    engine::Command command;
    command.caller = {*domain::PartyId::Parse("operator/test"), "operator/test"};
    command.method = "RegisterParty";
    command.request_id = ids.Next(absl::Now());
    command.partition = domain::kHubPartition;
    command.run = [party](app::UnitOfWork& work) -> absl::StatusOr<std::string> {
      domain::Party copy = party;
      copy.id = work.NewId<domain::PartyRecordId>();
      work.Put(copy);
      return std::string();
    };
    engine::CommandGroup group;
    group.commands.push_back(std::move(command));
    group.done = [&done](std::vector<engine::Outcome> outcomes) {
      done.set_value(outcomes[0].status);
    };
    engine.Submit(std::move(group));
    RECOUP_RETURN_IF_ERROR(done.get_future().get());
  }
  engine.Stop();
  return absl::OkStatus();
}

absl::Status RealHub::Start(grpc::Service* extra) {
  std::vector<grpc::Service*> services;
  if (extra != nullptr) services.push_back(extra);
  return StartWith(clock_, services);
}

absl::Status RealHub::StartAt(Clock& clock) { return StartWith(clock, {}); }

absl::Status RealHub::StartWith(Clock& clock, const std::vector<grpc::Service*>& extra) {
  const Log log = Log::ToSink({}, clock, [](std::string_view) {});
  RECOUP_ASSIGN_OR_RETURN(hub_, HubServer::Start(config_, clock, log, extra));
  return absl::OkStatus();
}

absl::Status RealHub::WriteIdentity(const std::string& party, const std::string& certificate_file,
                                    const std::string& key_file) const {
  RECOUP_ASSIGN_OR_RETURN(const crypto::Identity identity,
                          Issue(ca_, party, "recoup://" + party, false));
  RECOUP_RETURN_IF_ERROR(crypto::WriteSecretFile(certificate_file, identity.certificate_pem));
  return crypto::WriteSecretFile(key_file, identity.key_pem);
}

std::shared_ptr<grpc::Channel> RealHub::ConnectAs(const std::string& party) const {
  return ConnectAs(party, hub_->port());
}

std::shared_ptr<grpc::Channel> RealHub::ConnectAs(const std::string& party, int port) const {
  const absl::StatusOr<crypto::Identity> identity = Issue(ca_, party, "recoup://" + party, false);
  RECOUP_CHECK(identity.ok());
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = ca_.certificate_pem;
  options.pem_private_key = identity->key_pem;
  options.pem_cert_chain = identity->certificate_pem;
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // A connection of its own.
  return grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", port), grpc::SslCredentials(options),
                                   arguments);
}

absl::StatusOr<std::vector<std::string>> RealHub::SettingsOf(const std::string& party) const {
  RECOUP_ASSIGN_OR_RETURN(const crypto::Identity identity,
                          Issue(ca_, party, "recoup://" + party, false));
  const std::filesystem::path folder =
      std::filesystem::path(config_.tls_ca_file).parent_path() / "clients" / party;
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  const std::string certificate = folder / "client.pem";
  const std::string key = folder / "client.key";
  RECOUP_RETURN_IF_ERROR(crypto::WriteSecretFile(certificate, identity.certificate_pem));
  RECOUP_RETURN_IF_ERROR(crypto::WriteSecretFile(key, identity.key_pem));
  return std::vector<std::string>{
      "--hub-target",           absl::StrCat("127.0.0.1:", hub_->port()),
      "--hub-ca-file",          config_.tls_ca_file,
      "--hub-certificate-file", certificate,
      "--hub-key-file",         key};
}

}  // namespace recoup::testing

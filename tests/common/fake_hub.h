// A hub for tests of the programs: a gRPC server in this process with mutual TLS, the files that a
// party needs to call it, and the settings that name them. It can go away and come back on its
// port.
#ifndef RECOUP_TESTS_COMMON_FAKE_HUB_H_
#define RECOUP_TESTS_COMMON_FAKE_HUB_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "adapters/common/cli.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "hub/base/check.h"
#include "hub/crypto/pki.h"
#include "tests/common/fake_sleeper.h"

namespace recoup::adapters {

class FakeHub {
 public:
  explicit FakeHub(grpc::Service& service) : service_(service) {
    std::string pattern = testing::TempDir() + "/fake_hub_XXXXXX";
    RECOUP_CHECK(mkdtemp(pattern.data()) != nullptr);
    directory_ = pattern;
    const absl::Time now = absl::Now();
    const crypto::CaRequest ca{"test", now - absl::Hours(1), now + absl::Hours(24)};
    ca_ = crypto::CreateCa(ca).value();
    server_identity_ = Issue("localhost", "", true);
    const crypto::Identity party = Issue("party", "recoup://court/test", false);
    Write("ca.pem", ca_.certificate_pem);
    Write("party.pem", party.certificate_pem);
    Write("party.key", party.key_pem);
    Start();
  }
  ~FakeHub() {
    Stop();
    std::filesystem::remove_all(directory_);
  }

  void Start() {
    grpc::SslServerCredentialsOptions tls(
        GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    tls.pem_root_certs = ca_.certificate_pem;
    tls.pem_key_cert_pairs.push_back({server_identity_.key_pem, server_identity_.certificate_pem});
    grpc::ServerBuilder builder;
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    int port = port_;
    builder.AddListeningPort(absl::StrCat("127.0.0.1:", port_), grpc::SslServerCredentials(tls),
                             &port);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    RECOUP_CHECK(server_ != nullptr);
    port_ = port;
  }
  void Stop() {
    if (server_ != nullptr) server_->Shutdown(absl::ToChronoTime(absl::Now() + absl::Seconds(1)));
    server_.reset();
  }

  std::string Write(const std::string& name, const std::string& text) const {
    const std::string file = File(name);
    std::ofstream(file, std::ios::binary) << text;
    std::filesystem::permissions(file, std::filesystem::perms(0600));
    return file;
  }
  std::string File(const std::string& name) const { return (directory_ / name).string(); }

  std::vector<std::string> Settings() const {
    return {"--hub-target",           absl::StrCat("127.0.0.1:", port_),
            "--hub-ca-file",          File("ca.pem"),
            "--hub-certificate-file", File("party.pem"),
            "--hub-key-file",         File("party.key"),
            "--hub-attempts-max",     "1",
            "--spool-file",           File("spool.sqlite")};
  }

 private:
  crypto::Identity Issue(const std::string& name, const std::string& uri, bool server) const {
    crypto::CertificateRequest request;
    request.common_name = name;
    request.uri = uri;
    if (server) request.ip_addresses = {"127.0.0.1"};
    request.server = server;
    request.client = !server;
    request.not_before = absl::Now() - absl::Hours(1);
    request.not_after = absl::Now() + absl::Hours(24);
    return crypto::IssueCertificate(ca_, request).value();
  }

  grpc::Service& service_;
  std::filesystem::path directory_;
  crypto::Identity ca_;
  crypto::Identity server_identity_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

struct ProgramOutcome {
  ExitCode code;
  std::string out;
  std::string err;
};

// One run of a program with its own streams; time stands still but for sleeps.
inline ProgramOutcome RunProgram(Program& program, std::vector<std::string> arguments,
                                 std::uint64_t seed) {
  std::ostringstream out;
  std::ostringstream err;
  // gRPC measures deadlines by the real clock, so the programs' clock must be near it.
  ManualClock clock(absl::Now());
  SeededRandom random(seed);
  FakeSleeper sleeper(clock);
  const Process process{.arguments = std::move(arguments),
                        .environment = {},
                        .out = out,
                        .err = err,
                        .clock = clock,
                        .random = random,
                        .sleeper = sleeper};
  const ExitCode code = program.Run(process);
  return {code, out.str(), err.str()};
}

}  // namespace recoup::adapters

#endif  // RECOUP_TESTS_COMMON_FAKE_HUB_H_

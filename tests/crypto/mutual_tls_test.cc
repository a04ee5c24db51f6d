// BoringSSL beside gRPC's OpenSSL: mutual TLS with certificates of our PKI, while the same process
// signs and seals. Linked or exported wrongly, this crashes or fails to verify.
#include <dlfcn.h>
#include <grpc/grpc_security_constants.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "hub/crypto/pki.h"
#include "hub/crypto/sealing.h"
#include "hub/crypto/signing.h"

namespace recoup::crypto {
namespace {

constexpr char kInsurer[] = "recoup://insurer/huaan";

// Answers with the same bytes and hands out what TLS says of the peer.
class Echo final : public grpc::CallbackGenericService {
 public:
  std::vector<std::string> WaitForPeerUris() { return peer_uris_.get_future().get(); }

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    std::vector<std::string> uris;
    for (const grpc::string_ref& uri :
         context->auth_context()->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME)) {
      uris.emplace_back(uri.data(), uri.size());
    }
    if (!context->auth_context()->IsPeerAuthenticated()) uris.clear();
    peer_uris_.set_value(std::move(uris));
    return new Reactor;
  }

 private:
  class Reactor final : public grpc::ServerGenericBidiReactor {
   public:
    Reactor() { StartRead(&buffer_); }
    void OnReadDone(bool ok) override {
      if (!ok) {
        Finish(grpc::Status(grpc::StatusCode::INTERNAL, "no message"));
        return;
      }
      StartWriteAndFinish(&buffer_, grpc::WriteOptions(), grpc::Status::OK);
    }
    void OnDone() override { delete this; }

   private:
    grpc::ByteBuffer buffer_;
  };

  std::promise<std::vector<std::string>> peer_uris_;
};

class MutualTlsTest : public testing::Test {
 protected:
  // TLS compares with the real clock, so these certificates are made around it.
  const absl::Time now_ = absl::Now();
  const Identity ca_ =
      CreateCa({"Recoup test CA", now_ - absl::Hours(48), now_ + absl::Hours(24)}).value();

  Identity Issue(const Identity& ca, CertificateRequest request) const {
    request.common_name = "test";
    if (request.not_before == absl::Time()) request.not_before = now_ - absl::Hours(1);
    if (request.not_after == absl::Time()) request.not_after = now_ + absl::Hours(1);
    return IssueCertificate(ca, request).value();
  }
  Identity IssueClient(const Identity& ca) const {
    CertificateRequest request;
    request.uri = kInsurer;
    request.client = true;
    return Issue(ca, request);
  }

  void SetUp() override {
    CertificateRequest request;
    request.uri = "recoup://hub/test";
    request.dns_names = {"localhost"};
    request.ip_addresses = {"127.0.0.1"};
    request.server = true;
    const Identity hub = Issue(ca_, request);
    grpc::SslServerCredentialsOptions options(
        GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    options.pem_root_certs = ca_.certificate_pem;
    options.pem_key_cert_pairs = {{hub.key_pem, hub.certificate_pem}};
    grpc::ServerBuilder builder;
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(options), &port_);
    builder.RegisterCallbackGenericService(&echo_);
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
  }

  void TearDown() override {
    if (server_ != nullptr) server_->Shutdown(std::chrono::system_clock::now());
  }

  // The status of one call as this client, and whether the bytes came back.
  std::pair<grpc::Status, bool> Call(const std::string& roots, const Identity& client) {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = roots;
    options.pem_cert_chain = client.certificate_pem;
    options.pem_private_key = client.key_pem;
    grpc::GenericStub stub(
        grpc::CreateChannel("127.0.0.1:" + std::to_string(port_), grpc::SslCredentials(options)));
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    const grpc::Slice slice("ping");
    const grpc::ByteBuffer request(&slice, 1);
    grpc::ByteBuffer response;
    std::promise<grpc::Status> done;
    stub.UnaryCall(&context, "/test.Echo/Call", grpc::StubOptions(), &request, &response,
                   [&done](grpc::Status status) { done.set_value(std::move(status)); });
    grpc::Status status = done.get_future().get();
    grpc::Slice answer;
    const bool echoed = status.ok() && response.DumpToSingleSlice(&answer).ok() &&
                        std::string(answer.begin(), answer.end()) == "ping";
    return {std::move(status), echoed};
  }

  Echo echo_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(MutualTlsTest, ServerSeesTheClientsUri_WhileTheProcessSignsAndSeals) {
  SeededRandom random(1);
  const SigningKey key = SigningKey::Generate(random);
  const Sealer sealer(Keyring::Parse("1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").value(),
                      random);
  std::atomic<bool> stop = false;
  std::atomic<int> failures = 0;
  std::atomic<int> rounds = 0;
  std::thread worker([&] {
    while (!stop || rounds == 0) {
      const std::string sealed = sealer.Seal("310115-310", "flag/1", "text");
      const auto opened = sealer.Open("310115-310", "flag/1", sealed);
      if (!opened.ok() || *opened != "text") ++failures;
      if (!key.verify_key().Verify(sealed, key.Sign(sealed))) ++failures;
      ++rounds;
    }
  });
  const auto [status, echoed] = Call(ca_.certificate_pem, IssueClient(ca_));
  stop = true;
  worker.join();
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_TRUE(echoed);
  EXPECT_EQ(echo_.WaitForPeerUris(), std::vector<std::string>{kInsurer});
  EXPECT_EQ(failures, 0);
}

TEST_F(MutualTlsTest, RefusesAClientWithoutCertificate) {
  EXPECT_EQ(Call(ca_.certificate_pem, {}).first.error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(MutualTlsTest, RefusesAClientOfAnotherAuthority) {
  const Identity other =
      CreateCa({"Recoup test CA", now_ - absl::Hours(1), now_ + absl::Hours(1)}).value();
  EXPECT_EQ(Call(ca_.certificate_pem, IssueClient(other)).first.error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

TEST_F(MutualTlsTest, RefusesAClientWhoseCertificateHasExpired) {
  CertificateRequest request;
  request.uri = kInsurer;
  request.client = true;
  request.not_before = now_ - absl::Hours(47);
  request.not_after = now_ - absl::Hours(1);
  EXPECT_EQ(Call(ca_.certificate_pem, Issue(ca_, request)).first.error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

TEST_F(MutualTlsTest, RefusesAServerCertificateUsedByAClient) {
  CertificateRequest request;
  request.uri = kInsurer;
  request.server = true;
  EXPECT_EQ(Call(ca_.certificate_pem, Issue(ca_, request)).first.error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

TEST_F(MutualTlsTest, ClientRefusesAServerOfAnotherAuthority) {
  const Identity other =
      CreateCa({"Recoup test CA", now_ - absl::Hours(1), now_ + absl::Hours(1)}).value();
  EXPECT_EQ(Call(other.certificate_pem, IssueClient(ca_)).first.error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

// Why it holds: the executable exports no symbol that libgrpc means OpenSSL by.
TEST(SymbolTest, LibcryptoIsOpenSslForSharedLibraries) {
  for (const char* name : {"EVP_DigestInit_ex", "X509_new", "SHA256_Init", "ERR_clear_error"}) {
    void* const symbol = dlsym(RTLD_DEFAULT, name);
    ASSERT_NE(symbol, nullptr) << name;
    Dl_info info = {};
    ASSERT_NE(dladdr(symbol, &info), 0) << name;
    EXPECT_NE(std::string(info.dli_fname).find("libcrypto.so"), std::string::npos)
        << name << " is in " << info.dli_fname;
  }
  EXPECT_EQ(dlsym(RTLD_DEFAULT, "EVP_aead_aes_256_gcm_siv"), nullptr);
}

}  // namespace
}  // namespace recoup::crypto

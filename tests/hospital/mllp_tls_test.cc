// The MLLP listener over TLS. Calls libssl only: libcrypto's functions would be BoringSSL's here.
#include <openssl/ssl.h>

#include <array>
#include <memory>

#include "gtest/gtest.h"
#include "tests/hospital/listening_desk.h"
#include "tests/hospital/mllp_peer.h"
#include "tests/hospital/tls_pair.h"

namespace recoup::hospital {
namespace {

class MllpTlsTest : public ListeningDesk {
 protected:
  void SetUp() override {
    options_.tls = {pair_.server_certificate, pair_.server_key, pair_.ca};
    ListeningDesk::SetUp();
  }

  // Sends blocks and reads until as many have come back; "" when the listener does not answer.
  std::string Exchange(const std::string& bytes, std::size_t answers, bool with_certificate) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
        SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    SSL_CTX_load_verify_file(context.get(), pair_.ca.c_str());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    if (with_certificate) {
      SSL_CTX_use_certificate_chain_file(context.get(), pair_.client_certificate.c_str());
      SSL_CTX_use_PrivateKey_file(context.get(), pair_.client_key.c_str(), SSL_FILETYPE_PEM);
    }
    MllpPeer peer(port());
    const std::unique_ptr<SSL, decltype(&SSL_free)> tls(SSL_new(context.get()), &SSL_free);
    SSL_set_fd(tls.get(), peer.descriptor());
    if (SSL_connect(tls.get()) != 1) return "";
    SSL_write(tls.get(), bytes.data(), static_cast<int>(bytes.size()));
    hl7::FrameReader frames(1 << 20);
    std::string received;
    std::size_t count = 0;
    std::array<char, 4096> buffer;
    while (count < answers) {
      const int read = SSL_read(tls.get(), buffer.data(), static_cast<int>(buffer.size()));
      if (read <= 0) break;
      frames.Feed({buffer.data(), static_cast<std::size_t>(read)}, [&](hl7::Frame frame) {
        ++count;
        received += frame.bytes;
      });
    }
    return received;
  }

  const TlsPair pair_{folder_.File("")};
};

TEST_F(MllpTlsTest, MessagesAreTakenAndAnswered) {
  std::string bytes;
  constexpr std::size_t kMessages = 200;  // More than one record, in both directions.
  for (std::size_t i = 0; i < kMessages; ++i) {
    AdtMessage message;
    message.id = "M" + std::to_string(i);
    bytes += hl7::Framed(message.Text());
  }
  const std::string answers = Exchange(bytes, kMessages, true);
  EXPECT_NE(answers.find("\rMSA|AA|M0|"), std::string::npos);
  EXPECT_NE(answers.find("\rMSA|AA|M199|"), std::string::npos);
}

TEST_F(MllpTlsTest, ACallerWithoutACertificateIsNotHeard) {
  EXPECT_EQ(Exchange(hl7::Framed(AdtMessage{}.Text()), 1, false), "");
  EXPECT_NE(Exchange(hl7::Framed(AdtMessage{}.Text()), 1, true), "") << "and harms nobody else";
}

TEST_F(MllpTlsTest, APlainCallerIsNotHeard) {
  MllpPeer peer(port());
  EXPECT_EQ(peer.SendAndReceive(AdtMessage{}.Text()), "");
}

TEST_F(MllpTlsTest, FilesThatCannotBeUsedAreRefused) {
  MllpOptions options;
  options.tls = {pair_.server_certificate, pair_.client_key, ""};
  EXPECT_FALSE(MllpServer::Start(options, *reception_, clock_, log_).ok());
  options.tls = {folder_.File("none"), pair_.server_key, ""};
  EXPECT_FALSE(MllpServer::Start(options, *reception_, clock_, log_).ok());
}

}  // namespace
}  // namespace recoup::hospital

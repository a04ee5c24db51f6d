#include "adapters/hospital/program/tls_relays.h"

#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::hospital {
namespace {

// How often a relay looks up from its sockets, to see whether it is to end.
constexpr int kLookUpMs = 250;
constexpr int kHandshakeLooksMax = 40;  // Ten seconds.

absl::Status Unusable(const char* what, const std::string& file) {
  return MakeError(Reason::kInvalidArgument, absl::StrCat(what, "无法使用：", file));
}

}  // namespace

struct TlsRelays::Context {
  ~Context() { SSL_CTX_free(ssl); }
  SSL_CTX* ssl = nullptr;
};

// Carries both directions with one buffer each; a buffer that is not empty stops its reading.
class TlsRelays::Relay {
 public:
  Relay(SSL_CTX* context, int encrypted, int plain)
      : ssl_(SSL_new(context)), encrypted_(encrypted), plain_(plain) {
    SSL_set_fd(ssl_, encrypted_);
    thread_ = std::thread([this] {
      if (ssl_ != nullptr && Handshake()) Carry();
      Close();
    });
  }

  ~Relay() {
    stopping_ = true;
    thread_.join();
  }

  bool finished() const { return finished_; }

 private:
  // True when a look at the sockets is worth another try of `result`.
  bool MayGoOn(int result, short& events) {
    switch (SSL_get_error(ssl_, result)) {
      case SSL_ERROR_WANT_READ:
        events = static_cast<short>(events | POLLIN);
        return true;
      case SSL_ERROR_WANT_WRITE:
        events = static_cast<short>(events | POLLOUT);
        return true;
      default:
        return false;
    }
  }

  bool Handshake() {
    for (int looks = 0; looks < kHandshakeLooksMax && !stopping_; ++looks) {
      const int result = SSL_accept(ssl_);
      if (result == 1) return true;
      pollfd wait{encrypted_, 0, 0};
      if (!MayGoOn(result, wait.events)) return false;
      ::poll(&wait, 1, kLookUpMs);
    }
    return false;
  }

  void Carry() {
    while (!stopping_) {
      short encrypted_events = 0, plain_events = 0;
      if (!Receive(encrypted_events, plain_events) || !Send(encrypted_events, plain_events)) return;
      std::array<pollfd, 2> wait = {pollfd{encrypted_, encrypted_events, 0},
                                    pollfd{plain_, plain_events, 0}};
      ::poll(wait.data(), wait.size(), kLookUpMs);
    }
  }

  // From the peer to the listener. False when the connection is over.
  bool Receive(short& encrypted_events, short& plain_events) {
    for (;;) {
      if (in_begin_ == in_end_) {
        if (peer_ended_) return !out_ended_ || out_begin_ != out_end_;
        const int count = SSL_read(ssl_, in_.data(), static_cast<int>(in_.size()));
        if (count <= 0) {
          if (MayGoOn(count, encrypted_events)) return true;
          // The peer has said good-bye, or vanished. What it is owed may still be written.
          if (SSL_get_error(ssl_, count) != SSL_ERROR_ZERO_RETURN) return false;
          peer_ended_ = true;
          ::shutdown(plain_, SHUT_WR);
          continue;
        }
        in_begin_ = 0;
        in_end_ = static_cast<std::size_t>(count);
      }
      const ssize_t written =
          ::send(plain_, in_.data() + in_begin_, in_end_ - in_begin_, MSG_NOSIGNAL);
      if (written < 0) {
        if (errno != EAGAIN && errno != EINTR) return false;
        plain_events = static_cast<short>(plain_events | POLLOUT);
        return true;
      }
      in_begin_ += static_cast<std::size_t>(written);
    }
  }

  // From the listener to the peer. False when the connection is over.
  bool Send(short& encrypted_events, short& plain_events) {
    for (;;) {
      if (out_begin_ == out_end_) {
        if (out_ended_) return false;
        const ssize_t count = ::recv(plain_, out_.data(), out_.size(), 0);
        if (count < 0) {
          if (errno != EAGAIN && errno != EINTR) return false;
          plain_events = static_cast<short>(plain_events | POLLIN);
          return true;
        }
        if (count == 0) {
          out_ended_ = true;
          return false;
        }
        out_begin_ = 0;
        out_end_ = static_cast<std::size_t>(count);
      }
      const int written =
          SSL_write(ssl_, out_.data() + out_begin_, static_cast<int>(out_end_ - out_begin_));
      if (written <= 0) return MayGoOn(written, encrypted_events);
      out_begin_ += static_cast<std::size_t>(written);
    }
  }

  void Close() {
    if (ssl_ != nullptr) {
      if (SSL_is_init_finished(ssl_) == 1) SSL_shutdown(ssl_);
      SSL_free(ssl_);
    }
    ::close(plain_);
    ::close(encrypted_);
    finished_ = true;
  }

  SSL* const ssl_;
  const int encrypted_;
  const int plain_;
  std::array<char, 16 * 1024> in_, out_;
  std::size_t in_begin_ = 0, in_end_ = 0, out_begin_ = 0, out_end_ = 0;
  bool peer_ended_ = false;
  bool out_ended_ = false;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> finished_ = false;
  std::thread thread_;
};

TlsRelays::TlsRelays(std::unique_ptr<Context> context) : context_(std::move(context)) {}

TlsRelays::~TlsRelays() = default;

absl::StatusOr<std::unique_ptr<TlsRelays>> TlsRelays::Create(const TlsFiles& files) {
  auto context = std::make_unique<Context>();
  context->ssl = SSL_CTX_new(TLS_server_method());
  if (context->ssl == nullptr) return MakeError(Reason::kInternal, "无法建立 TLS 环境");
  SSL_CTX* const ssl = context->ssl;
  SSL_CTX_set_min_proto_version(ssl, TLS1_2_VERSION);
  // A buffer that was not sent whole may have moved when it is sent again.
  SSL_CTX_set_mode(ssl, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  if (SSL_CTX_use_certificate_chain_file(ssl, files.certificate_file.c_str()) != 1) {
    return Unusable("证书", files.certificate_file);
  }
  if (SSL_CTX_use_PrivateKey_file(ssl, files.key_file.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(ssl) != 1) {
    return Unusable("私钥", files.key_file);
  }
  if (!files.client_ca_file.empty()) {
    if (SSL_CTX_load_verify_file(ssl, files.client_ca_file.c_str()) != 1) {
      return Unusable("客户端证书的签发机构", files.client_ca_file);
    }
    SSL_CTX_set_verify(ssl, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  return std::unique_ptr<TlsRelays>(new TlsRelays(std::move(context)));
}

int TlsRelays::Wrap(int descriptor) {
  std::array<int, 2> ends;
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    ::close(descriptor);
    return -1;
  }
  const MutexLock lock(mutex_);
  relays_.remove_if([](const std::unique_ptr<Relay>& relay) { return relay->finished(); });
  relays_.push_back(std::make_unique<Relay>(context_->ssl, descriptor, ends[0]));
  return ends[1];
}

}  // namespace recoup::hospital

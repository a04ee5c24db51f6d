#include "adapters/hospital/program/listen.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "hub/base/error.h"

namespace recoup::hospital {
namespace {

absl::Status NotListening(const std::string& address, int port, const char* why) {
  return MakeError(Reason::kInvalidArgument,
                   absl::StrCat("无法监听 ", address, " 端口 ", port, "：", why));
}

}  // namespace

absl::StatusOr<Endpoint> EndpointFromText(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  Endpoint endpoint;
  bool right = colon != std::string::npos && colon > 0 &&
               absl::SimpleAtoi(text.substr(colon + 1), &endpoint.port) && endpoint.port >= 0 &&
               endpoint.port <= 65535;
  if (right) {
    endpoint.address = text.substr(0, colon);
    const bool bracketed = endpoint.address.front() == '[' && endpoint.address.back() == ']';
    if (bracketed) endpoint.address = endpoint.address.substr(1, endpoint.address.size() - 2);
    right = bracketed || endpoint.address.find(':') == std::string::npos;
  }
  if (!right) {
    return MakeError(Reason::kInvalidArgument,
                     absl::StrCat(text, ": 应写作 地址:端口，例如 10.0.0.5:2575"));
  }
  return endpoint;
}

absl::StatusOr<int> ListenOn(const std::string& address, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int error = ::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (error != 0) return NotListening(address, port, ::gai_strerror(error));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(found, &::freeaddrinfo);
  const int descriptor = ::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return NotListening(address, port, std::strerror(errno));
  const int on = 1;  // A restarted service need not wait for the sockets of the last run.
  ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  constexpr int kBacklog = 512;
  if (::bind(descriptor, found->ai_addr, found->ai_addrlen) != 0 ||
      ::listen(descriptor, kBacklog) != 0) {
    const int reason = errno;
    ::close(descriptor);
    return NotListening(address, port, std::strerror(reason));
  }
  return descriptor;
}

int BoundPort(int descriptor) {
  sockaddr_storage bound{};
  socklen_t length = sizeof bound;
  if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&bound), &length) != 0) return 0;
  const std::uint16_t port = bound.ss_family == AF_INET6
                                 ? reinterpret_cast<const sockaddr_in6&>(bound).sin6_port
                                 : reinterpret_cast<const sockaddr_in&>(bound).sin_port;
  return ntohs(port);
}

}  // namespace recoup::hospital

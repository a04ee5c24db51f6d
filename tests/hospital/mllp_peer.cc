#include "tests/hospital/mllp_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace recoup::hospital {
namespace {

constexpr int kPatienceMs = 10'000;

}  // namespace

MllpPeer::MllpPeer(int port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(descriptor);
    return;
  }
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  descriptor_ = descriptor;
}

void MllpPeer::HangUp() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

void MllpPeer::EndSending() { ::shutdown(descriptor_, SHUT_WR); }

bool MllpPeer::SendRaw(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool MllpPeer::ReadMore() {
  if (ended_ || descriptor_ < 0) return false;
  pollfd wait{descriptor_, POLLIN, 0};
  if (::poll(&wait, 1, kPatienceMs) <= 0) return false;
  std::array<char, 16 * 1024> buffer;
  const ssize_t count = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
  ended_ = count <= 0;
  if (ended_) return false;
  frames_.Feed({buffer.data(), static_cast<std::size_t>(count)},
               [this](hl7::Frame frame) { received_.push_back(std::move(frame.bytes)); });
  return true;
}

std::optional<std::string> MllpPeer::Receive() {
  while (received_.empty()) {
    if (!ReadMore()) return std::nullopt;
  }
  std::string block = std::move(received_.front());
  received_.pop_front();
  return block;
}

std::string MllpPeer::SendAndReceive(std::string_view message) {
  if (!Send(message)) return "";
  return Receive().value_or("");
}

bool MllpPeer::IsHungUpOn() {
  while (received_.empty() && ReadMore()) {
  }
  return received_.empty() && ended_;
}

std::string FieldOf(std::string_view message, std::string_view segment, std::size_t field) {
  const std::vector<std::string> lines = absl::StrSplit(std::string(message), '\r');
  for (const std::string& line : lines) {
    if (line.substr(0, segment.size()) != segment) continue;
    const std::vector<std::string> fields = absl::StrSplit(line, '|');
    const std::size_t index = segment == "MSH" ? field - 1 : field;
    return index < fields.size() ? fields[index] : "";
  }
  return "";
}

std::string AdtMessage::Text() const {
  return absl::StrCat(
      "MSH|^~\\&|HIS|DONGAN|HUB|FUND|20260305102030||ADT^", trigger, "|", id, "|P|", version, "|||",
      accept, "|", application, "||UNICODE UTF-8\rEVN|", trigger,
      "|20260305102030\rPID|1||0007^^^H^MR~11010519491231002X^^^^NI||林若溪||19491231|F\r",
      "PV1|1|I|W1||||||||||||||||", visit, "|||||||||||||||||||||||||20260305100000\r",
      words.empty() ? "" : absl::StrCat("PV2|||^", words, "\r"),
      code.empty() ? "" : absl::StrCat("DG1|1||", code, "\r"), "IN1|1|01^职工医保\r");
}

}  // namespace recoup::hospital

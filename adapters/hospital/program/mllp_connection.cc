#include "adapters/hospital/program/mllp_connection.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace recoup::hospital {
namespace {

bool WouldBlock() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

MllpConnection::MllpConnection(int descriptor, std::uint64_t id, std::size_t message_bytes_max,
                               absl::Time now)
    : descriptor_(descriptor), id_(id), frames_(message_bytes_max), last_active_(now) {}

MllpConnection::~MllpConnection() { ::close(descriptor_); }

bool MllpConnection::Read(absl::Time now, const std::function<void(hl7::Frame)>& on_frame) {
  std::array<char, 32 * 1024> buffer;
  const ssize_t count = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
  if (count < 0) return WouldBlock();
  if (count == 0) {
    read_ended_ = true;
    return true;
  }
  last_active_ = now;
  bool ended_one = false;
  frames_.Feed({buffer.data(), static_cast<std::size_t>(count)}, [&](hl7::Frame frame) {
    ended_one = true;
    on_frame(std::move(frame));
  });
  if (!frames_.in_frame()) {
    message_begun_ = absl::InfiniteFuture();
  } else if (ended_one || message_begun_ == absl::InfiniteFuture()) {
    message_begun_ = now;
  }
  return true;
}

bool MllpConnection::Write(absl::Time now) {
  while (sent_ < out_.size()) {
    const ssize_t count =
        ::send(descriptor_, out_.data() + sent_, out_.size() - sent_, MSG_NOSIGNAL);
    if (count < 0) {
      if (!WouldBlock()) return false;
      write_blocked_ = std::min(write_blocked_, now);
      return true;
    }
    sent_ += static_cast<std::size_t>(count);
    last_active_ = now;
    write_blocked_ = absl::InfiniteFuture();
  }
  out_.clear();
  sent_ = 0;
  return true;
}

void MllpConnection::MessageAnswered(const std::string& blocks) {
  --in_flight_;
  out_.append(blocks);
}

absl::Time MllpConnection::stalled_since() const {
  return std::min(message_begun_, write_blocked_);
}

}  // namespace recoup::hospital

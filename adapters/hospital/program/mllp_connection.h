// One peer of the MLLP listener: its socket, what of its message has arrived, and its answers.
//
// Non-blocking; used by the listener's thread alone. Owns the socket.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MLLP_CONNECTION_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MLLP_CONNECTION_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/time/time.h"
#include "adapters/hospital/hl7/frames.h"

namespace recoup::hospital {

class MllpConnection {
 public:
  MllpConnection(int descriptor, std::uint64_t id, std::size_t message_bytes_max, absl::Time now);
  ~MllpConnection();
  MllpConnection(const MllpConnection&) = delete;
  MllpConnection& operator=(const MllpConnection&) = delete;

  int descriptor() const { return descriptor_; }
  std::uint64_t id() const { return id_; }

  // Reads what is there, at most one buffer. False when the connection is broken.
  bool Read(absl::Time now, const std::function<void(hl7::Frame)>& on_frame);
  // Sends as much as the peer takes. False when the connection is broken.
  bool Write(absl::Time now);

  void MessageBegun() { ++in_flight_; }
  void MessageAnswered(const std::string& blocks);
  std::size_t in_flight() const { return in_flight_; }
  std::size_t unsent_bytes() const { return out_.size() - sent_; }

  // The peer has sent all it will, but may still take answers.
  bool read_ended() const { return read_ended_; }
  void EndReading() { read_ended_ = true; }
  bool finished() const { return read_ended_ && in_flight_ == 0 && unsent_bytes() == 0; }
  // A message has begun and not ended.
  bool in_message() const { return frames_.in_frame(); }
  std::size_t stray_bytes() const { return frames_.stray_bytes(); }

  // Since when the peer does not go on with what it began; InfiniteFuture when it owes nothing.
  absl::Time stalled_since() const;
  absl::Time last_active() const { return last_active_; }

  // What epoll was last told; the listener's to set.
  std::uint32_t events = 0;

 private:
  const int descriptor_;
  const std::uint64_t id_;
  hl7::FrameReader frames_;
  std::string out_;
  std::size_t sent_ = 0;
  std::size_t in_flight_ = 0;
  bool read_ended_ = false;
  absl::Time last_active_;
  absl::Time message_begun_ = absl::InfiniteFuture();
  absl::Time write_blocked_ = absl::InfiniteFuture();
};

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MLLP_CONNECTION_H_

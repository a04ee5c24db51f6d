// The MLLP listener: HL7 v2 messages over TCP, acknowledged after they are on the disk.
//
// One thread with epoll reads, takes messages apart and writes answers; the reception's thread
// stores. A connection may have several messages under way; its answers come in the order of its
// messages, each with the control id of the message it answers, and never on another connection. A
// peer that sends faster than can be stored is not read until its answers have gone out; one that
// stops in the middle of a message, takes no answers or is silent too long is hung up on. A message
// that was not acknowledged may come again: the same message gets the same answer.
//
// Stop finishes what was received, sends the answers and closes. Thread-safe.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MLLP_SERVER_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MLLP_SERVER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/hospital/program/reception.h"
#include "adapters/hospital/program/tls_files.h"
#include "adapters/hospital/reader.h"
#include "hub/base/clock.h"
#include "hub/base/log.h"

namespace recoup::hospital {

struct MllpOptions {
  std::string address = "127.0.0.1";
  int port = 0;  // 0: any free one.
  std::size_t connections_max = 256;
  std::size_t message_bytes_max = kDocumentBytesMax;
  std::size_t in_flight_max = 256;  // Messages of one connection that are not answered yet.
  absl::Duration idle_max = absl::Hours(24);
  // From the first to the last byte of a message, and for a peer to take its answers.
  absl::Duration stall_max = absl::Seconds(30);
  absl::Duration stop_max = absl::Seconds(10);
  TlsFiles tls;
};

class MllpServer {
 public:
  // Listens when it returns. References must outlive the server.
  static absl::StatusOr<std::unique_ptr<MllpServer>> Start(const MllpOptions& options,
                                                           Reception& reception, Clock& clock,
                                                           Log log);
  ~MllpServer();  // Stops.
  MllpServer(const MllpServer&) = delete;
  MllpServer& operator=(const MllpServer&) = delete;

  int port() const;
  // No new connections and messages; waits until the answers are out or `stop_max` has passed.
  void Stop();

 private:
  class Loop;
  explicit MllpServer(std::unique_ptr<Loop> loop);
  std::unique_ptr<Loop> loop_;
};

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_MLLP_SERVER_H_

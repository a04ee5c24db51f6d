// TLS for a listener that knows plain sockets: each encrypted connection is carried to one end of a
// socket pair by a thread of its own, and the listener serves the other end.
//
// Uses OpenSSL's libssl, as gRPC does. It calls functions of libssl alone: those of libcrypto would
// be BoringSSL's in this program (docs/adr/2026-11-21-boringssl.md). A thread per connection,
// because OpenSSL keeps its errors per thread. Thread-safe.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TLS_RELAYS_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TLS_RELAYS_H_

#include <list>
#include <memory>

#include "absl/status/statusor.h"
#include "adapters/hospital/program/tls_files.h"
#include "hub/base/mutex.h"

namespace recoup::hospital {

class TlsRelays {
 public:
  static absl::StatusOr<std::unique_ptr<TlsRelays>> Create(const TlsFiles& files);
  ~TlsRelays();  // Ends every connection.
  TlsRelays(const TlsRelays&) = delete;
  TlsRelays& operator=(const TlsRelays&) = delete;

  // Takes the accepted, non-blocking socket and returns the plain, non-blocking end; -1 when there
  // are no descriptors left. A peer whose handshake fails looks like one that hung up.
  int Wrap(int descriptor);

 private:
  struct Context;
  class Relay;
  explicit TlsRelays(std::unique_ptr<Context> context);

  const std::unique_ptr<Context> context_;
  Mutex mutex_;
  std::list<std::unique_ptr<Relay>> relays_ RECOUP_GUARDED_BY(mutex_);
};

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_TLS_RELAYS_H_

// Sockets to listen on.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_LISTEN_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_LISTEN_H_

#include <string>

#include "absl/status/statusor.h"

namespace recoup::hospital {

// "10.0.0.5:2575", "[::1]:2575"; a port alone is not enough, so that nobody listens to the world by
// accident.
struct Endpoint {
  std::string address;
  int port = 0;
};
absl::StatusOr<Endpoint> EndpointFromText(const std::string& text);

// A non-blocking listening socket on a numeric address; port 0 takes any free one.
absl::StatusOr<int> ListenOn(const std::string& address, int port);
int BoundPort(int descriptor);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_LISTEN_H_

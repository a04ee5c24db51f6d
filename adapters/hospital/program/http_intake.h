// The national interface over HTTP: a hospital's system copies its messages to POST /infno/2401,
// request, response or both, and is answered in the interface's own form: infcode 0 once the
// message is on the disk, infcode -1 with err_msg when it was refused. The same message again gets
// the same answer.
//
// Callers send a token. HTTP status: 200 with either infcode, 401 without the token, 413 for what
// is too large, 503 when the disk takes nothing now. Each request runs on a thread of a pool.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_HTTP_INTAKE_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_HTTP_INTAKE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/hospital/program/reception.h"
#include "adapters/hospital/program/tls_files.h"
#include "hub/base/clock.h"
#include "hub/base/log.h"

namespace recoup::hospital {

struct HttpOptions {
  std::string address = "127.0.0.1";
  int port = 0;  // 0: any free one.
  std::string token;
  std::string area_code;  // The hospital's, for what answers are numbered by.
  TlsFiles tls;
};

class HttpIntake {
 public:
  // Listens when it returns. References must outlive it.
  static absl::StatusOr<std::unique_ptr<HttpIntake>> Start(const HttpOptions& options,
                                                           Reception& reception, Clock& clock,
                                                           Log log);
  ~HttpIntake();  // Stops.
  HttpIntake(const HttpIntake&) = delete;
  HttpIntake& operator=(const HttpIntake&) = delete;

  int port() const;
  // No new requests; waits until those under way are answered.
  void Stop();

 private:
  class Server;
  explicit HttpIntake(std::unique_ptr<Server> server);
  std::unique_ptr<Server> server_;
};

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_HTTP_INTAKE_H_

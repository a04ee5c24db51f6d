// The service: takes messages from its listeners and a folder, and sends what they lead to, until
// SIGTERM or SIGINT. Then it finishes what it has received, answers it, and ends.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_SERVICE_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_SERVICE_H_

#include <string>

#include "adapters/common/cli.h"
#include "adapters/hospital/program/serve_keys.h"

namespace recoup::hospital {

struct ServiceSources {
  std::string folder;  // Empty: none.
  ListenOptions listen;
};

adapters::CommandResult RunService(const ServiceSources& sources,
                                   adapters::CommandContext& context);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_SERVICE_H_

// recoup-insurer: the program of an insurer. Registers policies, answers demands, and announces
// payments.
#ifndef RECOUP_ADAPTERS_INSURER_PROGRAM_INSURER_PROGRAM_H_
#define RECOUP_ADAPTERS_INSURER_PROGRAM_INSURER_PROGRAM_H_

#include <vector>

#include "adapters/common/cli.h"
#include "hub/config/schema.h"

namespace recoup::insurer {

// insurer.*, hub.*, spool.*, log.*.
std::vector<config::KeyRow> InsurerKeys();

class InsurerProgram {
 public:
  InsurerProgram();
  adapters::Program& frame() { return frame_; }

 private:
  adapters::Program frame_;
};

}  // namespace recoup::insurer

#endif  // RECOUP_ADAPTERS_INSURER_PROGRAM_INSURER_PROGRAM_H_

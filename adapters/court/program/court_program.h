// recoup-court: the program of a court. Reads judgments, pushes their elements, and shows what the
// hub answers.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_COURT_PROGRAM_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_COURT_PROGRAM_H_

#include <vector>

#include "adapters/common/cli.h"
#include "hub/config/schema.h"

namespace recoup::court {

// court.*, hub.*, spool.*, log.*.
std::vector<config::KeyRow> CourtKeys();

class CourtProgram {
 public:
  CourtProgram();
  adapters::Program& frame() { return frame_; }

 private:
  adapters::Program frame_;
};

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_COURT_PROGRAM_H_

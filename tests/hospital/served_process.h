// recoup-hospital serve as a process of its own, that may be killed.
#ifndef RECOUP_TESTS_HOSPITAL_SERVED_PROCESS_H_
#define RECOUP_TESTS_HOSPITAL_SERVED_PROCESS_H_

#include <string>
#include <vector>

#include "tests/support/child_process.h"

namespace recoup::hospital {

class ServedProcess {
 public:
  // `arguments` follow `serve`; the listeners asked for with port 0 say on which port they are.
  explicit ServedProcess(const std::vector<std::string>& arguments);

  // 0 when it did not start to listen for this ("mllp", "http").
  int PortFor(const std::string& what) const;
  // What it has logged until it started, for messages of tests.
  const std::string& log() const { return child_.text(); }
  void Kill() { child_.Kill(); }
  // SIGTERM; the exit code, or -1 when a signal ended it.
  int Terminate() { return child_.Terminate(); }

 private:
  recoup::testing::ChildProcess child_;
};

}  // namespace recoup::hospital

#endif  // RECOUP_TESTS_HOSPITAL_SERVED_PROCESS_H_

// recoup-hospital serve as a process of its own, that may be killed.
#ifndef RECOUP_TESTS_HOSPITAL_SERVED_PROCESS_H_
#define RECOUP_TESTS_HOSPITAL_SERVED_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace recoup::hospital {

class ServedProcess {
 public:
  // `arguments` follow `serve`; the listeners asked for with port 0 say on which port they are.
  explicit ServedProcess(const std::vector<std::string>& arguments);
  ~ServedProcess();
  ServedProcess(const ServedProcess&) = delete;
  ServedProcess& operator=(const ServedProcess&) = delete;

  // 0 when it did not start to listen for this ("mllp", "http").
  int PortFor(const std::string& what) const;
  // What it has logged until it started, for messages of tests.
  const std::string& log() const { return lines_; }
  void Kill();
  // SIGTERM; the exit code, or -1 when a signal ended it.
  int Terminate();

 private:
  pid_t child_ = -1;
  int log_ = -1;
  std::string lines_;
};

}  // namespace recoup::hospital

#endif  // RECOUP_TESTS_HOSPITAL_SERVED_PROCESS_H_

// A program of ours as a process of its own, that may be asked to end or be killed.
#ifndef RECOUP_TESTS_SUPPORT_CHILD_PROCESS_H_
#define RECOUP_TESTS_SUPPORT_CHILD_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace recoup::testing {

struct ChildOptions {
  std::vector<std::string> arguments;  // The first is the executable.
  int watched = 1;                     // The descriptor that is read: 1 or 2.
  std::string ready;                   // Read until this has come; empty: until the end.
  std::string log_file;                // Where standard error goes, if it is not the watched one.
};

class ChildProcess {
 public:
  // Returns when the child has said that it is ready, or has closed what is watched.
  explicit ChildProcess(const ChildOptions& options);
  ~ChildProcess();  // Kills it if it still runs.
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // What it has said until it was ready, for messages of tests.
  const std::string& text() const { return text_; }
  // The number that follows `what` in text(); 0 when there is none.
  int NumberAfter(const std::string& what) const;
  pid_t pid() const { return child_; }

  void Kill();
  // SIGTERM, and waits for the end; the exit code, or -1 when a signal ended it.
  int Terminate();
  // Waits for the end.
  int Wait();

 private:
  pid_t child_ = -1;
  int descriptor_ = -1;
  std::string text_;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_SUPPORT_CHILD_PROCESS_H_

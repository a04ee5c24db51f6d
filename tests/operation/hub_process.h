// recoup-hub as a process of its own, on the keys and the database that a RealHub has prepared.
#ifndef RECOUP_TESTS_OPERATION_HUB_PROCESS_H_
#define RECOUP_TESTS_OPERATION_HUB_PROCESS_H_

#include <string>
#include <vector>

#include "hub/config/hub_config.h"
#include "tests/support/child_process.h"

namespace recoup::testing {

// A program of bin/ with these arguments, run to its end; what it says on standard output.
struct Ended {
  int code = -1;
  std::string out;
};
Ended RunProgram(const std::string& program, std::vector<std::string> arguments,
                 const std::string& log_file = "/dev/null");

// The settings as flags.
std::vector<std::string> FlagsOf(const config::HubConfig& config);

class HubProcess {
 public:
  // `more` comes before the flags of the settings; the log is appended to `log_file`.
  HubProcess(const config::HubConfig& config, const std::string& log_file,
             std::vector<std::string> more = {});

  // 0 when it did not come to serve.
  int port() const { return child_.NumberAfter("serving on port "); }
  int metrics_port() const;
  void Kill() { child_.Kill(); }
  // SIGTERM without waiting.
  void AskToStop() const;
  // Waits for the end; the exit code.
  int Wait() { return child_.Wait(); }
  int Terminate() { return child_.Terminate(); }

 private:
  std::string log_file_;
  ChildProcess child_;
};

}  // namespace recoup::testing

#endif  // RECOUP_TESTS_OPERATION_HUB_PROCESS_H_

#include "tests/hospital/served_process.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "absl/strings/str_cat.h"

namespace recoup::hospital {

ServedProcess::ServedProcess(const std::vector<std::string>& arguments) {
  std::vector<std::string> all = {std::string(RECOUP_BINARY_DIR) + "/bin/recoup-hospital", "serve"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& argument : all) argv.push_back(argument.data());
  argv.push_back(nullptr);
  std::array<int, 2> ends = {-1, -1};
  if (::pipe(ends.data()) != 0) return;
  child_ = ::fork();
  if (child_ == 0) {
    ::dup2(ends[1], 2);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  log_ = ends[0];
  // The listeners are told before "started".
  std::array<char, 4096> buffer;
  while (lines_.find("started folder=") == std::string::npos) {
    const ssize_t count = ::read(log_, buffer.data(), buffer.size());
    if (count <= 0) return;
    lines_.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

ServedProcess::~ServedProcess() {
  Kill();
  if (log_ >= 0) ::close(log_);
}

int ServedProcess::PortFor(const std::string& what) const {
  const std::string said = absl::StrCat("listening for=", what, " port=");
  const std::size_t at = lines_.find(said);
  return at == std::string::npos ? 0 : std::stoi(lines_.substr(at + said.size()));
}

void ServedProcess::Kill() {
  if (child_ <= 0) return;
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
  child_ = -1;
}

int ServedProcess::Terminate() {
  if (child_ <= 0) return -1;
  ::kill(child_, SIGTERM);
  int status = 0;
  ::waitpid(child_, &status, 0);
  child_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace recoup::hospital

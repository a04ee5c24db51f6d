#include "tests/support/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cctype>

namespace recoup::testing {

ChildProcess::ChildProcess(const ChildOptions& options) {
  std::vector<std::string> arguments = options.arguments;
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  std::array<int, 2> ends = {-1, -1};
  if (::pipe(ends.data()) != 0) return;
  child_ = ::fork();
  if (child_ == 0) {
    ::dup2(ends[1], options.watched);
    if (!options.log_file.empty()) {
      const int log = ::open(options.log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
      ::dup2(log, 2);
    }
    ::close(ends[0]);
    ::close(ends[1]);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  descriptor_ = ends[0];
  std::array<char, 4096> buffer;
  while (options.ready.empty() || text_.find(options.ready) == std::string::npos) {
    const ssize_t count = ::read(descriptor_, buffer.data(), buffer.size());
    if (count <= 0) return;
    text_.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

ChildProcess::~ChildProcess() {
  Kill();
  if (descriptor_ >= 0) ::close(descriptor_);
}

int ChildProcess::NumberAfter(const std::string& what) const {
  const std::size_t at = text_.find(what);
  if (at == std::string::npos) return 0;
  int number = 0;
  for (std::size_t i = at + what.size(); i < text_.size(); ++i) {
    if (std::isdigit(static_cast<unsigned char>(text_[i])) == 0) break;
    number = number * 10 + (text_[i] - '0');
  }
  return number;
}

void ChildProcess::Kill() {
  if (child_ <= 0) return;
  ::kill(child_, SIGKILL);
  Wait();
}

int ChildProcess::Terminate() {
  if (child_ <= 0) return -1;
  ::kill(child_, SIGTERM);
  return Wait();
}

int ChildProcess::Wait() {
  if (child_ <= 0) return -1;
  int status = 0;
  ::waitpid(child_, &status, 0);
  child_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace recoup::testing

#include "tests/operation/hub_process.h"

#include <signal.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "hub/base/read_file.h"

namespace recoup::testing {
namespace {

std::string Binary(const std::string& program) {
  return absl::StrCat(RECOUP_BINARY_DIR, "/bin/", program);
}

ChildOptions Serve(const config::HubConfig& config, const std::string& log_file,
                   std::vector<std::string> more) {
  ChildOptions options;
  options.arguments = {Binary("recoup-hub")};
  options.arguments.insert(options.arguments.end(), more.begin(), more.end());
  const std::vector<std::string> flags = FlagsOf(config);
  options.arguments.insert(options.arguments.end(), flags.begin(), flags.end());
  options.ready = "serving on port ";
  options.log_file = log_file;
  return options;
}

}  // namespace

Ended RunProgram(const std::string& program, std::vector<std::string> arguments,
                 const std::string& log_file) {
  arguments.insert(arguments.begin(), Binary(program));
  ChildOptions options;
  options.arguments = std::move(arguments);
  options.log_file = log_file;
  ChildProcess child(options);
  Ended ended;
  ended.out = child.text();
  ended.code = child.Wait();
  return ended;
}

std::vector<std::string> FlagsOf(const config::HubConfig& config) {
  std::vector<std::string> flags;
  const auto add = [&flags](const char* flag, const std::string& value) {
    flags.emplace_back(flag);
    flags.push_back(value);
  };
  add("--listen-address", config.listen_address);
  add("--listen-drain", absl::FormatDuration(config.drain));
  add("--metrics-address", config.metrics_address);
  add("--tls-ca-file", config.tls_ca_file);
  add("--tls-certificate-file", config.tls_certificate_file);
  add("--tls-key-file", config.tls_key_file);
  add("--store-data-file", config.data_file);
  add("--keys-keyring-file", config.keyring_file);
  add("--keys-signing-key-file", config.signing_key_file);
  return flags;
}

HubProcess::HubProcess(const config::HubConfig& config, const std::string& log_file,
                       std::vector<std::string> more)
    : log_file_(log_file), child_(Serve(config, log_file, std::move(more))) {}

// Of the last start: the log goes on over restarts.
int HubProcess::metrics_port() const {
  constexpr char kSaid[] = "metrics_port=";
  const absl::StatusOr<std::string> log = ReadFile(log_file_);
  if (!log.ok()) return 0;
  const std::size_t at = log->rfind(kSaid);
  return at == std::string::npos ? 0 : std::atoi(log->c_str() + at + sizeof kSaid - 1);
}

void HubProcess::AskToStop() const { ::kill(child_.pid(), SIGTERM); }

}  // namespace recoup::testing

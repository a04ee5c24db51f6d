// recoup-hub: reads its settings, starts the hub, waits for a signal, stops it.
#include <signal.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hub/base/error.h"
#include "hub/base/log.h"
#include "hub/config/hub_config.h"
#include "hub/main/allocator.h"
#include "hub/main/hub_server.h"

namespace {

constexpr int kExitOk = 0;
constexpr int kExitUsage = 2;
constexpr int kExitUnavailable = 3;

int Report(const absl::Status& status, int code) {
  std::cerr << "recoup-hub: " << std::string(status.message()) << "\n";
  for (const recoup::FieldFault& fault : recoup::DetailOf(status).faults) {
    std::cerr << "  " << fault.field << (fault.field.empty() ? "" : ": ") << fault.description
              << "\n";
  }
  return code;
}

recoup::LogOptions LogOptionsFrom(const recoup::config::Config& config) {
  recoup::LogOptions options;
  options.format =
      config.String("log.format") == "json" ? recoup::LogFormat::kJson : recoup::LogFormat::kHuman;
  const std::string& level = config.String("log.level");
  options.level_min = level == "debug"     ? recoup::LogLevel::kDebug
                      : level == "warning" ? recoup::LogLevel::kWarning
                      : level == "error"   ? recoup::LogLevel::kError
                                           : recoup::LogLevel::kInfo;
  return options;
}

int Serve(const recoup::config::Config& config) {
  // Signals are taken by sigwait below; blocked before any thread starts, so that all threads
  // inherit it.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  recoup::KeepMemory();
  recoup::SystemClock clock;
  const recoup::Log log = recoup::Log::ToStderr(LogOptionsFrom(config), clock);
  auto hub = recoup::HubServer::Start(recoup::config::HubConfigFrom(config), clock, log);
  if (!hub.ok()) return Report(hub.status(), kExitUnavailable);
  std::cout << "recoup-hub 已就绪 serving on port " << (*hub)->port() << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  log.Info("signal received, draining", {{"signal", signal}});
  (*hub)->Stop();
  return kExitOk;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "recoup-hub: 医保基金追偿结算枢纽 settlement and recovery hub for public health-insurance "
      "funds\n\n"
      "Settings come from flags, RECOUP_* environment variables and a TOML file, in that order.\n"
      "Example:\n  recoup-hub --config hub.toml\n  recoup-hub --config hub.toml --print-config"};
  app.set_version_flag("--version", std::string("recoup-hub ") + RECOUP_VERSION);
  std::optional<std::string> file;
  app.add_option("--config", file, "Settings file (TOML); else RECOUP_CONFIG.");
  bool print_config = false;
  app.add_flag("--print-config", print_config,
               "Print the settings with the origin of each and exit.");
  const recoup::config::Schema& schema = recoup::config::HubSchema();
  std::vector<std::optional<std::string>> values(schema.rows().size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const recoup::config::KeyRow& row = schema.rows()[i];
    app.add_option(recoup::config::FlagName(row.name), values[i], std::string(row.help));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? kExitOk : kExitUsage;
  }
  std::vector<std::pair<std::string, std::string>> flags;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i]) flags.emplace_back(std::string(schema.rows()[i].name), *values[i]);
  }
  const auto config = recoup::config::LoadFromFile(
      schema, file, recoup::config::ProcessEnvironment(), std::move(flags));
  if (!config.ok()) return Report(config.status(), kExitUsage);
  if (print_config) {
    std::cout << config->Print(schema);
    return kExitOk;
  }
  return Serve(*config);
}

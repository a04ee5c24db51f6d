// The command line that every program of Recoup has: subcommands, help that teaches, settings,
// output for people or as JSON, and one way to report what went wrong.
//
//   Program program({.name = "recoupctl", .purpose_zh = …, .purpose_en = …, .keys = HubKeys()});
//   CLI::App& advances = program.AddGroup(program.root(), "advances", "垫付", "Advances");
//   program.AddCommand<ListOptions>(advances, {.name = "list", …}, DeclareList, RunList);
//   return RunMain(program, argc, argv);
//
// A command is two functions: one declares its options on a CLI::App, the other runs with the
// parsed options and a CommandContext. Every program understands --help, --version, --format,
// --config, --print-config and one flag per setting; commands that change something also understand
// --dry-run and --request-id. Exit codes are those of exit_code.h; a parse error is a usage error.
//
// CLI11 throws; nothing that it throws leaves Run. Not thread-safe.
#ifndef RECOUP_ADAPTERS_COMMON_CLI_H_
#define RECOUP_ADAPTERS_COMMON_CLI_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "CLI/App.hpp"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/common/exit_code.h"
#include "adapters/common/sleeper.h"
#include "adapters/common/terminal.h"
#include "hub/base/clock.h"
#include "hub/base/ids.h"
#include "hub/base/log.h"
#include "hub/config/config.h"
#include "hub/config/schema.h"

namespace recoup::adapters {

enum class OutputFormat { kHuman, kJson };

// What a program takes from its surroundings. Everything referred to must outlive the run.
struct Process {
  std::vector<std::string> arguments;  // Without the program's name.
  std::map<std::string, std::string> environment;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  Clock& clock;
  Random& random;
  Sleeper& sleeper;
};

// What a command gets besides its options. Valid while the command runs.
class CommandContext {
 public:
  struct Given {
    OutputFormat format = OutputFormat::kHuman;
    bool validate_only = false;
    std::optional<Id> request_id;
    const config::Config* config = nullptr;
  };
  CommandContext(const Process& process, const Log& log, Given given);

  bool json() const { return given_.format == OutputFormat::kJson; }
  // --dry-run: the hub checks everything and records nothing.
  bool validate_only() const { return given_.validate_only; }
  std::ostream& out() const { return process_.out; }
  std::ostream& err() const { return process_.err; }
  const Process& process() const { return process_; }
  Colour out_colour() const;
  bool err_is_terminal() const { return process_.err_is_terminal; }
  Clock& clock() const { return process_.clock; }
  Random& random() const { return process_.random; }
  Sleeper& sleeper() const { return process_.sleeper; }
  const Log& log() const { return log_; }
  // Only for commands that need settings; else a programmer error.
  const config::Config& config() const;

  // The id of the next request that changes something: first the one given with --request-id, if
  // any, then new ones made from the clock and randomness (UUID version 7).
  Id NextRequestId();
  // For a call that changes nothing, as a look-up before the change: never the one given.
  Id NextCallId();
  // When the request was first made: what it says of "now" is then the same when it is repeated
  // under --request-id, whose time that is.
  absl::Time RequestTime() const;

 private:
  const Process& process_;
  const Log& log_;
  Given given_;
  std::optional<absl::Time> given_request_time_;
  IdSource ids_;
};

// ExitCode for what is not an error but still no full success; a status is printed by Run.
using CommandResult = absl::StatusOr<ExitCode>;

// Marks an error as one of the command line, the settings or an input file, so that the exit code
// is kUsage; unmarked errors are taken for answers of the hub. OK stays OK.
absl::Status AsUsageError(absl::Status status);

struct Example {
  std::string_view command;  // "recoupctl advances list --pool 310115-310"
  std::string_view says;     // What it does, in Chinese.
};

// kAsGiven: those that are set, of which none is required.
enum class Settings { kNone, kAsGiven, kLoaded };
// Whether --dry-run is offered, and whether --request-id makes sense.
enum class Effect { kNone, kOneRequest, kManyRequests };

// All texts are literals.
struct CommandSpec {
  std::string_view name;
  std::string_view zh;  // One line: what it is for.
  std::string_view en;
  std::vector<Example> examples = {};
  Settings settings = Settings::kLoaded;
  Effect effect = Effect::kNone;
};

struct ProgramSpec {
  std::string_view name;
  std::string_view purpose_zh;
  std::string_view purpose_en;
  std::vector<config::KeyRow> keys = {};  // Empty: the program has no settings.
  // What runs when no command is given; empty: one must be given.
  std::string_view default_command = {};
  // What the help says of exit codes; empty: those of programs that call the hub.
  std::string_view exit_codes = {};
};

class Program {
 public:
  explicit Program(ProgramSpec spec);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  CLI::App& root() { return root_; }
  CLI::App& AddGroup(CLI::App& parent, std::string_view name, std::string_view zh,
                     std::string_view en);

  // `declare` binds options to the fields of an Options that lives as long as the program.
  template <typename Options>
  void AddCommand(CLI::App& parent, CommandSpec spec, void (*declare)(CLI::App&, Options&),
                  CommandResult (*run)(const Options&, CommandContext&)) {
    auto options = std::make_shared<Options>();
    CLI::App& app = AddCommand(parent, std::move(spec), [options, run](CommandContext& context) {
      return run(*options, context);
    });
    declare(app, *options);
  }
  // For commands whose options are not a struct; the caller declares them on the answer.
  using Action = std::function<CommandResult(CommandContext&)>;
  CLI::App& AddCommand(CLI::App& parent, CommandSpec spec, Action action);

  // Parses, runs the command, reports its error; the exit code. Call once.
  ExitCode Run(const Process& process);

 private:
  struct Command {
    CLI::App* app;  // Owned by root_.
    CommandSpec spec;
    Action action;
  };

  void AddGlobalOptions();
  const Command* Chosen() const;
  std::string HelpHint() const;
  std::string WhatIsWrong(const CLI::ParseError& error) const;
  CommandResult RunChosen(const Process& process);
  CommandResult PrintConfig(const Process& process) const;
  absl::StatusOr<config::Config> LoadConfig(const Process& process,
                                            const config::Schema& schema) const;

  const ProgramSpec spec_;
  const std::optional<config::Schema> schema_;
  CLI::App root_;
  std::vector<Command> commands_;

  // Bound to the global options.
  std::string format_ = "human";
  std::optional<std::string> config_file_;
  bool print_config_ = false;
  bool dry_run_ = false;
  std::string request_id_;
  std::vector<std::pair<std::string, std::string>> setting_flags_;
};

// For tests and for RunMain: the error as --format asks, on `err`.
void ReportError(const absl::Status& error, OutputFormat format, const Process& process);
// For commands whose exit code is not that of their error.
void ReportError(const absl::Status& error, const CommandContext& context);

// Run with the process's own arguments, environment, streams, clock and randomness.
int RunMain(Program& program, int argc, char** argv);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_CLI_H_

#include "adapters/common/cli.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/common_config.h"
#include "adapters/common/error_text.h"
#include "adapters/common/settings_json.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::adapters {
namespace {

constexpr char kUsageMark[] = "recoup/usage-error";

constexpr char kOptionsTitle[] = "选项 / Options";
constexpr char kSettingsTitle[] = "设置 / Settings";
constexpr char kCommandsTitle[] = "命令 / Commands";

// Of programs that call the hub.
constexpr char kExitCodes[] =
    "退出码 / Exit codes:\n"
    "  0  成功 / done\n"
    "  1  系统拒绝 / the hub refused; the same again will not help\n"
    "  2  命令、配置或输入文件有误 / command line, settings or input file\n"
    "  3  系统未应答 / the hub did not answer; try again\n"
    "  4  部分被拒绝 / some items were accepted, some refused";

std::string Bilingual(std::string_view zh, std::string_view en) {
  return absl::StrCat(std::string(zh), " / ", std::string(en));
}

std::string_view ExitCodes(const ProgramSpec& spec) {
  return spec.exit_codes.empty() ? kExitCodes : spec.exit_codes;
}

std::string Footer(const CommandSpec& spec, std::string_view exit_codes) {
  std::string text;
  if (!spec.examples.empty()) absl::StrAppend(&text, "示例 / Examples:\n");
  for (const Example& example : spec.examples) {
    absl::StrAppend(&text, "  ", std::string(example.command), "\n      ",
                    std::string(example.says), "\n");
  }
  absl::StrAppend(&text, text.empty() ? "" : "\n", std::string(exit_codes));
  return text;
}

// Errors of the command line itself are reported in the asked-for format too, though parsing
// failed.
OutputFormat FormatAskedFor(const std::vector<std::string>& arguments) {
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    if (arguments[at] == "--format=json") return OutputFormat::kJson;
    const bool is_last = at + 1 == arguments.size();
    if (arguments[at] == "--format" && !is_last && arguments[at + 1] == "json") {
      return OutputFormat::kJson;
    }
  }
  return OutputFormat::kHuman;
}

absl::Status UsageError(std::string_view message) {
  return AsUsageError(MakeError(Reason::kInvalidArgument, message));
}

config::Schema WithNothingRequired(const config::Schema& schema) {
  std::vector<config::KeyRow> rows(schema.rows().begin(), schema.rows().end());
  for (config::KeyRow& row : rows) {
    if (row.need == config::Need::kRequired) row.need = config::Need::kOptional;
  }
  return config::Schema(std::move(rows));
}

ExitCode ExitCodeOfResult(const CommandResult& result) {
  if (result.ok()) return *result;
  const bool is_usage = result.status().GetPayload(kUsageMark).has_value();
  return is_usage ? ExitCode::kUsage : ExitCodeOf(result.status());
}

}  // namespace

CommandContext::CommandContext(const Process& process, const Log& log, Given given)
    : process_(process), log_(log), given_(given), ids_(process.random) {
  if (given_.request_id.has_value()) given_request_time_ = given_.request_id->time();
}

Colour CommandContext::out_colour() const {
  const auto no_color = process_.environment.find("NO_COLOR");
  return ColourFor(process_.out_is_terminal,
                   no_color == process_.environment.end() ? nullptr : no_color->second.c_str());
}

const config::Config& CommandContext::config() const {
  RECOUP_CHECK(given_.config != nullptr);
  return *given_.config;
}

Id CommandContext::NextRequestId() {
  if (given_.request_id.has_value()) return *std::exchange(given_.request_id, std::nullopt);
  return NextCallId();
}

Id CommandContext::NextCallId() { return ids_.Next(process_.clock.Now()); }

absl::Time CommandContext::RequestTime() const {
  return given_request_time_.value_or(process_.clock.Now());
}

absl::Status AsUsageError(absl::Status status) {
  if (!status.ok()) status.SetPayload(kUsageMark, absl::Cord());
  return status;
}

void ReportError(const absl::Status& error, OutputFormat format, const Process& process) {
  if (format == OutputFormat::kJson) {
    process.err << ErrorAsJson(error);
    return;
  }
  const auto no_color = process.environment.find("NO_COLOR");
  process.err << ErrorForPeople(
      error, ColourFor(process.err_is_terminal,
                       no_color == process.environment.end() ? nullptr : no_color->second.c_str()));
}

void ReportError(const absl::Status& error, const CommandContext& context) {
  ReportError(error, context.json() ? OutputFormat::kJson : OutputFormat::kHuman,
              context.process());
}

Program::Program(ProgramSpec spec)
    : spec_(std::move(spec)),
      schema_(spec_.keys.empty() ? std::nullopt : std::make_optional<config::Schema>(spec_.keys)),
      root_(absl::StrCat(std::string(spec_.purpose_zh), "\n", std::string(spec_.purpose_en)),
            std::string(spec_.name)) {
  root_.fallthrough();  // Global options may follow the subcommand.
  root_.require_subcommand(0, 1);
  root_.option_defaults()->group(kOptionsTitle);
  root_.get_formatter()->column_width(34);
  root_.get_formatter()->label("Usage", "用法 / Usage");
  root_.get_formatter()->label("Positionals", "参数 / Arguments");
  root_.set_help_flag("-h,--help", "显示帮助 / Show this help")->group(kOptionsTitle);
  root_.footer(std::string(ExitCodes(spec_)));
  AddGlobalOptions();
}

void Program::AddGlobalOptions() {
  root_.set_version_flag("--version", absl::StrCat(std::string(spec_.name), " ", RECOUP_VERSION),
                         "显示版本 / Show the version");
  root_.add_option("--format", format_, "输出格式 human 或 json / Output for people or programs")
      ->check(CLI::IsMember({"human", "json"}));
  if (!schema_.has_value()) return;
  root_.add_option("--config", config_file_,
                   "配置文件 / Settings file (TOML); else the one RECOUP_CONFIG names");
  root_.add_flag("--print-config", print_config_,
                 "打印生效的设置及其来源 / Print the settings in force and where each comes from");
  for (const config::KeyRow& row : schema_->rows()) {
    const std::string key(row.name);
    root_
        .add_option_function<std::string>(
            config::FlagName(key),
            [this, key](const std::string& value) { setting_flags_.emplace_back(key, value); },
            row.zh.empty() ? std::string(row.help) : Bilingual(row.zh, row.help))
        ->group(kSettingsTitle);
  }
}

CLI::App& Program::AddGroup(CLI::App& parent, std::string_view name, std::string_view zh,
                            std::string_view en) {
  CLI::App* group = parent.add_subcommand(std::string(name), Bilingual(zh, en));
  group->group(kCommandsTitle);
  group->require_subcommand(1);
  group->get_help_ptr()->group(kOptionsTitle);
  return *group;
}

CLI::App& Program::AddCommand(CLI::App& parent, CommandSpec spec, Action action) {
  CLI::App* app = parent.add_subcommand(std::string(spec.name), Bilingual(spec.zh, spec.en));
  app->group(kCommandsTitle);
  app->footer(Footer(spec, ExitCodes(spec_)));
  app->get_help_ptr()->group(kOptionsTitle);
  if (spec.effect != Effect::kNone) {
    app->add_flag("--dry-run", dry_run_, "只校验，不记录 / Check everything, record nothing");
  }
  if (spec.effect == Effect::kOneRequest) {
    app->add_option("--request-id", request_id_,
                    "沿用先前的请求号 / UUID version 7 of an earlier try whose answer was lost");
  }
  commands_.push_back({app, std::move(spec), std::move(action)});
  return *app;
}

const Program::Command* Program::Chosen() const {
  const auto with = [this](auto wanted) {
    const auto found = std::find_if(commands_.begin(), commands_.end(), wanted);
    return found == commands_.end() ? nullptr : &*found;
  };
  const Command* chosen = with([](const Command& command) { return command.app->parsed(); });
  if (chosen != nullptr) return chosen;
  return with(
      [this](const Command& command) { return command.spec.name == spec_.default_command; });
}

std::string Program::HelpHint() const {
  std::string path(spec_.name);
  const CLI::App* app = &root_;
  for (auto parsed = app->get_subcommands(); !parsed.empty(); parsed = app->get_subcommands()) {
    app = parsed.front();
    absl::StrAppend(&path, " ", app->get_name());
  }
  return absl::StrCat(path, " --help");
}

absl::StatusOr<config::Config> Program::LoadConfig(const Process& process,
                                                   const config::Schema& schema) const {
  absl::StatusOr<config::Config> config =
      config::LoadFromFile(schema, config_file_, process.environment, setting_flags_);
  if (!config.ok()) return AsUsageError(config.status());
  return config;
}

CommandResult Program::PrintConfig(const Process& process) const {
  RECOUP_ASSIGN_OR_RETURN(const config::Config config, LoadConfig(process, *schema_));
  process.out << (format_ == "json" ? SettingsAsJson(config, *schema_) : config.Print(*schema_));
  return ExitCode::kOk;
}

CommandResult Program::RunChosen(const Process& process) {
  if (print_config_) return PrintConfig(process);
  const Command* command = Chosen();
  if (command == nullptr) {
    return UsageError(absl::StrCat("no command is given; see ", HelpHint()));
  }
  CommandContext::Given given;
  given.format = format_ == "json" ? OutputFormat::kJson : OutputFormat::kHuman;
  given.validate_only = dry_run_;
  if (!request_id_.empty()) {
    given.request_id = Id::FromUuid(request_id_);
    if (!given.request_id.has_value() || !given.request_id->is_version7()) {
      return UsageError("--request-id must be a UUID of version 7");
    }
  }
  std::optional<config::Config> config;
  LogOptions log_options;
  if (command->spec.settings != Settings::kNone && schema_.has_value()) {
    const bool as_given = command->spec.settings == Settings::kAsGiven;
    RECOUP_ASSIGN_OR_RETURN(
        config, LoadConfig(process, as_given ? WithNothingRequired(*schema_) : *schema_));
    given.config = &*config;
    if (config->Has("log.level") && config->Has("log.format")) {
      log_options = LogOptionsFrom(*config);
    }
  }
  const Log log = Log::ToSink(log_options, process.clock,
                              [&process](std::string_view line) { process.err << line << '\n'; });
  CommandContext context(process, log, given);
  return command->action(context);
}

// The value of an unknown option is taken for one argument too many: the option is to blame.
std::string Program::WhatIsWrong(const CLI::ParseError& error) const {
  for (const std::string& word : root_.remaining(true)) {
    if (absl::StartsWith(word, "-")) return CLI::ExtrasError({word}).what();
  }
  return error.what();
}

ExitCode Program::Run(const Process& process) {
  // CLI11 takes the arguments from the back.
  std::vector<std::string> reversed(process.arguments.rbegin(), process.arguments.rend());
  try {
    root_.parse(std::move(reversed));
  } catch (const CLI::CallForHelp&) {
    process.out << root_.help();
    return ExitCode::kOk;
  } catch (const CLI::CallForVersion& version) {
    process.out << version.what() << '\n';
    return ExitCode::kOk;
  } catch (const CLI::ParseError& error) {
    ReportError(UsageError(absl::StrCat(WhatIsWrong(error), "; see ", HelpHint())),
                FormatAskedFor(process.arguments), process);
    return ExitCode::kUsage;
  }
  CommandResult result = RunChosen(process);
  process.out.flush();
  // A full disk behind a redirection must not look like success.
  if (result.ok() && !process.out) result = UsageError("the output cannot be written");
  if (!result.ok()) ReportError(result.status(), FormatAskedFor(process.arguments), process);
  return ExitCodeOfResult(result);
}

int RunMain(Program& program, int argc, char** argv) {
  SystemClock clock;
  SystemRandom random;
  SystemSleeper sleeper;
  const Process process{.arguments = std::vector<std::string>(argv + 1, argv + argc),
                        .environment = config::ProcessEnvironment(),
                        .out = std::cout,
                        .err = std::cerr,
                        .out_is_terminal = isatty(STDOUT_FILENO) == 1,
                        .err_is_terminal = isatty(STDERR_FILENO) == 1,
                        .clock = clock,
                        .random = random,
                        .sleeper = sleeper};
  return static_cast<int>(program.Run(process));
}

}  // namespace recoup::adapters

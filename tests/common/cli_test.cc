// The command line frame: every way to call a program, and what it answers.
#include "adapters/common/cli.h"

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "adapters/common/common_config.h"
#include "adapters/common/settings_json.h"
#include "gmock/gmock.h"
#include "hub/base/error.h"
#include "nlohmann/json.hpp"

namespace recoup::adapters {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct EchoOptions {
  std::string word;
  int times = 1;
};

void DeclareEcho(CLI::App& app, EchoOptions& options) {
  app.add_option("WORD", options.word, "词 / The word")->required();
  app.add_option("--times", options.times, "次数 / How often");
}

CommandResult RunEcho(const EchoOptions& options, CommandContext& context) {
  for (int i = 0; i < options.times; ++i) context.out() << options.word << '\n';
  if (context.json()) context.out() << "json\n";
  return ExitCode::kOk;
}

CommandResult RunChange(CommandContext& context) {
  context.out() << context.config().String("hub.target") << ' '
                << (context.validate_only() ? "dry" : "wet") << '\n'
                << context.NextRequestId().ToUuid() << '\n'
                << context.NextRequestId().ToUuid() << '\n';
  return ExitCode::kOk;
}

CommandResult RunLookUpThenChange(CommandContext& context) {
  const std::string look_up = context.NextCallId().ToUuid();
  const std::string change = context.NextRequestId().ToUuid();
  context.out() << (look_up == change ? "same" : "different") << ' ' << change << ' '
                << absl::ToUnixMillis(context.RequestTime()) << '\n';
  return ExitCode::kOk;
}

CommandResult RunRefused(CommandContext&) {
  ErrorDetail detail;
  detail.reason = Reason::kIllegalTransition;
  detail.faults = {{"demand", "is closed"}, {"due_on", "is past"}};
  detail.preconditions = {{"STATE", "pools/310115-310/demands/x", "withdraw it first"}};
  return MakeError("the demand is closed", detail);
}

CommandResult RunAway(CommandContext&) { return MakeError(Reason::kStoreUnavailable, "away"); }
CommandResult RunBadFile(CommandContext&) {
  return AsUsageError(MakeError(Reason::kInvalidArgument, "cannot read x.csv"));
}
CommandResult RunPartly(CommandContext&) { return ExitCode::kPartlyRefused; }

struct Outcome {
  ExitCode code;
  std::string out;
  std::string err;
};

constexpr char kRequestId[] = "01890a5d-ac96-774b-bcce-b302099a8057";

class CliTest : public testing::Test {
 protected:
  Outcome Run(std::vector<std::string> arguments,
              std::map<std::string, std::string> environment = {}) {
    Program program({.name = "demo",
                     .purpose_zh = "示范",
                     .purpose_en = "A demonstration.",
                     .keys = HubKeys()});
    CLI::App& words = program.AddGroup(program.root(), "words", "词", "Words");
    program.AddCommand<EchoOptions>(
        words,
        {.name = "echo",
         .zh = "重复",
         .en = "Repeat a word",
         .examples = {{.command = "demo words echo ja --times 2", .says = "说两遍"}},
         .settings = Settings::kNone},
        DeclareEcho, RunEcho);
    program.AddCommand(
        program.root(),
        {.name = "change", .zh = "改", .en = "Change", .effect = Effect::kOneRequest}, RunChange);
    program.AddCommand(program.root(),
                       {.name = "look-up-then-change",
                        .zh = "先查后改",
                        .en = "Look up, then change",
                        .effect = Effect::kOneRequest},
                       RunLookUpThenChange);
    const auto add = [&](std::string_view name, CommandResult (*run)(CommandContext&)) {
      program.AddCommand(program.root(),
                         {.name = name, .zh = "测", .en = "Test", .settings = Settings::kNone},
                         run);
    };
    add("refused", RunRefused);
    add("away", RunAway);
    add("bad-file", RunBadFile);
    add("partly", RunPartly);
    std::ostringstream out;
    std::ostringstream err;
    ManualClock clock(absl::FromUnixSeconds(1'770'000'000));
    SeededRandom random(1);
    SystemSleeper sleeper;
    const Process process{.arguments = std::move(arguments),
                          .environment = std::move(environment),
                          .out = out,
                          .err = err,
                          .clock = clock,
                          .random = random,
                          .sleeper = sleeper};
    const ExitCode code = program.Run(process);
    return {code, out.str(), err.str()};
  }

  const std::vector<std::string> settings_ = {
      "--hub-target",           "hub:1", "--hub-ca-file",  "c",
      "--hub-certificate-file", "c",     "--hub-key-file", "k"};

  std::vector<std::string> WithSettings(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), settings_.begin(), settings_.end());
    return arguments;
  }
};

TEST_F(CliTest, RunsACommandWithItsOptions) {
  const Outcome outcome = Run({"words", "echo", "ja", "--times", "2"});
  EXPECT_EQ(outcome.code, ExitCode::kOk);
  EXPECT_EQ(outcome.out, "ja\nja\n");
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST_F(CliTest, GlobalOptionsMayStandBeforeOrAfterTheCommand) {
  EXPECT_EQ(Run({"--format", "json", "words", "echo", "ja"}).out, "ja\njson\n");
  EXPECT_EQ(Run({"words", "echo", "ja", "--format", "json"}).out, "ja\njson\n");
}

TEST_F(CliTest, AnArgumentThatIsNamedLikeACommandStaysAnArgument) {
  EXPECT_EQ(Run({"words", "echo", "partly"}).out, "partly\n");
}

TEST_F(CliTest, EveryExitCodeIsTheDocumentedOne) {
  const std::vector<std::pair<std::vector<std::string>, ExitCode>> table = {
      {{"words", "echo", "ja"}, ExitCode::kOk},
      {{"--help"}, ExitCode::kOk},
      {{"--version"}, ExitCode::kOk},
      {{"refused"}, ExitCode::kRefused},
      {{"bad-file"}, ExitCode::kUsage},
      {{"away"}, ExitCode::kHubUnavailable},
      {{"partly"}, ExitCode::kPartlyRefused},
      {{}, ExitCode::kUsage},
      {{"words"}, ExitCode::kUsage},
      {{"words", "echo"}, ExitCode::kUsage},
      {{"words", "echo", "ja", "nein"}, ExitCode::kUsage},
      {{"words", "echo", "ja", "--times", "x"}, ExitCode::kUsage},
      {{"words", "echo", "ja", "--dry-run"}, ExitCode::kUsage},  // It changes nothing.
      {{"wrods", "echo", "ja"}, ExitCode::kUsage},
      {{"partly", "--hub-targte", "x"}, ExitCode::kUsage},
      {{"--format", "xml", "partly"}, ExitCode::kUsage},
      {{"change"}, ExitCode::kUsage},  // Settings are missing.
      {{"--config", "/nowhere/recoup.toml", "change"}, ExitCode::kUsage},
  };
  for (const auto& [arguments, code] : table) {
    std::string line = "demo";
    for (const std::string& argument : arguments) absl::StrAppend(&line, " ", argument);
    SCOPED_TRACE(line);
    const Outcome outcome = Run(arguments);
    EXPECT_EQ(static_cast<int>(outcome.code), static_cast<int>(code));
    const bool is_error = code != ExitCode::kOk && code != ExitCode::kPartlyRefused;
    EXPECT_EQ(!outcome.err.empty(), is_error) << outcome.err;
  }
}

TEST_F(CliTest, HelpTeachesTheCommand) {
  const Outcome outcome = Run({"words", "echo", "--help"});
  for (const char* part : {"重复 / Repeat a word", "WORD", "--times", "示例 / Examples:",
                           "demo words echo ja --times 2", "说两遍", "退出码 / Exit codes:"}) {
    EXPECT_THAT(outcome.out, HasSubstr(part));
  }
  const Outcome root = Run({"--help"});
  for (const char* part : {"示范", "A demonstration.", "words", "change", "--hub-target",
                           "--print-config", "--format", "--version"}) {
    EXPECT_THAT(root.out, HasSubstr(part));
  }
  EXPECT_THAT(Run({"change", "--help"}).out, HasSubstr("--dry-run"));
}

TEST_F(CliTest, AUsageErrorSaysWhereHelpIs) {
  EXPECT_THAT(Run({"words", "echo"}).err, HasSubstr("see demo words echo --help"));
}

TEST_F(CliTest, AUsageErrorNamesWhatIsWrong) {
  struct Row {
    std::vector<std::string> arguments;
    const char* english;
    const char* chinese;
  };
  for (const Row& row : {
           Row{{"words", "echo"}, "WORD is required", "缺少 WORD；参见 demo words echo --help"},
           {{"sing"}, "not expected: sing", "没有这个命令或选项：sing"},
           // Not the word that seems to be a second argument.
           {{"words", "echo", "ja", "--lang", "zh"},
            "not expected: --lang",
            "没有这个命令或选项：--lang"},
           {{"words", "echo", "ja", "nein"}, "not expected: nein", "没有这个命令或选项：nein"},
           {{"words", "echo", "ja", "--times", "1", "--times", "2"},
            "--times: At Most 1",
            "--times 至多给 1 次，给了 2 次"},
           {{"words", "echo", "ja", "--times"}, "--times: 1 required", "--times 缺少取值"},
           {{"words", "echo", "ja", "--times", "x"}, "Could not convert", "--times 不能是 x"},
       }) {
    const Outcome outcome = Run(row.arguments);
    EXPECT_EQ(outcome.code, ExitCode::kUsage);
    EXPECT_THAT(outcome.err, HasSubstr(row.english));
    EXPECT_THAT(outcome.err, HasSubstr(row.chinese));
  }
}

TEST_F(CliTest, ErrorsAreReportedInFullForPeopleAndAsJson) {
  const Outcome people = Run({"refused"});
  for (const char* part : {"当前状态不允许此操作", "the demand is closed", "ILLEGAL_TRANSITION",
                           "demand: is closed", "due_on: is past", "withdraw it first"}) {
    EXPECT_THAT(people.err, HasSubstr(part));
  }
  const Outcome json = Run({"refused", "--format", "json"});
  EXPECT_THAT(json.err, HasSubstr("\"reason\":\"ILLEGAL_TRANSITION\""));
  EXPECT_THAT(json.out, IsEmpty());
  EXPECT_THAT(Run({"words", "echo", "--format=json"}).err, HasSubstr("{\"error\":"));
}

TEST_F(CliTest, FlagsWinOverTheEnvironmentWhichWinsOverTheFile) {
  const std::string file = absl::StrCat(testing::TempDir(), "/cli_test.toml");
  std::ofstream(file) << "[hub]\ntarget = \"of-file\"\nca_file = \"c\"\ncertificate_file = \"c\"\n"
                         "key_file = \"k\"\n";
  EXPECT_THAT(Run({"change", "--config", file}).out, HasSubstr("of-file wet"));
  EXPECT_THAT(Run({"change"}, {{"RECOUP_CONFIG", file}}).out, HasSubstr("of-file wet"));
  EXPECT_THAT(Run({"change", "--config", file}, {{"RECOUP_HUB_TARGET", "of-env"}}).out,
              HasSubstr("of-env wet"));
  EXPECT_THAT(Run({"change", "--config", file, "--hub-target", "of-flag"},
                  {{"RECOUP_HUB_TARGET", "of-env"}})
                  .out,
              HasSubstr("of-flag wet"));
  EXPECT_THAT(Run({"change", "--config", file}, {{"RECOUP_HUB_TARGTE", "x"}}).err,
              HasSubstr("RECOUP_HUB_TARGET"));
}

TEST_F(CliTest, PrintConfigShowsValuesWithTheirOrigin) {
  const Outcome outcome = Run(WithSettings({"--print-config"}));
  EXPECT_EQ(outcome.code, ExitCode::kOk);
  EXPECT_THAT(outcome.out, HasSubstr("target = \"hub:1\"  # flag --hub-target"));
  EXPECT_THAT(outcome.out, HasSubstr("# default"));
}

TEST_F(CliTest, PrintConfigAsJsonIsForPrograms) {
  const Outcome outcome = Run(WithSettings({"--print-config", "--format", "json"}));
  EXPECT_EQ(outcome.code, ExitCode::kOk);
  const auto settings = nlohmann::json::parse(outcome.out).at("settings");
  ASSERT_EQ(settings.size(), HubKeys().size());
  const auto setting = [&](const std::string& key) {
    for (const auto& each : settings) {
      if (each.at("key") == key) return each;
    }
    return nlohmann::json();
  };
  EXPECT_EQ(
      setting("hub.target"),
      (nlohmann::json{{"key", "hub.target"}, {"value", "hub:1"}, {"origin", "flag --hub-target"}}));
  EXPECT_EQ(setting("hub.deadline").at("value"), "10s");
  EXPECT_EQ(setting("hub.attempts_max").at("value"), 3);
  EXPECT_EQ(setting("hub.authority"), (nlohmann::json{{"key", "hub.authority"}}));
}

TEST(SettingsJsonTest, ASecretHasAnOriginAndNoValue) {
  const config::Schema schema({{.name = "hub.token",
                                .type = config::KeyType::kString,
                                .help = "s",
                                .show = config::Show::kRedacted}});
  config::Sources sources;
  sources.flags = {{"hub.token", "s3cret"}};
  const auto config = config::Load(schema, sources);
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(SettingsAsJson(*config, schema),
            "{\"settings\":[{\"key\":\"hub.token\",\"origin\":\"flag --hub-token\"}]}\n");
}

// A service's program: without a command it serves.
class DefaultCommandTest : public testing::Test {
 protected:
  Outcome Run(std::vector<std::string> arguments) {
    Program program({.name = "service",
                     .purpose_zh = "服务",
                     .purpose_en = "A service.",
                     .default_command = "serve",
                     .exit_codes = "退出码 / Exit codes:\n  3  未能启动"});
    for (const char* name : {"check", "serve"}) {
      program.AddCommand(program.root(),
                         {.name = name, .zh = "测", .en = "Test", .settings = Settings::kNone},
                         [name](CommandContext& context) -> CommandResult {
                           context.out() << name << '\n';
                           return ExitCode::kOk;
                         });
    }
    std::ostringstream out;
    std::ostringstream err;
    ManualClock clock(absl::UnixEpoch());
    SeededRandom random(1);
    SystemSleeper sleeper;
    const ExitCode code = program.Run({.arguments = std::move(arguments),
                                       .environment = {},
                                       .out = out,
                                       .err = err,
                                       .clock = clock,
                                       .random = random,
                                       .sleeper = sleeper});
    return {code, out.str(), err.str()};
  }
};

TEST_F(DefaultCommandTest, RunsWhenNoneIsGiven) {
  EXPECT_EQ(Run({}).out, "serve\n");
  EXPECT_EQ(Run({"--format", "json"}).out, "serve\n");
  EXPECT_EQ(Run({"serve"}).out, "serve\n");
  EXPECT_EQ(Run({"check"}).out, "check\n");
  EXPECT_EQ(Run({"chekc"}).code, ExitCode::kUsage);
}

TEST_F(DefaultCommandTest, TheHelpHasTheProgramsOwnExitCodes) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"--help"}, std::vector<std::string>{"serve", "--help"}}) {
    EXPECT_THAT(Run(arguments).out, HasSubstr("3  未能启动"));
    EXPECT_THAT(Run(arguments).out, testing::Not(HasSubstr("4  部分被拒绝")));
  }
}

TEST_F(CliTest, MissingSettingsAreAllNamedAtOnce) {
  const Outcome outcome = Run({"change"});
  for (const char* key : {"hub.target", "hub.ca_file", "hub.certificate_file", "hub.key_file"}) {
    EXPECT_THAT(outcome.err, HasSubstr(key));
  }
}

TEST_F(CliTest, DryRunAndRequestIdReachTheCommand) {
  const Outcome outcome = Run(WithSettings({"change", "--dry-run", "--request-id", kRequestId}));
  std::istringstream lines(outcome.out);
  std::string first;
  std::string given;
  std::string made;
  std::getline(lines, first);
  std::getline(lines, given);
  std::getline(lines, made);
  EXPECT_EQ(first, "hub:1 dry");
  EXPECT_EQ(given, kRequestId);
  ASSERT_TRUE(Id::FromUuid(made).has_value());
  EXPECT_TRUE(Id::FromUuid(made)->is_version7());
  EXPECT_EQ(Id::FromUuid(made)->time(), absl::FromUnixSeconds(1'770'000'000));
}

TEST_F(CliTest, TheGivenRequestIdIsThatOfTheChangeAndSaysWhenItWasFirstAsked) {
  const std::string expected = absl::StrCat(
      "different ", kRequestId, " ", absl::ToUnixMillis(Id::FromUuid(kRequestId)->time()), "\n");
  EXPECT_EQ(Run(WithSettings({"look-up-then-change", "--request-id", kRequestId})).out, expected);
  EXPECT_THAT(Run(WithSettings({"look-up-then-change"})).out, HasSubstr(" 1770000000000\n"));
}

TEST_F(CliTest, ARequestIdMustBeAUuidOfVersion7) {
  for (const char* text : {"x", "01890a5d-ac96-474b-bcce-b302099a8057"}) {
    const Outcome outcome = Run(WithSettings({"change", "--request-id", text}));
    EXPECT_EQ(outcome.code, ExitCode::kUsage);
    EXPECT_THAT(outcome.err, HasSubstr("--request-id"));
  }
}

TEST_F(CliTest, OutputThatCannotBeWrittenIsNoSuccess) {
  Program program({.name = "demo", .purpose_zh = "示范", .purpose_en = "A demonstration."});
  program.AddCommand<EchoOptions>(
      program.root(), {.name = "echo", .zh = "重复", .en = "Repeat", .settings = Settings::kNone},
      DeclareEcho, RunEcho);
  std::ofstream full("/dev/full");
  std::ostringstream err;
  ManualClock clock(absl::UnixEpoch());
  SeededRandom random(1);
  SystemSleeper sleeper;
  const Process process{.arguments = {"echo", "ja"},
                        .environment = {},
                        .out = full,
                        .err = err,
                        .clock = clock,
                        .random = random,
                        .sleeper = sleeper};
  EXPECT_EQ(program.Run(process), ExitCode::kUsage);
  EXPECT_THAT(err.str(), HasSubstr("output cannot be written"));
}

}  // namespace
}  // namespace recoup::adapters

// The command tree: every command explains itself with an example that parses, and offline commands
// do what they say. No hub is asked.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ctl/offline_commands.h"
#include "ctl/online_commands.h"
#include "gmock/gmock.h"
#include "hub/storage/sqlite/sqlite_store.h"
#include "tests/crypto/temporary_directory.h"

namespace recoup::ctl {
namespace {

using adapters::ExitCode;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Outcome {
  ExitCode code;
  std::string out;
  std::string err;
};

Outcome RunCtl(std::vector<std::string> arguments) {
  adapters::Program program(
      {.name = "recoupctl", .purpose_zh = "经办", .purpose_en = "Office.", .keys = CtlKeys()});
  AddAllCommands(program);
  std::ostringstream out;
  std::ostringstream err;
  ManualClock clock(absl::FromUnixSeconds(1'770'000'000));
  SeededRandom random(1);
  adapters::SystemSleeper sleeper;
  const adapters::Process process{.arguments = std::move(arguments),
                                  .environment = {},
                                  .out = out,
                                  .err = err,
                                  .clock = clock,
                                  .random = random,
                                  .sleeper = sleeper};
  const ExitCode code = program.Run(process);
  return {code, out.str(), err.str()};
}

// Paths of all commands, as the program itself lists them.
std::vector<std::vector<std::string>> CommandPaths() {
  adapters::Program program(
      {.name = "recoupctl", .purpose_zh = "经办", .purpose_en = "Office.", .keys = CtlKeys()});
  AddAllCommands(program);
  const auto all = [](const CLI::App*) { return true; };
  std::vector<std::vector<std::string>> paths;
  for (const CLI::App* group : program.root().get_subcommands(all)) {
    const auto commands = group->get_subcommands(all);
    if (commands.empty()) paths.push_back({group->get_name()});
    for (const CLI::App* command : commands) {
      paths.push_back({group->get_name(), command->get_name()});
    }
  }
  return paths;
}

// Splits as a shell would, as far as the examples need: single quotes.
std::vector<std::string> ShellWords(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  for (const char c : line + " ") {
    if (c == '\'') {
      quoted = !quoted;
    } else if (c == ' ' && !quoted) {
      if (!word.empty()) words.push_back(std::exchange(word, ""));
    } else {
      word += c;
    }
  }
  return words;
}

TEST(CommandsTest, EveryCommandHasHelpInBothLanguagesWithAnExampleThatParses) {
  const auto paths = CommandPaths();
  EXPECT_GE(paths.size(), 50u);
  for (std::vector<std::string> path : paths) {
    SCOPED_TRACE(absl::StrCat(path.front(), " ", path.back()));
    path.push_back("--help");
    const Outcome help = RunCtl(path);
    EXPECT_EQ(help.code, ExitCode::kOk);
    EXPECT_THAT(help.out, HasSubstr(" / "));
    EXPECT_THAT(help.out, HasSubstr("示例 / Examples:"));
    int examples = 0;
    for (absl::string_view line : absl::StrSplit(help.out, '\n')) {
      std::vector<std::string> words = ShellWords(std::string(line));
      if (words.empty() || words.front() != "recoupctl") continue;
      ++examples;
      words.erase(words.begin());
      // Settings are missing, so a command that parses stops there; a parse error names --help.
      words.push_back("--dry-run-of-the-example");
      const std::string error = RunCtl(words).err;
      EXPECT_THAT(error, HasSubstr("--dry-run-of-the-example")) << line;
      EXPECT_THAT(error, HasSubstr("not expected")) << line;
    }
    EXPECT_GE(examples, 1);
  }
}

TEST(CommandsTest, TheDocumentHoldsTheKeysOfItsOwn) {
  std::ifstream stream(RECOUP_SOURCE_DIR "/docs/configuration.md");
  const std::string document(std::istreambuf_iterator<char>(stream), {});
  std::vector<config::KeyRow> own;
  for (const config::KeyRow& row : CtlKeys()) {
    if (row.name.starts_with("ctl.")) own.push_back(row);
  }
  EXPECT_THAT(document, HasSubstr(config::DocumentationTable(config::Schema(own))));
}

TEST(CommandsTest, OnlineCommandsNameTheSettingsTheyMiss) {
  const Outcome outcome = RunCtl({"advances", "list"});
  EXPECT_EQ(outcome.code, ExitCode::kUsage);
  for (const char* key : {"hub.target", "hub.ca_file", "hub.certificate_file", "hub.key_file"}) {
    EXPECT_THAT(outcome.err, HasSubstr(key));
  }
}

TEST(CommandsTest, FaultsOfTheCommandLineAreAllReportedBeforeTheHubIsAsked) {
  const Outcome outcome = RunCtl({"relinquish", "RF18539007547034", "--amount", "x",
                                  "--reason-kind", "y", "--hub-target", "h:1", "--hub-ca-file", "c",
                                  "--hub-certificate-file", "c", "--hub-key-file", "k"});
  EXPECT_EQ(outcome.code, ExitCode::kUsage);
  EXPECT_THAT(outcome.err, HasSubstr("--amount"));
  EXPECT_THAT(outcome.err, HasSubstr("--reason-kind"));
}

class OfflineTest : public testing::Test {
 protected:
  std::string At(const char* name) const { return absl::StrCat(directory_.path(), "/", name); }
  TemporaryDirectory directory_;
};

TEST_F(OfflineTest, BackupAndRestoreGiveAnEqualDatabaseAndNeverOverwrite) {
  ASSERT_TRUE(storage::OpenSqliteStore(At("a.db")).ok());
  EXPECT_EQ(RunCtl({"backup", "--data", At("a.db"), "--out", At("b.db")}).code, ExitCode::kOk);
  EXPECT_EQ(std::filesystem::status(At("b.db")).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(RunCtl({"restore", "--from", At("b.db"), "--to", At("c.db")}).code, ExitCode::kOk);
  const Outcome again = RunCtl({"restore", "--from", At("b.db"), "--to", At("c.db")});
  EXPECT_EQ(again.code, ExitCode::kUsage);
  EXPECT_THAT(again.err, HasSubstr(absl::StrCat("文件已存在，不会覆盖：", At("c.db"))));
  EXPECT_THAT(again.err, Not(HasSubstr("backup file")));
  const Outcome taken = RunCtl({"backup", "--data", At("a.db"), "--out", At("b.db")});
  EXPECT_EQ(taken.code, ExitCode::kUsage);
  EXPECT_THAT(taken.err, HasSubstr(absl::StrCat("文件已存在，不会覆盖：", At("b.db"))));
}

TEST_F(OfflineTest, AFileThatIsNoDatabaseIsRefused) {
  std::ofstream(At("x.db")) << std::string(10'000, 'x');
  EXPECT_EQ(RunCtl({"restore", "--from", At("x.db"), "--to", At("y.db")}).code, ExitCode::kUsage);
  EXPECT_FALSE(std::filesystem::exists(At("y.db")));
  EXPECT_EQ(RunCtl({"backup", "--data", At("missing.db"), "--out", At("y.db")}).code,
            ExitCode::kUsage);
}

TEST_F(OfflineTest, PkiAndVerifyWorkTogether) {
  ASSERT_TRUE(storage::OpenSqliteStore(At("a.db")).ok());
  EXPECT_EQ(RunCtl({"pki", "init", "--dir", At("pki")}).code, ExitCode::kOk);
  EXPECT_EQ(RunCtl({"pki", "init", "--dir", At("pki")}).code, ExitCode::kUsage);
  const Outcome issued =
      RunCtl({"pki", "issue", "--dir", At("pki"), "--party", "insurer/huaan", "--format", "json"});
  EXPECT_EQ(issued.code, ExitCode::kOk) << issued.err;
  EXPECT_THAT(issued.out, HasSubstr("\"uri\":\"recoup://insurer/huaan\""));
  const Outcome verified =
      RunCtl({"audit", "verify", "--data", At("a.db"), "--key", At("pki/hub/tree-head.pem"),
              "--keyring", At("pki/hub/keyring")});
  EXPECT_EQ(verified.code, ExitCode::kOk) << verified.err;
  EXPECT_THAT(verified.out, HasSubstr("通过"));
}

}  // namespace
}  // namespace recoup::ctl

// recoup-hub as a program: its commands, what it says of its settings, its exit codes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "hub/base/read_file.h"
#include "nlohmann/json.hpp"
#include "tests/operation/hub_process.h"
#include "tests/support/real_hub.h"

namespace recoup {
namespace {

using ::testing::AllOf;
using testing::Ended;
using ::testing::HasSubstr;
using testing::HubProcess;
using ::testing::Not;

class HubProgramTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto hub = testing::RealHub::Prepare(folder_.path(), {});
    ASSERT_TRUE(hub.ok()) << hub.status();
    config_ = (*hub)->config();
  }
  Ended Run(std::vector<std::string> arguments) {
    const std::vector<std::string> flags = testing::FlagsOf(config_);
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return RunAlone(std::move(arguments));
  }
  Ended RunAlone(std::vector<std::string> arguments) {
    std::filesystem::remove(log_file());
    return testing::RunProgram("recoup-hub", std::move(arguments), log_file());
  }
  std::string log_file() const { return folder_.path() + "/program.log"; }
  std::string Said() const { return ReadFile(log_file()).value_or(""); }

  testing::TemporaryFolder folder_;
  config::HubConfig config_;
};

TEST_F(HubProgramTest, CheckShowsWhatIsInForceAndWhereItComesFrom) {
  const Ended people = Run({"check"});
  EXPECT_EQ(people.code, 0) << Said();
  EXPECT_THAT(people.out,
              AllOf(HasSubstr("[listen]\naddress = \"127.0.0.1:0\"  # flag"),
                    HasSubstr("queue_max = 20000  # default"), HasSubstr("设置和所列文件均可用")));
  const Ended programs = Run({"check", "--format", "json"});
  EXPECT_EQ(programs.code, 0) << Said();
  const auto settings = nlohmann::json::parse(programs.out).at("settings");
  EXPECT_EQ(settings.at(0), (nlohmann::json{{"key", "listen.address"},
                                            {"value", "127.0.0.1:0"},
                                            {"origin", "flag --listen-address"}}));
}

TEST_F(HubProgramTest, CheckNamesEveryFileThatCannotBeUsed) {
  std::ofstream(config_.tls_ca_file) << "no PEM";
  std::filesystem::permissions(config_.keyring_file, std::filesystem::perms::all);
  config_.tls_key_file += ".missing";
  config_.data_file = folder_.path() + "/nowhere/recoup.db";
  const Ended ended = Run({"check"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_EQ(ended.out, "");
  for (const char* key : {"tls.ca_file", "keys.keyring_file", "tls.key_file", "store.data_file"}) {
    EXPECT_THAT(Said(), HasSubstr(absl::StrCat(key, ": ")));
  }
  EXPECT_THAT(Said(), Not(HasSubstr("keys.signing_key_file")));
}

TEST_F(HubProgramTest, NoSecretIsShown) {
  const std::string keyring = ReadFile(config_.keyring_file).value();
  const std::string secret = keyring.substr(keyring.find('=') + 1, 20);
  ASSERT_EQ(secret.size(), 20u);
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"check"}, std::vector<std::string>{"check", "--format", "json"},
        std::vector<std::string>{"--print-config"}}) {
    const Ended ended = Run(arguments);
    EXPECT_EQ(ended.code, 0);
    EXPECT_THAT(ended.out, Not(HasSubstr(secret)));
  }
}

TEST_F(HubProgramTest, TheHelpTeachesInBothLanguagesWithItsExitCodes) {
  const Ended help = RunAlone({"--help"});
  EXPECT_EQ(help.code, 0);
  for (const char* part : {"serve", "check", "退出码 / Exit codes:", "未能启动", "could not start",
                           "gRPC 接口的地址和端口 / Address and port of the gRPC API."}) {
    EXPECT_THAT(help.out, HasSubstr(part));
  }
  EXPECT_THAT(RunAlone({"check", "--help"}).out, HasSubstr("recoup-hub check --config hub.toml"));
}

TEST_F(HubProgramTest, WrongSettingsAreAllNamed) {
  const Ended ended = RunAlone({"serve", "--engine-queue-max", "0", "--log-level", "loud"});
  EXPECT_EQ(ended.code, 2);
  for (const char* part : {"--engine-queue-max", "--log-level", "store.data_file", "tls.ca_file"}) {
    EXPECT_THAT(Said(), HasSubstr(part));
  }
}

TEST_F(HubProgramTest, APortOrADatabaseInUseEndsWithThree) {
  HubProcess running(config_, folder_.path() + "/hub.log", {"serve"});
  ASSERT_GT(running.port(), 0);
  const Ended same_database = Run({});
  EXPECT_EQ(same_database.code, 3);
  EXPECT_THAT(Said(), HasSubstr("错误"));

  const std::string other = folder_.path() + "/other";
  std::filesystem::create_directory(other);
  auto prepared = testing::RealHub::Prepare(other, {});
  ASSERT_TRUE(prepared.ok()) << prepared.status();
  config_ = (*prepared)->config();
  config_.listen_address = absl::StrCat("127.0.0.1:", running.port());
  const Ended same_port = Run({"serve"});
  EXPECT_EQ(same_port.code, 3);
  EXPECT_THAT(Said(), HasSubstr("listen.address"));
  EXPECT_EQ(running.Terminate(), 0);
}

}  // namespace
}  // namespace recoup

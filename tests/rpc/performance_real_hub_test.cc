// A clerk reports performance with recoup-court and takes a wrong report back, at a real hub.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "adapters/court/program/court_program.h"
#include "hub/base/clock.h"
#include "hub/crypto/signing.h"
#include "tests/common/fake_hub.h"
#include "tests/rpc/wire_story.h"

namespace recoup::testing {
namespace {

using adapters::ExitCode;
using adapters::ProgramOutcome;
using ::testing::HasSubstr;
using ::testing::Not;

class PerformanceRealHubTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(story_.Tell());
    const auto settings = story_.hub().SettingsOf("court/pudong");
    ASSERT_TRUE(settings.ok()) << settings.status();
    settings_ = *settings;
    const std::string key_file = folder_.path() + "/court.key";
    std::ofstream(key_file) << crypto::SigningKey::Generate(random_).ToPem();
    settings_.insert(settings_.end(), {"--court-signing-key-file", key_file, "--spool-file",
                                       folder_.path() + "/spool.db"});
  }

  ProgramOutcome Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), settings_.begin(), settings_.end());
    court::CourtProgram program;
    return adapters::RunProgram(program.frame(), std::move(arguments), ++seed_);
  }
  ProgramOutcome Performance(const char* verb, const char* amount,
                             const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"performance", verb,   kCase,     "--on",  day_,
                                          "--amount",    amount, "--payer", "测试丁"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Run(std::move(arguments));
  }

  static constexpr char kCase[] = "（2026）沪0115民初1号";
  WireStory story_;
  const std::string day_ = absl::FormatCivilTime(ChinaDate(absl::Now()) - 1);
  TemporaryFolder folder_;
  SeededRandom random_{3};
  std::vector<std::string> settings_;
  std::uint64_t seed_ = 0;
};

TEST_F(PerformanceRealHubTest, AWrongReportIsTakenBackOnceAndStaysOnRecord) {
  const ProgramOutcome stranger =
      Performance("report", "1500", {"--payee", "测试乙", "--injured", "测试戊"});
  EXPECT_EQ(stranger.code, ExitCode::kRefused) << stranger.err;
  const ProgramOutcome reported =
      Performance("report", "1500", {"--payee", "测试乙", "--injured", "测试乙"});
  ASSERT_EQ(reported.code, ExitCode::kOk) << reported.err;

  const std::vector<std::string> why = {"--reason", "误录他案款项"};
  EXPECT_EQ(Performance("withdraw", "1500.01", why).code, ExitCode::kRefused);
  EXPECT_THAT(Run({"show", kCase}).out, Not(HasSubstr("已撤回")));
  const ProgramOutcome withdrawn = Performance("withdraw", "1500", why);
  ASSERT_EQ(withdrawn.code, ExitCode::kOk) << withdrawn.err;
  EXPECT_EQ(Performance("withdraw", "1500", why).code, ExitCode::kRefused) << "once";
  EXPECT_THAT(Run({"show", kCase}).out, HasSubstr("已撤回：误录他案款项"));

  ASSERT_EQ(
      story_.Send("court/pudong", "CourtService/GetCourtCase", "name: '$court_case'").Outcome(),
      "OK");
  EXPECT_EQ(story_.Last("court_case.withdrawn_performances[0].performance.injured_person"),
            "测试乙");
  EXPECT_EQ(story_.Last("court_case.withdrawn_performances[0].reason"), "误录他案款项");
  // What did happen may be reported afterwards.
  EXPECT_EQ(Performance("report", "1500", {"--payee", "测试乙"}).code, ExitCode::kOk);
}

TEST_F(PerformanceRealHubTest, AnotherCourtTakesNothingBack) {
  ASSERT_EQ(Performance("report", "1500", {"--payee", "测试乙"}).code, ExitCode::kOk);
  const std::string report =
      absl::StrCat("name: '$court_case' reason: '误报' performance { ", "performed_on: '", day_,
                   "' amount_fen: 150000 ", "payer: '测试丁' payee: '测试乙' }");
  for (const char* party : {"court/xuhui", "fund/pudong/wang-min", "insurer/huaan"}) {
    EXPECT_NE(story_.Send(party, "CourtService/WithdrawPerformance", report).Outcome(), "OK")
        << party;
  }
  // Sent once more with the same request id it gets the first answer again.
  const auto request = story_.Request("CourtService/WithdrawPerformance", report);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(story_.Send("court/pudong", "CourtService/WithdrawPerformance", *request).Outcome(),
              "OK");
  }
}

}  // namespace
}  // namespace recoup::testing

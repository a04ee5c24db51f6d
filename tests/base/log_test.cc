#include "hub/base/log.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/error.h"
#include "nlohmann/json.hpp"

namespace recoup {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class LogTest : public ::testing::Test {
 protected:
  Log Make(LogFormat format, LogLevel level_min = LogLevel::kInfo) {
    return Log::ToSink({.format = format, .level_min = level_min}, clock_,
                       [this](std::string_view line) { lines_.emplace_back(line); });
  }

  ManualClock clock_{absl::FromUnixMillis(1'767'225'600'007)};  // 2026-01-01T00:00:00.007Z
  std::vector<std::string> lines_;
};

TEST_F(LogTest, JsonLineHoldsTimeLevelEventAndTypedFields) {
  Make(LogFormat::kJson)
      .Info("order received", {{"docket", "(2026)沪01"}, {"entry", 3}, {"replayed", true}});
  EXPECT_THAT(lines_,
              ElementsAre("{\"time\":\"2026-01-01T00:00:00.007Z\",\"level\":\"info\","
                          "\"event\":\"order received\",\"docket\":\"(2026)沪01\",\"entry\":3,"
                          "\"replayed\":true}"));
}

TEST_F(LogTest, HumanLineQuotesOnlyWhatWouldBeAmbiguous) {
  Make(LogFormat::kHuman)
      .Warning("queue grows", {{"waiting", 12u}, {"pool", "310115-310"}, {"why", "hub is away"}});
  EXPECT_THAT(lines_, ElementsAre("2026-01-01T00:00:00.007Z warning: queue grows waiting=12 "
                                  "pool=310115-310 why=\"hub is away\""));
}

TEST_F(LogTest, SensitiveValuesNeverReachALine) {
  const Sensitive name("王小明");
  for (const LogFormat format : {LogFormat::kHuman, LogFormat::kJson}) {
    Make(format).With({{"insured", name}}).Error("refused", {{"name", name}});
  }
  ASSERT_EQ(lines_.size(), 2u);
  for (const std::string& line : lines_) {
    EXPECT_THAT(line, Not(HasSubstr("王小明")));
    EXPECT_THAT(line, HasSubstr("[redacted]"));
  }
}

TEST_F(LogTest, StatusShowsItsReasonAndNotItsMessage) {
  const absl::Status status = MakeError(Reason::kNotFound, "no such person: 王小明");
  Make(LogFormat::kJson).Info("answered", {{"result", status}});
  ASSERT_EQ(lines_.size(), 1u);
  EXPECT_THAT(lines_[0], HasSubstr("\"result\":\"NOT_FOUND\""));
  EXPECT_THAT(lines_[0], Not(HasSubstr("王小明")));
}

TEST_F(LogTest, LevelsBelowTheLeastAreNotWritten) {
  const Log log = Make(LogFormat::kHuman, LogLevel::kWarning);
  log.Debug("a");
  log.Info("b");
  log.Warning("c");
  log.Error("d");
  EXPECT_THAT(lines_, ElementsAre(HasSubstr("warning: c"), HasSubstr("error: d")));
}

TEST_F(LogTest, AValueCannotForgeALineOrAField) {
  const std::string forged = "x\n2026 error: y a=b";
  Make(LogFormat::kHuman).Info("read", {{"file", forged}});
  Make(LogFormat::kJson).Info("read", {{"level", "error"}, {"file", "\xff\n"}});
  ASSERT_EQ(lines_.size(), 2u);
  EXPECT_THAT(lines_[0], HasSubstr("file=\"x\\n2026 error: y a=b\""));
  const nlohmann::json json = nlohmann::json::parse(lines_[1]);
  EXPECT_EQ(json.at("level"), "info");
  EXPECT_EQ(json.at("field_level"), "error");
}

TEST_F(LogTest, SpdlogPatternsInTextAreNotInterpreted) {
  Make(LogFormat::kHuman).Info("{} %v {0}", {});
  EXPECT_THAT(lines_, ElementsAre(HasSubstr("info: {} %v {0}")));
}

}  // namespace
}  // namespace recoup

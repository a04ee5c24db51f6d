// recoup-hospital split quote, settle and show as the desk runs them.
#include "gmock/gmock.h"
#include "nlohmann/json.hpp"
#include "tests/hospital/program_fixture.h"

namespace recoup::hospital {
namespace {

using adapters::ExitCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SplitProgramTest : public testing::Test {
 protected:
  Result Run(std::vector<std::string> arguments) {
    for (const std::string& flag : hub_.Flags()) arguments.push_back(flag);
    arguments.insert(arguments.end(), {"--spool-file", folder_.File("spool.db")});
    return RunProgram(std::move(arguments));
  }
  adapters::TemporaryFolder folder_;
  FakeHub hub_{folder_.File("")};
};

const std::vector<std::string> kQuote = {"split",      "quote",   "V-1",      "--pool",
                                         "310115-310", "--total", "20000.00", "--fund",
                                         "12000",      "--self",  "8000"};

TEST_F(SplitProgramTest, ABillIsQuotedSettledAndShown) {
  const Result quoted = Run(kQuote);
  EXPECT_EQ(quoted.code, ExitCode::kOk) << quoted.err;
  EXPECT_THAT(quoted.out, HasSubstr("已询价"));
  EXPECT_THAT(quoted.out, HasSubstr("18,000.00"));
  EXPECT_THAT(quoted.out, HasSubstr("医保基金"));
  EXPECT_EQ(hub_.service.last_quote().pool(), "pools/310115-310");
  EXPECT_EQ(hub_.service.last_quote().total_fen(), 2'000'000);
  EXPECT_EQ(hub_.service.last_quote().fund_paid_fen(), 1'200'000);
  EXPECT_EQ(hub_.service.last_quote().self_paid_fen(), 800'000);
  const std::string name = "pools/310115-310/splits/s1";
  const Result settled = Run({"split", "settle", name, "--settlement", "S-1"});
  EXPECT_THAT(settled.out, HasSubstr("已按分账结算"));
  EXPECT_THAT(hub_.service.Calls(), ElementsAre("QuoteSplit V-1", "SettleSplit S-1"));
  const Result shown = Run({"split", "show", name, "--format", "json"});
  EXPECT_EQ(nlohmann::json::parse(shown.out)["split"]["state"], "SPLIT_STATE_QUOTED");
}

TEST_F(SplitProgramTest, ADryRunRecordsNothingAndAmountsAreChecked) {
  std::vector<std::string> dry = kQuote;
  dry.push_back("--dry-run");
  EXPECT_THAT(Run(dry).out, HasSubstr("校验通过，未记录"));
  EXPECT_TRUE(hub_.service.last_quote().validate_only());
  std::vector<std::string> wrong = kQuote;
  wrong[6] = "两万";
  wrong[8] = "-1";
  const Result refused = Run(wrong);
  EXPECT_EQ(refused.code, ExitCode::kUsage);
  EXPECT_THAT(refused.err, HasSubstr("--total"));
  EXPECT_THAT(refused.err, HasSubstr("--fund"));
  EXPECT_THAT(hub_.service.Calls(), IsEmpty());
}

}  // namespace
}  // namespace recoup::hospital

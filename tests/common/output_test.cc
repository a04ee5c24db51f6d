// What people see: widths, tables, amounts, errors, colour, progress.
#include <set>
#include <sstream>

#include "adapters/common/display_width.h"
#include "adapters/common/error_text.h"
#include "adapters/common/exit_code.h"
#include "adapters/common/format.h"
#include "adapters/common/progress.h"
#include "adapters/common/table.h"
#include "adapters/common/terminal.h"
#include "gmock/gmock.h"
#include "hub/base/error.h"
#include "nlohmann/json.hpp"

namespace recoup::adapters {
namespace {

using ::testing::HasSubstr;

TEST(DisplayWidthTest, ChineseTakesTwoColumns) {
  struct Row {
    const char* text;
    std::size_t width;
  };
  for (const Row& row : {Row{"", 0}, Row{"abc", 3}, Row{"追偿", 4}, Row{"（元）", 6},
                         Row{"a中b", 4}, Row{"e\u0301", 1}, Row{"\xff\xff", 2}, Row{"￥", 2}}) {
    EXPECT_EQ(DisplayWidth(row.text), row.width) << row.text;
  }
  EXPECT_EQ(PadTo("中", 4, Align::kLeft), "中  ");
  EXPECT_EQ(PadTo("中", 4, Align::kRight), "  中");
  EXPECT_EQ(PadTo("中文字", 4, Align::kLeft), "中文字");
}

TEST(TableTest, ColumnsLineUpWithMixedText) {
  Table table({{"名称"}, {"金额", Align::kRight}, {"note"}});
  table.AddRow({"平安保险", "1,000.00", "x"});
  table.AddRow({"ab", "5.00", "line\nend"});
  EXPECT_EQ(table.Render(),
            "名称          金额  note\n"
            "--------  --------  --------\n"
            "平安保险  1,000.00  x\n"
            "ab            5.00  line end\n");
}

TEST(FormatTest, AmountsAndTimes) {
  struct Row {
    std::int64_t fen;
    const char* text;
  };
  for (const Row& row :
       {Row{0, "0.00"}, Row{5, "0.05"}, Row{-5, "-0.05"}, Row{99'999, "999.99"},
        Row{100'000, "1,000.00"}, Row{123'456'789, "1,234,567.89"},
        Row{std::numeric_limits<std::int64_t>::min(), "-92,233,720,368,547,758.08"}}) {
    EXPECT_EQ(FormatYuan(row.fen), row.text);
  }
  EXPECT_EQ(FormatDate(absl::CivilDay(2026, 3, 5)), "2026-03-05");
  // Late on the day before in UTC.
  EXPECT_EQ(FormatChinaTime(absl::FromUnixSeconds(1'767'225'600 - 60)), "2026-01-01 07:59:00");
}

TEST(TerminalTest, ColourOnlyOnATerminalAndNotAgainstNoColor) {
  EXPECT_EQ(ColourFor(true, nullptr), Colour::kOn);
  EXPECT_EQ(ColourFor(true, ""), Colour::kOn);
  EXPECT_EQ(ColourFor(true, "0"), Colour::kOff);
  EXPECT_EQ(ColourFor(false, nullptr), Colour::kOff);
  EXPECT_EQ(Red("x", Colour::kOff), "x");
  EXPECT_EQ(Red("x", Colour::kOn), "\x1b[31mx\x1b[0m");
}

TEST(ErrorTextTest, EveryReasonHasItsOwnChineseText) {
  std::set<std::string_view> texts;
  const int reasons = static_cast<int>(Reason::kInternal) + 1;
  for (int value = 0; value < reasons; ++value) {
    texts.insert(ReasonInChinese(static_cast<Reason>(value)));
  }
  EXPECT_EQ(texts.size(), static_cast<std::size_t>(reasons));
}

TEST(ErrorTextTest, ShowsReasonFaultsAndWhatMustHappenFirst) {
  ErrorDetail detail;
  detail.reason = Reason::kApprovalRequired;
  detail.faults = {{"a.b", "bad"}, {"c", "worse"}, {"", "of the whole"}};
  detail.preconditions = {{"APPROVAL", "demands/1", "a second person approves"}};
  detail.retry_after_ms = 1001;
  const absl::Status error = MakeError("not yet", detail);
  EXPECT_EQ(ErrorForPeople(error, Colour::kOff),
            "错误：需要第二人审批\n"
            "Error: not yet [APPROVAL_REQUIRED]\n"
            "有误的内容 / faults:\n"
            "  a.b: bad\n"
            "  c: worse\n"
            "  全文 / whole: of the whole\n"
            "须先完成 / first:\n"
            "  demands/1: a second person approves [APPROVAL]\n"
            "请在 2 秒后重试 / try again in 2 s\n");
  EXPECT_THAT(ErrorForPeople(error, Colour::kOn), HasSubstr("\x1b[31mError\x1b[0m"));
  const auto json = nlohmann::json::parse(ErrorAsJson(error)).at("error");
  EXPECT_EQ(json.at("reason"), "APPROVAL_REQUIRED");
  EXPECT_EQ(json.at("faults").size(), 3u);
  EXPECT_EQ(json.at("preconditions").at(0).at("subject"), "demands/1");
}

TEST(ExitCodeTest, FollowsTheAnswer) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), ExitCode::kOk);
  EXPECT_EQ(ExitCodeOf(absl::NotFoundError("")), ExitCode::kRefused);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("")), ExitCode::kHubUnavailable);
  EXPECT_EQ(ExitCodeOf(absl::DeadlineExceededError("")), ExitCode::kHubUnavailable);
}

TEST(ProgressTest, ALineEveryFewSecondsWhereThereIsNoTerminal) {
  ManualClock clock(absl::FromUnixSeconds(0));
  std::ostringstream out;
  Progress progress({.what = "cases", .total = 100}, clock, out);
  for (int i = 0; i < 8; ++i) {
    clock.Advance(absl::Seconds(1));
    progress.Add(10);
  }
  progress.Finish();
  EXPECT_EQ(out.str(),
            "cases: 50 / 100 (50 %), 10/s, 5s left\ncases: 80 / 100 (80 %), 10/s, 2s left\n");
}

TEST(ProgressTest, OneRewrittenLineOnATerminal) {
  ManualClock clock(absl::FromUnixSeconds(0));
  std::ostringstream out;
  Progress progress({.what = "cases", .total = std::nullopt, .is_terminal = true}, clock, out);
  progress.Add(1);
  clock.Advance(absl::Milliseconds(200));
  progress.Add(1);
  progress.Finish();
  EXPECT_EQ(out.str(), "\r\x1b[Kcases: 2, 10/s\r\x1b[Kcases: 2, 10/s\n");
}

}  // namespace
}  // namespace recoup::adapters

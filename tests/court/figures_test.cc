#include "adapters/court/figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace recoup::court {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Yuan(std::string_view text) {
  std::vector<std::string> yuan;
  for (const Amount& a : FindAmounts(text, {0, text.size()})) yuan.push_back(a.money.ToYuan());
  return yuan;
}

TEST(FindAmounts, ReadsEverySpelling) {
  EXPECT_THAT(Yuan("共38,762.40元和6元"), ElementsAre("38762.40", "6.00"));
  EXPECT_THAT(Yuan("16.07508万元、0.2万元、1亿元"),
              ElementsAre("160750.80", "2000.00", "100000000.00"));
  EXPECT_THAT(Yuan("五千元，壹万贰仟叁佰元"), ElementsAre("5000.00", "12300.00"));
  EXPECT_THAT(Yuan("玖万零伍佰壹拾壹元肆角，壹拾元零伍分整，捌元陆角柒分"),
              ElementsAre("90511.40", "10.05", "8.67"));
}

TEST(FindAmounts, LeavesOutRatesRoundedFiguresAndWhatIsFinerThanAFen) {
  EXPECT_THAT(Yuan("30元/天，4万余元，10多元，1.2345元"), IsEmpty());
  EXPECT_THAT(Yuan("99999999999999999999元"), IsEmpty());
}

std::vector<std::int64_t> Hundredths(std::string_view text) {
  std::vector<std::int64_t> found;
  for (const Share& s : FindShares(text, {0, text.size()})) found.push_back(s.percent.hundredths);
  return found;
}

TEST(FindShares, ReadsEverySpelling) {
  EXPECT_THAT(Hundredths("70%、33.5%、66.67%"), ElementsAre(7000, 3350, 6667));
  EXPECT_THAT(Hundredths("百分之七十，百分之一百"), ElementsAre(7000, 10000));
  EXPECT_THAT(Hundredths("七成，三成半"), ElementsAre(7000, 3500));
  EXPECT_THAT(Hundredths("150%"), IsEmpty());
}

std::vector<std::string> Days(std::string_view text) {
  std::vector<std::string> days;
  for (const Date& d : FindDates(text, {0, text.size()})) {
    days.push_back(absl::FormatCivilTime(d.day));
  }
  return days;
}

TEST(FindDates, ReadsEverySpellingAndNoImpossibleDay) {
  EXPECT_THAT(Days("2021年3月8日，2021-03-09，2021.3.10"),
              ElementsAre("2021-03-08", "2021-03-09", "2021-03-10"));
  EXPECT_THAT(Days("二〇二二年五月五日 二O一四年十二月三十一日 二零二四年十月二十日"),
              ElementsAre("2022-05-05", "2014-12-31", "2024-10-20"));
  EXPECT_THAT(Days("2021年2月29日，2021年13月1日"), IsEmpty());
}

TEST(ParseChineseNumeral, ReadsPositionsAndUnits) {
  EXPECT_EQ(ParseChineseNumeral("二百六十"), 260);
  EXPECT_EQ(ParseChineseNumeral("十"), 10);
  EXPECT_EQ(ParseChineseNumeral("一万零五"), 10005);
  EXPECT_EQ(ParseChineseNumeral("二〇二二"), 2022);
  EXPECT_EQ(ParseChineseNumeral("廿三"), 23);
  EXPECT_EQ(ParseChineseNumeral("甲"), std::nullopt);
}

}  // namespace
}  // namespace recoup::court

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
  EXPECT_THAT(Yuan("财产2千元、1.5千元"), ElementsAre("2000.00", "1500.00"));
  EXPECT_THAT(Yuan("五千元，壹万贰仟叁佰元"), ElementsAre("5000.00", "12300.00"));
  EXPECT_THAT(Yuan("1万2千元，2千5百万元，1千万元，12万3456元，3万零5元"),
              ElementsAre("12000.00", "25000000.00", "10000000.00", "123456.00", "30005.00"));
  EXPECT_THAT(Yuan("12,345元6角7分，500元零5分，0.00元"),
              ElementsAre("12345.67", "500.05", "0.00"));
  EXPECT_THAT(Yuan("一亿二千万元，十元"), ElementsAre("120000000.00", "10.00"));
  EXPECT_THAT(Yuan("玖万零伍佰壹拾壹元肆角，壹拾元零伍分整，捌元陆角柒分"),
              ElementsAre("90511.40", "10.05", "8.67"));
}

TEST(FindAmounts, LeavesOutRatesRoundedFiguresAndWhatIsFinerThanAFen) {
  EXPECT_THAT(Yuan("30元/天，4万余元，10多元，1.2345元"), IsEmpty());
  EXPECT_THAT(Yuan("99999999999999999999元"), IsEmpty());
}

// A number that could be two, or is but a piece of one, is none.
TEST(FindAmounts, LeavesOutWhatCanBeTakenInTwoWays) {
  EXPECT_THAT(Yuan("000元，00.50元，30.000元，1万2元，一万二元，千元，1万千元"), IsEmpty());
}

TEST(Figures, TellsOfSumsThatAreNoNumbers) {
  struct Case {
    const char* text;
    const char* unread;  // "-": none.
    std::vector<std::string> read;
  };
  const Case cases[] = {
      {"支付4万余元，", "4万余元", {}},     {"支付三万余元，", "三万余元", {}},
      {"支付30.000元，", "30.000元", {}},   {"支付3O000元，", "3O000元", {}},
      {"支付l2345元，", "l2345元", {}},     {"支付1，2345元，", "1，2345元", {}},
      {"支付三万5千元，", "三万5千元", {}}, {"支付××元，", "××元", {}},
      {"支付____元，", "____元", {}},       {"支付数万元，", "数万元", {}},
      {"支付若干元，", "元", {}},           {"支付30,000元，", "-", {"30000.00"}},
      {"护理费30元/天，", "-", {}},         {"(万元)，2025年元旦，一单元，其余元素", "-", {}},
      {"赔偿张三3000元", "-", {"3000.00"}}, {"叁万元整(30,000元)", "-", {"30000.00"}},
  };
  for (const Case& c : cases) {
    const std::string text = c.text;
    const Figures figures(text);
    const Span whole{0, text.size()};
    const auto unread = figures.Unread(whole);
    EXPECT_EQ(unread.empty() ? "-" : text.substr(unread[0].begin, unread[0].size()), c.unread)
        << text;
    std::vector<std::string> read;
    for (const Amount& a : figures.Amounts(text, whole)) read.push_back(a.money.ToYuan());
    EXPECT_EQ(read, c.read) << text;
  }
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

std::vector<std::string> AllAmounts(const std::string& text) {
  std::vector<std::string> yuan;
  for (const Amount& a : Figures(text).Amounts(text, {0, text.size()})) {
    yuan.push_back(a.money.ToYuan());
  }
  return yuan;
}

TEST(Figures, ReadsAmountsWithoutYuanInATableAndNowhereElse) {
  EXPECT_THAT(AllAmounts("项目金额(元)\n手术及麻醉21480.00\n床位1,600.5\n合计23080.50\n"),
              ElementsAre("21480.00", "1600.50", "23080.50"));
  EXPECT_THAT(AllAmounts("损失(单位：元)\n1.医疗费52118.9。\n2.伙食补助费1600(100元/天×16天)。\n"),
              ElementsAre("52118.90", "1600.00"));
  EXPECT_THAT(AllAmounts("单位：元\n住院16天，病历第3页，伤残10%，2021年治疗\n"), IsEmpty());
  EXPECT_THAT(AllAmounts("项目金额(元)\n手术费21480.00\n二、责任\n责任认定书第400。\n"),
              ElementsAre("21480.00"));
  EXPECT_THAT(AllAmounts("手术费21480.00\n"), IsEmpty());
}

TEST(Figures, BeginsAnAmountBehindANameThatEndsWithADigit) {
  const std::string text = "赔偿李某128,000.00元，赔偿李某2500元";
  const std::size_t first = text.find("李某1");
  const std::size_t second = text.find("李某2");
  Figures figures(text);
  const std::size_t name_bytes = std::string("李某1").size();
  figures.BeginBehind(text, {{first, first + name_bytes}, {second, second + name_bytes}});
  const auto amounts = figures.Amounts(text, {0, text.size()});
  ASSERT_EQ(amounts.size(), 2u);
  EXPECT_EQ(amounts[0].money.ToYuan(), "28000.00");
  EXPECT_EQ(amounts[1].money.ToYuan(), "500.00");
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
  EXPECT_THAT(Days("贰零贰伍年拾月贰拾日，二〇二五年十月廿日，二〇二五年一月卅一日"),
              ElementsAre("2025-10-20", "2025-10-20", "2025-01-31"));
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

TEST(Figures, ReadsADayOfTheYearOrMonthToldBefore) {
  struct Case {
    const char* text;
    const char* last;  // "-": none.
  };
  const Case cases[] = {
      {"2019年7月购得水壶一个，同年8月7日壶身炸裂", "2019-08-07"},
      {"2017年10月12日入院，同月16日手术", "2017-10-16"},
      {"2017年10月12日入院，10月16日手术", "2017-10-16"},
      {"2017年12月30日入院，次年1月4日手术", "2018-01-04"},
      {"2017年12月30日入院，翌年2月30日手术", "2017-12-30"},
      {"2017年10月12日入院，住院16日", "2017-10-12"},
      {"同年8月7日壶身炸裂", "-"},
  };
  for (const Case& c : cases) {
    const std::string_view text = c.text;
    const auto dates = Figures(text).Dates(text, {0, text.size()});
    EXPECT_EQ(dates.empty() ? "-" : absl::FormatCivilTime(dates.back().day), c.last) << text;
  }
}

}  // namespace
}  // namespace recoup::court

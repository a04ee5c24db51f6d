// How a fund's payment is written decides nothing: every spelling is read, and one that cannot be
// read is never a case without an advance that nobody looks at.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "adapters/court/extract.h"

namespace recoup::court {
namespace {

JudgmentElements Read(const std::string& paid) {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  return ReadPlainText(
             absl::StrCat(
                 "青川省云浦县人民法院\n民事判决书\n（2023）青0721民初80775号\n"
                 "原告：岑明远，男，1968年2月11日出生，汉族。\n"
                 "被告：鲁大川，男，1979年9月3日出生，汉族。\n"
                 "原告岑明远与被告鲁大川健康权纠纷一案，本院立案后审理。\n"
                 "经审理查明，2022年12月1日被告殴打原告，致原告受伤。原告支出医疗费80,000元，",
                 paid,
                 "\n本院认为，鲁大川应承担全部赔偿责任。\n判决如下：\n"
                 "一、被告鲁大川于本判决生效后十日内赔偿原告岑明远各项损失80000元。\n"
                 "审判员　温若水\n二〇二三年四月十日\n"),
             *rules)
      .value();
}

int LeastConfidence(const JudgmentElements& found, std::string_view field) {
  int least = 100;
  for (const Evidence& evidence : found.evidence) {
    if (evidence.field == field) least = std::min(least, evidence.confidence_percent);
  }
  return least;
}

TEST(FundPayment, IsReadInEverySpelling) {
  const char* const sums[] = {
      "30000元",        "30,000元", "30，000元", "30 000元",     "30'000.00元",
      "３０，０００元", "3万元",    "3.00万元",  "叁万元",       "叁万圆整",
      "叁萬圆",         "三万元",   "¥30,000",   "￥30000.00元", "RMB30,000元",
      "人民币30000",    "30000.00", "30千元",    "30000",        "叁万元整（¥30,000.00）"};
  for (const std::string sum : sums) {
    const auto found = Read(absl::StrCat("其中医保统筹基金支付", sum, "，个人支付50,000元。"));
    ASSERT_TRUE(found.fund_paid.has_value()) << sum;
    EXPECT_EQ(found.fund_paid->ToYuan(), "30000.00") << sum;
    EXPECT_EQ(found.grade, Grade::kAdvanceOutstanding) << sum;
    EXPECT_GE(LeastConfidence(found, "fund_paid"), kReviewBelowPercent) << sum;
  }
}

TEST(FundPayment, ThatCannotBeReadIsDoubtedAndTold) {
  for (const std::string sum : {"30.000元", "3O000元", "××元", "4万余元", "数万元", "1，2345元",
                                "三万5千元", "___元", "一万二元", "30，00元"}) {
    const auto found = Read(absl::StrCat("其中医保统筹基金支付", sum, "。"));
    EXPECT_FALSE(found.fund_paid.has_value()) << sum;
    EXPECT_LT(LeastConfidence(found, "grade"), kReviewBelowPercent) << sum;
    EXPECT_LT(LeastConfidence(found, "basis"), kReviewBelowPercent) << sum;
    EXPECT_TRUE(std::ranges::any_of(found.warnings, [](const std::string& warning) {
      return warning.find("不能确定是多少") != std::string::npos;
    })) << sum;
  }
}

// "统筹支付30000。", among sums with their unit: read as yuan, doubted and told.
TEST(FundPayment, WithoutItsUnitIsReadAsYuanAndTold) {
  for (const std::string says : {"统筹支付30000。", "统筹支付30000。个人支付50,000元。",
                                 "其中统筹支付30000，个人支付50,000元。",
                                 "票据齐全。其中医保基金支付30000；个人支付50,000元。"}) {
    const auto found = Read(says);
    ASSERT_TRUE(found.fund_paid.has_value()) << says;
    EXPECT_EQ(found.fund_paid->ToYuan(), "30000.00") << says;
    EXPECT_LE(LeastConfidence(found, "fund_paid"), 85) << says;
    EXPECT_TRUE(std::ranges::any_of(found.warnings, [](const std::string& warning) {
      return warning.find("支付30000”没有写单位") != std::string::npos;
    })) << says;
  }
  // No sums: a year, a number of a document, days.
  for (const std::string says : {"个人支付50,000元。票据编号30000。", "住院费用清单2022。"}) {
    const auto found = Read(says);
    EXPECT_FALSE(found.fund_paid.has_value()) << says;
    EXPECT_TRUE(std::ranges::none_of(found.warnings, [](const std::string& warning) {
      return warning.find("没有写单位") != std::string::npos;
    })) << says;
  }
}

TEST(FundPayment, DeniedOrNotSpokenOfIsNoDoubt) {
  for (const std::string says :
       {"未经医保报销。", "护理费4万余元。", "其中商业保险公司赔付4万余元。"}) {
    const auto found = Read(says);
    EXPECT_EQ(found.grade, Grade::kNoAdvance) << says;
    EXPECT_GE(LeastConfidence(found, "grade"), kReviewBelowPercent) << says;
  }
}

TEST(FundPayment, MutualAidOfATradeUnionIsNone) {
  const auto found = Read("其中职工互助医疗保障计划给付3,000元，原告单位垫付27,000元。");
  EXPECT_EQ(found.fund_paid.value_or(domain::Money()), domain::Money());
  EXPECT_EQ(found.grade, Grade::kNoAdvance);
}

TEST(FundPayment, OfTwoVisitsIsTheirSum) {
  const char* const second[] = {
      "第二次住院医疗费30,000元，其中统筹支付10,000元，个人支付20,000元。",
      "再次住院花费医疗费30,000元，其中统筹支付10,000元，个人支付20,000元。",
  };
  for (const std::string says : second) {
    const auto found = Read(absl::StrCat(
        "具体为：第一次住院医疗费50,000元，其中统筹支付20,000元，个人支付30,000元；", says));
    ASSERT_TRUE(found.fund_paid.has_value()) << says;
    EXPECT_EQ(found.fund_paid->ToYuan(), "30000.00") << says;
    EXPECT_EQ(found.medical_expense_total->ToYuan(), "80000.00") << says;
  }
}

}  // namespace
}  // namespace recoup::court

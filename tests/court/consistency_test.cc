// Values of one document that contradict each other, and a limit that another judgment has used.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "absl/strings/str_replace.h"
#include "adapters/court/extract.h"

namespace recoup::court {
namespace {

constexpr char kJudgment[] =
    "青川省云浦县人民法院\n民事判决书\n（2025）青0721民初80781号\n"
    "原告：岑明远，男，1968年2月11日出生，汉族，住云浦县石桥镇。\n"
    "被告：鲁大川，男，1979年9月3日出生，汉族，住云浦县石桥镇。\n"
    "被告：安泰财产保险股份有限公司云浦支公司，住所地云浦县人民路。\n"
    "原告岑明远与被告鲁大川、安泰财产保险股份有限公司云浦支公司机动车交通事故责任纠纷一案，本院于20"
    "25年"
    "6月4日立案后，依法适用简易程序，公开开庭进行了审理。本案现已审理终结。\n"
    "经审理查明：2025年1月15日，被告鲁大川驾驶青A12345小型轿车与骑电动自行车的原告相撞，致原告受伤"
    "。原告"
    "发生医疗费80,000元，其中医保统筹基金支付30,000元，个人支付50,"
    "000元。青A12345小型轿车在被告安泰财产"
    "保险股份有限公司云浦支公司投保交强险及商业三者险（限额100万元），事故发生在保险期间内。\n"
    "本院认为，鲁大川负主要责任，由其承担70%的赔偿责任，原告自行承担30%"
    "的责任。原告由医保统筹基金支付的"
    "部分不影响侵权人承担赔偿责任，保险公司要求扣减的意见不予采纳，本院确认医疗费为80,"
    "000元。上述损失，由"
    "被告保险公司在交强险医疗费用限额内赔偿18,000元；超出部分62,000元，由其在商业三者险内按70%赔偿"
    "43,400元。\n"
    "依照《中华人民共和国民法典》第一千一百七十九条之规定，判决如下：\n"
    "一、被告安泰财产保险股份有限公司云浦支公司于本判决生效之日起十日内在交强险责任限额内赔偿原告岑"
    "明远"
    "18,000元；\n"
    "二、被告安泰财产保险股份有限公司云浦支公司于本判决生效之日起十日内在商业三者险责任限额内赔偿原"
    "告岑明"
    "远43,400元；\n"
    "三、驳回原告岑明远的其余诉讼请求。\n"
    "审判员　温若水\n二〇二五年十月二十日\n书记员　于佳\n";

JudgmentElements Read(const std::string& text) {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  return ReadPlainText(text, *rules).value();
}

int Least(const JudgmentElements& found, std::string_view prefix) {
  int least = 100;
  for (const Evidence& evidence : found.evidence) {
    if (evidence.field.starts_with(prefix)) least = std::min(least, evidence.confidence_percent);
  }
  return least;
}

bool Warns(const JudgmentElements& found, std::string_view first, std::string_view second) {
  return std::ranges::any_of(found.warnings, [&](const std::string& warning) {
    return warning.find(first) != std::string::npos && warning.find(second) != std::string::npos;
  });
}

TEST(Consistency, ADocumentThatAgreesWithItselfIsNotDoubted) {
  const JudgmentElements found = Read(kJudgment);
  for (const char* field : {"accident_on", "closed_on", "liability", "policies", "obligations",
                            "medical_expense", "fund_paid", "self_paid", "basis", "grade"}) {
    EXPECT_GE(Least(found, field), kReviewBelowPercent) << field;
  }
}

TEST(Consistency, AContradictionNamesBothFiguresAndIsForReview) {
  struct Case {
    const char* from;
    const char* to;
    const char* doubted;
    const char* first;
    const char* second;
  };
  const Case cases[] = {
      {"经审理查明：2025年1月15日", "经审理查明：2026年1月15日", "accident_on", "2026-01-15",
       "2025-10-20"},
      {"原告自行承担30%", "原告自行承担40%", "liability", "70%", "40%"},
      {"限额内赔偿18,000元；超", "限额内赔偿28,000元；超", "policies", "18000.00", "28000.00"},
      {"（限额100万元）", "（限额4万元）", "obligations", "40000.00", "43400.00"},
      {"远43,400元", "远43,800元", "obligations[1]", "43400.00", "43800.00"},
      {"按70%赔偿43,400元", "按70%赔偿44,400元", "obligations[1]", "44400.00", "43400.00"},
      {"确认医疗费为80,000元", "确认医疗费为81,000元", "medical_expense_total", "80000.00",
       "81000.00"},
      {"80,000元，其中", "80,000元（50,000元+30,100元），其中", "medical_expense_total", "80100.00",
       "80000.00"},
      {"个人支付50,000元", "个人支付51,000元", "fund_paid", "总额", "不一致"},
  };
  for (const Case& c : cases) {
    const JudgmentElements found = Read(absl::StrReplaceAll(kJudgment, {{c.from, c.to}}));
    EXPECT_LT(Least(found, c.doubted), kReviewBelowPercent) << c.to;
    EXPECT_TRUE(Warns(found, c.first, c.second)) << c.to;
  }
}

TEST(Consistency, WhatAnotherJudgmentUsedOfTheLimitIsNotWhatIsLeft) {
  const std::string sibling =
      "事故发生在保险期间内。另查明，本次事故另一伤者车小二已另案起诉，本院（2025）青0721民初69999"
      "号民事判决"
      "已判令该公司在交强险医疗费用限额内赔偿车小二医疗费7,300元。";
  const std::string text =
      absl::StrReplaceAll(kJudgment, {{"事故发生在保险期间内。", sibling},
                                      {"交强险医疗费用限额内赔偿18,000元；超出部分62,000元",
                                       "交强险医疗费用剩余限额内赔偿10,700元；超出部分69,300元"},
                                      {"按70%赔偿43,400元", "按70%赔偿48,510元"}});
  const JudgmentElements found = Read(text);
  ASSERT_FALSE(found.policies.empty());
  ASSERT_TRUE(found.policies[0].medical_remaining.has_value());
  EXPECT_EQ(found.policies[0].medical_remaining->ToYuan(), "10700.00");
}

// Lines broken by hand end where the hand thought they were full.
TEST(Consistency, LinesBrokenByHandAreJoined) {
  const std::string text = kJudgment;
  constexpr std::size_t kCharacters[] = {38, 31, 27, 40, 33, 25, 36, 29};
  std::string broken;
  std::size_t line = 0;
  std::size_t left = kCharacters[0];
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = (text[i] & 0x80) == 0 ? 1 : 3;
    if (left == 0 && text[i] != '\n') broken += '\n';
    if (left == 0 || text[i] == '\n') left = kCharacters[++line % std::size(kCharacters)];
    broken += text.substr(i, size);
    if (text[i] != '\n') --left;
    i += size;
  }
  const JudgmentElements found = Read(broken);
  const JudgmentElements whole = Read(text);
  EXPECT_EQ(found.accident_on, whole.accident_on);
  EXPECT_EQ(found.fund_paid, whole.fund_paid);
  EXPECT_EQ(found.medical_expense_total, whole.medical_expense_total);
  EXPECT_EQ(found.liability.size(), whole.liability.size());
  EXPECT_EQ(found.obligations.size(), whole.obligations.size());
  EXPECT_EQ(found.warnings, whole.warnings);
}

// Text that was recognised and kept at a fixed width, with spaces around its numbers.
TEST(Consistency, LinesOfAFixedWidthWithSpacesAreJoined) {
  constexpr std::size_t kColumns = 56;
  const std::string spaced =
      absl::StrReplaceAll(kJudgment, {{"2025年1月15日", "2025 年 1 月 15 日"},
                                      {"30,000元", " 30,000 元"},
                                      {"50,000元", " 50,000 元"},
                                      {"80,000元", " 80,000 元"}});
  std::string wrapped;
  std::size_t columns = 0;
  for (std::size_t i = 0; i < spaced.size();) {
    const std::size_t size = (spaced[i] & 0x80) == 0 ? 1 : 3;
    if (spaced[i] == '\n') {
      columns = 0;
    } else if (columns + (size == 1 ? 1 : 2) > kColumns) {
      wrapped += '\n';
      columns = 0;
    }
    wrapped += spaced.substr(i, size);
    if (spaced[i] != '\n') columns += size == 1 ? 1u : 2u;
    i += size;
  }
  const JudgmentElements found = Read(wrapped);
  EXPECT_EQ(found.accident_on, absl::CivilDay(2025, 1, 15));
  ASSERT_EQ(found.injured_persons.size(), 1u);
  ASSERT_TRUE(found.fund_paid.has_value());
  EXPECT_EQ(found.fund_paid->ToYuan(), "30000.00");
  EXPECT_EQ(found.basis, Basis::kGross);
  EXPECT_EQ(found.obligations.size(), 2u);
  EXPECT_EQ(found.liability.size(), 2u);
}

}  // namespace
}  // namespace recoup::court

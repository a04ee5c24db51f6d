// Judgments for several injured persons: who is paid what, and B as the sum over all of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/court/extract.h"

namespace recoup::court {
namespace {

using ::testing::Contains;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;

const RuleBook& SeveralRules() {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  return *rules;
}

std::string TextOfBoth(const std::string& reasons, const std::string& ruling) {
  return absl::StrCat(
      "青川省云浦县人民法院\n民事判决书\n（2024）青0721民初80911号\n"
      "原告：岑明远，男，1968年2月11日出生，汉族，住云浦县石桥镇。\n"
      "原告：阮秋水，女，1970年6月3日出生，汉族，住云浦县石桥镇。\n"
      "被告：鲁大川，男，1979年9月3日出生，汉族，住云浦县石桥镇。\n"
      "被告：安泰财产保险股份有限公司云浦支公司，住所地云浦县。\n负责人：季平，经理。\n"
      "原告岑明远、阮秋水与被告鲁大川、安泰财产保险股份有限公司云浦支公司（以下简称安泰云浦公司）"
      "机动车交通事故责任纠纷一案，本院于2024年2月2日立案后，依法适用简易程序审理。\n"
      "经审理查明，2023年12月1日19时许，鲁大川驾驶货车与岑明远驾驶的电动自行车（后载阮秋水）相撞，"
      "致岑明远、阮秋水受伤。岑明远在云浦县人民医院住院治疗，阮秋水在云浦县人民医院住院治疗。交警认"
      "定"
      "鲁大川负主要责任，岑明远负次要责任，阮秋水无责任。岑明远医疗费40,000元，其中医保统筹基金支付"
      "24,000元，个人支付16,000元；阮秋水医疗费10,000元，其中医保统筹基金支付6,000元，个人支付4,000"
      "元。\n本院认为，行为人因过错侵害他人权益造成损害的应当赔偿。医保基金支付部分不予扣减。",
      reasons, "\n依照《中华人民共和国民法典》第一千一百六十五条规定，判决如下：\n", ruling,
      "\n审判员　温若水\n二〇二四年四月十日\n书记员　于佳\n");
}

JudgmentElements ReadBoth(const std::string& reasons, const std::string& ruling) {
  const auto elements = ReadPlainText(TextOfBoth(reasons, ruling), SeveralRules());
  EXPECT_TRUE(elements.ok()) << elements.status();
  return *elements;
}

// "岑明远 28000.00 S28000.00": payee, sum, and its medical part, "?" where it is not known.
std::vector<std::string> OwedBy(const JudgmentElements& elements) {
  std::vector<std::string> owed;
  for (std::size_t i = 0; i < elements.obligations.size(); ++i) {
    const auto share = std::ranges::find(elements.medical_shares, i, &MedicalShare::obligation);
    std::string medical = "-";
    if (share != elements.medical_shares.end()) {
      medical = share->amount ? share->amount->ToYuan() : "?";
      if (share->set_off && share->set_off->is_positive()) {
        absl::StrAppend(&medical, "+", share->set_off->ToYuan());
      }
    }
    owed.push_back(absl::StrCat(elements.obligations[i].creditor, " ",
                                elements.obligations[i].amount.ToYuan(), " ", medical));
  }
  return owed;
}

int ConfidenceOfAward(const JudgmentElements& elements) {
  int least = 100;
  for (const Evidence& evidence : elements.evidence) {
    if (evidence.field == "medical_expense_awarded") {
      least = std::min(least, evidence.confidence_percent);
    }
  }
  return least;
}

TEST(SeveralInjuredReaderTest, TheAwardIsTheSumOverAllPersons) {
  struct Row {
    const char* what;
    std::string reasons, ruling;
    std::vector<std::string> owed;
    const char* awarded;
  };
  const Row rows[] = {
      {"each in an item",
       "鲁大川对岑明远承担70%的责任，对阮秋水承担全部责任。",
       "一、被告鲁大川于本判决生效之日起十日内赔偿原告岑明远医疗费28,000元；\n"
       "二、被告鲁大川于本判决生效之日起十日内赔偿原告阮秋水医疗费10,000元。",
       {"岑明远 28000.00 28000.00", "阮秋水 10000.00 10000.00"},
       "38000.00"},
      {"both in one item",
       "",
       "一、被告鲁大川于本判决生效之日起十日内赔偿岑明远医疗费28,000元、阮秋水医疗费10,000元；\n"
       "二、驳回原告的其他诉讼请求。",
       {"岑明远 28000.00 28000.00", "阮秋水 10000.00 10000.00"},
       "38000.00"},
      {"both in one item, with the word for the plaintiff",
       "",
       "一、被告鲁大川赔偿原告岑明远医疗费28,000元，原告阮秋水医疗费10,000元。",
       {"岑明远 28000.00 28000.00", "阮秋水 10000.00 10000.00"},
       "38000.00"},
      {"the reasons state each award, the last of which is not B",
       "岑明远的医疗费赔偿额为28,000元，阮秋水的医疗费赔偿额为10,000元。",
       "一、被告鲁大川赔偿原告岑明远医疗费28,000元；\n二、被告鲁大川赔偿原告阮秋水医疗费10,000元。",
       {"岑明远 28000.00 28000.00", "阮秋水 10000.00 10000.00"},
       "38000.00"},
      {"the ruling orders all losses together, the reasons state each medical award",
       "岑明远的医疗费赔偿额为28,000元，阮秋水的医疗费赔偿额为10,000元。",
       "一、被告鲁大川赔偿原告岑明远各项损失50,000元；\n二、被告鲁大川赔偿原告阮秋水各项损失12,"
       "500元。",
       {"岑明远 50000.00 28000.00", "阮秋水 12500.00 10000.00"},
       "38000.00"},
      {"other items apart",
       "",
       "一、被告鲁大川赔偿原告岑明远医疗费28,000元；\n二、被告鲁大川赔偿原告岑明远误工费6,000元；\n"
       "三、被告鲁大川赔偿原告阮秋水医疗费10,000元。",
       {"岑明远 28000.00 28000.00", "岑明远 6000.00 0.00", "阮秋水 10000.00 10000.00"},
       "38000.00"},
      {"of which medical",
       "",
       "一、被告鲁大川赔偿原告岑明远50,000元（其中医疗费28,000元）；\n"
       "二、被告鲁大川赔偿原告阮秋水12,500元（其中医疗费10,000元）。",
       {"岑明远 50000.00 28000.00", "阮秋水 12500.00 10000.00"},
       "38000.00"},
      {"one was paid a part before",
       "",
       "一、被告鲁大川赔偿原告岑明远医疗费20,000元（已扣除先行支付的8,000元）；\n"
       "二、被告鲁大川赔偿原告阮秋水医疗费10,000元。",
       {"岑明远 20000.00 20000.00+8000.00", "阮秋水 10000.00 10000.00"},
       "38000.00"},
      {"one of them answers for the other",
       "",
       "一、被告鲁大川赔偿原告岑明远医疗费28,000元；\n二、被告鲁大川赔偿原告阮秋水医疗费7,000元；\n"
       "三、岑明远赔偿阮秋水医疗费3,000元。",
       {"岑明远 28000.00 28000.00", "阮秋水 7000.00 7000.00", "阮秋水 3000.00 3000.00"},
       "38000.00"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const JudgmentElements elements = ReadBoth(row.reasons, row.ruling);
    ASSERT_EQ(elements.injured_persons.size(), 2u);
    EXPECT_THAT(OwedBy(elements), ElementsAreArray(row.owed));
    ASSERT_TRUE(elements.medical_expense_awarded.has_value());
    EXPECT_EQ(elements.medical_expense_awarded->ToYuan(), row.awarded);
    EXPECT_GE(ConfidenceOfAward(elements), 90);
    EXPECT_TRUE(TellsAwardOfEach(elements));
  }
}

TEST(SeveralInjuredReaderTest, WhatIsNotToldByPersonIsNoFigureToBuildOn) {
  struct Row {
    const char* what;
    std::string reasons, ruling;
    std::vector<std::string> owed;
    const char* awarded;  // Worked out of both bills; empty: what the court states is one's.
  };
  const Row rows[] = {
      {"all losses of each together",
       "鲁大川承担70%的责任。",
       "一、被告鲁大川赔偿原告岑明远各项损失50,000元；\n二、被告鲁大川赔偿原告阮秋水各项损失12,"
       "500元。",
       {"岑明远 50000.00 ?", "阮秋水 12500.00 ?"},
       "35000.00"},
      {"one of them together",
       "岑明远的医疗费赔偿额为28,000元。",
       "一、被告鲁大川赔偿原告岑明远各项损失50,000元；\n二、被告鲁大川赔偿原告阮秋水各项损失12,"
       "500元。",
       {"岑明远 50000.00 28000.00", "阮秋水 12500.00 ?"},
       ""},
      {"the award is more than the sum",
       "岑明远的医疗费赔偿额为28,000元，阮秋水的医疗费赔偿额为10,000元。",
       "一、被告鲁大川赔偿原告岑明远各项损失27,999.99元；\n二、被告鲁大川赔偿原告阮秋水各项损失12,"
       "500元。",
       {"岑明远 27999.99 ?", "阮秋水 12500.00 10000.00"},
       ""},
      {"somebody gets back what was paid for one of them",
       "鲁大川承担70%的责任。",
       "一、被告安泰财产保险股份有限公司云浦支公司赔偿原告岑明远医疗费20,000元；\n"
       "二、被告安泰财产保险股份有限公司云浦支公司赔偿原告阮秋水医疗费10,000元；\n"
       "三、被告安泰财产保险股份有限公司云浦支公司返还被告鲁大川垫付款8,000元。",
       {"岑明远 20000.00 ?", "阮秋水 10000.00 ?", "鲁大川 8000.00 ?"},
       "35000.00"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const JudgmentElements elements = ReadBoth(row.reasons, row.ruling);
    ASSERT_EQ(elements.injured_persons.size(), 2u);
    EXPECT_THAT(OwedBy(elements), ElementsAreArray(row.owed));
    EXPECT_EQ(elements.medical_expense_awarded ? elements.medical_expense_awarded->ToYuan() : "",
              row.awarded);
    if (elements.medical_expense_awarded.has_value()) {
      EXPECT_LT(ConfidenceOfAward(elements), kReviewBelowPercent);
    }
    EXPECT_THAT(elements.warnings, Contains(HasSubstr("未能按人确定医疗费赔偿额")));
    EXPECT_FALSE(TellsAwardOfEach(elements));
  }
}

TEST(SeveralInjuredReaderTest, OneSumForBothIsDoubted) {
  const JudgmentElements elements =
      ReadBoth("鲁大川承担70%的责任。", "一、被告鲁大川赔偿原告岑明远、阮秋水各项损失62,500元。");
  EXPECT_THAT(elements.warnings, Contains(HasSubstr("没有按人分别判决")));
  ASSERT_TRUE(elements.medical_expense_awarded.has_value());
  EXPECT_LT(ConfidenceOfAward(elements), kReviewBelowPercent);
  EXPECT_FALSE(TellsAwardOfEach(elements));
}

TEST(SeveralInjuredReaderTest, ReasonsAndRulingThatDifferAreDoubted) {
  const JudgmentElements elements = ReadBoth(
      "岑明远的医疗费赔偿额为28,000元，阮秋水的医疗费赔偿额为10,000元。",
      "一、被告鲁大川赔偿原告岑明远医疗费26,000元；\n二、被告鲁大川赔偿原告阮秋水医疗费10,000元。");
  EXPECT_EQ(elements.medical_expense_awarded->ToYuan(), "36000.00");
  EXPECT_LT(ConfidenceOfAward(elements), kReviewBelowPercent);
  EXPECT_THAT(elements.warnings, Contains(HasSubstr("与判项不一致")));
}

// Equal sums are one by one what their heads say, or nothing is said of either.
TEST(SeveralInjuredReaderTest, EqualSumsOfDifferentHeadsAreNotTakenForEachOther) {
  const JudgmentElements elements = ReadBoth("",
                                             "一、被告鲁大川赔偿原告岑明远医疗费5,000元；\n"
                                             "二、被告鲁大川赔偿原告阮秋水误工费5,000元。");
  EXPECT_THAT(OwedBy(elements), ElementsAreArray({"岑明远 5000.00 ?", "阮秋水 5000.00 ?"}));
  EXPECT_LT(ConfidenceOfAward(elements), kReviewBelowPercent);
}

TEST(SeveralInjuredReaderTest, WhoAloneIsPaidIsReadAsTheOnlyOne) {
  JudgmentElements elements;
  elements.injured_persons = {{"岑明远", std::nullopt}, {"阮秋水", std::nullopt}};
  elements.obligations.resize(1);
  elements.obligations[0].debtor = "鲁大川";
  elements.obligations[0].creditor = "岑明远";
  EXPECT_TRUE(TellsAwardOfEach(elements));
  elements.obligations[0].creditor = "岑明远、阮秋水";
  EXPECT_FALSE(TellsAwardOfEach(elements));
  elements.medical_shares.resize(1);
  elements.medical_shares[0].amount = domain::Money();
  EXPECT_TRUE(TellsAwardOfEach(elements));
  elements.obligations.clear();
  EXPECT_FALSE(TellsAwardOfEach(elements));
  elements.injured_persons.pop_back();
  EXPECT_TRUE(TellsAwardOfEach(elements));
}

}  // namespace
}  // namespace recoup::court

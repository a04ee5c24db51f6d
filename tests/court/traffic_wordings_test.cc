// Ways of saying who answers for which share and what is insured, one a line in
// tests/court/data/wordings: each is put into the same judgment about a traffic accident.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "adapters/court/extract.h"

namespace recoup::court {
namespace {

constexpr char kTrafficBegin[] =
    "青川省云浦县人民法院\n民事判决书\n（2023）青0721民初80772号\n"
    "原告：岑明远，男，1968年2月11日出生，汉族，住云浦县石桥镇。\n"
    "被告：鲁大川，男，1979年9月3日出生，汉族，住云浦县石桥镇。\n"
    "被告：云浦通达运输有限公司，住所地云浦县。\n"
    "法定代表人：宁远，经理。\n"
    "被告：安泰财产保险股份有限公司云浦支公司，住所地云浦县。\n"
    "负责人：季平，经理。\n"
    "原告岑明远与被告鲁大川、云浦通达运输有限公司（以下简称通达公司）、"
    "安泰财产保险股份有限公司云浦支公司（以下简称安泰云浦公司）机动车交通事故责任纠纷一案，"
    "本院于2023年2月2日立案后，依法适用简易程序审理。\n"
    "原告岑明远向本院提出诉讼请求：判令被告赔偿各项损失150000元。\n"
    "三被告未作答辩。\n"
    "经审理查明，2022年12月1日19时许，鲁大川驾驶货车与岑明远驾驶的电动自行车相撞，致岑明远受伤。"
    "岑明远支出医疗费90000元，其中医保基金支付32000元，个人支付58000元。";
constexpr char kTrafficReasons[] = "\n本院认为，行为人因过错侵害他人权益造成损害的应当赔偿。";
constexpr char kTrafficEnd[] =
    "\n依照《中华人民共和国民法典》第一千一百六十五条规定，判决如下：\n"
    "一、鲁大川于本判决生效后十日内赔偿岑明远各项损失33000元；\n"
    "二、驳回原告岑明远的其他诉讼请求。\n"
    "审判员　温若水\n二〇二三年四月十日\n书记员　于佳\n";

const RuleBook& TrafficRules() {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  return *rules;
}

std::vector<std::vector<std::string>> TrafficRows(const std::string& name) {
  std::ifstream in(absl::StrCat(RECOUP_SOURCE_DIR, "/tests/court/data/wordings/", name));
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.front() != '#') rows.push_back(absl::StrSplit(line, '|'));
  }
  return rows;
}

std::string WholeYuan(const std::optional<domain::Money>& money) {
  return money.has_value() ? absl::StrCat(money->fen() / 100) : "-";
}

std::string SharesOf(const JudgmentElements& elements) {
  std::string shares;
  for (const LiabilityShare& share : elements.liability) {
    absl::StrAppend(&shares, shares.empty() ? "" : " ", share.party,
                    share.share_percent.hundredths / 100);
  }
  return shares;
}

TEST(TrafficWordings, WhoAnswersForWhichShare) {
  const auto rows = TrafficRows("liability.txt");
  ASSERT_GT(rows.size(), 20u);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 2u);
    const auto found = ReadPlainText(
        absl::StrCat(kTrafficBegin, kTrafficReasons, row[1], kTrafficEnd), TrafficRules());
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(SharesOf(*found), row[0]) << row[1];
  }
}

TEST(TrafficWordings, WhatIsInsured) {
  const auto rows = TrafficRows("policies.txt");
  ASSERT_GE(rows.size(), 9u);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 4u);
    const auto found = ReadPlainText(
        absl::StrCat(kTrafficBegin, row[3], kTrafficReasons, kTrafficEnd), TrafficRules());
    ASSERT_TRUE(found.ok());
    std::string compulsory_limit = "x", compulsory_left = "x", commercial_limit = "x";
    for (const Policy& policy : found->policies) {
      if (policy.kind == PolicyKind::kCompulsory) {
        compulsory_limit = WholeYuan(policy.limit);
        compulsory_left = WholeYuan(policy.medical_remaining);
      } else {
        commercial_limit = WholeYuan(policy.limit);
      }
    }
    EXPECT_EQ(compulsory_limit, row[0]) << row[3];
    EXPECT_EQ(compulsory_left, row[1]) << row[3];
    EXPECT_EQ(commercial_limit, row[2]) << row[3];
  }
}

std::string SumsOf(const JudgmentElements& elements) {
  std::string sums;
  for (const Obligation& o : elements.obligations) {
    absl::StrAppend(&sums, sums.empty() ? "" : ";", o.debtor, ">", o.creditor, " ",
                    o.amount.fen() / 100, " ",
                    o.policy_kind.has_value() ? std::string(Name(*o.policy_kind)) : "-");
  }
  return sums;
}

TEST(TrafficWordings, WhoPaysWhomHowMuch) {
  const auto rows = TrafficRows("rulings.txt");
  ASSERT_GE(rows.size(), 8u);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 2u);
    const std::string items = absl::StrJoin(absl::StrSplit(row[1], '/'), "\n");
    const auto found =
        ReadPlainText(absl::StrCat(kTrafficBegin, kTrafficReasons, "\n依照民法典规定，判决如下：\n",
                                   items, "\n审判员　温若水\n二〇二三年四月十日\n"),
                      TrafficRules());
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(SumsOf(*found), row[0]) << row[1];
  }
}

}  // namespace
}  // namespace recoup::court

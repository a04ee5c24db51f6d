// Ways of saying who paid and what a court deducts, one a line in tests/court/data/wordings: each
// is put into the same judgment. A new wording is a line there and, if it is not read, a rule.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "adapters/court/extract.h"

namespace recoup::court {
namespace {

constexpr char kBegin[] =
    "青川省云浦县人民法院\n民事判决书\n（2023）青0721民初80771号\n"
    "原告：岑明远，男，1968年2月11日出生，汉族，住云浦县石桥镇。\n"
    "被告：鲁大川，男，1979年9月3日出生，汉族，住云浦县石桥镇。\n"
    "原告岑明远与被告鲁大川健康权纠纷一案，本院于2023年2月2日立案后，依法适用简易程序审理。\n"
    "原告岑明远向本院提出诉讼请求：判令被告赔偿各项损失50000元。\n"
    "被告鲁大川辩称，不同意赔偿。\n"
    "经审理查明，2022年12月1日19时许，被告殴打原告，致原告受伤。";
constexpr char kUsualFacts[] = "原告支出医疗费30000元，其中医保基金支付12000元，个人支付18000元。";
constexpr char kReasons[] = "\n本院认为，鲁大川应承担全部赔偿责任。";
constexpr char kEnd[] =
    "鲁大川应赔偿原告的医疗费、护理费等损失。\n"
    "依照《中华人民共和国民法典》第一千一百六十五条规定，判决如下：\n"
    "一、被告鲁大川于本判决生效后十日内赔偿原告岑明远各项损失33000元；\n"
    "二、驳回原告岑明远的其他诉讼请求。\n"
    "审判员　温若水\n二〇二三年四月十日\n书记员　于佳\n";

const RuleBook& Rules() {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  return *rules;
}

std::vector<std::vector<std::string>> Rows(const std::string& name) {
  std::ifstream in(absl::StrCat(RECOUP_SOURCE_DIR, "/tests/court/data/wordings/", name));
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.front() != '#') rows.push_back(absl::StrSplit(line, '|'));
  }
  return rows;
}

std::string Yuan(const std::optional<domain::Money>& money) {
  return money.has_value() ? absl::StrCat(money->fen() / 100) : "-";
}

TEST(Wordings, WhoPaid) {
  const auto rows = Rows("payments.txt");
  ASSERT_GT(rows.size(), 40u);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 4u);
    const auto found = ReadPlainText(absl::StrCat(kBegin, row[3], kReasons, kEnd), Rules());
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(Yuan(found->medical_expense_total), row[0]) << row[3];
    EXPECT_EQ(Yuan(found->fund_paid), row[1]) << row[3];
    EXPECT_EQ(Yuan(found->self_paid), row[2]) << row[3];
  }
}

// What the documents teach with must still be to be learnt.
TEST(Wordings, TheExampleOfTheDocumentsIsNotReadYet) {
  for (const std::string_view name : {"/README.md", "/docs/formats/court.md"}) {
    std::ifstream in(absl::StrCat(RECOUP_SOURCE_DIR, std::string(name)));
    std::size_t examples = 0;
    for (std::string line; std::getline(in, line);) {
      const std::size_t begin = line.find("30000|12000|18000|");
      if (begin == std::string::npos) continue;
      ++examples;
      std::string sentence = line.substr(line.rfind('|') + 1);
      if (sentence.back() == '`') sentence.pop_back();
      const auto found = ReadPlainText(absl::StrCat(kBegin, sentence, kReasons, kEnd), Rules());
      ASSERT_TRUE(found.ok());
      EXPECT_NE(Yuan(found->fund_paid), "12000") << name << ": " << sentence;
    }
    EXPECT_EQ(examples, 1u) << name;
  }
}

TEST(Wordings, WhatIsDeducted) {
  const auto rows = Rows("basis.txt");
  ASSERT_GT(rows.size(), 30u);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 2u);
    const auto found =
        ReadPlainText(absl::StrCat(kBegin, kUsualFacts, kReasons, row[1], kEnd), Rules());
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(Name(found->basis), row[0]) << row[1];
  }
}

TEST(Wordings, WhatHasBeenReturned) {
  const auto rows = Rows("returns.txt");
  ASSERT_GE(rows.size(), 20u);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 2u);
    const auto found =
        ReadPlainText(absl::StrCat(kBegin, kUsualFacts, row[1], kReasons, kEnd), Rules());
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(Name(found->grade), row[0]) << row[1];
  }
}

// The bill of an illness the patient had before is no part of the case.
TEST(Wordings, BillsTheCourtLeavesOut) {
  for (const std::string_view left_out :
       {"原告在县医院住院的费用9000元，系其治疗自身原有疾病所支出，不计入损失。",
        "县医院的住院费9000元，即使不发生本次损害亦应由原告负担，不予认定。",
        "该9000元系治疗原发疾病，与被告无关。"}) {
    const auto found = ReadPlainText(
        absl::StrCat(kBegin,
                     "原告在县医院支出住院费9000元；在市医院支出住院费30000元，其中医保基金支付",
                     "12000元，个人支付18000元。", kReasons, std::string(left_out), kEnd),
        Rules());
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(Yuan(found->medical_expense_total), "30000") << left_out;
    EXPECT_EQ(Yuan(found->fund_paid), "12000") << left_out;
  }
}

// What was not spent or not awarded is nothing, which is not the same as not told.
TEST(Wordings, ASumOfNothingIsZero) {
  struct Row {
    const char *facts, *reasons, *total, *awarded;
  };
  for (const Row& row : {
           Row{"原告医疗费30000元，已由鲁大川付清。", "原告的损失：医疗费0元、护理费2000元。",
               "30000", "0"},
           Row{"原告医疗费30000元，由工伤保险基金支付30000元。",
               "本院确认医疗费0元，误工费2000元。", "30000", "0"},
           Row{"原告因伤产生医疗费0元。", "误工费2000元。", "0", "0"},
           Row{"原告医疗费30000元，居民医保支付30000元，个人支付0元。",
               "医保支付部分应予扣除，医疗费损失为0元。", "30000", "0"},
           Row{"原告医疗费30000元。", "原告的损失：医疗费30000元、交通费0元。", "30000", "30000"},
           Row{"原告误工三个月。", "误工费2000元、护理费0元。", "-", "-"},
       }) {
    const auto found =
        ReadPlainText(absl::StrCat(kBegin, row.facts, kReasons, row.reasons, kEnd), Rules());
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(Yuan(found->medical_expense_total), row.total) << row.facts << row.reasons;
    EXPECT_EQ(Yuan(found->medical_expense_awarded), row.awarded) << row.facts << row.reasons;
  }
}

TEST(Wordings, PoliciesOfInsurersWhoAreNotSued) {
  const auto policies_of = [](std::string_view fact) {
    std::vector<std::string> policies;
    const auto found =
        ReadPlainText(absl::StrCat(kBegin, std::string(fact), kReasons, kEnd), Rules());
    for (const Policy& policy : found->policies) {
      policies.push_back(absl::StrCat(policy.insurer, " ", std::string(Name(policy.kind)), " ",
                                      Yuan(policy.limit), " ", Yuan(policy.medical_remaining)));
    }
    return policies;
  };
  using ::testing::ElementsAre;
  using ::testing::IsEmpty;
  EXPECT_THAT(
      policies_of("鲁大川的车辆在安泰财产保险股份有限公司云浦支公司投保交强险（限额200000元，"
                  "其中医疗费用限额18000元）。"),
      ElementsAre("安泰财产保险股份有限公司云浦支公司 CTP 200000 18000"));
  EXPECT_THAT(
      policies_of("该车由平宁财产保险股份有限公司（以下简称平宁公司）承保商业三者险100万元。"),
      ElementsAre("平宁财产保险股份有限公司 COMMERCIAL 1000000 -"));
  EXPECT_THAT(policies_of("鲁大川的车辆未向安泰财产保险股份有限公司投保交强险。"), IsEmpty());
  EXPECT_THAT(policies_of("岑明远在康宁人寿保险股份有限公司投保重大疾病险，限额100000元。"),
              IsEmpty());
}

// Headings nobody has thought of: the figures stand in the pleadings alone, and add up.
TEST(Wordings, FundPaymentOnlyInDispute) {
  const auto read = [](std::string_view pleaded) {
    return ReadPlainText(
        absl::StrCat(kBegin, "原告支出医疗费30000元。", kReasons, std::string(pleaded), kEnd),
        Rules());
  };
  for (const std::string_view pleaded :
       {"被告主张票据载明医保统筹支付12000元，应以差额18000元为准，本院不予采纳。",
        "被告提出医保基金已支付12000元，原告只能主张18000元，该意见于法无据。"}) {
    const auto found = read(pleaded);
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(Yuan(found->fund_paid), "12000") << pleaded;
  }
  // Without the rest of the bill a claim stays a claim.
  const auto found = read("被告主张医保统筹支付12000元，未提供证据，本院不予采纳。");
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(Yuan(found->fund_paid), "-");
}

// A part that is not found costs everything that stands in it.
TEST(Wordings, WhereThePartsBegin) {
  const auto rows = Rows("openings.txt");
  ASSERT_GE(rows.size(), 40u);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 2u);
    const auto opening = [&](const std::string& part, const std::string& usual) {
      return row[0] == part ? row[1] : usual;
    };
    const std::string text = absl::StrCat(
        "青川省云浦县人民法院\n民事判决书\n（2023）青0721民初80773号\n原告：岑明远，男。\n"
        "被告：鲁大川，男。\n原告岑明远与被告鲁大川健康权纠纷一案，本院依法进行了审理。\n"
        "岑明远向本院提出诉讼请求：判令被告赔偿50000元。\n鲁大川辩称，不同意赔偿。\n",
        opening("facts", "经审理查明："),
        "2022年12月1日19时许，双方争吵，鲁大川将岑明远打伤。医疗费30000元，医保报销12000元，"
        "个人支付18000元。\n",
        opening("reasons", "本院认为，"),
        "鲁大川应承担70%"
        "的赔偿责任。医保报销不影响侵权责任的承担，医疗费按30000元计算。\n依照民法典规定，",
        opening("ruling", "判决如下："),
        "\n一、鲁大川赔偿岑明远21000元；\n二、驳回其他诉讼请求。\n审判员　温若水\n二〇二三年四月十"
        "日\n");
    const auto found = ReadPlainText(text, Rules());
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(Yuan(found->fund_paid), "12000") << row[1];
    EXPECT_EQ(Name(found->basis), "GROSS") << row[1];
    EXPECT_EQ(Yuan(found->medical_expense_awarded), "21000") << row[1];
    EXPECT_EQ(found->obligations.size(), 1u) << row[1];
    EXPECT_TRUE(found->closed_on.has_value()) << row[1];
  }
}

}  // namespace
}  // namespace recoup::court

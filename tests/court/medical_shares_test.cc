// What of each sum a ruling awards is medical expense: said by the text, or worked out by the law's
// order of payment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/court/extract.h"

namespace recoup::court {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const RuleBook& ShareRules() {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  return *rules;
}

struct Judgment {
  const char* what;
  const char* year;  // Of the accident.
  std::string facts, reasons, ruling;
  const char* shares;  // "W18000.00 S500.00-200.00 ?": how, amount, set off; one per obligation.
};

std::string TextOf(const Judgment& judgment) {
  return absl::StrCat(
      "青川省云浦县人民法院\n民事判决书\n（2024）青0721民初80772号\n"
      "原告：岑明远，男，1968年2月11日出生，汉族，住云浦县石桥镇。\n"
      "被告：鲁大川，男，1979年9月3日出生，汉族，住云浦县石桥镇。\n"
      "被告：云浦通达运输有限公司，住所地云浦县。\n法定代表人：宁远，经理。\n"
      "被告：安泰财产保险股份有限公司云浦支公司，住所地云浦县。\n负责人：季平，经理。\n"
      "原告岑明远与被告鲁大川、云浦通达运输有限公司（以下简称通达公司）、安泰财产保险股份有限公司"
      "云浦支公司（以下简称安泰云浦公司）机动车交通事故责任纠纷一案，本院于2024年2月2日立案后，"
      "依法适用简易程序审理。\n原告岑明远向本院提出诉讼请求：判令被告赔偿各项损失150000元。\n"
      "经审理查明，",
      judgment.year, "年12月1日19时许，鲁大川驾驶货车与岑明远驾驶的电动自行车相撞，致岑明远受伤。",
      judgment.facts, "\n本院认为，行为人因过错侵害他人权益造成损害的应当赔偿。", judgment.reasons,
      "\n依照《中华人民共和国民法典》第一千一百六十五条规定，判决如下：\n", judgment.ruling,
      "\n审判员　温若水\n二〇二四年四月十日\n书记员　于佳\n");
}

std::string Told(const JudgmentElements& elements) {
  std::vector<std::string> told;
  for (std::size_t i = 0; i < elements.obligations.size(); ++i) {
    const auto share = std::ranges::find(elements.medical_shares, i, &MedicalShare::obligation);
    if (share == elements.medical_shares.end()) {
      told.push_back("-");
    } else if (!share->amount) {
      told.push_back("?");
    } else {
      told.push_back(absl::StrCat(
          share->source == MedicalShare::Source::kStated ? "S" : "W", share->amount->ToYuan(),
          share->set_off->is_zero() ? "" : absl::StrCat("-", share->set_off->ToYuan())));
    }
  }
  return absl::StrJoin(told, " ");
}

// Whatever the text: no share is more than its obligation, all together are no more than B.
void ExpectWithinBounds(const JudgmentElements& elements) {
  domain::Money sum;
  for (const MedicalShare& share : elements.medical_shares) {
    ASSERT_LT(share.obligation, elements.obligations.size());
    EXPECT_FALSE(share.how.empty());
    EXPECT_EQ(share.amount.has_value(), share.source.has_value());
    if (!share.amount) continue;
    EXPECT_FALSE(share.amount->is_negative());
    EXPECT_LE(*share.amount, elements.obligations[share.obligation].amount) << share.how;
    sum += *share.amount;
  }
  if (elements.medical_expense_awarded) {
    EXPECT_LE(sum, *elements.medical_expense_awarded);
  }
}

constexpr char kGrossFacts[] =
    "岑明远支出医疗费100000元，其中医保基金支付40000元，个人支付60000元。"
    "货车在安泰云浦公司投保交强险（医疗费用限额18000元）和商业三者险1000000元。";
constexpr char kGrossReasons[] =
    "鲁大川承担70%的赔偿责任，岑明远自负30%。医保支付部分不予扣除。"
    "岑明远的损失为：医疗费100000元、护理费10000元、残疾赔偿金60000元，合计170000元。"
    "由安泰云浦公司在交强险限额内赔偿88000元，其余82000元由安泰云浦公司在商业三者险限额内赔偿70%即"
    "57400元。";
constexpr char kCtpItem[] =
    "一、安泰财产保险股份有限公司云浦支公司于本判决生效后十日内在交强险限额内赔偿岑明远88000元；\n";
constexpr char kNothingElse[] = "驳回原告岑明远的其他诉讼请求。";

std::vector<Judgment> Judgments() {
  const std::string second = "二、安泰财产保险股份有限公司云浦支公司于本判决生效后十日内";
  const std::string commercial = second + "在商业三者险限额内赔偿岑明远";
  const std::string driver = "一、鲁大川于本判决生效后十日内赔偿岑明远";
  return {
      {"compulsory cover first, then 70 %", "2022", kGrossFacts, kGrossReasons,
       absl::StrCat(kCtpItem, commercial, "57400元；\n三、", kNothingElse), "W18000.00 W57400.00"},
      {"NET: only the person's own part is the loss", "2022", kGrossFacts,
       "鲁大川承担70%的赔偿责任，岑明远自负30%。医保支付的40000元应予扣除，医疗费按60000元计算。"
       "岑明远的损失为：医疗费60000元、护理费10000元、残疾赔偿金60000元，合计130000元。"
       "由安泰云浦公司在交强险限额内赔偿88000元，其余42000元由安泰云浦公司在商业三者险限额内赔偿70%"
       "即"
       "29400元。",
       absl::StrCat(kCtpItem, commercial, "29400元；\n三、", kNothingElse), "W18000.00 W29400.00"},
      {"a limit partly used by another victim, half of the rest", "2013",
       "岑明远支出医疗费18104.20元，其中医保基金支付8000元，个人支付10104.20元。"
       "货车在安泰云浦公司投保交强险（医疗费用赔偿限额10000元）和商业三者险1000000元。",
       "鲁大川承担50%的赔偿责任，岑明远自负50%。医保支付部分不予扣除。"
       "岑明远的损失为：医疗费18104.20元、护理费5000元，合计23104.20元。"
       "交强险医疗费用赔偿限额扣除另一伤者案已使用的3318.26元后尚余6681.74元。"
       "由安泰云浦公司在交强险内赔偿11681.74元，在商业三者险限额内赔偿50%即5711.23元。",
       absl::StrCat("一、安泰财产保险股份有限公司云浦支公司在交强险限额内赔偿岑明远11681.74元；\n",
                    commercial, "5711.23元；\n三、", kNothingElse),
       "W6681.74 W5711.23"},
      {"within the compulsory limit no share matters", "2017",
       "岑明远支出医疗费8993元，其中医保基金支付3000元，个人支付5993元。"
       "货车在安泰云浦公司投保交强险（医疗费用赔偿限额10000元）。",
       "鲁大川承担70%的赔偿责任，岑明远自负30%。医保支付部分不予扣除。"
       "岑明远的损失为：医疗费8993元、住院伙食补助费700元、护理费2505元，合计12198元，"
       "均由安泰云浦公司在交强险限额内赔偿。",
       absl::StrCat("一、安泰财产保险股份有限公司云浦支公司在交强险限额内赔偿岑明远12198元；\n二、",
                    kNothingElse),
       "W8993.00"},
      {"one debtor without insurance, rounded once", "2022",
       "岑明远支出医疗费26093.30元，其中医保基金支付8540.55元，个人支付17552."
       "75元。货车未投保商业三者险。",
       "本院确定鲁大川承担70%的赔偿责任，岑明远自负30%。医保支付部分不予扣除。岑明远的损失为："
       "医疗费26093.30元、误工费3906.70元，合计30000元，鲁大川应赔偿21000元。医疗费赔偿额为18265."
       "31元。",
       absl::StrCat(driver, "21000元；\n二、", kNothingElse), "W18265.31"},
      {"two debtors by their shares, one paid into the bill before", "2022",
       "岑明远支出医疗费40000元，其中医保基金支付10000元，个人支付30000元（含鲁大川垫付的5000元）"
       "。",
       "鲁大川承担50%的赔偿责任，通达公司承担30%，岑明远自负20%"
       "。医保支付部分不予扣除。岑明远的损失为："
       "医疗费40000元、误工费10000元，合计50000元。鲁大川应赔偿25000元，扣除已垫付的5000元，还应赔"
       "偿"
       "20000元；通达公司应赔偿15000元。",
       absl::StrCat(driver, "20000元；\n二、云浦通达运输有限公司赔偿岑明远15000元；\n三、",
                    kNothingElse),
       "W15000.00-5000.00 W12000.00"},
      {"what the prepayment was for is not said", "2022",
       "岑明远支出医疗费40000元，其中医保基金支付10000元，个人支付30000元。鲁大川已给付岑明远5000元"
       "。",
       "鲁大川承担50%的赔偿责任，岑明远自负50%。医保支付部分不予扣除。岑明远的损失为："
       "医疗费40000元、误工费10000元，合计50000元。鲁大川应赔偿25000元，扣除已给付的5000元，还应赔"
       "偿"
       "20000元。",
       absl::StrCat(driver, "20000元；\n二、", kNothingElse), "?"},
      {"it was for something else", "2022",
       "岑明远支出医疗费40000元，其中医保基金支付10000元，个人支付30000元。鲁大川垫付护理费5000元"
       "。",
       "鲁大川承担50%的赔偿责任，岑明远自负50%。医保支付部分不予扣除。岑明远的损失为："
       "医疗费40000元、护理费10000元，合计50000元。鲁大川应赔偿25000元，扣除垫付的护理费5000元，还"
       "应赔偿"
       "20000元。",
       absl::StrCat(driver, "20000元；\n二、", kNothingElse), "W20000.00"},
      {"the prepayment goes back out of the same cover", "2022",
       absl::StrCat(kGrossFacts, "鲁大川垫付医疗费20000元。"),
       absl::StrCat(kGrossReasons,
                    "鲁大川垫付的20000元由安泰云浦公司在商业三者险赔款中返还，"
                    "实际还应支付岑明远37400元。"),
       absl::StrCat(kCtpItem, commercial,
                    "37400元；\n三、安泰财产保险股份有限公司云浦支公司于本判决"
                    "生效后十日内在商业三者险限额内返还鲁大川垫付款20000元；\n四、",
                    kNothingElse),
       "W18000.00 W37400.00 W20000.00"},
      {"what the compulsory insurer paid ahead was for rescue", "2016",
       "岑明远支出医疗费30000元，其中医保基金支付12000元，个人支付18000元。货车在安泰云浦公司投保"
       "交强险（医疗费用赔偿限额10000元）和商业三者险500000元。",
       "鲁大川承担100%"
       "的赔偿责任。医保支付部分不予扣除。岑明远的损失为：医疗费30000元、护理费25000元，"
       "合计55000元。由安泰云浦公司在交强险内赔偿35000元，在商业三者险限额内赔偿20000元。",
       absl::StrCat("一、安泰财产保险股份有限公司云浦支公司在交强险限额内赔偿岑明远25000元"
                    "（已扣除先行支付的10000元）；\n",
                    commercial, "20000元；\n三、", kNothingElse),
       "W0.00-10000.00 W20000.00"},
      {"the text says it", "2022",
       "岑明远支出医疗费30000元，其中医保基金支付12000元，个人支付18000元。",
       "鲁大川承担80%的赔偿责任，岑明远自负20%"
       "。医保支付部分不予扣除。岑明远的损失为：医疗费30000元、"
       "护理费5000元，合计35000元，鲁大川应赔偿80%，即28000元（其中医疗费24000元）。",
       absl::StrCat(driver, "28000元；\n二、", kNothingElse), "S24000.00"},
      {"an item that names the drugs, and the insurer the rest", "2022",
       "岑明远支出医疗费41873.25元，其中医保基金支付12000元，个人支付29873.25元。"
       "货车在安泰云浦公司投保交强险（医疗费用限额18000元）和商业三者险1000000元。",
       "鲁大川承担100%的赔偿责任。医保支付部分不予扣除。岑明远的损失为：医疗费41873."
       "25元、营养费4440元。"
       "由安泰云浦公司在交强险内赔偿18000元，在商业三者险限额内赔偿24097.95元。鲁大川应负担的4215."
       "30元，"
       "扣除已垫付的3000元，还应赔偿1215.30元。",
       absl::StrCat("一、安泰财产保险股份有限公司云浦支公司在交强险限额内赔偿岑明远18000元；\n",
                    commercial, "24097.95元；\n三、鲁大川赔偿岑明远非医保用药费用1215.30元；\n四、",
                    kNothingElse),
       "W18000.00 W19657.95 W1215.30-3000.00"},
      {"an item for something else holds none", "2022", kGrossFacts, kGrossReasons,
       absl::StrCat(kCtpItem, commercial, "57400元；\n三、鲁大川赔偿岑明远鉴定费2400元；\n四、",
                    kNothingElse),
       "W18000.00 W57400.00 S0.00"},
      {"the medical part of the compulsory cover was paid before, disability is ordered", "2022",
       kGrossFacts,
       "鲁大川承担70%的赔偿责任，岑明远自负30%"
       "。医保支付部分不予扣除。岑明远的损失为：医疗费100000元、"
       "护理费10000元、残疾赔偿金60000元，合计170000元。由安泰云浦公司在交强险医疗费用限额内赔偿180"
       "00元"
       "（已预付）、伤残限额内赔偿70000元；超出部分82000元的70%"
       "即57400元，由安泰云浦公司在商业三者险内赔偿。",
       absl::StrCat("一、安泰财产保险股份有限公司云浦支公司在交强险限额内赔偿岑明远70000元；\n",
                    commercial, "57400元；\n三、", kNothingElse),
       "S0.00-18000.00 W57400.00"},
      {"the drugs of the reasons", "2022", kGrossFacts,
       "鲁大川承担100%"
       "的赔偿责任。医保支付部分不予扣除。岑明远的损失为：医疗费100000元、护理费70000元。"
       "由安泰云浦公司在交强险内赔偿88000元，在商业三者险内赔偿76000元，非医保用药6000元由鲁大川赔"
       "偿。",
       absl::StrCat(kCtpItem, commercial, "76000元；\n三、鲁大川赔偿岑明远6000元；\n四、",
                    kNothingElse),
       "W18000.00 W76000.00 S6000.00"},
      {"a commercial limit used up: who bears what is not said", "2022", kGrossFacts,
       "鲁大川承担100%"
       "的赔偿责任。医保支付部分不予扣除。岑明远的损失合计654695元，其中医疗费100000元。"
       "由安泰云浦公司在交强险内赔偿88000元，在商业三者险限额内赔偿300000元，余款266695元由鲁大川赔"
       "偿。",
       absl::StrCat(kCtpItem, commercial, "300000元；\n三、鲁大川赔偿岑明远266695元；\n四、",
                    kNothingElse),
       "W18000.00 ? ?"},
  };
}

TEST(MedicalShares, EachObligationHasThePartTheTextOrTheLawGives) {
  for (const Judgment& judgment : Judgments()) {
    SCOPED_TRACE(judgment.what);
    const auto found = ReadPlainText(TextOf(judgment), ShareRules());
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(Told(*found), judgment.shares)
        << absl::StrJoin(found->medical_shares, "\n",
                         [](std::string* out, const MedicalShare& share) { *out += share.how; })
        << "\nB "
        << (found->medical_expense_awarded ? found->medical_expense_awarded->ToYuan() : "-");
    ExpectWithinBounds(*found);
  }
}

TEST(MedicalShares, SayWithFiguresHowTheyWereWorkedOut) {
  const auto found = ReadPlainText(TextOf(Judgments().front()), ShareRules());
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->medical_shares.size(), 2u);
  EXPECT_THAT(found->medical_shares[0].how,
              AllOf(HasSubstr("100000.00元"), HasSubstr("18000.00元"), HasSubstr("不分责任比例")));
  EXPECT_THAT(found->warnings,
              ::testing::Contains(AllOf(HasSubstr("推算"), HasSubstr("57400.00元"))));
}

// Read as 70 % of 100,000.00 by limits and shares; the ruling says otherwise.
TEST(MedicalShares, WhatTheRulingNamesAsMedicalExpenseIsTheAward) {
  const auto read = [](const char* ordered) {
    const Judgment judgment{
        "",
        "2022",
        "岑明远住院治疗，发生医疗费100000元，其中医保统筹基金支付40000元，个人支付60000元。",
        "鲁大川承担70%的赔偿责任。医保支付部分不予扣除。岑明远医疗费损失100000元。",
        absl::StrCat("鲁大川于本判决生效之日起十日内赔偿岑明远医疗费", ordered, "元。"),
        ""};
    return ReadPlainText(TextOf(judgment), ShareRules()).value();
  };
  const auto confidence = [](const JudgmentElements& elements) {
    const auto found =
        std::ranges::find(elements.evidence, "medical_expense_awarded", &Evidence::field);
    return found == elements.evidence.end() ? -1 : found->confidence_percent;
  };
  const JudgmentElements other = read("65000");
  ASSERT_TRUE(other.medical_expense_awarded.has_value());
  EXPECT_EQ(other.medical_expense_awarded->fen(), 6'500'000);
  EXPECT_LT(confidence(other), 60) << "a clerk looks at it";
  EXPECT_THAT(other.warnings, ::testing::Contains(HasSubstr("65000.00元")));
  const JudgmentElements same = read("70000");
  EXPECT_EQ(same.medical_expense_awarded->fen(), 7'000'000);
  EXPECT_GT(confidence(same), 90);
  EXPECT_THAT(same.warnings, ::testing::Not(::testing::Contains(HasSubstr("未单独载明"))));
}

// Nobody's total, nothing to share.
TEST(MedicalShares, WithoutAnAwardOfMedicalExpenseThereAreNone) {
  const auto found = ReadPlainText(
      "青川省云浦县人民法院\n民事判决书\n（2024）青0721民初80773号\n原告：岑明远，男。\n"
      "被告：鲁大川，男。\n原告岑明远与被告鲁大川民间借贷纠纷一案，本院立案受理。\n经审理查明，"
      "鲁大川借款50000元。\n本院认为，欠债应当归还。\n判决如下：\n一、鲁大川偿还岑明远50000元。\n",
      ShareRules());
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->obligations.size(), 1u);
  EXPECT_TRUE(found->medical_shares.empty());
}

TEST(MedicalShares, StayWithinTheObligationsInEveryInventedJudgment) {
  const std::filesystem::path folder =
      absl::StrCat(RECOUP_SOURCE_DIR, "/tests/court/data/judgments");
  int read = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".txt") continue;
    SCOPED_TRACE(file.path().filename().string());
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    const auto found = ReadPlainText(bytes, ShareRules());
    ASSERT_TRUE(found.ok());
    ExpectWithinBounds(*found);
    ++read;
  }
  EXPECT_GT(read, 100);
}

}  // namespace
}  // namespace recoup::court

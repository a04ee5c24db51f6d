#include "adapters/court/extract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <ostream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "adapters/court/source.h"

namespace recoup::court {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const RuleBook& Rules() {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  return *rules;
}

std::string Bytes(const std::string& name) {
  std::ifstream in(absl::StrCat(RECOUP_SOURCE_DIR, "/tests/court/data/", name), std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

JudgmentElements Read(const std::string& name) {
  return ReadPlainText(Bytes(name), Rules()).value();
}

std::string Yuan(const std::optional<domain::Money>& money) {
  return money.has_value() ? money->ToYuan() : "-";
}

struct Expected {
  const char* file;
  Basis basis;
  Grade grade;
  const char* total;
  const char* fund;
  const char* self;
  const char* awarded;
};

class Documents : public testing::TestWithParam<Expected> {};

TEST_P(Documents, BasisGradeAndMedicalExpense) {
  const JudgmentElements found = Read(GetParam().file);
  EXPECT_EQ(Name(found.basis), Name(GetParam().basis));
  EXPECT_EQ(Name(found.grade), Name(GetParam().grade));
  EXPECT_EQ(Yuan(found.medical_expense_total), GetParam().total);
  EXPECT_EQ(Yuan(found.fund_paid), GetParam().fund);
  EXPECT_EQ(Yuan(found.self_paid), GetParam().self);
  EXPECT_EQ(Yuan(found.medical_expense_awarded), GetParam().awarded);
}

INSTANTIATE_TEST_SUITE_P(
    All, Documents,
    testing::Values(
        // 10,000 of the compulsory limit are left; (25,000 − 10,000) × 70 %.
        Expected{"net_limit_partly_used.txt", Basis::kNet, Grade::kAdvanceOutstanding, "40000.00",
                 "15000.00", "25000.00", "20500.00"},
        Expected{"gross_two_defendants.txt", Basis::kGross, Grade::kAdvanceOutstanding, "20000.00",
                 "8000.00", "12000.00", "18000.00"},
        Expected{"fund_awarded.txt", Basis::kFundAwarded, Grade::kAdvanceOutstanding, "15000.00",
                 "9000.00", "6000.00", "7200.00"},
        Expected{"insured_but_not_used.txt", Basis::kNone, Grade::kNoAdvance, "5000.00", "0.00",
                 "5000.00", "3500.00"},
        // Neither non-insured drugs nor the road rescue fund are a payment of the fund.
        Expected{"non_insured_drugs_only.txt", Basis::kNone, Grade::kNoAdvance, "12000.00", "-",
                 "12000.00", "12000.00"},
        Expected{"mediation_repaid.txt", Basis::kGross, Grade::kAdvanceRepaid, "6000.00", "2000.00",
                 "4000.00", "6000.00"},
        Expected{"withdrawn.txt", Basis::kNone, Grade::kAdvanceOutstanding, "8000.00", "3000.00",
                 "5000.00", "-"},
        Expected{"contract_no_injury.txt", Basis::kNone, Grade::kNoAdvance, "-", "-", "-", "-"}),
    [](const auto& test) {
      const std::string file = test.param.file;
      return file.substr(0, file.find('.'));
    });

TEST(ExtractElements, ReadsTheCaption) {
  const JudgmentElements found = Read("net_limit_partly_used.txt");
  EXPECT_EQ(found.case_number, "（2022）青0102民初80011号");
  EXPECT_EQ(found.court, "青川省临溪市人民法院");
  EXPECT_EQ(found.document_type, DocumentType::kJudgment);
  EXPECT_EQ(found.instance, Instance::kFirst);
  EXPECT_EQ(found.cause, "机动车交通事故责任纠纷");
  EXPECT_EQ(found.closed_on, absl::CivilDay(2022, 5, 9));
  EXPECT_EQ(found.accident_on, absl::CivilDay(2021, 10, 5));
  EXPECT_EQ(found.third_party_kind, ThirdPartyKind::kTraffic);
  EXPECT_THAT(found.hospitals, ElementsAre("临溪市柳岸医院"));
  EXPECT_THAT(found.injured_persons, ElementsAre(InjuredPerson{"阮知夏", std::nullopt}));
}

TEST(ExtractElements, ReadsSharesObligationsAndPolicies) {
  const JudgmentElements found = Read("net_limit_partly_used.txt");
  const std::string insurer = "恒泰安和财产保险股份有限公司临溪支公司";
  EXPECT_THAT(found.liability, ElementsAre(LiabilityShare{"贺长松", Percent{7000}},
                                           LiabilityShare{"阮知夏", Percent{3000}}));
  EXPECT_THAT(found.obligations,
              ElementsAre(Obligation{insurer, PartyKind::kInsurer, "阮知夏",
                                     domain::Money::Fen(1'000'000), PolicyKind::kCompulsory},
                          Obligation{"贺长松", PartyKind::kPerson, "阮知夏",
                                     domain::Money::Fen(1'050'000), std::nullopt}));
  EXPECT_THAT(found.policies,
              ElementsAre(Policy{insurer, PolicyKind::kCompulsory, domain::Money::Fen(20'000'000),
                                 domain::Money::Fen(1'000'000)}));
}

TEST(ExtractElements, InstalmentsAreOneObligation) {
  const JudgmentElements found = Read("mediation_repaid.txt");
  EXPECT_EQ(found.document_type, DocumentType::kMediation);
  EXPECT_THAT(found.obligations,
              ElementsAre(Obligation{"全福", PartyKind::kPerson, "鄢小满",
                                     domain::Money::Fen(700'000), std::nullopt}));
}

TEST(ExtractElements, NothingJudgedIsNoShareAndNoObligation) {
  const JudgmentElements found = Read("withdrawn.txt");
  EXPECT_THAT(found.liability, IsEmpty());
  EXPECT_THAT(found.obligations, IsEmpty());
}

TEST(ExtractElements, EvidencePointsIntoTheOriginal) {
  const std::u32string original = DecodeText(Bytes("gross_two_defendants.txt")).value();
  const JudgmentElements found = ExtractElements(original, Rules());
  const auto fund = std::ranges::find(found.evidence, "fund_paid", &Evidence::field);
  ASSERT_NE(fund, found.evidence.end());
  EXPECT_EQ(EncodeUtf8(original.substr(fund->begin, fund->end - fund->begin)), "8000元");
  EXPECT_NE(fund->sentence.find("报销8000元"), std::string::npos);
  EXPECT_FALSE(fund->rule.empty());
  EXPECT_GT(fund->confidence_percent, 90);
}

// Each part of an obligation points to the words of the item that say it.
TEST(ExtractElements, ObligationsTellWhereEachPartStands) {
  const auto [text, found] = []() {
    const std::u32string document =
        U"青川省云浦县人民法院\n民事判决书\n（2023）青0721民初80771号\n"
        U"原告：岑明远，男。\n被告：鲁大川，男。\n"
        U"被告：安泰财产保险股份有限公司云浦支公司（简称安泰公司）。\n"
        U"原告岑明远与被告鲁大川机动车交通事故责任纠纷一案，本院依法进行了审理。\n"
        U"经审理查明，2022年12月1日，鲁大川驾驶车辆撞伤岑明远，医疗费30000元。\n"
        U"本院认为，鲁大川负全部责任。判决如下：\n"
        U"一、安泰公司在交强险限额内赔偿岑明远38000元；\n二、鲁大川赔偿5000元；\n";
    return std::pair(document, ExtractElements(document, Rules()));
  }();
  const auto words_of = [&](std::string_view field) -> std::u32string {
    const auto e = std::ranges::find(found.evidence, field, &Evidence::field);
    if (e == found.evidence.end()) return U"-";
    return text.substr(e->begin, e->end - e->begin);
  };
  EXPECT_EQ(words_of("obligations[0].debtor"), U"安泰公司");
  EXPECT_EQ(words_of("obligations[0].creditor"), U"岑明远");
  EXPECT_EQ(words_of("obligations[0].amount"), U"38000元");
  EXPECT_EQ(words_of("obligations[0].policy_kind"), U"交强险");
  EXPECT_EQ(words_of("obligations[1].debtor"), U"鲁大川");
  // The item names no creditor: what is assumed points to whom it is assumed of.
  EXPECT_NE(words_of("obligations[1].creditor"), U"-");
  EXPECT_EQ(words_of("obligations[1].policy_kind"), U"-");
}

TEST(ExtractElements, ReadsTheSameFromCrLfAndFullWidthDigits) {
  const JudgmentElements plain = Read("fund_awarded.txt");
  std::u32string text = DecodeText(Bytes("fund_awarded.txt")).value();
  std::u32string wide;
  for (const char32_t c : text) {
    if (c == U'\n') wide += U'\r';
    wide += c >= U'0' && c <= U'9' ? c + 0xFEE0 : c;
  }
  const JudgmentElements found = ExtractElements(wide, Rules());
  EXPECT_EQ(found.case_number, plain.case_number);
  EXPECT_EQ(found.obligations, plain.obligations);
  EXPECT_EQ(found.fund_paid, plain.fund_paid);
  EXPECT_EQ(found.accident_on, plain.accident_on);
}

TEST(ExtractElements, AnUnstatedCompulsoryLimitIsThatOfTheDayOfTheAccident) {
  struct Case {
    const char* limit;
    const char32_t* year;
    const char* awarded;
  };
  // The own part of 25,000; 70 % of what exceeds the limit.
  for (const Case& c : {Case{"18,000", U"2021年10月5日", "22900.00"},
                        Case{"10,000", U"2019年10月5日", "20500.00"}}) {
    std::u32string text = DecodeText(Bytes("net_limit_partly_used.txt")).value();
    const std::size_t day = text.find(U"2021年10月5日");
    text.replace(day, 10, c.year);
    const std::size_t begin = text.find(U"（死亡伤残");
    text.erase(begin, text.find(U"本院认为") - begin);
    const JudgmentElements found = ExtractElements(text, Rules());
    EXPECT_EQ(Yuan(found.medical_expense_awarded), c.awarded) << c.limit;
    ASSERT_EQ(found.policies.size(), 1u);
    EXPECT_EQ(found.policies[0].medical_remaining, std::nullopt);
  }
}

TEST(ExtractElements, WarnsOfWhatItCouldNotRead) {
  const auto found = ReadPlainText("这不是一份裁判文书。", Rules());
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->case_number, std::nullopt);
  EXPECT_THAT(found->obligations, IsEmpty());
  EXPECT_GE(found->warnings.size(), 5u);
}

TEST(ExtractElements, SurvivesEveryPrefixOfADocument) {
  const std::u32string text = DecodeText(Bytes("net_limit_partly_used.txt")).value();
  for (std::size_t length = 0; length < text.size(); length += 7) {
    const JudgmentElements found = ExtractElements(text.substr(0, length), Rules());
    for (const Evidence& e : found.evidence) EXPECT_LE(e.end, length);
  }
}

// An agreement of two persons about an injury without any vehicle.
JudgmentElements ReadAgreement(std::string_view item) {
  return ReadPlainText(
             absl::StrCat(
                 "青川省云浦县人民法院\n民事调解书\n（2023）青0721民初80772号\n"
                 "原告：岑明远，男，住云浦县石桥镇。\n被告：鲁大川，男，住云浦县石桥镇。\n"
                 "原告岑明远与被告鲁大川健康权纠纷一案，本院于2023年2月2日立案后，依法进行了审理。"
                 "\n"
                 "经审理查明，2022年12月1日，鲁大川将岑明远打伤。岑明远住院花费医疗费26000元，"
                 "其中城乡居民医保基金支付14000元，个人支付12000元。\n"
                 "经本院主持调解，双方当事人自愿达成如下协议：\n一、",
                 std::string(item),
                 "；\n二、双方无其他争议。\n上述协议不违反法律规定，本院予以确认。\n"
                 "审判员　温若水\n二〇二三年四月十日\n书记员　于佳\n"),
             Rules())
      .value();
}

// Instalments are parts of what was awarded before them.
TEST(Agreements, AreOwedInFullAndNameTheMedicalExpense) {
  struct Row {
    const char *item, *owed, *medical, *basis;
  };
  for (const Row& row : {
           Row{"被告鲁大川赔偿原告岑明远医疗费12000元、误工费9000元，合计21000元，分三期支付："
               "于2023年4月30日前支付7000元，于5月31日前支付7000元，于6月30日前支付7000元",
               "21000.00", "12000.00", "NET"},
           Row{"被告鲁大川赔偿原告岑明远医疗费12000元，分两期支付：于2023年4月30日前支付6000元，"
               "于2023年5月31日前支付6000元",
               "12000.00", "12000.00", "NET"},
           Row{"被告鲁大川赔偿原告岑明远医疗费12000元；\n二、医保基金支付的医疗费14000元由原告协助"
               "追偿",
               "12000.00", "12000.00", "NET"},
           Row{"被告鲁大川赔偿原告岑明远各项损失21000元，分两期支付：于2023年4月30日前支付11000元，"
               "于2023年5月31日前支付10000元",
               "21000.00", "-", "NONE"},
       }) {
    const JudgmentElements found = ReadAgreement(row.item);
    ASSERT_EQ(found.obligations.size(), 1u) << row.item;
    EXPECT_EQ(found.obligations.front().debtor, "鲁大川");
    EXPECT_EQ(found.obligations.front().amount.ToYuan(), row.owed);
    EXPECT_EQ(Yuan(found.medical_expense_awarded), row.medical) << row.item;
    EXPECT_EQ(Name(found.basis), row.basis) << row.item;
  }
}

// A limit of a compulsory policy is spoken of only where there is one.
TEST(Warnings, NameTheCompulsoryLimitOnlyOfVehicles) {
  const JudgmentElements found =
      ReadAgreement("被告鲁大川对原告岑明远的损失承担70%的责任，赔偿原告岑明远各项损失30000元");
  ASSERT_TRUE(found.medical_expense_awarded.has_value());
  EXPECT_THAT(found.warnings, testing::Contains(testing::HasSubstr("已按责任比例推算")));
  EXPECT_THAT(found.warnings, testing::Not(testing::Contains(testing::HasSubstr("限额"))));
}

}  // namespace
}  // namespace recoup::court

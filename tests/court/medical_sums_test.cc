// What the fund paid, told by sums and by tables: the words around it are none that a rule knows.
#include "adapters/court/medical_sums.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "adapters/court/extract.h"

namespace recoup::court {
namespace {

const RuleBook& Rules() {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  return *rules;
}

JudgmentElements Read(std::string_view facts, std::string_view reasons,
                      std::string_view defence = "不同意赔偿。") {
  const std::string text = absl::StrCat(
      "青川省云浦县人民法院\n民事判决书\n（2023）青0721民初80781号\n"
      "原告：岑明远，男，住云浦县石桥镇。\n被告：鲁大川，男，住云浦县石桥镇。\n"
      "原告岑明远与被告鲁大川健康权纠纷一案，本院依法适用简易程序审理。\n"
      "原告岑明远向本院提出诉讼请求：判令被告赔偿各项损失50000元。\n鲁大川辩称，",
      std::string(defence), "\n经审理查明，2022年12月1日19时许，被告殴打原告，致原告受伤。",
      std::string(facts), "\n本院认为，鲁大川应承担全部赔偿责任。", std::string(reasons),
      "\n依照《中华人民共和国民法典》第一千一百六十五条规定，判决如下：\n"
      "一、被告鲁大川于本判决生效后十日内赔偿原告岑明远各项损失33000元；\n"
      "二、驳回原告岑明远的其他诉讼请求。\n审判员　温若水\n二〇二三年四月十日\n书记员　于佳\n");
  return ReadPlainText(text, Rules()).value();
}

std::string Yuan(const std::optional<domain::Money>& money) {
  return money.has_value() ? money->ToYuan() : "-";
}

std::string Told(const JudgmentElements& found) {
  return absl::StrCat(Yuan(found.medical_expense_total), " ", Yuan(found.fund_paid), " ",
                      Yuan(found.self_paid));
}

TEST(MedicalSums, OfWhatTheCourtRejectsAndAwardsAreTheBill) {
  constexpr char kReasons[] =
      "医疗费。原告主张38764.25元。保险公司认为，票据载明“医保统筹基金支付”一栏分别为9981.3元、"
      "4207.46元，不是原告的损失。本院认定：居民医保统筹基金已支付的部分，原告未实际负担，对该部分"
      "14188.76元不予支持。原告的医疗费损失为24575.49元。";
  EXPECT_EQ(Told(Read("", kReasons)), "38764.25 14188.76 24575.49");
}

constexpr char kAllegation[] = "原告的医药费应该已经由医保报销了12000元。";

// What the court finds about who has paid a sum outweighs what a party says of it.
TEST(MedicalSums, AnAllegedPaymentThatTheCourtFindsAnotherMadeIsNone) {
  for (const std::string_view part :
       {"其中工伤保险基金支付12000元，自付18000元。", "其中工伤保险基金12000元，自付18000元。",
        "其中道路救助基金垫付12000元，个人支付18000元。", "其中沪惠保理赔12000元，自付18000元。",
        "其中惠民保赔付12000元，个人支付18000元。",
        "其中商业补充医疗保险报销12000元，自付18000元。",
        "其中原告所在单位为其投保的商业团体医疗险理赔12000元，个人支付18000元。",
        "其中12000元系鲁大川支付，个人支付18000元。",
        "其中被告鲁大川支付12000元，原告支付18000元。",
        "其中12000元由肇事方支付，原告支付18000元。",
        "其中道路救助基金垫付12000元，个人支付18000元。原告另因感冒就诊，医保统筹支付500元，"
        "与本案无关。"}) {
    const auto found =
        Read(absl::StrCat("原告花费医疗费30000元，", std::string(part)), "", kAllegation);
    EXPECT_FALSE(found.fund_paid.has_value() && found.fund_paid->is_positive()) << part;
    EXPECT_EQ(found.grade, Grade::kNoAdvance) << part;
    EXPECT_EQ(found.basis, Basis::kNone) << part;
  }
}

// Where the court tells the bill and the rest and only a party who paid the other part, that is
// read, doubted and told; where the court tells it too, it is neither.
TEST(MedicalSums, OfAPartyAloneAreDoubtedAndTold) {
  const auto confidence = [](const JudgmentElements& found) {
    return std::ranges::find(found.evidence, "fund_paid", &Evidence::field)->confidence_percent;
  };
  const auto alleged = Read("原告花费医疗费30000元，其中18000元为原告支付。", "", kAllegation);
  EXPECT_EQ(Told(alleged), "30000.00 12000.00 18000.00");
  EXPECT_LE(confidence(alleged), 80);
  EXPECT_THAT(alleged.warnings, testing::Contains(testing::HasSubstr("仅见于当事人陈述")));

  const auto found =
      Read("原告花费医疗费30000元，其中医保支付12000元，原告支付18000元。", "", kAllegation);
  EXPECT_EQ(Told(found), "30000.00 12000.00 18000.00");
  EXPECT_GT(confidence(found), 90);
  EXPECT_THAT(found.warnings, testing::Not(testing::Contains(testing::HasSubstr("当事人陈述"))));
}

TEST(MedicalSums, FindTheSecondFundByWhatIsLeft) {
  constexpr char kFacts[] =
      "医疗费总金额142880.52元，医保统筹基金支付51240.36元，其他支付（大病保险）18763."
      "1元，个人账户支付"
      "2000元，个人现金支付70877.06元。";
  constexpr char kReasons[] =
      "原告仅就其个人负担的医疗费72877.06元主张权利，予以支持。医保统筹基金和大病保险支付的70003."
      "46元，"
      "由医疗保障经办机构另案主张。";
  EXPECT_EQ(Told(Read(kFacts, kReasons)), "142880.52 70003.46 72877.06");
}

TEST(MedicalSums, OfTheReasonsOutweighBillsTheCourtLeavesOut) {
  constexpr char kFacts[] =
      "在县医院住院13天，产生住院费8126.33元（居民医保报销4875."
      "8元）。后在市医院住院两次，费用分别为"
      "98456.21元、22310.48元，居民医保统筹基金分别支付41027.6元、10039."
      "7元，第一次住院大病保险另支付"
      "9120.3元，余款由原告自付。";
  constexpr char kReasons[] =
      "县医院的费用与本案无关。市医院两次住院费120766."
      "69元系因损害产生，其中居民医保统筹基金和大病保险"
      "支付的60187.6元，原告未实际支出，认定医疗费损失为60579.09元。";
  EXPECT_EQ(Told(Read(kFacts, kReasons)), "120766.69 60187.60 60579.09");
}

TEST(MedicalSums, KnowAFurtherBillByTheAwardedSum) {
  constexpr char kFacts[] =
      "原告注射疫苗花费2935元（均自费）；另住院6天，费用21864.37元，其中统筹记账13210."
      "52元，自付8653.85元。";
  EXPECT_EQ(Told(Read(kFacts, "医保报销不能减轻被告的责任，医疗费为24799.37元。")),
            "24799.37 13210.52 11588.85");
  EXPECT_EQ(Told(Read(kFacts, "扣除医保支付部分，医疗费损失为11588.85元。")),
            "24799.37 13210.52 11588.85");
  // What is awarded for later treatment is no bill.
  EXPECT_EQ(
      Told(Read("住院医疗费21864.37元，其中统筹支付13210.52元，自付8653.85元。后续治疗费2935元。",
                "医疗费及后续治疗费24799.37元。")),
      "21864.37 13210.52 8653.85");
}

TEST(MedicalSums, LeaveAloneWhatIsNoFund) {
  for (const std::string_view facts :
       {"医疗费30000.55元，其中非医保用药12000.33元，其余18000.22元。",
        "医疗费30000.55元，工伤保险支付12000.33元，个人支付18000.22元。",
        "医疗费30000.55元，道路交通事故社会救助基金垫付12000.33元，原告支付18000.22元。",
        "医疗费30000.55元，其中个人账户支付12000.33元，现金支付18000.22元。"}) {
    EXPECT_EQ(Yuan(Read(facts, "医疗费按18000.22元认定。").fund_paid), "-") << facts;
  }
}

TEST(MedicalSums, AreBelievedLessThanWords) {
  const auto found =
      Read("",
           "医疗费。原告主张38764.25元。医保统筹基金已支付的14188.76元不予支持。原告的"
           "医疗费损失为24575.49元。");
  int highest = 0;
  for (const Evidence& evidence : found.evidence) {
    if (evidence.field == "fund_paid") highest = std::max(highest, evidence.confidence_percent);
  }
  EXPECT_GT(highest, 0);
  EXPECT_LT(highest, 95);
  EXPECT_EQ(Yuan(found.fund_paid), "14188.76");
}

TEST(MedicalTable, HasAColumnForEachWhoPaid) {
  for (const std::string_view table :
       {"医疗费情况如下：\n| 医疗机构 | 总额 | 基本医保统筹 | 大病保险 | 个人现金 |\n"
        "| 云浦县中医院 | 18230.55 | 8110.20 | 0.00 | 10120.35 |\n"
        "| 云浦市骨科医院 | 92615.40 | 38477.64 | 6290.11 | 47847.65 |\n"
        "| 合计 | 110845.95 | 46587.84 | 6290.11 | 57968.00 |\n",
        "医疗费如下表。\n│医院│金额（元）│报销│自付│\n│云浦县中医院│18230.55│8110.20│10120.35│\n"
        "│云浦市骨科医院│92615.40│44767.75│47847.65│\n",
        "票据明细：\n|住院费用|统筹基金支付|个人负担|\n|110,845.95元|52,877.95元|57,968元|\n"}) {
    EXPECT_EQ(Told(Read(table, "")), "110845.95 52877.95 57968.00") << table;
  }
}

// The columns of a table that was copied without its borders stand between spaces or tabs.
TEST(MedicalTable, MayHaveSpacesForBorders) {
  for (const std::string_view table :
       {"医疗费情况如下表：\n"
        "序号  项目      总额        城职统筹    大额救助   个人账户   个人现金\n"
        "1    住院费   92,615.40  38,477.64  6,290.11   0.00      47,847.65\n"
        "2    门诊费   18,230.55  8,110.20   0.00       933.12    9,187.23\n"
        "合计          110,845.95  46,587.84  6,290.11  933.12    57,034.88\n",
        "单据如下：\n医院\t费用总额\t医保报销\t自付\n"
        "云浦县中医院\t18230.55\t8110.20\t10120.35\n"
        "云浦市骨科医院\t92615.40\t44767.75\t47847.65\n",
        "具体为：\n类别    合计费用    居民医保支付    个人负担\n"
        "住院    110845.95    52877.95    57968.00\n",
        "如下：\n项目　　金额　　新农合补偿　　大病保险　　自负\n"
        "住院　　110845.95　　46587.84　　6290.11　　57968.00\n",
        "票据统计：\n就诊日期      费用      统筹支付    现金\n"
        "第一次住院    92615.40  44767.75  47847.65\n第二次住院    18230.55  8110.20  "
        "10120.35\n"}) {
    EXPECT_EQ(Told(Read(table, "")), "110845.95 52877.95 57968.00") << table;
  }
}

// A settlement note has a line for the total and one for each who paid.
TEST(MedicalTable, MayHaveALineForEachWhoPaid) {
  for (const std::string_view table :
       {"结算单记载：\n费用总额\t110845.95\n基本医疗统筹支付\t46587.84\n大病保险赔付\t6290.11\n"
        "个人现金\t57968.00\n",
        "结算单载明：\n项目 | 金额（元）\n医疗总费用 | 110845.95\n其中：居民医保统筹记账 | "
        "52877.95\n"
        "现金支付 | 57968.00\n",
        "结算明细\n│总费用│110,845.95元│\n│新农合补偿│52,877.95元│\n│自付金额│57,968元│\n",
        "第一次：\n总费用：92615.40\n统筹支付：44767.75\n个人支付：47847.65\n第二次：\n"
        "总费用：18230.55\n统筹支付：8110.20\n个人支付：10120.35\n"}) {
    EXPECT_EQ(Told(Read(table, "")), "110845.95 52877.95 57968.00") << table;
  }
}

TEST(MedicalTable, WhoseLinesDoNotAddUpIsNone) {
  EXPECT_EQ(
      Yuan(Read("结算单：\n总费用\t18230.55\n药品费\t8110.20\n医保目录\t甲类\n检查费\t10120.35\n",
                "")
               .fund_paid),
      "-");
  EXPECT_EQ(
      Yuan(
          Read("结算单：\n总费用\t18230.55\n统筹支付\t8110.20\n个人支付\t9000.00\n", "").self_paid),
      "-");
}

TEST(MedicalTable, BetweenSpacesWhoseRowsDoNotAddUpIsNone) {
  EXPECT_EQ(Yuan(Read("如下：\n医院    总额    统筹支付    自付\n县医院    18230.55    8110.20    "
                      "9000.35\n",
                      "")
                     .fund_paid),
            "-");
}

// The statement of mediation has no findings; its own figure shows which bill the parties meant.
TEST(MedicalSums, OfThePleadingExplainWhatAnAgreementAwards) {
  const auto read = [](std::string_view pleaded, std::string_view agreed) {
    const std::string text = absl::StrCat(
        "青川省云浦县人民法院\n民事调解书\n（2023）青0721民初80782号\n"
        "原告：岑明远，男，住云浦县石桥镇。\n被告：鲁大川，男，住云浦县石桥镇。\n"
        "案由：机动车交通事故责任纠纷。\n"
        "原告岑明远与被告鲁大川机动车交通事故责任纠纷一案，本院于2023年2月2日立案。\n"
        "岑明远诉称，2022年12月1日，鲁大川驾驶摩托车将原告撞倒。",
        std::string(pleaded), "\n鲁大川对事故无异议。\n经本院主持调解，双方自愿达成如下协议：\n",
        "一、鲁大川赔偿岑明远各项损失共计40000元（其中", std::string(agreed),
        "）；\n二、双方再无其他争议。\n上述协议，符合法律规定，本院予以确认。\n"
        "审判员　温若水\n二〇二三年四月十日\n");
    return Told(ReadPlainText(text, Rules()).value());
  };
  const std::string pleaded = "原告支出医疗费30000元，已由城乡居民医保报销12000元。";
  EXPECT_EQ(read(pleaded, "医疗费18000元，已扣除医保报销部分"), "30000.00 12000.00 18000.00");
  EXPECT_EQ(read(pleaded, "医疗费30000元"), "30000.00 12000.00 18000.00");
  EXPECT_EQ(read("原告共花费医疗费30000元，其中新农合补偿12000元。", "医疗费为18000元"),
            "30000.00 12000.00 18000.00");
  EXPECT_EQ(read("住院医疗费30000元，统筹支付12000元，原告自付18000元。", "医疗费18000元"),
            "30000.00 12000.00 18000.00");
  // "被被告家未拴绳的黄犬" is the plaintiff's story, not what the other side says.
  EXPECT_EQ(read("原告被被告家未拴绳的黄犬扑倒，支出医疗费30000元，其中新农合补偿12000元。",
                 "医疗费为18000元"),
            "30000.00 12000.00 18000.00");
  // Another sum than the bill and than what the fund left of it: the pleading explains nothing.
  EXPECT_EQ(read(pleaded, "医疗费15000元"), "15000.00 - 15000.00");
}

TEST(MedicalTable, WhoseRowsDoNotAddUpIsNone) {
  EXPECT_EQ(
      Yuan(Read("情况如下：\n|医院|总额|统筹支付|自付|\n|县医院|18230.55|8110.20|9000.35|\n", "")
               .fund_paid),
      "-");
}

}  // namespace
}  // namespace recoup::court

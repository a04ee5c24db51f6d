// Headings under which courts put findings, reasons and ruling, and the ways an event is told: each
// is put into the same judgment, which is read only if every part is found.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "adapters/court/extract.h"

namespace recoup::court {
namespace {

constexpr char kLayoutBegin[] =
    "青川省云浦县人民法院\n民事判决书\n（2024）青0721民初9033号\n"
    "原告：岑明远，男，1968年2月11日出生，汉族，住云浦县石桥镇。\n"
    "被告：鲁大川，男，1979年9月3日出生，汉族，住云浦县石桥镇。\n"
    "被告：云浦县迅达餐饮配送有限公司，住所地云浦县。\n法定代表人：渠海，总经理。\n"
    "案由：非机动车交通事故责任纠纷。\n"
    "原告岑明远的诉讼请求：请求判决被告赔偿医疗费30000元、护理费14400元。\n"
    "被告迅达公司答辩意见：岑明远突然变向，应自负部分责任。\n";
constexpr char kLayoutEvent[] =
    "2023年10月27日12时20分，鲁大川骑电动自行车送外卖将行走的岑明远撞倒，致其左股骨颈骨折。";
constexpr char kLayoutExpense[] =
    "岑明远住院18日，发生医疗费30000元，基本医保统筹支付12000元，个人负担18000元。\n";
// The company goes by a short name that the document never explains.
constexpr char kLayoutReasons[] =
    "责任。本院确定迅达公司（鲁大川的用人单位）承担80％，岑明远承担20％。医保支付的12000元岑明远并"
    "未"
    "支出，不能构成其损失；医疗费确认18000元。\n依照《中华人民共和国民法典》第一千一百六十五条";
constexpr char kLayoutEnd[] =
    "\n一、云浦县迅达餐饮配送有限公司于本判决生效之日起十日内赔偿岑明远29711.40元；\n"
    "二、驳回岑明远的其他诉讼请求。\n案件受理费1050元，由岑明远负担。\n"
    "审判员　温若水\n二〇二四年七月十九日\n书记员　于佳\n";

std::string Told(const std::string& facts, const std::string& reasons, const std::string& ruling,
                 const std::string& event = kLayoutEvent) {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  const auto found = ReadPlainText(absl::StrCat(kLayoutBegin, facts, event, kLayoutExpense, reasons,
                                                kLayoutReasons, ruling, kLayoutEnd),
                                   *rules);
  if (!found.ok()) return found.status().ToString();
  std::string told =
      absl::StrCat(std::string(Name(found->basis)), " ", std::string(Name(found->grade)));
  for (const auto& money :
       {found->medical_expense_total, found->fund_paid, found->medical_expense_awarded}) {
    absl::StrAppend(&told, " ", money.has_value() ? absl::StrCat(money->fen() / 100) : "-");
  }
  for (const auto& day : {found->accident_on, found->closed_on}) {
    absl::StrAppend(&told, " ", day.has_value() ? absl::FormatCivilTime(*day) : "-");
  }
  for (const LiabilityShare& share : found->liability) {
    absl::StrAppend(&told, " ", share.party, share.share_percent.hundredths / 100);
  }
  return told;
}

constexpr char kExpected[] =
    "NET ADVANCE_OUTSTANDING 30000 12000 14400 2023-10-27 2024-07-19 "
    "云浦县迅达餐饮配送有限公司80 岑明远20";

// As websites publish documents: a title that holds the whole case, and when it was put there.
TEST(Layouts, ATitleOfAWebsite) {
  const RuleBook rules = RuleBook::BuiltIn().value();
  const std::string judgment =
      absl::StrCat(kLayoutBegin, "经审理查明：", kLayoutEvent, kLayoutExpense, "本院认为：",
                   kLayoutReasons, "，判决如下：", kLayoutEnd);
  const auto bare = ReadPlainText(judgment, rules);
  ASSERT_TRUE(bare.ok()) << bare.status();
  for (const char* title :
       {"岑明远诉鲁大川、云浦县迅达餐饮配送有限公司非机动车交通事故责任纠纷一案民事判决书\n",
        "岑明远与鲁大川等非机动车交通事故责任纠纷一案一审民事判决书\n提交日期：2024-08-01\n",
        "岑明远与鲁大川非机动车交通事故责任纠纷一案民事判决书\n发布日期：2024-08-"
        "01　浏览次数：12\n"}) {
    const auto titled = ReadPlainText(absl::StrCat(title, judgment), rules);
    ASSERT_TRUE(titled.ok()) << titled.status();
    EXPECT_EQ(titled->case_number, bare->case_number) << title;
    EXPECT_EQ(titled->court, bare->court) << title;
    EXPECT_EQ(titled->basis, bare->basis) << title;
    EXPECT_EQ(titled->obligations, bare->obligations) << title;
    EXPECT_EQ(titled->liability, bare->liability) << title;
  }
}

TEST(Layouts, HeadingsOfTheFindings) {
  for (const char* heading :
       {"本院审理后确认事实：", "本院审理查明的事实：", "查明事实：\n", "【审理查明】\n",
        "事实认定：\n", "一、查明的事实\n", "本院确认以下事实：", "（一）事实查明\n",
        "本案经要素式审理，查明并认定如下："}) {
    EXPECT_EQ(Told(heading, "本院认为：", "，判决如下："), kExpected) << heading;
  }
}

TEST(Layouts, HeadingsOfTheReasons) {
  for (const char* heading : {"裁判理由：\n第一，", "【裁判理由】\n", "裁判说理：\n", "判决理由\n",
                              "二、裁判理由\n", "本院评议如下：", "（二）裁判理由\n"}) {
    EXPECT_EQ(Told("经审理查明：", heading, "，判决如下："), kExpected) << heading;
  }
}

TEST(Layouts, HeadingsOfTheRuling) {
  for (const char* heading : {"。\n裁判主文：", "的规定，判决如下；", "的规定，判决如下。",
                              "。\n【裁判结果】", "。\n判决主文", "。\n三、裁判主文",
                              "的规定，判决：", "。\n（三）判决主文", "的规定，作出如下判决："}) {
    EXPECT_EQ(Told("经审理查明：", "裁判理由：\n第一，", heading), kExpected) << heading;
  }
}

TEST(Layouts, DateAndHarmInTwoSentences) {
  for (const char* event :
       {"2023年10月27日晚，岑明远与鲁大川在同一路段行走、骑行。20时许，岑明远被鲁大川的电动车撞倒"
        "。",
        "2023年10月27日是赶集日。中午，鲁大川骑电动自行车经过集市，致岑明远左股骨颈骨折。",
        "2023年10月下旬，鲁大川开始送餐，同月27日在送餐途中将岑明远撞伤。"}) {
    EXPECT_EQ(Told("经审理查明：", "本院认为：", "，判决如下：", event), kExpected) << event;
  }
}

}  // namespace
}  // namespace recoup::court

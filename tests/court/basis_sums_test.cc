// What a court adds up tells what it counts as the loss, whatever words it has for it.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "adapters/court/extract.h"

namespace recoup::court {
namespace {

// A bill of 36290.18, of which the fund paid 20547.68 and the injured person 15742.50; nothing is
// said of whether the fund's part counts but what `reasons` says.
JudgmentElements Read(const std::string& reasons, const std::string& fund = "20547.68",
                      const std::string& own = "15742.50") {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  return ReadPlainText(
             absl::StrCat(
                 "青川省云浦县人民法院\n民事判决书\n（2023）青0721民初80779号\n"
                 "原告：岑明远，男，1968年2月11日出生，汉族。\n"
                 "被告：鲁大川，男，1979年9月3日出生，汉族。\n"
                 "原告岑明远与被告鲁大川饲养动物损害责任纠纷一案，本院立案后审理。\n"
                 "经审理查明，2022年12月1日被告的犬将原告扑倒致伤。原告支出医疗费36290."
                 "18元，其中医保"
                 "统筹支付",
                 fund, "元，个人支付", own, "元。\n本院认为，被告应承担全部赔偿责任。", reasons,
                 "判决如下：\n一、被告鲁大川于本判决生效后十日内赔偿原告岑明远各项损失40000元。\n"
                 "审判员　温若水\n二〇二三年四月十日\n"),
             *rules)
      .value();
}

TEST(BasisBySums, IsReadFromTheTotal) {
  const std::pair<const char*, Basis> table[] = {
      {"护理费9000元，营养费3000元，交通费300元。以上费用总计48590.18元。", Basis::kGross},
      {"护理费9000元，营养费3000元，交通费300元。以上费用总计28042.50元。", Basis::kNet},
      {"住院伙食补助费900元，护理费9000元，两项及前述费用合为46190.18元，扣除已付的1500元。",
       Basis::kGross},
      {"另计误工费6000元、交通费500元，全案损失为22242.50元，由被告赔付。", Basis::kNet},
      {"精神损害抚慰金2000元酌情支持，各项相加为38290.18元。", Basis::kGross},
  };
  for (const auto& [reasons, basis] : table) {
    EXPECT_EQ(Name(Read(reasons).basis), Name(basis)) << reasons;
  }
}

TEST(BasisBySums, IsLeftOpenWhereSumsProveNothing) {
  // No total; a total of something else; totals of both; what a party adds up.
  for (const std::string reasons : {"护理费9000元，营养费3000元，交通费300元。",
                                    "护理费9000元，营养费3000元，交通费300元，三项共12300元。",
                                    "护理费9000元。原先主张的总计45290.18元，现总计24742.50元。",
                                    "原告主张护理费9000元，总计45290.18元，缺乏依据，不予支持。"}) {
    EXPECT_EQ(Name(Read(reasons).basis), Name(Basis::kNone)) << reasons;
  }
  // Of whole yuan sums fit by accident.
  EXPECT_EQ(Name(Read("护理费9000元，总计45290.18元。", "20000", "16290.18").basis),
            Name(Basis::kNone));
}

TEST(BasisBySums, IsThatOfTheListWhereTheAppealIsDismissed) {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  const auto read = [](const std::string& listed, const std::string& held) {
    return ReadPlainText(
               absl::StrCat("青川省云浦市中级人民法院\n民事判决书\n（2023）青07民终80780号\n"
                            "上诉人（原审被告）：鲁大川，男。\n被上诉人（原审原告）：岑明远，男。\n"
                            "上诉人鲁大川因与被上诉人岑明远健康权纠纷一案，不服云浦县人民法院（2022"
                            "）青0721民初"
                            "80700号民事判决，向本院提起上诉。\n鲁大川上诉请求：改判。\n"
                            "一审查明：2022年12月1日，鲁大川将岑明远打伤。岑明远支出医疗费30000元，"
                            "其中医保报销"
                            "12000元，个人支付18000元。\n一审认为：岑明远的损失为：医疗费",
                            listed,
                            "元、护理费5000元。一审判决：一、鲁大川赔偿岑明远23000元。\n"
                            "本院对一审查明的事实予以确认。\n本院认为，",
                            held,
                            "一审认定并无不当。判决如下：\n驳回上诉，维持原判。\n审判员　温若水\n"
                            "二〇二三年四月十日\n"),
               *rules)
        .value();
  };
  // What this court says on the way may sound like the other.
  EXPECT_EQ(Name(read("30000", "重复受偿的说法，本院不予采纳。").basis), "GROSS");
  EXPECT_EQ(Name(read("18000", "医保基金的追偿权利不受影响。").basis), "NET");
}

}  // namespace
}  // namespace recoup::court

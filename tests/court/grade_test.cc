// Whether the fund has its money back, read by who did what: a withdrawn suit of the fund, and sums
// that somebody handed to somebody.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "adapters/court/extract.h"

namespace recoup::court {
namespace {

// The fund sues and withdraws; `told` is what the order tells of the time between.
std::string GradeOfWithdrawal(const std::string& told) {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  const auto found = ReadPlainText(
      absl::StrCat(
          "青川省云浦县人民法院\n民事裁定书\n（2023）青0721民初80781号\n"
          "原告：云浦县医疗保障局，住所地云浦县石桥镇。\n"
          "被告：鲁大川，男，1979年9月3日出生，汉族。\n"
          "原告云浦县医疗保障局与被告鲁大川追偿权纠纷一案，本院于2023年2月2日立案。\n"
          "原告诉称：2022年12月1日，鲁大川打伤岑明远，岑明远支出医疗费30000元，医保基金支付12000元"
          "，"
          "个人支付18000元。请求判令鲁大川偿还12000元。\n",
          told,
          "\n本院认为，原告申请撤诉，依法应予准许。裁定如下：\n准许原告云浦县医疗保障局撤回起诉。\n"
          "审判员　温若水\n二〇二三年四月十日\n"),
      *rules);
  return found.ok() ? std::string(Name(found->grade)) : found.status().ToString();
}

TEST(GradeByRoles, AWithdrawnSuitOfTheFund) {
  for (const std::string told :
       {"2023年4月1日，原告以被告已经主动偿还全部款项为由，向本院提出撤诉申请。",
        "审理中，承办人向被告释明了法律。被告于2023年3月12日把12000元存入原告指定的基金专户。"
        "原告随即申请撤诉。",
        "诉讼过程中，被告通过银行将12000元一次性汇入原告账户，原告于次日出具收据并申请撤诉。",
        "因被告已全额履行，诉讼目的实现，原告申请撤回起诉。"}) {
    EXPECT_EQ(GradeOfWithdrawal(told), "ADVANCE_REPAID") << told;
  }
  for (const std::string told :
       {"2023年4月1日，原告以双方正在协商还款为由，向本院提出撤诉申请。",
        "审理中，被告承诺于2023年5月12日将12000元存入原告指定的基金专户。原告申请撤诉。",
        "诉讼过程中，被告于2023年3月12日将5000元汇入原告账户。原告申请撤诉。",
        "诉讼过程中，被告于2023年3月12日将12000元交给岑明远。原告申请撤诉。",
        "2023年4月1日，原告以需补充证据为由申请撤回起诉。"}) {
    EXPECT_EQ(GradeOfWithdrawal(told), "ADVANCE_OUTSTANDING") << told;
  }
}

// An ordinary judgment, with what its facts tell of the bill.
JudgmentElements OfFacts(const std::string& told) {
  static const RuleBook* const rules = new RuleBook(RuleBook::BuiltIn().value());
  return ReadPlainText(
             absl::StrCat(
                 "青川省云浦县人民法院\n民事判决书\n（2023）青0721民初80782号\n"
                 "原告：岑明远，男，1979年9月3日出生，汉族。\n"
                 "被告：鲁大川，男，1980年2月5日出生，汉族。\n"
                 "原告岑明远与被告鲁大川生命权、身体权、健康权纠纷一案，本院于2023年2月2日立案。\n"
                 "经审理查明：2022年12月1日，鲁大川打伤岑明远。",
                 told,
                 "\n本院认为，鲁大川应承担全部责任。判决如下：\n一、鲁大川赔偿岑明远20000元；\n"
                 "二、驳回岑明远的其他诉讼请求。\n审判员　温若水\n二〇二三年四月十日\n"),
             *rules)
      .value();
}

// A fund that paid a sum the court does not tell has paid all the same: a clerk sees the case, and
// the fund's own settlements have the sum.
TEST(GradeOfAnUntoldSum, IsAnAdvance) {
  for (const std::string told :
       {"原告个人支付住院期间的医疗费用为7500元，其余医疗费用由云浦县医疗保险基金支付。",
        "原告住院治疗，经新农合报销后共支出医药费3246.87元。",
        "原告支付门诊费520元，剩余部分由城乡居民医保结算。"}) {
    const JudgmentElements found = OfFacts(told);
    EXPECT_EQ(found.grade, Grade::kAdvanceOutstanding) << told;
    EXPECT_EQ(found.fund_paid, std::nullopt) << told;
    EXPECT_THAT(found.warnings, testing::Contains(testing::HasSubstr("未载明金额"))) << told;
  }
  for (const std::string told :
       {"原告支付医疗费7500元。", "原告支付医疗费7500元，其余损失由鲁大川另行赔偿。",
        "原告支付医疗费7500元，其余医疗费由安泰财产保险股份有限公司支付。",
        "原告支付医疗费7500元，如经医保报销后仍有余额，另行主张。",
        "原告支付医疗费7500元，未经医保报销。"}) {
    EXPECT_EQ(OfFacts(told).grade, Grade::kNoAdvance) << told;
  }
}

}  // namespace
}  // namespace recoup::court

// GROSS, not yet paid: who keeps back how much of what a judgment orders to pay for treatment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/base/error.h"
#include "hub/domain/apportionment.h"

namespace recoup::domain {
namespace {

using ::testing::ElementsAreArray;

Money YuanOf(const char* text) { return *Money::FromYuan(text); }

// A 60,000, C 40,000, B 75,400 at 70 % with 18,000 of compulsory cover: D = 30,160.
ApportionmentInput JudgedInputOf(const std::vector<std::pair<const char*, const char*>>& ordered) {
  ApportionmentInput input;
  input.pool = "310115-310";
  input.accident_date = absl::CivilDay(2025, 3, 1);
  input.basis = Basis::kGross;
  input.advances = {
      {.id = "a1", .own_paid = YuanOf("60000"), .fund_paid = YuanOf("40000"), .bill_total = {}}};
  input.judged_medical = YuanOf("75400");
  input.injured_person = "patient";
  for (const auto& [name, amount] : ordered) {
    input.obligations.push_back({.name = name,
                                 .kind = DebtorKind::kInsurer,
                                 .amount = YuanOf(amount),
                                 .policy = std::nullopt});
  }
  return input;
}

TEST(WithheldPartsTest, NobodyKeepsBackMoreThanItStillHasToPayForTreatment) {
  struct Row {
    const char* what;
    std::vector<std::pair<const char*, const char*>> ordered;
    std::vector<std::string> owed;
  };
  const Row rows[] = {
      {"nothing was paid before",
       {{"ctp", "18000"}, {"driver", "57400"}},
       {"ctp 7200.00", "driver 22960.00"}},
      {"35,400 were: what remains bears all of D",
       {{"ctp", "18000"}, {"driver", "22000"}},
       {"ctp 13572.00", "driver 16588.00"}},
      {"what remains is D to the fen",
       {{"ctp", "18000"}, {"driver", "12160"}},
       {"ctp 18000.00", "driver 12160.00"}},
      {"one fen less remains: the injured person has it",
       {{"ctp", "18000"}, {"driver", "12159.99"}},
       {"ctp 18000.00", "driver 12159.99", "patient 0.01"}},
      {"most was paid before",
       {{"ctp", "0"}, {"driver", "7400"}},
       {"driver 7400.00", "patient 22760.00"}},
      {"all was paid before", {{"ctp", "0"}, {"driver", "0"}}, {"patient 30160.00"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto result = Apportion(JudgedInputOf(row.ordered), NationalPolicyData());
    ASSERT_TRUE(result.ok()) << result.status();
    std::vector<std::string> owed;
    for (const DebtorAmount& debtor : result->debtors) {
      owed.push_back(debtor.name + " " + debtor.amount.ToYuan());
    }
    EXPECT_THAT(owed, ElementsAreArray(row.owed));
    EXPECT_EQ(result->total, YuanOf("30160"));
  }
}

TEST(WithheldPartsTest, TheRefundOfWhatWasSetOffIsExplained) {
  const auto result =
      Apportion(JudgedInputOf({{"ctp", "18000"}, {"driver", "2160"}}), NationalPolicyData());
  ASSERT_TRUE(result.ok()) << result.status();
  const auto& steps = result->explanation.steps;
  const auto step = std::find_if(steps.begin(), steps.end(), [](const ExplanationStep& one) {
    return one.rule_id == "gross.set_off_refunded";
  });
  ASSERT_NE(step, steps.end());
  EXPECT_EQ(step->result, YuanOf("10000"));
  EXPECT_EQ(step->source, "社会保险基金先行支付暂行办法第十一条");
  EXPECT_EQ(result->debtors.back().kind, DebtorKind::kInjuredPerson);
}

TEST(WithheldPartsTest, RefusesMoreThanWasJudgedAndARefundOfNobody) {
  ApportionmentInput more = JudgedInputOf({{"ctp", "18000"}, {"driver", "57400.01"}});
  EXPECT_EQ(ReasonOf(Apportion(more, NationalPolicyData()).status()), Reason::kInvalidArgument);
  ApportionmentInput nobody = JudgedInputOf({{"ctp", "18000"}});
  nobody.injured_person.clear();
  EXPECT_EQ(ReasonOf(Apportion(nobody, NationalPolicyData()).status()), Reason::kInvalidArgument);
}

}  // namespace
}  // namespace recoup::domain

// One section per rung: what it takes, where it stops, what it refuses.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/reconcile/world.h"

namespace recoup::reconcile {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kCase = "(2026)浙0106民初7号";

OpenDemand WithCase(OpenDemand demand, std::string number = kCase) {
  demand.case_numbers = {std::move(number)};
  return demand;
}

OpenDemand OfDebtor(OpenDemand demand, std::string name) {
  demand.debtor_key = name;
  demand.debtor_names = {std::move(name)};
  return demand;
}

TEST(Rung1Test, StructuredReferenceWinsOverPayerAndAmount) {
  BankEntry entry = Credit("e1", 1000);
  entry.creditor_reference = "rf18 5390 0754 7034";
  const Result result =
      Decide(World({entry}, {Demand("d1", 3000, kReferenceA), Demand("d2", 1000, kReferenceB)}));
  EXPECT_THAT(Applied(result), ElementsAre("e1>d1 1000 STRUCTURED_REFERENCE"));
  EXPECT_THAT(Breaks(result), IsEmpty());  // A part before the due date is normal.
}

TEST(Rung1Test, UnknownStructuredReferenceBarsGuessingByAmount) {
  BankEntry entry = Credit("e1", 1000);
  entry.creditor_reference = kReferenceB;
  const Result result = Decide(World({entry}, {Demand("d1", 1000, kReferenceA)}));
  EXPECT_THAT(Applied(result), IsEmpty());
  EXPECT_THAT(Breaks(result), ElementsAre("AMBIGUOUS_PAYMENT e1 1000"));
  EXPECT_THAT(result.breaks[0].candidates, ElementsAre("d1"));
}

TEST(Rung2Test, ReadsReferenceCaseNumberAndRecoveryNumber) {
  OpenDemand demand = WithCase(Demand("d1", 1000, kReferenceA), "（2026）浙0106民初第7号");
  demand.recovery_numbers = {"ZC-2026-0007"};
  for (const char* text :
       {"RF18 5390 0754 7034", "赔款〔2026〕浙0106民初7号", "款项 zc-2026-0007。"}) {
    BankEntry entry = Credit("e1", 400, text);
    entry.counterparty_name = "他人代付";
    EXPECT_THAT(Applied(Decide(World({entry}, {demand}))),
                ElementsAre("e1>d1 400 REFERENCE_IN_TEXT"))
        << text;
  }
}

TEST(Rung2Test, ReadsTheEndToEndId) {
  BankEntry entry = Credit("e1", 400);
  entry.end_to_end_id = kReferenceA;
  EXPECT_THAT(Applied(Decide(World({entry}, {Demand("d1", 1000, kReferenceA)}))),
              ElementsAre("e1>d1 400 REFERENCE_IN_TEXT"));
}

TEST(Rung2Test, OneCaseWithTwoDebtorsIsSingledOutByPayerThenByAmount) {
  const std::vector<OpenDemand> demands = {WithCase(OfDebtor(Demand("d1", 680), "安行财产保险")),
                                           WithCase(OfDebtor(Demand("d2", 3800), "远山客运公司"))};
  BankEntry entry = Credit("e1", 500, kCase);
  EXPECT_THAT(Applied(Decide(World({entry}, demands))), ElementsAre("e1>d1 500 REFERENCE_IN_TEXT"));
  entry.counterparty_name = "李四代付";
  EXPECT_THAT(Breaks(Decide(World({entry}, demands))), ElementsAre("AMBIGUOUS_PAYMENT e1 500"));
  entry.amount = Money::Fen(3800);
  EXPECT_THAT(Applied(Decide(World({entry}, demands))),
              ElementsAre("e1>d2 3800 REFERENCE_IN_TEXT"));
}

TEST(Rung3Test, AdviceSplitsOneSumOverItsLines) {
  BankEntry entry = Credit("e1", 1000);
  entry.end_to_end_id = "E2E-1";
  Facts facts = World({entry}, {Demand("d1", 700), WithCase(Demand("d2", 900))});
  facts.advices = {MakeAdvice("a1", {{"d1", "", Money::Fen(700)}, {"", kCase, Money::Fen(300)}})};
  facts.advices[0].end_to_end_id = "E2E-1";
  EXPECT_THAT(Applied(Decide(facts)), ElementsAre("e1>d1 700 ADVICE", "e1>d2 300 ADVICE"));
  // Without ids on both sides, the payer and the exact total bind them.
  facts.entries[0].end_to_end_id = "NOTPROVIDED";
  EXPECT_THAT(Applied(Decide(facts)), ElementsAre("e1>d1 700 ADVICE", "e1>d2 300 ADVICE"));
  // A fen less is another payment.
  facts.entries[0].amount = Money::Fen(999);
  EXPECT_THAT(Applied(Decide(facts)), IsEmpty());
}

TEST(Rung3Test, AdviceLimitsWhatANamedReferenceTakes) {
  BankEntry entry = Credit("e1", 1000, kReferenceA);
  Facts facts = World({entry}, {Demand("d1", 1000, kReferenceA), Demand("d2", 900)});
  facts.advices = {MakeAdvice("a1", {{"d1", "", Money::Fen(600)}, {"d2", "", Money::Fen(400)}})};
  EXPECT_THAT(Applied(Decide(facts)),
              ElementsAre("e1>d1 600 REFERENCE_IN_TEXT", "e1>d2 400 ADVICE"));
  // The advice does not know the named demand: two statements against each other.
  facts.advices = {MakeAdvice("a1", {{"d2", "", Money::Fen(1000)}})};
  const Result contradicted = Decide(facts);
  EXPECT_THAT(Applied(contradicted), IsEmpty());
  EXPECT_THAT(Breaks(contradicted), ElementsAre("AMBIGUOUS_PAYMENT e1 1000"));
}

TEST(Rung3Test, FaultyAdvicesAreNotFollowed) {
  BankEntry entry = Credit("e1", 1000);
  entry.end_to_end_id = "E2E-1";
  Facts facts = World({entry}, {Demand("d1", 700)});
  facts.advices = {MakeAdvice("a1", {{"d1", "", Money::Fen(700)}})};
  facts.advices[0].end_to_end_id = "E2E-1";
  facts.advices[0].total = Money::Fen(1000);  // Lines are 700.
  EXPECT_THAT(Breaks(Decide(facts)), ElementsAre("AMBIGUOUS_PAYMENT e1 1000"));
  facts.advices[0].total = Money::Fen(700);  // The payment is 1000.
  EXPECT_THAT(Breaks(Decide(facts)), ElementsAre("AMBIGUOUS_PAYMENT e1 1000"));
}

TEST(Rung3Test, SurplusAndUnknownLinesAreExplainedLineByLine) {
  BankEntry entry = Credit("e1", 1500);
  Facts facts = World({entry}, {Demand("d1", 700), Paid(Demand("d2", 300))});
  facts.advices = {MakeAdvice("a1", {{"d1", "", Money::Fen(900)},
                                     {"d2", "", Money::Fen(300)},
                                     {"", "没有这个编号", Money::Fen(300)}})};
  const Result result = Decide(facts);
  EXPECT_THAT(Applied(result), ElementsAre("e1>d1 700 ADVICE"));
  EXPECT_THAT(Breaks(result), ElementsAre("OVERPAID e1 d1 a1 200", "DUPLICATE_PAYMENT e1 d2 a1 300",
                                          "UNKNOWN_PAYMENT e1 a1 300"));
}

TEST(Rung4Test, SeveralReferencesMustFitExactlyOrCoverEverything) {
  const std::string text = std::string(kReferenceA) + "、" + kReferenceB;
  const std::vector<OpenDemand> demands = {Demand("d1", 700, kReferenceA),
                                           Demand("d2", 300, kReferenceB)};
  EXPECT_THAT(Applied(Decide(World({Credit("e1", 1000, text)}, demands))),
              ElementsAre("e1>d1 700 SEVERAL_REFERENCES", "e1>d2 300 SEVERAL_REFERENCES"));
  EXPECT_THAT(Breaks(Decide(World({Credit("e1", 1001, text)}, demands))),
              ElementsAre("OVERPAID e1 1"));
  const Result less = Decide(World({Credit("e1", 999, text)}, demands));
  EXPECT_THAT(Applied(less), IsEmpty());
  EXPECT_THAT(Breaks(less), ElementsAre("AMBIGUOUS_PAYMENT e1 999"));
}

TEST(Rung4Test, InstalmentsThatAreDueMaySumInstead) {
  OpenDemand first = Demand("d1", 700, kReferenceA);
  first.instalments = {{absl::CivilDay(2026, 3, 31), Money::Fen(100), Money::Fen(100)},
                       {absl::CivilDay(2026, 4, 30), Money::Fen(600), Money::Fen(600)}};
  const std::string text = std::string(kReferenceA) + " " + kReferenceB;
  EXPECT_THAT(
      Applied(Decide(World({Credit("e1", 400, text)}, {first, Demand("d2", 300, kReferenceB)}))),
      ElementsAre("e1>d1 100 SEVERAL_REFERENCES", "e1>d2 300 SEVERAL_REFERENCES"));
}

TEST(Rung5Test, PayerAndExactAmountMustBeUnique) {
  const auto applied = [](std::vector<OpenDemand> demands) {
    return Applied(Decide(World({Credit("e1", 1000)}, std::move(demands))));
  };
  EXPECT_THAT(applied({Demand("d1", 1000), Demand("d2", 2000)}),
              ElementsAre("e1>d1 1000 PAYER_AND_AMOUNT"));
  EXPECT_THAT(applied({Demand("d1", 1000), Demand("d2", 1000)}), IsEmpty());
  EXPECT_THAT(applied({Demand("d1", 1001)}), IsEmpty());
  EXPECT_THAT(applied({OfDebtor(Demand("d1", 1000), "远山客运公司")}), IsEmpty());
}

TEST(Rung5Test, AnExactInstalmentCounts) {
  OpenDemand demand = Demand("d1", 3000);
  demand.instalments = {{absl::CivilDay(2026, 3, 31), Money::Fen(1000), Money::Fen(1000)},
                        {absl::CivilDay(2026, 4, 30), Money::Fen(2000), Money::Fen(2000)}};
  EXPECT_THAT(Applied(Decide(World({Credit("e1", 1000)}, {demand}))),
              ElementsAre("e1>d1 1000 PAYER_AND_AMOUNT"));
  // A second demand that is open with the same amount makes two readings.
  EXPECT_THAT(Applied(Decide(World({Credit("e1", 1000)}, {demand, Demand("d2", 1000)}))),
              IsEmpty());
}

TEST(Rung5Test, TwoDebtorsOfOneNameAreAmbiguous) {
  OpenDemand other = Demand("d2", 2000);
  other.debtor_key = "insurer-2";
  const Result result = Decide(World({Credit("e1", 1000)}, {Demand("d1", 1000), other}));
  EXPECT_THAT(Applied(result), IsEmpty());
  EXPECT_THAT(Breaks(result), ElementsAre("AMBIGUOUS_PAYMENT e1 1000"));
}

TEST(Rung6Test, OnlyAUniqueSumIsCertain) {
  const auto applied = [](std::vector<OpenDemand> demands) {
    return Applied(Decide(World({Credit("e1", 1000)}, std::move(demands))));
  };
  EXPECT_THAT(applied({Demand("d1", 700), Demand("d2", 300), Demand("d3", 450)}),
              ElementsAre("e1>d1 700 PAYER_AND_SUM", "e1>d2 300 PAYER_AND_SUM"));
  EXPECT_THAT(applied({Demand("d1", 700), Demand("d2", 300), Demand("d3", 300)}), IsEmpty());
  EXPECT_THAT(applied({Demand("d1", 700), Demand("d2", 299)}), IsEmpty());
}

TEST(Rung6Test, ReportsWhenTheSearchWouldBeTooLarge) {
  std::vector<OpenDemand> demands;
  for (int i = 0; i < 21; ++i) demands.push_back(Demand(absl::StrCat("d", i), 1 << i));
  const Result result = Decide(World({Credit("e1", 3)}, demands));
  EXPECT_THAT(Applied(result), IsEmpty());
  ASSERT_EQ(result.breaks.size(), 1u);
  EXPECT_THAT(result.breaks[0].explanation, testing::HasSubstr("超过20笔"));
  demands.pop_back();
  EXPECT_EQ(Applied(Decide(World({Credit("e1", 3)}, demands))).size(), 2u);
}

TEST(LadderTest, AStrongerRungOfAnotherEntryComesFirst) {
  // The earlier payment fits d1 by amount, but the later one names it.
  BankEntry named = Credit("e2", 1000, kReferenceA);
  named.booked_on = absl::CivilDay(2026, 3, 11);
  const Result result =
      Decide(World({Credit("e1", 1000), named}, {Demand("d1", 1000, kReferenceA)}));
  EXPECT_THAT(Applied(result), ElementsAre("e2>d1 1000 REFERENCE_IN_TEXT"));
}

TEST(LadderTest, FaultyFactsAreRefusedWithAllFaults) {
  BankEntry zero = Credit("e1", 0);
  Facts facts = World({zero, Credit("e1", 5)}, {Demand("d1", 5, "RF00X"), Demand("", 5)});
  facts.advices = {MakeAdvice("a1", {{"d1", "", Money::Fen(-5)}})};
  const absl::StatusOr<Result> result = Reconcile(facts, ReconcilePolicy{});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.status().code(), absl::StatusCode::kInvalidArgument);
  Facts twice = World({}, {Demand("d1", 5, kReferenceA), Demand("d2", 5, kReferenceA)});
  EXPECT_FALSE(Reconcile(twice, ReconcilePolicy{}).ok());
  Facts beyond = World({Credit("e1", 5)}, {Demand("d1", 50)});
  beyond.earlier_applications = {{"e1", "d1", Money::Fen(6)}};
  EXPECT_FALSE(Reconcile(beyond, ReconcilePolicy{}).ok());
}

}  // namespace
}  // namespace recoup::reconcile

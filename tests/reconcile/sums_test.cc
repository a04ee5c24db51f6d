// Slips in references, dates, and sums in every direction: what decides, what does not.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/reconcile/world.h"

namespace recoup::reconcile {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

OpenDemand DueOn(OpenDemand demand, absl::CivilDay due_on) {
  demand.due_on = due_on;
  return demand;
}
BankEntry BookedOn(BankEntry entry, absl::CivilDay on) {
  entry.booked_on = on;
  return entry;
}

TEST(SlipTest, OneSlipIsReadWhenPayerOrAmountAgrees) {
  const std::vector<OpenDemand> demands = {Demand("d1", 1000, kReferenceA),
                                           Demand("d2", 1000, kReferenceB)};
  for (const char* text : {"RF18539007547035", "RF1853900754704", "RF185390075470344",
                           "RF18539007574034", "付款 ＲＦ18539007547035，请查收"}) {
    EXPECT_THAT(Applied(Decide(World({Credit("e1", 400, text)}, demands))),
                ElementsAre("e1>d1 400 DAMAGED_REFERENCE"))
        << text;
  }
  BankEntry other = Credit("e1", 400, "RF18539007547035");
  other.counterparty_name = "李四代付";
  const Result doubtful = Decide(World({other}, demands));
  EXPECT_THAT(Applied(doubtful), IsEmpty());
  EXPECT_THAT(Breaks(doubtful), ElementsAre("AMBIGUOUS_PAYMENT e1 400"));
  EXPECT_THAT(doubtful.breaks[0].candidates, ElementsAre("d1"));
  other.amount = Money::Fen(1000);
  EXPECT_THAT(Applied(Decide(World({other}, demands))),
              ElementsAre("e1>d1 1000 DAMAGED_REFERENCE"));
}

TEST(SlipTest, TwoSlipsOrAnotherNumberAreNotRead) {
  for (const char* text : {"RF18539007547153", "R18539007547", "118539007547034", "RF1853"}) {
    BankEntry entry = Credit("e1", 400, text);
    entry.counterparty_name = "李四代付";
    EXPECT_THAT(Breaks(Decide(World({entry}, {Demand("d1", 400, kReferenceA)}))),
                ElementsAre("UNKNOWN_PAYMENT e1 400"))
        << text;
  }
}

TEST(DatesTest, EqualPaymentsAndDemandsArePairedOnlyWithAClearMargin) {
  const auto pay = [](absl::CivilDay first, absl::CivilDay second, absl::CivilDay due) {
    return Decide(World({BookedOn(Credit("e1", 1000), first), BookedOn(Credit("e2", 1000), second)},
                        {DueOn(Demand("d1", 1000), absl::CivilDay(2026, 3, 1)),
                         DueOn(Demand("d2", 1000), due), Demand("d3", 70)}));
  };
  const Result clear =
      pay(absl::CivilDay(2026, 2, 27), absl::CivilDay(2026, 3, 29), absl::CivilDay(2026, 3, 31));
  EXPECT_THAT(Applied(clear),
              ElementsAre("e1>d1 1000 PAYER_AND_DATES", "e2>d2 1000 PAYER_AND_DATES"));
  EXPECT_EQ(clear.applications[0].certificate.margin, 56);
  // Money from before the second was issued can only be meant for the first.
  OpenDemand later = DueOn(Demand("d2", 1000), absl::CivilDay(2026, 3, 20));
  later.issued_on = absl::CivilDay(2026, 3, 20);
  const Result only = Decide(World({BookedOn(Credit("e1", 1000), absl::CivilDay(2026, 2, 17)),
                                    BookedOn(Credit("e2", 1000), absl::CivilDay(2026, 3, 20))},
                                   {Demand("d1", 1000), later}));
  EXPECT_THAT(Applied(only),
              ElementsAre("e1>d1 1000 PAYER_AND_DATES", "e2>d2 1000 PAYER_AND_DATES"));
  EXPECT_EQ(only.applications[0].certificate.margin, std::nullopt);
  const Result near =
      pay(absl::CivilDay(2026, 2, 27), absl::CivilDay(2026, 2, 28), absl::CivilDay(2026, 3, 3));
  EXPECT_THAT(Applied(near), IsEmpty());
  EXPECT_THAT(Breaks(near), ElementsAre("AMBIGUOUS_PAYMENT e1 1000", "AMBIGUOUS_PAYMENT e2 1000"));
}

TEST(SumsTest, WhichPaymentComesFirstDecidesNothing) {
  // Taken one by one, e1 would use up d1 that e2 needs.
  const std::vector<OpenDemand> demands = {Demand("d1", 700), Demand("d2", 300), Demand("d3", 450)};
  const Result result = Decide(World({Credit("e1", 1000), Credit("e2", 700)}, demands));
  EXPECT_THAT(Applied(result), ElementsAre("e2>d1 700 PAYER_AND_AMOUNT"));
  EXPECT_THAT(Breaks(result), ElementsAre("AMBIGUOUS_PAYMENT e1 1000"));
}

TEST(SumsTest, PartsThatSumToOneDemand) {
  const std::vector<OpenDemand> demands = {Demand("d1", 1000), Demand("d2", 5000)};
  const Result result = Decide(World({Credit("e1", 400), Credit("e2", 600)}, demands));
  EXPECT_THAT(Applied(result),
              ElementsAre("e1>d1 400 PAYER_AND_PARTS", "e2>d1 600 PAYER_AND_PARTS"));
  EXPECT_THAT(result.applications[0].certificate.payments, ElementsAre("e1", "e2"));
  EXPECT_EQ(result.applications[0].certificate.margin, 400);
  // Too far apart in time, two sets, or a sum that two demands have.
  EXPECT_THAT(Applied(Decide(World({BookedOn(Credit("e1", 400), absl::CivilDay(2026, 2, 1)),
                                    BookedOn(Credit("e2", 600), absl::CivilDay(2026, 3, 5))},
                                   demands))),
              IsEmpty());
  EXPECT_THAT(
      Applied(Decide(World({Credit("e1", 400), Credit("e2", 600), Credit("e3", 600)}, demands))),
      IsEmpty());
  EXPECT_THAT(Applied(Decide(World({Credit("e1", 400), Credit("e2", 600)},
                                   {Demand("d1", 1000), Demand("d2", 1000), Demand("d3", 1)}))),
              IsEmpty());
}

TEST(SumsTest, AllThatCameIsAllThatIsOwed) {
  const std::vector<OpenDemand> demands = {DueOn(Demand("d1", 600), absl::CivilDay(2026, 4, 30)),
                                           DueOn(Demand("d2", 900), absl::CivilDay(2026, 4, 1))};
  const std::vector<BankEntry> entries = {Credit("e1", 1000), Credit("e2", 500)};
  EXPECT_THAT(Applied(Decide(World(entries, demands))),
              ElementsAre("e1>d2 900 PAYER_AND_TOTALS", "e1>d1 100 PAYER_AND_TOTALS",
                          "e2>d1 500 PAYER_AND_TOTALS"));
  EXPECT_THAT(Applied(Decide(World(entries, {demands[0], demands[1], Demand("d3", 1)}))),
              IsEmpty());
}

TEST(SumsTest, MoneyFromLongBeforeTheDemandIsNotMeantForIt) {
  const std::vector<OpenDemand> demands = {Demand("d1", 1000)};  // Issued on 1 February.
  EXPECT_EQ(
      Applied(Decide(World({BookedOn(Credit("e1", 1000), absl::CivilDay(2026, 1, 2))}, demands)))
          .size(),
      1u);
  EXPECT_THAT(
      Applied(Decide(World({BookedOn(Credit("e1", 1000), absl::CivilDay(2026, 1, 1))}, demands))),
      IsEmpty());
}

TEST(SumsTest, ASumThatMayBeChanceIsNotBelieved) {
  std::vector<OpenDemand> demands;
  for (int i = 0; i < 13; ++i) demands.push_back(Demand(absl::StrCat("d", i), 1000 + (1 << i)));
  const Result result = Decide(World({Credit("e1", 2003)}, demands));  // d0 + d1
  EXPECT_THAT(Applied(result), IsEmpty());
  ASSERT_EQ(result.breaks.size(), 1u);
  EXPECT_THAT(result.breaks[0].explanation, HasSubstr("不能排除巧合"));
  demands.pop_back();
  EXPECT_EQ(Applied(Decide(World({Credit("e1", 2003)}, demands))).size(), 2u);
}

// A person chooses between readings, not between all that the payer owes.
TEST(SumsTest, WhatIsAmbiguousIsListedAsTheSetsThatMakeTheSum) {
  const std::vector<OpenDemand> demands = {Demand("d1", 500),    Demand("d2", 700),
                                           Demand("d3", 400),    Demand("d4", 800),
                                           Demand("d5", 90'000), Demand("d6", 3)};
  const Result result = Decide(World({Credit("e1", 1200)}, demands));
  EXPECT_THAT(Breaks(result), ElementsAre("AMBIGUOUS_PAYMENT e1 1200"));
  EXPECT_THAT(result.breaks[0].candidates, ElementsAre("d1", "d2", "d3", "d4"));
  const std::string explanation(result.breaks[0].explanation);
  EXPECT_THAT(explanation, HasSubstr("d1 5.00元 ＋ d2 7.00元"));
  EXPECT_THAT(explanation, HasSubstr("；或 "));
  EXPECT_THAT(explanation, HasSubstr("d3 4.00元 ＋ d4 8.00元"));
  EXPECT_THAT(explanation, Not(HasSubstr("另有其他组合")));
}

TEST(SumsTest, OfVeryManySetsTheFirstAreListed) {
  std::vector<OpenDemand> demands;
  for (int i = 0; i < 12; ++i) demands.push_back(Demand(absl::StrCat("d", 10 + i), 100 + i));
  const Result result = Decide(World({Credit("e1", 422)}, demands));
  ASSERT_EQ(result.breaks.size(), 1u);
  EXPECT_THAT(std::string(result.breaks[0].explanation), HasSubstr("；另有其他组合"));
}

// One set alone, that many demands make doubtful: the set is what is to be checked.
TEST(SumsTest, ASumThatMayBeChanceIsListed) {
  std::vector<OpenDemand> demands;
  for (int i = 0; i < 13; ++i) demands.push_back(Demand(absl::StrCat("d", i), 1000 + (1 << i)));
  const Result result = Decide(World({Credit("e1", 2003)}, demands));
  ASSERT_EQ(result.breaks.size(), 1u);
  EXPECT_THAT(result.breaks[0].candidates, ElementsAre("d0", "d1"));
  EXPECT_THAT(std::string(result.breaks[0].explanation), HasSubstr("：d0 10.01元 ＋ d1 10.02元"));
}

TEST(SumsTest, CandidatesAreTheNearestOnly) {
  std::vector<OpenDemand> demands;
  for (int i = 10; i < 60; ++i) demands.push_back(Demand(absl::StrCat("d", i), i * 100));
  const Result result = Decide(World({Credit("e1", 3010)}, demands));
  ASSERT_EQ(result.breaks.size(), 1u);
  ASSERT_EQ(result.breaks[0].candidates.size(), 20u);
  EXPECT_EQ(result.breaks[0].candidates.front(), "d21");
  EXPECT_EQ(result.breaks[0].candidates.back(), "d40");
}

// Forged certificates of the rungs that decide by sums and dates.
TEST(SumsTest, TheCheckerRefusesForgeries) {
  const ReconcilePolicy policy;
  const Facts facts = World({Credit("e1", 1000), BookedOn(Credit("e2", 40), kToday)},
                            {Demand("d1", 700), Demand("d2", 300), Demand("d3", 450)});
  const Result good = Decide(facts);
  ASSERT_EQ(good.applications.size(), 2u);
  const auto refused = [&](auto forge) {
    Result forged = good;
    forge(forged);
    return !VerifyResult(facts, policy, forged).ok();
  };
  EXPECT_TRUE(refused([](Result& r) {
    for (Application& a : r.applications) a.certificate.margin = 999;
  }));
  EXPECT_TRUE(refused([](Result& r) { r.applications[0].certificate.chosen = {"d2", "d3"}; }));
  EXPECT_TRUE(refused([](Result& r) {
    for (Application& a : r.applications) a.certificate.rule = Rule::kPayerAndTotals;
  }));
  EXPECT_TRUE(refused([](Result& r) {
    for (Application& a : r.applications) a.certificate.rule = Rule::kPayerAndParts;
  }));
  EXPECT_TRUE(refused([](Result& r) {
    for (Application& a : r.applications) a.certificate.rule = Rule::kPayerAndDates;
  }));
  EXPECT_TRUE(refused([](Result& r) {
    r.applications[0].certificate.rule = Rule::kDamagedReference;
    r.applications[0].certificate.token = "RF18539007547035";
  }));
}

}  // namespace
}  // namespace recoup::reconcile

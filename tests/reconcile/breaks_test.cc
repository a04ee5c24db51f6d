// One test or more per kind of break, and the complaints that users of neighbouring systems made.
#include <gmock/gmock.h>

#include "tests/reconcile/world.h"

namespace recoup::reconcile {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(BreakTest, OverpaidAppliesUpToTheOpenAmount) {
  const Result result =
      Decide(World({Credit("e1", 1500, kReferenceA)}, {Demand("d1", 1000, kReferenceA)}));
  EXPECT_THAT(Applied(result), ElementsAre("e1>d1 1000 REFERENCE_IN_TEXT"));
  EXPECT_THAT(Breaks(result), ElementsAre("OVERPAID e1 d1 500"));
}

TEST(BreakTest, ARestIsNotSpreadByAmount) {
  const Result result = Decide(World({Credit("e1", 1500, kReferenceA)},
                                     {Demand("d1", 1000, kReferenceA), Demand("d2", 500)}));
  EXPECT_THAT(Applied(result), ElementsAre("e1>d1 1000 REFERENCE_IN_TEXT"));
  EXPECT_THAT(Breaks(result), ElementsAre("OVERPAID e1 d1 500"));
}

TEST(BreakTest, DuplicatePaymentNamesTheFirstPayment) {
  const Result result =
      Decide(World({Credit("e1", 1000, kReferenceA), Credit("e2", 1000, kReferenceA)},
                   {Demand("d1", 1000, kReferenceA)}));
  EXPECT_THAT(Applied(result), ElementsAre("e1>d1 1000 REFERENCE_IN_TEXT"));
  ASSERT_THAT(Breaks(result), ElementsAre("DUPLICATE_PAYMENT e2 d1 1000"));
  EXPECT_EQ(result.breaks[0].duplicate_of, "e1");
}

TEST(BreakTest, DuplicateOfAnEarlierRun) {
  Facts facts = World({Credit("e2", 1000, kReferenceA)}, {Paid(Demand("d1", 1000, kReferenceA))});
  facts.earlier_applications = {{"e1", "d1", Money::Fen(1000)}};
  const Result result = Decide(facts);
  ASSERT_THAT(Breaks(result), ElementsAre("DUPLICATE_PAYMENT e2 d1 1000"));
  EXPECT_EQ(result.breaks[0].duplicate_of, "e1");
}

TEST(BreakTest, UnderpaidOnlyWhenDueOrCalledFinal) {
  struct Case {
    absl::CivilDay as_of;
    const char* text;
    Lines breaks;
  };
  const std::string reference = kReferenceA;
  for (const auto& [as_of, text, breaks] :
       {Case{absl::CivilDay(2026, 4, 30), "", {}},  // The due day itself still counts.
        Case{absl::CivilDay(2026, 5, 1), "", {"UNDERPAID e1 d1 600"}},
        Case{absl::CivilDay(2026, 4, 1), "全部结清", {"UNDERPAID e1 d1 600"}},
        Case{absl::CivilDay(2026, 4, 1), "尚未结清", {}}}) {
    Facts facts = World({Credit("e1", 400, reference + text)}, {Demand("d1", 1000, kReferenceA)});
    facts.as_of = as_of;
    EXPECT_EQ(Breaks(Decide(facts)), breaks) << text << as_of;
  }
}

TEST(BreakTest, UnderpaidCountsOnlyTheInstalmentsThatAreDue) {
  OpenDemand demand = Demand("d1", 1000, kReferenceA);
  demand.instalments = {{absl::CivilDay(2026, 3, 20), Money::Fen(300), Money::Fen(300)},
                        {absl::CivilDay(2026, 6, 20), Money::Fen(700), Money::Fen(700)}};
  EXPECT_THAT(Breaks(Decide(World({Credit("e1", 300, kReferenceA)}, {demand}))), IsEmpty());
  EXPECT_THAT(Breaks(Decide(World({Credit("e1", 200, kReferenceA)}, {demand}))),
              ElementsAre("UNDERPAID e1 d1 100"));
}

TEST(BreakTest, FinalAdviceMakesAPartUnderpaid) {
  Facts facts = World({Credit("e1", 400)}, {Demand("d1", 1000)});
  facts.advices = {MakeAdvice("a1", {{"d1", "", Money::Fen(400)}})};
  EXPECT_THAT(Breaks(Decide(facts)), IsEmpty());
  facts.advices[0].is_final = true;
  EXPECT_THAT(Breaks(Decide(facts)), ElementsAre("UNDERPAID e1 d1 600"));
}

TEST(BreakTest, LatePaymentIsAppliedAndCounted) {
  OpenDemand demand = Demand("d1", 1000, kReferenceA);
  BankEntry entry = Credit("e1", 1000, kReferenceA);
  entry.booked_on = absl::CivilDay(2026, 3, 31);
  demand.due_on = absl::CivilDay(2026, 3, 31);
  EXPECT_THAT(Breaks(Decide(World({entry}, {demand}))), IsEmpty());
  demand.due_on = absl::CivilDay(2026, 3, 28);
  const Result late = Decide(World({entry}, {demand}));
  EXPECT_THAT(Applied(late), ElementsAre("e1>d1 1000 REFERENCE_IN_TEXT"));
  ASSERT_THAT(Breaks(late), ElementsAre("LATE_PAYMENT e1 d1 1000"));
  EXPECT_EQ(late.breaks[0].days, 3);
  entry.valued_on = absl::CivilDay(2026, 3, 28);  // The value date decides.
  EXPECT_THAT(Breaks(Decide(World({entry}, {demand}))), IsEmpty());
}

TEST(BreakTest, UnknownPaymentKeepsItsWholeAmount) {
  BankEntry entry = Credit("e1", 1000);
  entry.counterparty_name = "无关公司";
  EXPECT_THAT(Breaks(Decide(World({entry}, {Demand("d1", 1000)}))),
              ElementsAre("UNKNOWN_PAYMENT e1 1000"));
}

TEST(BreakTest, AdviceWithoutMoneyAfterTheGraceDays) {
  Facts facts = World({}, {Demand("d1", 1000)});
  facts.advices = {MakeAdvice("a1", {{"d1", "", Money::Fen(400)}})};
  facts.as_of = absl::CivilDay(2026, 3, 14);  // Five days after.
  EXPECT_THAT(Breaks(Decide(facts)), IsEmpty());
  facts.as_of = absl::CivilDay(2026, 3, 15);
  EXPECT_THAT(Breaks(Decide(facts)), ElementsAre("ADVICE_WITHOUT_MONEY a1 400"));
}

TEST(ComplaintTest, IdenticalLegitimatePaymentsAreNotSwallowed) {
  const Result result =
      Decide(World({Credit("e1", 500, kReferenceA), Credit("e2", 500, kReferenceA)},
                   {Demand("d1", 1000, kReferenceA)}));
  EXPECT_THAT(Applied(result),
              ElementsAre("e1>d1 500 REFERENCE_IN_TEXT", "e2>d1 500 REFERENCE_IN_TEXT"));
  EXPECT_THAT(Breaks(result), IsEmpty());
}

TEST(ComplaintTest, BatchBookingWithoutEndToEndIdFollowsItsAdvice) {
  BankEntry batch = Credit("e1", 600, "批量代付");
  batch.end_to_end_id = "NOTPROVIDED";
  Facts facts = World({batch}, {Demand("d1", 100), Demand("d2", 200), Demand("d3", 300)});
  facts.advices = {MakeAdvice(
      "a1",
      {{"d1", "", Money::Fen(100)}, {"d2", "", Money::Fen(200)}, {"d3", "", Money::Fen(300)}})};
  EXPECT_EQ(Decide(facts).applications.size(), 3u);
}

TEST(ComplaintTest, ALateAdviceIsNotMatchedToTheNextPayment) {
  // Same payer, but the ids say that these are two payments.
  BankEntry next = Credit("e2", 400);
  next.end_to_end_id = "E2E-2";
  Facts facts = World({next}, {Demand("d1", 1000), Demand("d2", 2000)});
  facts.advices = {MakeAdvice("a1", {{"d1", "", Money::Fen(400)}})};
  facts.advices[0].end_to_end_id = "E2E-1";
  const Result result = Decide(facts);
  EXPECT_THAT(Applied(result), IsEmpty());
  EXPECT_THAT(Breaks(result),
              ElementsAre("AMBIGUOUS_PAYMENT e2 400", "ADVICE_WITHOUT_MONEY a1 400"));
}

TEST(ComplaintTest, APaymentSentTwiceAfterALostAnswerIsADuplicate) {
  BankEntry first = Credit("e1", 400);
  first.end_to_end_id = "E2E-1";
  BankEntry second = first;
  second.key = "e2";
  second.booked_on = absl::CivilDay(2026, 3, 11);
  Facts facts = World({second, first}, {Demand("d1", 400)});
  facts.advices = {MakeAdvice("a1", {{"d1", "", Money::Fen(400)}})};
  facts.advices[0].end_to_end_id = "E2E-1";
  const Result result = Decide(facts);
  EXPECT_THAT(Applied(result), ElementsAre("e1>d1 400 ADVICE"));
  ASSERT_THAT(Breaks(result), ElementsAre("DUPLICATE_PAYMENT e2 a1 400"));
  EXPECT_EQ(result.breaks[0].duplicate_of, "e1");
}

}  // namespace
}  // namespace recoup::reconcile

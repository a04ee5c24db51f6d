#include "hub/app/splits.h"

#include <gtest/gtest.h>

#include "hub/base/error.h"
#include "tests/app/split_story.h"

namespace recoup::app {
namespace {

using domain::Money;
using domain::SplitAnswer;
using domain::SplitQuote;
using domain::SplitState;

using SplitsTest = SplitStory;

TEST_F(SplitsTest, AnInsurerAcceptsItsPartIsReservedAndTheFundAdvancesTheRest) {
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok()) << quote.status();
  ASSERT_EQ(quote->parts.size(), 1u);
  EXPECT_EQ(quote->parts[0].answer, SplitAnswer::kAsked);
  EXPECT_EQ(quote->fund_part.fen(), 1'200'000);  // As things stand.
  ASSERT_TRUE(quote->answer_due_time.has_value());

  const auto answered = Answer(Accepted(*quote, ctp_));
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(answered->quote.parts[0].amount.fen(), 1'800'000);  // The limit by law of the day.
  const auto again = Quote(Asked());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->id, quote->id);
  EXPECT_EQ(again->fund_part.fen(), 120'000);
  EXPECT_EQ(again->patient_part.fen(), 80'000);

  const auto settled = Settle(*quote, "S1");
  ASSERT_TRUE(settled.ok()) << settled.status();
  EXPECT_EQ(settled->state, SplitState::kSettled);
  const auto reported = Report("V1", "S1", 120'000);
  ASSERT_TRUE(reported.ok()) << reported.status();
  EXPECT_EQ(reported->decision, BooksDecision::kFlagged);
  const auto stored = world_.Get<SplitQuote>(world_.pool.value, quote->id.value);
  EXPECT_EQ(stored.advance, reported->advance.id);
  EXPECT_TRUE(OpenMismatches().empty());
}

TEST_F(SplitsTest, NobodyWaits) {
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok());
  const auto settled = Settle(*quote, "S1");
  ASSERT_TRUE(settled.ok()) << settled.status();
  EXPECT_EQ(settled->parts[0].answer, SplitAnswer::kLapsed);
  EXPECT_EQ(settled->fund_part.fen(), 1'200'000);
  const auto late = Answer(Accepted(*quote, ctp_));
  EXPECT_EQ(ReasonOf(late.status()), Reason::kIllegalTransition);
}

TEST_F(SplitsTest, AnAnswerAfterItsTimeIsRefusedByName) {
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok());
  world_.clock().Advance(absl::Seconds(119));
  ASSERT_TRUE(Answer(Accepted(*quote, ctp_)).ok());
  world_.clock().Advance(absl::Seconds(1));
  const auto late = Answer(Accepted(*quote, ctp_));
  EXPECT_EQ(ReasonOf(late.status()), Reason::kIllegalTransition);
  ASSERT_EQ(DetailOf(late.status()).preconditions.size(), 1u);
}

TEST_F(SplitsTest, WhatIsReservedIsNotThereForOthersUntilItExpires) {
  const auto first = Quote(Asked());
  ASSERT_TRUE(first.ok() && Answer(Accepted(*first, ctp_)).ok());
  RaiseFlag("V2");
  // The same person and accident: the acceptance holds, but nothing is left.
  const auto second = Quote(Asked("V2"));
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->parts[0].answer, SplitAnswer::kAccepted);
  EXPECT_FALSE(second->answer_due_time.has_value());
  EXPECT_EQ(second->parts[0].amount.fen(), 0);
  EXPECT_EQ(second->fund_part.fen(), 1'200'000);
  // The first is never settled. Its reservation ends by its time alone.
  world_.clock().Advance(absl::Minutes(241));
  EXPECT_EQ(ReasonOf(Settle(*first, "S1").status()), Reason::kIllegalTransition);
  const auto third = Quote(Asked("V2"));
  ASSERT_TRUE(third.ok());
  EXPECT_NE(third->id, second->id);
  EXPECT_EQ(third->parts[0].amount.fen(), 1'800'000);
}

TEST_F(SplitsTest, CompulsoryThenCommercialCoverByTheAcceptedShare) {
  const auto commercial = Register(domain::PolicyKind::kCommercial, "COM-1", "沪A-D1234");
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok());
  ASSERT_EQ(quote->parts.size(), 2u);
  EXPECT_EQ(quote->parts[0].policy, ctp_.id);
  ASSERT_TRUE(Answer(Accepted(*quote, commercial)).ok());
  const auto answered = Answer(Accepted(*quote, ctp_));
  ASSERT_TRUE(answered.ok());
  // 20,000 − 18,000 = 2,000, of which 70 %.
  EXPECT_EQ(answered->quote.parts[0].amount.fen(), 1'800'000);
  EXPECT_EQ(answered->quote.parts[1].amount.fen(), 140'000);
  EXPECT_EQ(answered->quote.fund_part.fen(), 36'000);
}

TEST_F(SplitsTest, UsedLimitsAndDeclinedLiabilityLeaveTheFundPaying) {
  UpdatePolicyUsage usage;
  usage.insurer = ctp_.insurer;
  usage.policy = ctp_.id;
  usage.use.accident_on = world_.today() - 2;
  usage.use.medical = Money::Fen(1'700'000);
  usage.use.total = Money::Fen(1'700'000);
  ASSERT_TRUE(
      world_.Run(world_.insurer, [&](UnitOfWork& work) { return UpdatePolicyUsageOf(usage, work); })
          .ok());
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok());
  AnswerSplit answer = Accepted(*quote, ctp_);
  const auto accepted = Answer(answer);
  ASSERT_TRUE(accepted.ok());
  EXPECT_EQ(accepted->quote.parts[0].amount.fen(), 100'000);
  answer.accept = false;
  EXPECT_EQ(DetailOf(Answer(answer).status()).faults.size(), 1u);  // Why?
  answer.text = "保险期间外的车辆";
  const auto declined = Answer(answer);
  ASSERT_TRUE(declined.ok()) << declined.status();
  EXPECT_EQ(declined->quote.fund_part.fen(), 1'200'000);
}

TEST_F(SplitsTest, AnInsurersMaximumHoldsForOneBillOnly) {
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok());
  AnswerSplit answer = Accepted(*quote, ctp_);
  answer.amount_max = Money::Fen(500'000);
  const auto accepted = Answer(answer);
  ASSERT_TRUE(accepted.ok());
  EXPECT_EQ(accepted->quote.parts[0].amount.fen(), 500'000);
  RaiseFlag("V2");
  const auto second = Quote(Asked("V2"));
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->parts[0].answer, SplitAnswer::kAsked);
}

TEST_F(SplitsTest, AReversedSettlementFreesTheLimitAndIsIdempotent) {
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok() && Answer(Accepted(*quote, ctp_)).ok());
  ASSERT_TRUE(Settle(*quote, "S1").ok());
  ASSERT_TRUE(Settle(*quote, "S1").ok());  // The same again.
  EXPECT_EQ(ReasonOf(Settle(*quote, "S2").status()), Reason::kIllegalTransition);
  ASSERT_TRUE(Report("V1", "S1", 120'000).ok());
  const auto reversed = Reverse("S1");
  ASSERT_TRUE(reversed.ok()) << reversed.status();
  EXPECT_EQ(world_.Get<SplitQuote>(world_.pool.value, quote->id.value).state,
            SplitState::kReversed);
  RaiseFlag("V2");
  const auto second = Quote(Asked("V2"));
  ASSERT_TRUE(second.ok());
  // Of the same person, so nobody is asked.
  EXPECT_EQ(second->parts[0].answer, domain::SplitAnswer::kAccepted);
  EXPECT_EQ(second->parts[0].amount.fen(), 1'800'000);
  ASSERT_TRUE(Reverse("S1").ok());  // The same reversal again.
}

TEST_F(SplitsTest, AskingAgainReservesWhatOthersFreedAndKeepsWhatWasPromised) {
  const auto first = Quote(Asked());
  ASSERT_TRUE(first.ok() && Answer(Accepted(*first, ctp_)).ok());
  ASSERT_TRUE(Settle(*first, "S1").ok());
  RaiseFlag("V2");
  const auto second = Quote(Asked("V2"));
  ASSERT_TRUE(second.ok()) << second.status();
  ASSERT_EQ(second->parts[0].answer,
            SplitAnswer::kAccepted);  // As of the first: its liability stands.
  const auto amount = [&] {
    const auto again = Quote(Asked("V2"));
    EXPECT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(again->id, second->id);
    return again->parts[0].amount.fen();
  };
  EXPECT_EQ(amount(), 0);  // The limit is used up.
  ASSERT_TRUE(Reverse("S1").ok());
  EXPECT_EQ(amount(), 1'800'000);
  // A statement that leaves less takes nothing from what is reserved.
  UpdatePolicyUsage usage;
  usage.insurer = ctp_.insurer;
  usage.policy = ctp_.id;
  usage.use.accident_on = world_.today() - 2;
  usage.use.medical = Money::Fen(1'700'000);
  usage.use.total = usage.use.medical;
  ASSERT_TRUE(
      world_.Run(world_.insurer, [&](UnitOfWork& work) { return UpdatePolicyUsageOf(usage, work); })
          .ok());
  EXPECT_EQ(amount(), 1'800'000);
}

TEST_F(SplitsTest, APolicyShowsWhatSplitsReserveAndUse) {
  UpdatePolicyUsage usage;
  usage.insurer = ctp_.insurer;
  usage.policy = ctp_.id;
  usage.use.accident_on = world_.today() - 2;
  const auto figures = [&] {
    const auto all = world_.Run(world_.insurer, [&](UnitOfWork& work) {
      const auto policy = work.Get<domain::RegisteredPolicy>(ctp_.insurer.value, ctp_.id.value);
      return FiguresOf(work, *policy, work.now());
    });
    EXPECT_TRUE(all.ok() && all->size() == 1) << all.status();
    return all.ok() && !all->empty() ? all->front() : HubFigures();
  };
  const auto state = [&] {
    return world_.Run(world_.insurer,
                      [&](UnitOfWork& work) { return UpdatePolicyUsageOf(usage, work); });
  };
  ASSERT_TRUE(state().ok());
  world_.clock().Advance(absl::Seconds(1));
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok() && Answer(Accepted(*quote, ctp_)).ok());
  EXPECT_EQ(figures(), (HubFigures{Money(), Money(), Money(), Money::Fen(1'800'000)}));
  ASSERT_TRUE(Settle(*quote, "S1").ok());
  EXPECT_EQ(figures(), (HubFigures{Money(), Money(), Money::Fen(1'800'000), Money()}));
  // A later statement has counted it.
  world_.clock().Advance(absl::Seconds(1));
  usage.use.medical = Money::Fen(1'800'000);
  usage.use.total = usage.use.medical;
  ASSERT_TRUE(state().ok());
  EXPECT_EQ(figures(), HubFigures());
}

TEST_F(SplitsTest, AnAccidentThatItsInsurerNeverStatedIsShownWhileASplitDrawsOnIt) {
  const auto shown = [&] {
    const auto policy = world_.Run(
        world_.insurer, [&](UnitOfWork& work) -> absl::StatusOr<domain::RegisteredPolicy> {
          return WithUnstatedUses(
              work, *work.Get<domain::RegisteredPolicy>(ctp_.insurer.value, ctp_.id.value),
              **work.policy_data(), work.now());
        });
    EXPECT_TRUE(policy.ok()) << policy.status();
    return policy.ok() ? policy->uses : std::vector<domain::PolicyUse>();
  };
  const auto quote = Quote(Asked());
  EXPECT_TRUE(shown().empty());
  ASSERT_TRUE(Answer(Accepted(*quote, ctp_)).ok());
  ASSERT_EQ(shown().size(), 1u);
  EXPECT_EQ(shown()[0].accident_on, world_.today() - 2);
  EXPECT_TRUE(shown()[0].only_claim);
  EXPECT_EQ(shown()[0].medical_limit, Money::Fen(1'800'000));
  world_.clock().Advance(absl::Hours(4));
  EXPECT_TRUE(shown().empty()) << "what has expired draws on nothing";
}

TEST_F(SplitsTest, ASplitThatWasNeverReportedCanBeTakenBack) {
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok() && Settle(*quote, "S1").ok());
  const auto reversed = Reverse("S1");
  ASSERT_TRUE(reversed.ok()) << reversed.status();
  EXPECT_TRUE(reversed->advance.id.is_nil());
  EXPECT_EQ(ReasonOf(Reverse("S9").status()), Reason::kNotFound);
}

TEST_F(SplitsTest, ASettlementThatSaysOtherwiseOpensABreak) {
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok() && Answer(Accepted(*quote, ctp_)).ok());
  ASSERT_TRUE(Report("V1", "S1", 1'200'000).ok());  // Before the split is settled.
  ASSERT_TRUE(Settle(*quote, "S1").ok());
  ASSERT_EQ(OpenMismatches().size(), 1u);
  EXPECT_EQ(OpenMismatches()[0].amount.fen(), 1'080'000);
  ASSERT_TRUE(Reverse("S1").ok());
  EXPECT_TRUE(OpenMismatches().empty());
}

TEST_F(SplitsTest, OtherFiguresReplaceTheQuote) {
  const auto first = Quote(Asked());
  ASSERT_TRUE(first.ok());
  QuoteSplit changed = Asked();
  changed.total += Money::Fen(100);
  changed.self_paid += Money::Fen(100);
  const auto second = Quote(changed);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_NE(first->id, second->id);
  EXPECT_EQ(ReasonOf(Settle(*first, "S1").status()), Reason::kIllegalTransition);
  EXPECT_TRUE(Settle(*second, "S1").ok());
}

// Neither other figures nor the end of a quote or of its settlement is the insurer's word.
TEST_F(SplitsTest, AcceptedLiabilityOutlivesTheQuote) {
  const auto first = Quote(Asked());
  ASSERT_TRUE(first.ok() && Answer(Accepted(*first, ctp_)).ok());
  QuoteSplit changed = Asked();
  changed.total += Money::Fen(100);
  changed.self_paid += Money::Fen(100);
  const auto second = Quote(changed);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->parts[0].amount, Money::Fen(1'800'000));
  world_.clock().Advance(absl::Hours(5));
  const auto third = Quote(changed);
  ASSERT_TRUE(third.ok()) << third.status();
  EXPECT_NE(third->id, second->id);
  EXPECT_EQ(third->parts[0].amount, Money::Fen(1'800'000));
  ASSERT_TRUE(Settle(*third, "S1").ok() && Reverse("S1").ok());
  const auto fourth = Quote(Asked());
  ASSERT_TRUE(fourth.ok()) << fourth.status();
  EXPECT_EQ(fourth->parts[0].amount, Money::Fen(1'800'000));
}

TEST_F(SplitsTest, WithoutFlagPlateOrPolicyNobodyIsAsked) {
  EXPECT_EQ(ReasonOf(Quote(Asked("V9")).status()), Reason::kNotFound);
  RaiseFlag("V3", "");
  const auto no_plate = Quote(Asked("V3"));
  ASSERT_TRUE(no_plate.ok());
  EXPECT_TRUE(no_plate->parts.empty());
  EXPECT_FALSE(no_plate->answer_due_time.has_value());
  ClearFlag clear;
  clear.pool = world_.pool;
  clear.flag.visit_id = "V3";
  clear.reason = "自行跌倒";
  clear.cleared_time = world_.clock().Now();
  ASSERT_TRUE(
      world_.Run(world_.hospital, [&](UnitOfWork& work) { return ClearFlagOf(clear, work); }).ok());
  EXPECT_EQ(ReasonOf(Quote(Asked("V3")).status()), Reason::kIllegalTransition);
}

TEST_F(SplitsTest, SomebodyElsesSplitIsNotFound) {
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok());
  AnswerSplit answer = Accepted(*quote, ctp_);
  const Caller other{{"insurer/taiping"}, "insurer/taiping"};
  EXPECT_EQ(
      ReasonOf(world_.Run(other, [&](UnitOfWork& work) { return AnswerSplitOf(answer, work); })
                   .status()),
      Reason::kNotFound);
  const Caller hospital{{"hospital/dongfang"}, "hospital/dongfang"};
  const SettleSplit settle{quote->pool, quote->id, "S1"};
  EXPECT_EQ(
      ReasonOf(world_.Run(hospital, [&](UnitOfWork& work) { return SettleSplitOf(settle, work); })
                   .status()),
      Reason::kNotFound);
}

}  // namespace
}  // namespace recoup::app

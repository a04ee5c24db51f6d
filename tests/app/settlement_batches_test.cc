// Settlement batches from the acceptance to the last line: the cut, who may make it, late lines,
// what is reserved, refunds set off, giving up. HubWorld checks the five laws after each command.
#include "hub/app/settlement_batches.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/app/relinquish.h"
#include "hub/app/remittance_advices.h"
#include "hub/app/resolve_break.h"
#include "hub/app/settlement_lines.h"
#include "hub/base/error.h"
#include "tests/app/payment_story.h"
#include "tests/app/settlement_story.h"

namespace recoup::testing {
namespace {

using domain::Demand;
using domain::DemandState;
using domain::Money;
using domain::SettlementBatch;
using domain::SettlementBatchState;
using domain::Stage;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Reason ReasonFor(const absl::Status& status) { return ReasonOf(status); }

TEST(SettlementBatchTest, TheCutTakesInWhatWasAcceptedInEveryPool) {
  SettlementStory story;
  story.Accepted(story.here, Yuan(300));
  story.Accepted(story.here, Yuan(200));
  story.Accepted(story.there, Yuan(500), Yuan(120));  // The rest is disputed.
  story.Issued(story.there, Yuan(70));                // Not accepted.

  const SettlementBatch batch = story.Cut();
  EXPECT_EQ(batch.state, SettlementBatchState::kClosed);
  EXPECT_EQ(batch.gross, Yuan(620));
  EXPECT_EQ(batch.net(), Yuan(620));
  EXPECT_EQ(batch.reference.substr(0, 2), "RF");
  ASSERT_THAT(batch.parts, SizeIs(2));
  for (const domain::BatchPart& part : batch.parts) {
    EXPECT_EQ(part.gross, part.pool == story.here ? Yuan(500) : Yuan(120));
    EXPECT_EQ(part.lines, part.pool == story.here ? 2 : 1);
  }
}

TEST(SettlementBatchTest, AnOpenBatchShowsWhatItsCutWouldTakeInAndStoresNothingOfIt) {
  SettlementStory story;
  story.Accepted(story.here, Yuan(300));
  const auto batch = story.Create();
  ASSERT_TRUE(batch.ok()) << batch.status();
  EXPECT_EQ(batch->gross, Yuan(300));
  EXPECT_THAT(story.Get(*batch).parts, IsEmpty());
  EXPECT_EQ(story.Get(*batch).reference, "");
}

TEST(SettlementBatchTest, WhatIsAcceptedAfterTheCutGoesToTheNextBatch) {
  SettlementStory story;
  story.Accepted(story.here, Yuan(300));
  const auto open = story.Create();
  ASSERT_TRUE(open.ok());
  story.Accepted(story.here, Yuan(40));  // Before the cut, though after the batch was created.
  const auto first = story.Close(*open);
  ASSERT_TRUE(first.ok()) << first.status();
  story.Accepted(story.here, Yuan(7));

  EXPECT_EQ(story.Get(*first).gross, Yuan(340));
  const SettlementBatch second = story.Cut();
  EXPECT_EQ(second.gross, Yuan(7));
}

TEST(SettlementBatchTest, ABatchMayBeLimitedToPools) {
  SettlementStory story;
  story.Accepted(story.here, Yuan(300));
  story.Accepted(story.there, Yuan(500));
  EXPECT_EQ(story.Cut({story.there}).gross, Yuan(500));
  EXPECT_EQ(story.Cut().gross, Yuan(300));
}

TEST(SettlementBatchTest, AnUnknownPoolIsNotFound) {
  SettlementStory story;
  story.Accepted(story.here, Yuan(300));
  EXPECT_EQ(ReasonFor(story.Create({{"990099-310"}}).status()), Reason::kNotFound);
}

TEST(SettlementBatchTest, ThereMustBeSomethingToPay) {
  SettlementStory story;
  story.Issued(story.here, Yuan(300));
  const auto batch = story.Create();
  ASSERT_TRUE(batch.ok()) << batch.status();
  EXPECT_EQ(ReasonFor(story.Close(*batch).status()), Reason::kIllegalTransition);
  EXPECT_EQ(story.Get(*batch).state, SettlementBatchState::kOpen);
}

TEST(SettlementBatchTest, MakerAndCheckerAreTwoPersons) {
  SettlementStory story;
  story.Accepted(story.here, Yuan(300));
  const auto batch = story.Create();
  ASSERT_TRUE(batch.ok());
  for (const app::Caller& caller : {story.maker, story.world.insurer /* names no person */}) {
    const auto closed = story.world.Run(caller, [&](app::UnitOfWork& work) {
      return app::CloseSettlementBatchOf(
          {.insurer = batch->insurer, .batch = batch->id, .etag = ""}, work);
    });
    EXPECT_EQ(ReasonFor(closed.status()), Reason::kSamePersonMayNotApprove) << caller.actor;
  }
  EXPECT_TRUE(story.Close(*batch).ok());
}

TEST(SettlementBatchTest, AnotherInsurersBatchDoesNotExist) {
  SettlementStory story;
  story.Accepted(story.here, Yuan(300));
  const auto batch = story.Create();
  ASSERT_TRUE(batch.ok());
  const app::Caller stranger{{"insurer/pingyuan"}, "insurer/pingyuan/sun-jie"};
  const auto closed = story.world.Run(stranger, [&](app::UnitOfWork& work) {
    return app::CloseSettlementBatchOf({.insurer = batch->insurer, .batch = batch->id, .etag = ""},
                                       work);
  });
  EXPECT_EQ(ReasonFor(closed.status()), Reason::kNotFound);
}

TEST(SettlementBatchTest, AStaleEtagIsRefusedAndATwiceClosedBatchToo) {
  SettlementStory story;
  story.Accepted(story.here, Yuan(300));
  const auto batch = story.Create();
  ASSERT_TRUE(batch.ok());
  const auto close = [&](const std::string& etag) {
    return story.world.Run(story.checker, [&](app::UnitOfWork& work) {
      return app::CloseSettlementBatchOf(
          {.insurer = batch->insurer, .batch = batch->id, .etag = etag}, work);
    });
  };
  EXPECT_EQ(ReasonFor(close("v99").status()), Reason::kEtagMismatch);
  EXPECT_TRUE(close("v1").ok());
  EXPECT_EQ(ReasonFor(close("").status()), Reason::kIllegalTransition);
}

TEST(SettlementBatchTest, ALineOfAClosedBatchIsReserved) {
  SettlementStory story;
  const Demand demand = story.Accepted(story.here, Yuan(300), Yuan(200));
  story.Cut();
  const auto give_up = [&](Money amount) {
    return story.world.Run(story.world.fund, [&](app::UnitOfWork& work) {
      return app::RelinquishOf(
          {.pool = demand.pool, .of = demand.id, .etag = "", .amount = amount, .reason = "协商"},
          work);
    });
  };
  // What is disputed may be given up, what the batch pays may not.
  EXPECT_EQ(ReasonFor(give_up(Yuan(150)).status()), Reason::kIllegalTransition);
  EXPECT_TRUE(give_up(Yuan(100)).ok());
}

TEST(SettlementBatchTest, NoAdviceNamesWhatABatchPays) {
  SettlementStory story;
  const Demand demand = story.Accepted(story.here, Yuan(300), Yuan(200));
  const auto advise = [&](const std::string& number, Money amount) {
    return story.world.Run(story.maker, [&](app::UnitOfWork& work) {
      domain::RemittanceAdvice advice;
      advice.end_to_end_id = number;
      advice.paid_on = story.world.today();
      advice.total = amount;
      advice.lines = {{demand.id, "", amount}};
      return app::SendRemittanceAdviceOf({story.here, advice}, work);
    });
  };
  const auto before = advise("A", Yuan(200));
  ASSERT_TRUE(before.ok()) << before.status();
  story.Cut();
  EXPECT_EQ(ReasonFor(advise("B", Money::Fen(10'001)).status()), Reason::kIllegalTransition);
  // What is disputed may be paid; and what was said before the cut was said.
  EXPECT_TRUE(advise("C", Yuan(100)).ok());
  const auto again = advise("A", Yuan(200));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->id, before->id);
}

TEST(SettlementBatchTest, APaymentThatNamesAReservedDemandIsABreak) {
  SettlementStory story;
  const Demand demand = story.Accepted(story.here, Yuan(300));
  story.Cut();
  story.Import(story.here, {story.FromInsurer(Yuan(300), demand.reference)});
  EXPECT_EQ(story.Reconcile(story.here).applied_count, 0);
  EXPECT_THAT(story.OpenBreaks(story.here), SizeIs(1));
  EXPECT_EQ(story.Get(demand).open(), Yuan(300));
}

TEST(SettlementBatchTest, WhatIsAgreedLaterOfADemandIsALineOfTheNextBatch) {
  SettlementStory story;
  const Demand demand = story.Accepted(story.here, Yuan(300), Yuan(200));
  EXPECT_EQ(story.Cut().gross, Yuan(200));
  ASSERT_TRUE(story.Accept(demand).ok());  // The dispute is settled.
  EXPECT_EQ(story.Cut().gross, Yuan(100));
  EXPECT_THAT(story.Get(demand).settlement_lines, SizeIs(2));
}

TEST(SettlementBatchTest, WhatWasPaidBeforeTheCutIsNotInIt) {
  SettlementStory story;
  const Demand paid = story.Accepted(story.here, Yuan(300));
  story.Accepted(story.here, Yuan(80));
  story.Import(story.here, {story.FromInsurer(Yuan(300), paid.reference)});
  EXPECT_EQ(story.Reconcile(story.here).applied_count, 1);
  const SettlementBatch batch = story.Cut();
  EXPECT_EQ(batch.gross, Yuan(80));
  EXPECT_EQ(batch.parts.front().lines, 1);
}

TEST(SettlementBatchTest, PagesWithEmptyPlacesArePaidToo) {
  SettlementStory story;
  for (int i = 0; i < 105; ++i) {
    const Demand demand = story.Accepted(story.here, Yuan(10));
    if (i % 3 != 0 && i < 100) {
      story.Import(story.here, {story.FromInsurer(Yuan(10), demand.reference)});
      story.Reconcile(story.here);
    }
  }
  const SettlementBatch batch = story.Cut();
  EXPECT_EQ(batch.parts.front().lines, 39);
  story.Import(story.here, {story.FromInsurer(batch.net(), batch.reference)});
  story.ReconcileAll(story.here);
  EXPECT_EQ(story.Get(batch).state, SettlementBatchState::kPaid);
}

TEST(SettlementBatchTest, ACancelledBatchGivesItsLinesBack) {
  SettlementStory story;
  const Demand demand = story.Accepted(story.here, Yuan(300));
  const SettlementBatch batch = story.Cut();
  ASSERT_TRUE(story.Cancel(batch).ok());
  EXPECT_EQ(story.Get(batch).state, SettlementBatchState::kReleasing);
  story.ReconcileAll(story.here);
  EXPECT_EQ(story.Get(batch).state, SettlementBatchState::kCancelled);
  EXPECT_EQ(story.Cut().gross, Yuan(300));
  EXPECT_THAT(story.Get(demand).settlement_lines, SizeIs(1));
}

TEST(SettlementBatchTest, AnOpenBatchIsCancelledAtOnceAndAPaidOneNotAtAll) {
  SettlementStory story;
  story.Accepted(story.here, Yuan(300));
  const auto open = story.Create();
  ASSERT_TRUE(open.ok());
  ASSERT_TRUE(story.Cancel(*open).ok());
  EXPECT_EQ(story.Get(*open).state, SettlementBatchState::kCancelled);

  const SettlementBatch batch = story.Cut();
  story.Import(story.here, {story.FromInsurer(Yuan(300), batch.reference)});
  story.ReconcileAll(story.here);
  EXPECT_EQ(ReasonFor(story.Cancel(batch).status()), Reason::kIllegalTransition);
}

// The insurer paid one demand twice; the second payment is refundable.
class NettingTest : public ::testing::Test {
 protected:
  void MakeRefundable(Money amount) {
    const Demand paid = story_.Accepted(story_.here, amount);
    story_.Import(story_.here, {story_.FromInsurer(amount, paid.reference),
                                story_.FromInsurer(amount, paid.reference)});
    story_.Reconcile(story_.here);
    const auto breaks = story_.OpenBreaks(story_.here);
    ASSERT_THAT(breaks, SizeIs(1));
    entry_ = *breaks.front().entry;
    const auto resolved = story_.world.Run(story_.world.fund, [&](app::UnitOfWork& work) {
      app::ResolveBreak command;
      command.pool = story_.here;
      command.finding = breaks.front().id;
      command.kind = domain::BreakResolution::kRefund;
      command.reason = "重复付款";
      return app::ResolveBreakOf(command, work);
    });
    ASSERT_TRUE(resolved.ok()) << resolved.status();
  }
  domain::StatementEntry Entry() {
    return story_.world.Get<domain::StatementEntry>(story_.here.value, entry_.value);
  }

  SettlementStory story_;
  domain::StatementEntryId entry_;
};

TEST_F(NettingTest, RefundableMoneyIsSetOff) {
  MakeRefundable(Yuan(60));
  const Demand demand = story_.Accepted(story_.here, Yuan(100));
  const SettlementBatch batch = story_.Cut();
  EXPECT_EQ(batch.gross, Yuan(100));
  EXPECT_EQ(batch.netted, Yuan(60));
  EXPECT_EQ(batch.net(), Yuan(40));
  EXPECT_EQ(Entry().refundable, Money());
  EXPECT_EQ(Entry().netting, Yuan(60));

  story_.Import(story_.here, {story_.FromInsurer(Yuan(40), batch.reference)});
  story_.ReconcileAll(story_.here);
  EXPECT_EQ(story_.Get(batch).state, SettlementBatchState::kPaid);
  EXPECT_EQ(story_.Get(demand).state, DemandState::kPaid);
  EXPECT_EQ(Entry().netting, Money());
  EXPECT_EQ(Entry().state, domain::StatementEntryState::kApplied);
}

TEST_F(NettingTest, NoMoreIsSetOffThanIsOwed) {
  MakeRefundable(Yuan(60));
  story_.Accepted(story_.here, Yuan(25));
  const SettlementBatch batch = story_.Cut();
  EXPECT_EQ(batch.netted, Yuan(25));
  EXPECT_EQ(Entry().refundable, Yuan(35));
  // Nothing is to be paid, so nothing has to come.
  EXPECT_EQ(batch.state, SettlementBatchState::kSplitting);
  story_.ReconcileAll(story_.here);
  EXPECT_EQ(story_.Get(batch).state, SettlementBatchState::kPaid);
}

TEST_F(NettingTest, RefundsOfOnePoolPayNothingOfAnother) {
  MakeRefundable(Yuan(60));
  story_.Accepted(story_.there, Yuan(100));
  EXPECT_EQ(story_.Cut().netted, Money());
}

TEST_F(NettingTest, ACancelledBatchOwesTheRefundAgain) {
  MakeRefundable(Yuan(60));
  story_.Accepted(story_.here, Yuan(100));
  const SettlementBatch batch = story_.Cut();
  ASSERT_TRUE(story_.Cancel(batch).ok());
  EXPECT_EQ(Entry().refundable, Yuan(60));
  EXPECT_EQ(Entry().netting, Money());
  EXPECT_EQ(Entry().state, domain::StatementEntryState::kRefundable);
}

}  // namespace
}  // namespace recoup::testing

// The payment of a settlement batch: exact, too little, too much, twice, in pieces, elsewhere;
// split to the pools, handed on, passed on. HubWorld checks the five laws after each command.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "hub/app/close_day.h"
#include "hub/app/resolve_break.h"
#include "hub/base/error.h"
#include "tests/app/payment_story.h"
#include "tests/app/settlement_story.h"

namespace recoup::testing {
namespace {

using domain::BreakKind;
using domain::Demand;
using domain::DemandState;
using domain::Money;
using domain::SettlementBatch;
using domain::SettlementBatchState;
using domain::Stage;
using domain::StatementEntryState;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SettlementPaymentTest : public ::testing::Test {
 protected:
  // 300 here and 500 there.
  SettlementPaymentTest()
      : mine_(story_.Accepted(story_.here, Yuan(300))),
        theirs_(story_.Accepted(story_.there, Yuan(500))),
        batch_(story_.Cut()) {}

  void Pay(Money amount) {
    story_.Import(story_.here, {story_.FromInsurer(amount, "批次付款 " + batch_.reference)});
  }
  SettlementBatchState State() { return story_.Get(batch_).state; }
  std::vector<domain::StatementEntry> Entries(const domain::PoolId& pool) {
    return story_.world.All<domain::StatementEntry>(pool.value);
  }

  SettlementStory story_;
  Demand mine_;
  Demand theirs_;
  SettlementBatch batch_;
};

TEST_F(SettlementPaymentTest, OneSumPaysTheDemandsOfAllPools) {
  Pay(Yuan(800));
  story_.Reconcile(story_.here);
  EXPECT_EQ(story_.Get(mine_).state, DemandState::kPaid);
  EXPECT_EQ(story_.Get(mine_).Sum(Stage::kRecovered), Yuan(300));
  EXPECT_EQ(State(), SettlementBatchState::kSplitting);
  // Each pool posts its own part.
  EXPECT_EQ(story_.Get(theirs_).open(), Yuan(500));
  story_.Reconcile(story_.there);
  EXPECT_EQ(story_.Get(theirs_).state, DemandState::kPaid);
  EXPECT_EQ(story_.Get(theirs_).Sum(Stage::kPassedOn), Yuan(500));
  EXPECT_EQ(State(), SettlementBatchState::kPaid);

  const auto entries = Entries(story_.here);
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].batched, Yuan(800));
  EXPECT_EQ(entries[0].unapplied, Money());
  EXPECT_EQ(entries[0].state, StatementEntryState::kApplied);
  EXPECT_THAT(story_.Get(batch_).certificate, HasSubstr("SETTLEMENT_BATCH"));
  EXPECT_THAT(story_.OpenBreaks(story_.here), IsEmpty());
  EXPECT_THAT(story_.OpenBreaks(story_.there), IsEmpty());
}

TEST_F(SettlementPaymentTest, ASecondRunChangesNothing) {
  Pay(Yuan(800));
  story_.ReconcileAll(story_.here);
  story_.ReconcileAll(story_.there);
  const auto before = story_.Get(batch_).version;
  EXPECT_EQ(story_.Reconcile(story_.here).settlement.lines, 0);
  EXPECT_EQ(story_.Reconcile(story_.there).settlement.lines, 0);
  EXPECT_EQ(story_.Get(batch_).version, before);
}

TEST_F(SettlementPaymentTest, TooLittlePaysNothingUntilTheRestHasCome) {
  Pay(Yuan(790));  // The bank took a fee of ten.
  story_.Reconcile(story_.here);
  EXPECT_EQ(State(), SettlementBatchState::kClosed);
  EXPECT_EQ(story_.Get(mine_).open(), Yuan(300));
  const auto breaks = story_.OpenBreaks(story_.here);
  ASSERT_THAT(breaks, SizeIs(1));
  EXPECT_EQ(breaks[0].kind, BreakKind::kUnderpaid);
  EXPECT_THAT(breaks[0].explanation, HasSubstr("少 10.00 元"));

  Pay(Yuan(10));
  story_.Reconcile(story_.here);
  EXPECT_EQ(State(), SettlementBatchState::kSplitting);
  EXPECT_EQ(story_.Get(mine_).state, DemandState::kPaid);
  EXPECT_THAT(story_.OpenBreaks(story_.here), IsEmpty());
}

TEST_F(SettlementPaymentTest, TooMuchPaysNothingUntilTheExcessIsSentBack) {
  Pay(Yuan(801));
  story_.Reconcile(story_.here);
  EXPECT_EQ(State(), SettlementBatchState::kClosed);
  const auto breaks = story_.OpenBreaks(story_.here);
  ASSERT_THAT(breaks, SizeIs(1));
  EXPECT_EQ(breaks[0].kind, BreakKind::kOverpaid);
  EXPECT_EQ(breaks[0].amount, Yuan(1));

  const auto resolved = story_.world.Run(story_.world.fund, [&](app::UnitOfWork& work) {
    app::ResolveBreak command;
    command.pool = story_.here;
    command.finding = breaks[0].id;
    command.kind = domain::BreakResolution::kRefund;
    command.reason = "多付";
    return app::ResolveBreakOf(command, work);
  });
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  story_.Reconcile(story_.here);
  EXPECT_EQ(State(), SettlementBatchState::kSplitting);
  const auto entries = Entries(story_.here);
  EXPECT_EQ(entries[0].batched, Yuan(800));
  EXPECT_EQ(entries[0].refundable, Yuan(1));
}

TEST_F(SettlementPaymentTest, ASecondPaymentIsABreak) {
  Pay(Yuan(800));
  story_.Reconcile(story_.here);
  Pay(Yuan(800));
  story_.Reconcile(story_.here);
  const auto breaks = story_.OpenBreaks(story_.here);
  ASSERT_THAT(breaks, SizeIs(1));
  EXPECT_EQ(breaks[0].kind, BreakKind::kDuplicatePayment);
  EXPECT_EQ(breaks[0].amount, Yuan(800));
}

TEST_F(SettlementPaymentTest, APaymentToAnotherPoolsAccountIsABreakThere) {
  story_.Import(story_.there, {story_.FromInsurer(Yuan(800), batch_.reference)});
  story_.Reconcile(story_.there);
  EXPECT_EQ(State(), SettlementBatchState::kClosed);
  const auto breaks = story_.OpenBreaks(story_.there);
  ASSERT_THAT(breaks, SizeIs(1));
  EXPECT_EQ(breaks[0].kind, BreakKind::kUnknownPayment);
}

TEST_F(SettlementPaymentTest, APaymentThatNamesADemandTooIsNobodysToSplit) {
  story_.Import(story_.here,
                {story_.FromInsurer(Yuan(800), batch_.reference + " / " + mine_.reference)});
  story_.Reconcile(story_.here);
  EXPECT_EQ(State(), SettlementBatchState::kClosed);
  ASSERT_THAT(story_.OpenBreaks(story_.here), SizeIs(1));
  EXPECT_EQ(story_.OpenBreaks(story_.here)[0].kind, BreakKind::kAmbiguousPayment);
}

TEST_F(SettlementPaymentTest, TheTransferToTheOtherPoolLeavesTheBooksWhenTheBankBooksIt) {
  Pay(Yuan(800));
  story_.Reconcile(story_.here);
  const auto unapplied = [&] {
    Money left;
    story_.world.Read([&](app::RecordReader& reader) {
      left = reader.view().BalancesOf(story_.here.value)->at(ledger::Account::kUnapplied);
    });
    return left;
  };
  EXPECT_EQ(unapplied(), Yuan(500));
  EXPECT_FALSE(story_.Get(batch_).parts[0].forwarded && story_.Get(batch_).parts[1].forwarded);
  story_.Import(story_.here, {Debit(story_.world.today(), Yuan(500), "D1", "闵行区医疗保障基金",
                                    "结算批次划转 " + batch_.reference)});
  story_.Reconcile(story_.here);
  EXPECT_EQ(unapplied(), Money());
  EXPECT_THAT(story_.OpenBreaks(story_.here), IsEmpty());
}

TEST_F(SettlementPaymentTest, ADebitOfAnotherAmountIsNotTheTransfer) {
  Pay(Yuan(800));
  story_.Reconcile(story_.here);
  story_.Import(story_.here, {Debit(story_.world.today(), Yuan(499), "D1", "闵行区医疗保障基金",
                                    "结算批次划转 " + batch_.reference)});
  story_.Reconcile(story_.here);
  EXPECT_THAT(story_.OpenBreaks(story_.here), SizeIs(1));
}

// Of both pools, with everything of the batch in the books: bank and books differ by nothing that
// is not explained.
TEST_F(SettlementPaymentTest, TheDaysOfBothPoolsClose) {
  Pay(Yuan(800));
  story_.Import(story_.there, {});
  story_.ReconcileAll(story_.here);
  story_.ReconcileAll(story_.there);
  for (const domain::PoolId& pool : {story_.here, story_.there}) {
    const absl::CivilDay day = story_.world.today();
    story_.world.Read([&](app::RecordReader& reader) {
      const auto prepared = app::PrepareClose(reader, {pool, day}, day);
      ASSERT_TRUE(prepared.ok()) << prepared.status();
      EXPECT_THAT(prepared->report.obstacles, IsEmpty()) << prepared->report.text;
    });
  }
}

// Whatever is accepted, of whatever is asked, in whichever pool: what a batch takes in is paid to
// the fen, and nothing else is.
TEST(SettlementConservationTest, SumOfLinesLessRefundsIsWhatIsPaid) {
  constexpr std::uint64_t kSeed = 20260320;
  constexpr int kWorlds = 12;
  SeededRandom random(kSeed);
  const auto up_to = [&](std::int64_t most) {
    return Money::Fen(1 +
                      static_cast<std::int64_t>(random.Next() % static_cast<std::uint64_t>(most)));
  };
  for (int round = 0; round < kWorlds; ++round) {
    SCOPED_TRACE(absl::StrCat("seed ", kSeed, " round ", round));
    SettlementStory story;
    std::vector<Demand> demands;
    Money agreed;
    for (std::int64_t count = up_to(12).fen(); count > 0; --count) {
      const Money amount = up_to(100'000);
      const Money accepted = up_to(amount.fen());
      const bool here = random.Next() % 2 == 0;
      demands.push_back(story.Accepted(here ? story.here : story.there, amount, accepted));
      agreed += accepted;
    }
    // Without it the collecting pool might be unknown to the hub.
    demands.push_back(story.Accepted(story.here, Money::Fen(1)));
    agreed += Money::Fen(1);
    const SettlementBatch batch = story.Cut();
    EXPECT_EQ(batch.gross, agreed);
    Money parts;
    for (const domain::BatchPart& part : batch.parts) parts += part.net();
    EXPECT_EQ(parts, batch.net());
    const Demand late = story.Accepted(story.here, up_to(1'000));

    // In one piece or two.
    const Money first = Money::Fen(
        static_cast<std::int64_t>(random.Next() % static_cast<std::uint64_t>(batch.net().fen())));
    std::vector<domain::StatementEntry> pieces;
    for (const Money piece : {first, batch.net() - first}) {
      if (piece.is_positive()) pieces.push_back(story.FromInsurer(piece, batch.reference));
    }
    story.Import(story.here, pieces);
    story.ReconcileAll(story.here);
    story.ReconcileAll(story.there);
    EXPECT_EQ(story.Get(batch).state, SettlementBatchState::kPaid);
    Money paid;
    for (const Demand& demand : demands) paid += story.Get(demand).applied();
    EXPECT_EQ(paid, batch.net());
    EXPECT_EQ(story.Get(late).applied(), Money());
  }
}

}  // namespace
}  // namespace recoup::testing

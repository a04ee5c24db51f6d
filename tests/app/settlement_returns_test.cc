// The bank takes the payment of a settlement batch back: before it is distributed, after, in part,
// after it was passed on or handed on. HubWorld checks the five laws after each command.
#include "hub/app/settlement_returns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "hub/app/close_day.h"
#include "hub/app/pass_on.h"
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
using domain::StatementEntry;
using domain::StatementEntryState;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kInsurerName[] = "华安联合财产保险股份有限公司";
constexpr char kOtherFund[] = "闵行区医疗保障基金";

class BatchReturnTest : public ::testing::Test {
 protected:
  // 300 here and 500 there.
  BatchReturnTest()
      : mine_(story_.Accepted(story_.here, Yuan(300))),
        theirs_(story_.Accepted(story_.there, Yuan(500))),
        batch_(story_.Cut()) {}

  void Pay(Money amount) {
    story_.Import(story_.here, {story_.FromInsurer(amount, "批次付款 " + batch_.reference)});
  }
  void Return(Money amount, const std::string& text, bool marked = true,
              const std::string& payee = kInsurerName) {
    StatementEntry debit =
        Debit(story_.world.today(), amount, absl::StrCat("R", ++returns_), payee, text);
    debit.reversal = marked;
    story_.Import(story_.here, {debit});
  }
  absl::StatusOr<app::ResolveBreakAnswer> CallReturn(const domain::Break& found,
                                                     const SettlementBatch& batch) {
    return story_.world.Run(story_.FundOf(found.pool), [&](app::UnitOfWork& work) {
      app::ResolveBreak command;
      command.pool = found.pool;
      command.finding = found.id;
      command.kind = domain::BreakResolution::kApply;
      command.settlement_batch = {batch.insurer, batch.id};
      command.reason = "银行电话确认";
      return app::ResolveBreakOf(command, work);
    });
  }
  void ReconcileBoth() {
    for (int rounds = 0; rounds < 3; ++rounds) {
      story_.ReconcileAll(story_.here);
      story_.ReconcileAll(story_.there);
    }
  }
  SettlementBatchState State() { return story_.Get(batch_).state; }
  std::vector<StatementEntry> Entries() {
    return story_.world.All<StatementEntry>(story_.here.value);
  }
  Money BalanceOf(const domain::PoolId& pool, ledger::Account account) {
    Money balance;
    story_.world.Read([&](app::RecordReader& reader) {
      balance = reader.view().BalancesOf(pool.value)->at(account);
    });
    return balance;
  }
  void ExpectOpenAgain() {
    EXPECT_EQ(State(), SettlementBatchState::kReturned);
    for (const Demand& demand : {mine_, theirs_}) {
      const Demand now = story_.Get(demand);
      EXPECT_EQ(now.state, DemandState::kAgreed);
      EXPECT_EQ(now.Sum(Stage::kAgreed), demand.amount);
      EXPECT_EQ(now.applied(), Money());
      ASSERT_THAT(now.settlement_lines, SizeIs(1));
      EXPECT_FALSE(now.settlement_lines[0].paid);
    }
    for (const domain::BatchPart& part : story_.Get(batch_).parts) {
      EXPECT_EQ(part.forward, Money()) << "nothing of what is gone is to be handed on";
      EXPECT_FALSE(part.done);
    }
    EXPECT_EQ(BalanceOf(story_.there, ledger::Account::kBank), Money());
  }
  void ExpectPaid() {
    EXPECT_EQ(State(), SettlementBatchState::kPaid);
    EXPECT_EQ(story_.Get(mine_).state, DemandState::kPaid);
    EXPECT_EQ(story_.Get(theirs_).state, DemandState::kPaid);
  }
  void ExpectDaysClose() {
    story_.Import(story_.there, {});
    for (const domain::PoolId& pool : {story_.here, story_.there}) {
      const absl::CivilDay day = story_.world.today();
      story_.world.Read([&](app::RecordReader& reader) {
        const auto prepared = app::PrepareClose(reader, {pool, day}, day);
        ASSERT_TRUE(prepared.ok()) << prepared.status();
        EXPECT_THAT(prepared->report.obstacles, IsEmpty()) << prepared->report.text;
      });
    }
  }
  void PassOnHere() {
    const auto passed = story_.world.Run(story_.world.fund, [&](app::UnitOfWork& work) {
      return app::PassOnOf({story_.here, {}, story_.world.today(), "P1"}, work);
    });
    ASSERT_TRUE(passed.ok()) << passed.status();
    EXPECT_EQ(passed->amount, Yuan(300));
  }
  void HandOn() {
    story_.Import(story_.here, {Debit(story_.world.today(), Yuan(500), "F1", kOtherFund,
                                      "结算批次划转 " + batch_.reference)});
    story_.ReconcileAll(story_.here);
    ASSERT_TRUE(story_.Get(batch_).parts[1].forwarded || story_.Get(batch_).parts[0].forwarded);
  }

  SettlementStory story_;
  Demand mine_;
  Demand theirs_;
  SettlementBatch batch_;
  int returns_ = 0;
};

// A world of its own for each row of a table.
class BatchReturnRow : public BatchReturnTest {
 public:
  template <typename Check>
  static void Run(Check check) {
    BatchReturnRow row;
    check(row);
  }
  using BatchReturnTest::BalanceOf;
  using BatchReturnTest::batch_;
  using BatchReturnTest::ExpectDaysClose;
  using BatchReturnTest::ExpectOpenAgain;
  using BatchReturnTest::ExpectPaid;
  using BatchReturnTest::HandOn;
  using BatchReturnTest::Pay;
  using BatchReturnTest::ReconcileBoth;
  using BatchReturnTest::Return;
  using BatchReturnTest::State;
  using BatchReturnTest::story_;

 private:
  void TestBody() override {}
};

TEST_F(BatchReturnTest, AfterEveryLineWasPaidAllAreOpenAgain) {
  Pay(Yuan(800));
  ReconcileBoth();
  ExpectPaid();
  Return(Yuan(800), "退汇 " + batch_.reference);
  ReconcileBoth();
  ExpectOpenAgain();
  EXPECT_THAT(story_.OpenBreaks(story_.here), IsEmpty());
  EXPECT_EQ(Entries()[0].state, StatementEntryState::kReturned);
  EXPECT_EQ(Entries()[1].returns, Entries()[0].id);
  EXPECT_EQ(BalanceOf(story_.here, ledger::Account::kBank), Money());
  EXPECT_THAT(story_.Get(batch_).return_certificate, HasSubstr(batch_.reference));
  ExpectDaysClose();
}

TEST_F(BatchReturnTest, BeforeItIsDistributedNothingMoreIs) {
  Pay(Yuan(800));
  story_.Reconcile(story_.here);
  ASSERT_EQ(State(), SettlementBatchState::kSplitting);
  Return(Yuan(800), "退汇 " + batch_.reference);
  story_.Reconcile(story_.here);
  EXPECT_EQ(State(), SettlementBatchState::kReturning);
  story_.Reconcile(story_.there);
  EXPECT_EQ(story_.Get(theirs_).applied(), Money()) << "distributed money that is gone";
  ExpectOpenAgain();
  const auto passed = story_.world.Run(story_.world.fund, [&](app::UnitOfWork& work) {
    return app::PassOnOf({story_.here, {}, story_.world.today(), ""}, work);
  });
  EXPECT_TRUE(!passed.ok() || passed->amount.is_zero());
  ExpectDaysClose();
}

TEST_F(BatchReturnTest, PaidAgainItIsPaid) {
  Pay(Yuan(800));
  ReconcileBoth();
  Return(Yuan(800), "退汇 " + batch_.reference);
  ReconcileBoth();
  ExpectOpenAgain();
  Pay(Yuan(800));
  ReconcileBoth();
  ExpectPaid();
  EXPECT_THAT(story_.OpenBreaks(story_.here), IsEmpty());
  // And once more.
  Return(Yuan(800), "退汇 " + batch_.reference);
  ReconcileBoth();
  ExpectOpenAgain();
  ExpectDaysClose();
}

TEST_F(BatchReturnTest, HowAReturnIsKnown) {
  struct Row {
    const char* what;
    Money amount;
    bool names_batch;
    bool marked;
    const char* payee;
    bool known;
  };
  for (const Row& row : {
           Row{"marked, names the batch", Yuan(800), true, true, kInsurerName, true},
           Row{"marked, names the batch, no payee", Yuan(800), true, true, "", true},
           Row{"marked, names nothing, payer and amount", Yuan(800), false, true, kInsurerName,
               true},
           Row{"marked, names nothing, another payee", Yuan(800), false, true, "无关公司", false},
           Row{"marked, names nothing, another amount", Yuan(700), false, true, kInsurerName,
               false},
           Row{"unmarked, names the batch, payer and amount", Yuan(800), true, false, kInsurerName,
               true},
           Row{"unmarked, another amount", Yuan(700), true, false, kInsurerName, false},
           Row{"unmarked, another payee", Yuan(800), true, false, kOtherFund, false},
           Row{"unmarked, names nothing", Yuan(800), false, false, kInsurerName, false},
           Row{"more than was paid", Yuan(801), true, true, kInsurerName, false},
       }) {
    SCOPED_TRACE(row.what);
    BatchReturnRow::Run([&](BatchReturnRow& t) {
      t.Pay(Yuan(800));
      t.ReconcileBoth();
      t.Return(row.amount, row.names_batch ? "退汇 " + t.batch_.reference : "退汇", row.marked,
               row.payee);
      t.ReconcileBoth();
      EXPECT_EQ(t.State(),
                row.known ? SettlementBatchState::kReturned : SettlementBatchState::kPaid);
      EXPECT_THAT(t.story_.OpenBreaks(t.story_.here), SizeIs(row.known ? 0 : 1));
    });
  }
}

// A batch is never paid in part: what stayed counts to the whole.
// Neither marked nor named, and to a payee the bank writes otherwise: the officer has asked the
// bank.
TEST_F(BatchReturnTest, AnOfficerSaysWhatADebitIs) {
  Pay(Yuan(800));
  ReconcileBoth();
  ExpectPaid();
  Return(Yuan(800), "往来", false, "某清算中心");
  ReconcileBoth();
  ExpectPaid();
  ASSERT_THAT(story_.OpenBreaks(story_.here), SizeIs(1));
  const domain::Break found = story_.OpenBreaks(story_.here)[0];
  EXPECT_EQ(found.kind, BreakKind::kUnknownDebit);
  EXPECT_THAT(found.suggestion, HasSubstr("--settlement-batch"));
  const auto resolved = CallReturn(found, batch_);
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  EXPECT_EQ(resolved->finding.state, domain::BreakState::kResolved);
  ReconcileBoth();
  ExpectOpenAgain();
  EXPECT_THAT(story_.OpenBreaks(story_.here), IsEmpty());
  EXPECT_EQ(BalanceOf(story_.here, ledger::Account::kBank), Money());
  ExpectDaysClose();
  Pay(Yuan(800));
  ReconcileBoth();
  ExpectPaid();
}

// It has the amount of a part, and would else be taken for the transfer of it.
TEST_F(BatchReturnTest, WhatAnOfficerCallsAReturnIsNoTransferToAnotherPool) {
  Pay(Yuan(800));
  story_.Reconcile(story_.here);
  Return(Yuan(500), "往来", false, "某清算中心");
  story_.Reconcile(story_.here);
  ASSERT_THAT(story_.OpenBreaks(story_.here), SizeIs(1));
  ASSERT_TRUE(CallReturn(story_.OpenBreaks(story_.here)[0], batch_).ok());
  ReconcileBoth();
  EXPECT_EQ(State(), SettlementBatchState::kReturned);
  for (const domain::BatchPart& part : story_.Get(batch_).parts) EXPECT_FALSE(part.forwarded);
}

TEST_F(BatchReturnTest, WhatCannotBeTheReturnOfABatchIsRefused) {
  Pay(Yuan(800));
  ReconcileBoth();
  Return(Yuan(801), "往来", false, "某清算中心");
  ReconcileBoth();
  ASSERT_THAT(story_.OpenBreaks(story_.here), SizeIs(1));
  const domain::Break found = story_.OpenBreaks(story_.here)[0];
  EXPECT_EQ(ReasonOf(CallReturn(found, batch_).status()), Reason::kAmountExceedsOpen);
  story_.Accepted(story_.here, Yuan(900));
  const SettlementBatch unpaid = story_.Cut();
  EXPECT_EQ(ReasonOf(CallReturn(found, unpaid).status()), Reason::kIllegalTransition);
  SettlementBatch unknown = batch_;
  unknown.id = {};
  EXPECT_EQ(ReasonOf(CallReturn(found, unknown).status()), Reason::kNotFound);
  // Another pool's officer cannot say it of the batch that he only has a part in.
  story_.Import(story_.there, {Debit(story_.world.today(), Yuan(800), "X1", "某清算中心", "往来")});
  story_.Reconcile(story_.there);
  ASSERT_THAT(story_.OpenBreaks(story_.there), SizeIs(1));
  EXPECT_EQ(ReasonOf(CallReturn(story_.OpenBreaks(story_.there)[0], batch_).status()),
            Reason::kNotFound);
  EXPECT_EQ(State(), SettlementBatchState::kPaid);
}

TEST_F(BatchReturnTest, OfPartTheWholeWaitsForTheRest) {
  Pay(Yuan(800));
  ReconcileBoth();
  Return(Yuan(50), "退汇 " + batch_.reference);
  ReconcileBoth();
  ExpectOpenAgain();
  const auto breaks = story_.OpenBreaks(story_.here);
  ASSERT_THAT(breaks, SizeIs(1));
  EXPECT_EQ(breaks[0].kind, BreakKind::kUnderpaid);
  EXPECT_THAT(breaks[0].explanation, HasSubstr("少 50.00 元"));
  ExpectDaysClose();
  Pay(Yuan(50));
  ReconcileBoth();
  ExpectPaid();
  EXPECT_THAT(story_.OpenBreaks(story_.here), IsEmpty());
}

TEST_F(BatchReturnTest, OfAPaymentInTwoPiecesEitherPieceOrBoth) {
  Pay(Yuan(700));
  Pay(Yuan(100));
  ReconcileBoth();
  ExpectPaid();
  Return(Yuan(100), "退汇 " + batch_.reference, false);
  ReconcileBoth();
  ExpectOpenAgain();
  EXPECT_EQ(Entries()[1].state, StatementEntryState::kReturned);
  EXPECT_EQ(Entries()[0].unapplied, Yuan(700));
  Return(Yuan(700), "退汇 " + batch_.reference, false);
  ReconcileBoth();
  EXPECT_EQ(Entries()[0].state, StatementEntryState::kReturned);
  EXPECT_THAT(story_.OpenBreaks(story_.here), IsEmpty());
  ExpectDaysClose();
}

// What lies unapplied goes back first.
TEST_F(BatchReturnTest, ASecondPaymentThatGoesBackOpensNothing) {
  Pay(Yuan(800));
  ReconcileBoth();
  Pay(Yuan(800));
  ReconcileBoth();
  Return(Yuan(800), "退汇 " + batch_.reference);
  ReconcileBoth();
  ExpectPaid();
  EXPECT_THAT(story_.OpenBreaks(story_.here), IsEmpty());
}

TEST_F(BatchReturnTest, OfABatchThatIsNotPaidYet) {
  Pay(Yuan(790));
  ReconcileBoth();
  Return(Yuan(790), "退汇 " + batch_.reference);
  ReconcileBoth();
  EXPECT_EQ(State(), SettlementBatchState::kClosed);
  EXPECT_EQ(Entries()[0].state, StatementEntryState::kReturned);
  EXPECT_THAT(story_.OpenBreaks(story_.here), IsEmpty());
}

// The pool got 300 out of the account and owes them to it; the close shows it.
TEST_F(BatchReturnTest, WhatWasPassedOnIsOwedByThePool) {
  Pay(Yuan(800));
  ReconcileBoth();
  PassOnHere();
  Return(Yuan(800), "退汇 " + batch_.reference);
  ReconcileBoth();
  ExpectOpenAgain();
  EXPECT_EQ(BalanceOf(story_.here, ledger::Account::kDelivered), Money());
  EXPECT_THAT(story_.OpenBreaks(story_.here), IsEmpty());
  ExpectDaysClose();
}

TEST_F(BatchReturnTest, WhatWasHandedOnIsMissingUntilTheBatchIsPaidAgain) {
  Pay(Yuan(800));
  ReconcileBoth();
  HandOn();
  Return(Yuan(800), "退汇 " + batch_.reference);
  ReconcileBoth();
  ExpectOpenAgain();
  const auto breaks = story_.OpenBreaks(story_.here);
  ASSERT_THAT(breaks, SizeIs(1));
  EXPECT_EQ(breaks[0].kind, BreakKind::kReturnedPayment);
  EXPECT_EQ(breaks[0].amount, Yuan(800));
  EXPECT_THAT(breaks[0].explanation, HasSubstr("只有 300.00 元"));
  EXPECT_THAT(breaks[0].explanation, HasSubstr("500.00 元已划转 310112-310"));
  ExpectDaysClose();
  Pay(Yuan(800));
  ReconcileBoth();
  ExpectPaid();
  EXPECT_THAT(story_.OpenBreaks(story_.here), IsEmpty());
  // The other pool keeps what it got: nothing is handed on a second time.
  for (const domain::BatchPart& part : story_.Get(batch_).parts) {
    if (part.pool == story_.there) {
      EXPECT_TRUE(part.forwarded);
    }
  }
  EXPECT_EQ(BalanceOf(story_.here, ledger::Account::kUnapplied), Money());
  ExpectDaysClose();
}

TEST_F(BatchReturnTest, OfPartAfterItWasHandedOn) {
  for (const Money part : {Yuan(300), Yuan(600)}) {
    SCOPED_TRACE(part.ToYuan());
    BatchReturnRow::Run([&](BatchReturnRow& t) {
      t.Pay(Yuan(800));
      t.ReconcileBoth();
      t.HandOn();
      t.Return(part, "退汇 " + t.batch_.reference);
      t.ReconcileBoth();
      t.ExpectOpenAgain();
      t.Pay(part);
      t.ReconcileBoth();
      t.ExpectPaid();
      EXPECT_THAT(t.story_.OpenBreaks(t.story_.here), IsEmpty());
      EXPECT_EQ(t.BalanceOf(t.story_.here, ledger::Account::kUnapplied), Money());
      t.ExpectDaysClose();
    });
  }
}

TEST_F(BatchReturnTest, WhatWasHandedOnMayBeSentBack) {
  Pay(Yuan(800));
  ReconcileBoth();
  HandOn();
  Return(Yuan(800), "退汇 " + batch_.reference);
  ReconcileBoth();
  story_.Import(story_.here,
                {Credit(story_.world.today(), Yuan(500), "G1", kOtherFund, "退回划转")});
  ReconcileBoth();
  ExpectOpenAgain();
  EXPECT_THAT(story_.OpenBreaks(story_.here), IsEmpty());
  EXPECT_EQ(BalanceOf(story_.here, ledger::Account::kBank), Money());
  ExpectDaysClose();
  Pay(Yuan(800));
  ReconcileBoth();
  ExpectPaid();
  EXPECT_EQ(BalanceOf(story_.here, ledger::Account::kUnapplied), Yuan(500)) << "to be handed on";
}

TEST_F(BatchReturnTest, TwoPersonsCancelIt) {
  Pay(Yuan(800));
  ReconcileBoth();
  EXPECT_EQ(ReasonOf(story_.Cancel(batch_).status()), Reason::kIllegalTransition);
  Return(Yuan(800), "退汇 " + batch_.reference);
  ReconcileBoth();
  const auto asked = story_.Cancel(batch_);
  ASSERT_TRUE(asked.ok()) << asked.status();
  EXPECT_EQ(asked->state, SettlementBatchState::kReturned);
  EXPECT_EQ(ReasonOf(story_.Cancel(batch_).status()), Reason::kSamePersonMayNotApprove);
  EXPECT_EQ(State(), SettlementBatchState::kReturned);
  const auto done = story_.world.Run(story_.checker, [&](app::UnitOfWork& work) {
    return app::CancelSettlementBatchOf(
        {.insurer = batch_.insurer, .batch = batch_.id, .etag = "", .reason = "同意"}, work);
  });
  ASSERT_TRUE(done.ok()) << done.status();
  ReconcileBoth();
  EXPECT_EQ(State(), SettlementBatchState::kCancelled);
  // The lines wait for the next batch.
  const SettlementBatch next = story_.Cut();
  EXPECT_EQ(next.gross, Yuan(800));
}

TEST_F(BatchReturnTest, RefundsThatWereSetOffAreReservedAgain) {
  // A demand paid twice; the second payment is the insurer's.
  SettlementStory story;
  const Demand twice = story.Accepted(story.here, Yuan(60));
  story.Import(story.here, {story.FromInsurer(Yuan(60), twice.reference),
                            story.FromInsurer(Yuan(60), twice.reference)});
  story.Reconcile(story.here);
  const auto refunded = story.world.Run(story.world.fund, [&](app::UnitOfWork& work) {
    app::ResolveBreak command;
    command.pool = story.here;
    command.finding = story.OpenBreaks(story.here).front().id;
    command.kind = domain::BreakResolution::kRefund;
    command.reason = "重复付款";
    return app::ResolveBreakOf(command, work);
  });
  ASSERT_TRUE(refunded.ok()) << refunded.status();
  const Demand demand = story.Accepted(story.here, Yuan(100));
  const SettlementBatch batch = story.Cut();
  ASSERT_EQ(batch.net(), Yuan(40));
  const auto pay = [&] {
    story.Import(story.here, {story.FromInsurer(Yuan(40), batch.reference)});
    story.ReconcileAll(story.here);
    EXPECT_EQ(story.Get(batch).state, SettlementBatchState::kPaid);
  };
  pay();
  StatementEntry debit = Debit(story.world.today(), Yuan(40), "R1", kInsurerName, batch.reference);
  debit.return_reason = "AC04";
  story.Import(story.here, {debit});
  story.ReconcileAll(story.here);
  EXPECT_EQ(story.Get(batch).state, SettlementBatchState::kReturned);
  EXPECT_EQ(story.Get(demand).Sum(Stage::kAgreed), Yuan(100));
  Money netting;
  for (const StatementEntry& entry : story.world.All<StatementEntry>(story.here.value)) {
    netting += entry.netting;
  }
  EXPECT_EQ(netting, Yuan(60));
  pay();
  EXPECT_EQ(story.Get(demand).state, DemandState::kPaid);
}

// More lines than one page, stopped in the midst of paying them.
TEST(BatchReturnPagesTest, InTheMidstOfDistributing) {
  SettlementStory story;
  std::vector<Demand> demands;
  for (int i = 0; i < 2 * domain::kSettlementPageLines + 5; ++i) {
    demands.push_back(story.Accepted(story.here, Yuan(1)));
  }
  const SettlementBatch batch = story.Cut();
  story.Import(story.here, {story.FromInsurer(batch.net(), batch.reference)});
  story.Reconcile(story.here);  // One page.
  ASSERT_EQ(story.Get(batch).state, SettlementBatchState::kSplitting);
  StatementEntry debit =
      Debit(story.world.today(), batch.net(), "R1", kInsurerName, batch.reference);
  debit.reversal = true;
  story.Import(story.here, {debit});
  story.ReconcileAll(story.here);
  EXPECT_EQ(story.Get(batch).state, SettlementBatchState::kReturned);
  EXPECT_THAT(story.OpenBreaks(story.here), IsEmpty());
  for (const Demand& demand : demands) {
    ASSERT_EQ(story.Get(demand).Sum(Stage::kAgreed), Yuan(1));
  }
}

}  // namespace
}  // namespace recoup::testing

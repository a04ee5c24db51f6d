// Passing money on and the bank's debits for it: what a run recognises by itself, what stays with a
// person, and that bank and books are bridged to the fen on every day in between.
#include "hub/app/deliveries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "hub/app/close_day.h"
#include "hub/app/pass_on.h"
#include "hub/app/resolve_break.h"
#include "hub/base/error.h"
#include "tests/app/bank_days.h"

namespace recoup::testing {
namespace {

using domain::BreakKind;
using domain::BreakResolution;
using domain::BreakState;
using domain::Delivery;
using domain::Money;
using domain::StatementEntry;
using domain::StatementEntryState;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kTreasury[] = "市社会保障基金财政专户";

class DeliveriesTest : public BankDaysTest {
 protected:
  // Comes in, and is applied to a demand of its own.
  void Recover(Money amount) {
    const std::string number = absl::StrCat(++demands_ + 5000);
    const domain::Demand demand = Issue(number, amount);
    Import({Credit(world_.today(), amount, "B" + number, kPayer, demand.reference)});
    Reconcile();
  }
  void PassOn(const std::string& bank_reference = "") {
    const auto passed = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::PassOnOf({world_.pool, {}, world_.today(), bank_reference}, work);
    });
    ASSERT_TRUE(passed.ok()) << passed.status();
  }
  StatementEntry PaidOut(Money amount, const std::string& bank_reference,
                         const std::string& payee = kTreasury) {
    return Debit(world_.today(), amount, bank_reference, payee, "往来");
  }
  // The report of today's close; bank and books must agree by it.
  std::string CloseToday() {
    const app::CloseDay command{world_.pool, world_.today()};
    app::PreparedClose prepared;
    world_.Read([&](app::RecordReader& reader) {
      const auto answer = app::PrepareClose(reader, command, world_.today());
      ASSERT_TRUE(answer.ok()) << answer.status();
      prepared = *answer;
    });
    EXPECT_EQ(prepared.report.unexplained, Money()) << prepared.report.text;
    const auto close = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::CloseDayOf(command, prepared, world_.engine().signing_key(), work);
    });
    EXPECT_TRUE(close.ok()) << close.status();
    if (!close.ok()) return "";
    closes_.push_back(*close);
    return close->report;
  }
  absl::Status Resolve(const domain::Break& finding, BreakResolution kind, bool pays_delivery) {
    return world_
        .Run(world_.fund,
             [&](app::UnitOfWork& work) {
               app::ResolveBreak command;
               command.pool = world_.pool;
               command.finding = finding.id;
               command.kind = kind;
               command.reason = "银行回单已核对";
               command.pays_delivery = pays_delivery;
               return app::ResolveBreakOf(command, work);
             })
        .status();
  }
  std::vector<Delivery> Deliveries() { return world_.All<Delivery>(world_.pool.value); }
  // `back`: of the day after, for the debit B77.
  void SendBackAndPayAgain(StatementEntry back) {
    back.return_reason = "AC01";
    Recover(Yuan(300));
    PassOn();
    Import({PaidOut(Yuan(300), "B77")});
    Reconcile();
    CloseToday();
    NextDay();
    Import({back});
    EXPECT_EQ(Reconcile().explained_count, 1);
    EXPECT_THAT(Open(), IsEmpty());
    const StatementEntry credit = EntryOf("B78");
    EXPECT_EQ(credit.state, StatementEntryState::kReturned);
    EXPECT_EQ(credit.unapplied, Money());
    EXPECT_EQ(credit.returns, EntryOf("B77").id);
    EXPECT_THAT(credit.certificate, HasSubstr("PASS_ON_SENT_BACK"));
    EXPECT_THAT(CloseToday(), AllOf(HasSubstr("已上解银行未付 事件"),
                                    HasSubstr("银行余额 305.00\n账面余额 0.00\n")));
    NextDay();
    Import({PaidOut(Yuan(300), "B79")});
    EXPECT_EQ(Reconcile().explained_count, 1);
    EXPECT_THAT(CloseToday(), Not(HasSubstr("已上解银行未付")));
  }
  // What was closed stays provable, whatever came later.
  void TearDown() override {
    world_.Read([&](app::RecordReader& reader) {
      for (const domain::DayClose& close : closes_) {
        const auto verified =
            app::VerifyClose(reader, close, world_.engine().signing_key().verify_key());
        ASSERT_TRUE(verified.ok()) << verified.status();
        EXPECT_TRUE(*verified) << close.report;
      }
    });
  }

  int demands_ = 0;
  std::vector<domain::DayClose> closes_;
};

TEST_F(DeliveriesTest, TheBanksDebitIsRecognisedWithoutABreak) {
  struct Row {
    const char* what;
    const char* passed_on_as;
    const char* debit;
    const char* rule;
  };
  for (const Row& row : {Row{"by reference", "20260301-88", "20260301-88", "PASS_ON_REFERENCE"},
                         Row{"by amount and day", "", "B77", "PASS_ON_AMOUNT"}}) {
    SCOPED_TRACE(row.what);
    Recover(Yuan(300));
    PassOn(row.passed_on_as);
    EXPECT_THAT(CloseToday(), HasSubstr("已上解银行未付 事件"));
    NextDay();
    Import({PaidOut(Yuan(300), row.debit)});
    EXPECT_EQ(Reconcile().explained_count, 1);
    EXPECT_THAT(Open(), IsEmpty());
    const StatementEntry debit = EntryOf(row.debit);
    EXPECT_EQ(debit.state, StatementEntryState::kApplied);
    EXPECT_EQ(debit.delivery_event, Deliveries().back().event_sequence);
    EXPECT_THAT(debit.certificate, AllOf(HasSubstr(row.rule), HasSubstr("300.00 元")));
    EXPECT_EQ(Reconcile().explained_count, 0) << "once";
    EXPECT_THAT(CloseToday(), Not(HasSubstr("已上解银行未付")));
    NextDay();
  }
}

// What several commands passed on goes out in one transfer, comes back in one credit, and goes out
// again; bank and books are bridged on every day.
TEST_F(DeliveriesTest, OneDebitPaysOutSeveralDeliveries) {
  struct Row {
    const char* what;
    const char* passed_on_as;
    const char* rule;
    std::int64_t second;  // Not the same sum twice: what comes back could be of either.
  };
  for (const Row& row : {Row{"under one reference", "20260301-88", "PASS_ON_REFERENCES", 70},
                         Row{"by the only sum", "", "PASS_ON_SUM", 80}}) {
    SCOPED_TRACE(row.what);
    Recover(Yuan(300));
    PassOn(row.passed_on_as);
    Recover(Yuan(row.second));
    PassOn(row.passed_on_as);
    EXPECT_THAT(CloseToday(), HasSubstr("已上解银行未付 事件"));
    NextDay();
    Import({PaidOut(Yuan(300 + row.second), *row.passed_on_as ? row.passed_on_as : "B90")});
    EXPECT_EQ(Reconcile().explained_count, 1);
    EXPECT_THAT(Open(), IsEmpty());
    const StatementEntry debit = EntryOf(*row.passed_on_as ? row.passed_on_as : "B90");
    const std::vector<Delivery> all = Deliveries();
    ASSERT_GE(all.size(), 2u);
    EXPECT_EQ(debit.delivery_event, all[all.size() - 2].event_sequence);
    EXPECT_THAT(debit.further_delivery_events, ::testing::ElementsAre(all.back().event_sequence));
    EXPECT_THAT(debit.certificate, AllOf(HasSubstr(row.rule), HasSubstr("300.00 元"),
                                         HasSubstr(absl::StrCat(row.second, ".00 元"))));
    EXPECT_EQ(Reconcile().explained_count, 0) << "once";
    EXPECT_THAT(CloseToday(), Not(HasSubstr("已上解银行未付")));
    NextDay();
    StatementEntry back = Credit(world_.today(), Yuan(300 + row.second),
                                 absl::StrCat("R", row.rule), kTreasury, "退回");
    back.return_reason = "AC01";
    Import({back});
    Reconcile();
    EXPECT_THAT(Open(), IsEmpty());
    EXPECT_THAT(EntryOf(back.bank_reference).certificate, HasSubstr("PASS_ON_SENT_BACK"));
    const std::vector<Delivery> sent_back = Deliveries();
    for (std::size_t i = all.size() - 2; i < all.size(); ++i) {
      EXPECT_FALSE(sent_back[i].debit.has_value()) << i;
    }
    EXPECT_THAT(CloseToday(), HasSubstr("已上解银行未付 事件"));
    NextDay();
    Import({PaidOut(Yuan(300 + row.second), absl::StrCat("N", row.rule))});
    Reconcile();
    EXPECT_THAT(CloseToday(), Not(HasSubstr("已上解银行未付")));
    NextDay();
  }
}

TEST_F(DeliveriesTest, ADebitThatCameBeforeItWasPassedOnClosesItsBreak) {
  Recover(Yuan(300));
  Import({PaidOut(Yuan(300), "B77")});
  EXPECT_EQ(Reconcile().opened.size(), 1u);
  PassOn();
  EXPECT_EQ(Reconcile().closed.size(), 1u);
  EXPECT_THAT(Open(), IsEmpty());
  EXPECT_THAT(CloseToday(), Not(HasSubstr("支出差异在办")));
}

// The insurer's payment was all that was passed on: a debit of its amount to the insurer is no
// transfer to the pool, and one without a name may be either.
TEST_F(DeliveriesTest, WhatMayGoBackToThePayerStaysWithAPerson) {
  for (const char* payee : {kPayer, ""}) {
    SCOPED_TRACE(payee);
    Recover(Yuan(300));
    PassOn();
    Import({PaidOut(Yuan(300), "B77", payee)});
    EXPECT_EQ(Reconcile().explained_count, 0);
    ASSERT_EQ(Open().size(), 1u);
    EXPECT_TRUE(Resolve(Open().front(), BreakResolution::kApply, true).ok());
    CloseToday();
    NextDay();
  }
}

TEST_F(DeliveriesTest, APersonSaysWhatAnUnclearDebitPaysOut) {
  Recover(Yuan(300));
  PassOn();
  NextDay();
  Recover(Yuan(300));
  PassOn();
  Import({PaidOut(Yuan(300), "B77"), PaidOut(Yuan(42), "B78")});
  Reconcile();
  ASSERT_EQ(Open().size(), 2u);
  domain::Break unclear = Open()[0];
  domain::Break charge = Open()[1];
  if (unclear.amount != Yuan(300)) std::swap(unclear, charge);
  EXPECT_THAT(unclear.explanation, HasSubstr("不能确定付的是哪一笔"));
  EXPECT_THAT(charge.explanation, Not(HasSubstr("上解应付")));
  EXPECT_EQ(ReasonOf(Resolve(charge, BreakResolution::kApply, true)), Reason::kIllegalTransition);
  ASSERT_TRUE(Resolve(unclear, BreakResolution::kApply, true).ok());
  EXPECT_EQ(EntryOf("B77").delivery_event, Deliveries()[0].event_sequence) << "the oldest";
  EXPECT_THAT(EntryOf("B77").certificate, HasSubstr("PERSON"));
  EXPECT_THAT(CloseToday(), HasSubstr(absl::StrCat("已上解银行未付 事件",
                                                   Deliveries()[1].event_sequence, " 300.00")));
  // The other one is the only one of its amount now.
  NextDay();
  Import({PaidOut(Yuan(300), "B79")});
  EXPECT_EQ(Reconcile().explained_count, 1);
  EXPECT_THAT(CloseToday(), Not(HasSubstr("已上解银行未付")));
}

TEST_F(DeliveriesTest, WhatTheBankHasNotPaidOutInTimeIsABreak) {
  Recover(Yuan(300));
  PassOn("20260301-88");
  NextDay(5);
  Reconcile();
  EXPECT_THAT(Open(), IsEmpty()) << "in transit";
  NextDay();
  Reconcile();
  ASSERT_EQ(Open().size(), 1u);
  const domain::Break overdue = Open().front();
  EXPECT_EQ(overdue.kind, BreakKind::kUnpaidDelivery);
  EXPECT_EQ(overdue.amount, Yuan(300));
  EXPECT_THAT(overdue.explanation, HasSubstr("凭证 20260301-88"));
  EXPECT_LT(*overdue.grace_until, world_.today());
  Reconcile();
  ASSERT_EQ(Open().size(), 1u) << "one difference is one break";
  Import({PaidOut(Yuan(300), "B77")});
  EXPECT_EQ(Reconcile().closed.size(), 1u);
  EXPECT_THAT(Open(), IsEmpty());
  CloseToday();
}

// The pool's account was closed, say: the money comes back, and waits for its next debit.
TEST_F(DeliveriesTest, WhatTheBankSendsBackByNameIsInTransitAgain) {
  StatementEntry back = Credit(world_.today() + 1, Yuan(300), "B78", "某银行", "账号有误退回");
  back.end_to_end_id = "B77";
  SendBackAndPayAgain(back);
}

TEST_F(DeliveriesTest, WhatTheBankSendsBackFromTheOtherSideIsInTransitAgain) {
  SendBackAndPayAgain(Credit(world_.today() + 1, Yuan(300), "B78", kTreasury, "账号有误退回"));
}

TEST_F(DeliveriesTest, WhatMayBeSentBackOfTwoStaysWithAPerson) {
  Recover(Yuan(300));
  PassOn();
  Recover(Yuan(300));
  PassOn();
  Import({PaidOut(Yuan(300), "B77"), PaidOut(Yuan(300), "B78")});
  EXPECT_EQ(Reconcile().explained_count, 2) << "as many as were passed on";
  NextDay();
  StatementEntry back = Credit(world_.today(), Yuan(300), "B79", kTreasury, "账号有误退回");
  back.return_reason = "AC01";
  Import({back});
  EXPECT_EQ(Reconcile().explained_count, 0);
  ASSERT_EQ(Open().size(), 1u);
  EXPECT_EQ(Open().front().kind, BreakKind::kUnknownPayment);
  CloseToday();
}

// What the pool owes is kept back: the debit is as much lower.
TEST_F(DeliveriesTest, TheDebitIsLowerByWhatThePoolOwes) {
  Recover(Yuan(100));
  const StatementEntry paid = EntryOf("B5001");
  PassOn();
  Import({PaidOut(Yuan(100), "B70")});
  StatementEntry back = PaidOut(Yuan(100), "B71", kPayer);
  back.return_reason = "AC04";
  NextDay();
  back.booked_on = back.valued_on = world_.today();
  Import({back});
  Reconcile();
  ASSERT_EQ(Open().size(), 1u);
  const domain::BreakId returned = Open().front().id;
  const auto resolved = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
    app::ResolveBreak command;
    command.pool = world_.pool;
    command.finding = returned;
    command.kind = BreakResolution::kApply;
    command.applications = {{paid.applications.front().demand, Yuan(100)}};
    command.reason = "银行退汇";
    return app::ResolveBreakOf(command, work);
  });
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  EXPECT_EQ(Deliveries().back().owed(), Yuan(100));
  Recover(Yuan(60));
  PassOn();
  EXPECT_EQ(Deliveries().back().payable(), Money()) << "all of it is kept back";
  Recover(Yuan(250));
  PassOn();
  EXPECT_EQ(Deliveries().back().payable(), Yuan(210));
  Import({PaidOut(Yuan(210), "B72")});
  EXPECT_EQ(Reconcile().explained_count, 1);
  EXPECT_THAT(Open(), IsEmpty());
  const std::string report = CloseToday();
  EXPECT_THAT(report, Not(HasSubstr("基金应退回未抵扣")));
  EXPECT_THAT(report, Not(HasSubstr("已上解银行未付")));
}

// Two writers that both saw the debit unmatched: the store refuses the second.
TEST_F(DeliveriesTest, TheStoreRefusesASecondDeliveryForOneDebit) {
  Recover(Yuan(300));
  PassOn();
  Import({PaidOut(Yuan(300), "B77")});
  Reconcile();
  NextDay();
  Recover(Yuan(300));
  PassOn();
  Delivery other = Deliveries().back();
  other.debit = EntryOf("B77").id;
  const auto twice = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
    work.Put(other);
    return absl::StatusOr<int>(0);
  });
  EXPECT_FALSE(twice.ok());
  EXPECT_FALSE(Deliveries().back().debit.has_value());
}

}  // namespace
}  // namespace recoup::testing

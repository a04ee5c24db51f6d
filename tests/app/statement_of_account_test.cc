// A statement of account says what the books said at the end of each day, whatever came later.
#include "hub/app/statement_of_account.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "hub/app/demands.h"
#include "hub/app/import_statement.h"
#include "hub/app/reconcile.h"
#include "hub/app/relinquish.h"
#include "tests/app/payment_story.h"
#include "tests/support/hub_world.h"

namespace recoup::testing {
namespace {

using domain::Demand;
using domain::Money;

class StatementOfAccountTest : public ::testing::Test {
 protected:
  Demand Issue(const std::string& number, std::int64_t yuan) {
    const auto demand = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return IssueForTest(work, {.pool = world_.pool,
                                 .number = number,
                                 .debtor = "华安联合财产保险股份有限公司",
                                 .debtor_party = world_.insurer.party,
                                 .lines = {Money::Fen(yuan * 100)},
                                 .due_on = absl::CivilDay(2026, 12, 31),
                                 .case_number = ""});
    });
    EXPECT_TRUE(demand.ok()) << demand.status();
    ids_.insert(demand->id);
    return *demand;
  }

  void Receive(const Demand& demand, std::int64_t yuan) {
    const absl::CivilDay day = world_.today();
    const auto command =
        StatementOf(world_.pool, absl::FormatCivilTime(day), balance_, day, day,
                    {Credit(day, Money::Fen(yuan * 100), absl::StrCat("B", ++entries_),
                            "华安联合财产保险股份有限公司", demand.reference)});
    balance_ = command.statement.closing;
    const auto imported = world_.Run(
        world_.fund, [&](app::UnitOfWork& work) { return app::ImportStatementOf(command, work); });
    ASSERT_TRUE(imported.ok()) << imported.status();
    const auto applied = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
      return app::ReconcileOf({.pool = world_.pool, .verify = true}, work);
    });
    ASSERT_TRUE(applied.ok()) << applied.status();
    ASSERT_EQ(applied->applied_count, 1);
  }

  app::StatementOfAccount Account(absl::CivilDay from, absl::CivilDay until) {
    app::StatementOfAccount account;
    world_.Read([&](app::RecordReader& reader) {
      const auto read = app::StatementOfAccountOf(reader.view(), world_.pool, ids_, from, until);
      ASSERT_TRUE(read.ok()) << read.status();
      account = *read;
    });
    return account;
  }

  app::AccountLine LineOf(const app::StatementOfAccount& account, const Demand& demand) {
    const auto line =
        std::find_if(account.lines.begin(), account.lines.end(),
                     [&](const app::AccountLine& row) { return row.demand == demand.id; });
    return line == account.lines.end() ? app::AccountLine() : *line;
  }

  void NextDay() { world_.clock().Advance(absl::Hours(24)); }

  HubWorld world_;
  std::set<domain::DemandId> ids_;
  Money balance_;
  int entries_ = 0;
};

TEST_F(StatementOfAccountTest, EachDaySaysWhatTheBooksSaidThen) {
  const absl::CivilDay first = world_.today();
  const Demand paid = Issue("AA1", 100);
  const Demand part = Issue("AA2", 50);
  NextDay();
  Receive(paid, 100);
  NextDay();
  Receive(part, 20);
  const auto one = Account(first, first);
  EXPECT_EQ(one.opening, Money());
  EXPECT_EQ(one.closing, Yuan(150));
  EXPECT_EQ(LineOf(one, paid), (app::AccountLine{paid.id, {}, Yuan(100), {}, {}, Yuan(100)}));

  const auto two = Account(first + 1, first + 1);
  EXPECT_EQ(two.opening, Yuan(150));
  EXPECT_EQ(two.closing, Yuan(50));
  EXPECT_EQ(LineOf(two, paid),
            (app::AccountLine{paid.id, Yuan(100), Yuan(100), Yuan(100), {}, {}}));
  EXPECT_EQ(two.lines.size(), 2u) << "open before the period";

  const auto three = Account(first + 2, first + 2);
  EXPECT_EQ(three.opening, two.closing);
  EXPECT_EQ(three.lines.size(), 1u) << "what was paid before does not come again";
  EXPECT_EQ(LineOf(three, part),
            (app::AccountLine{part.id, Yuan(50), Yuan(50), Yuan(20), {}, Yuan(30)}));

  const auto whole = Account(first, first + 2);
  EXPECT_EQ(whole.opening, Money());
  EXPECT_EQ(whole.closing, three.closing);
  EXPECT_EQ(Account(first, first).closing, one.closing) << "asked again, the same";
}

TEST_F(StatementOfAccountTest, WhatIsGivenUpIsNoLongerOpenAndStaysVisible) {
  const absl::CivilDay first = world_.today();
  const Demand demand = Issue("AB1", 100);
  NextDay();
  const auto given_up = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
    return app::RelinquishOf(
        {.pool = world_.pool, .of = demand.id, .etag = "", .amount = Yuan(1), .reason = "调解"},
        work);
  });
  ASSERT_TRUE(given_up.ok()) << given_up.status();
  ASSERT_EQ(given_up->relinquished, Yuan(1));
  const auto account = Account(first + 1, first + 1);
  EXPECT_EQ(LineOf(account, demand),
            (app::AccountLine{demand.id, Yuan(100), Yuan(100), {}, Yuan(1), Yuan(99)}));
}

// What was asked stood on the account until it was taken back.
TEST_F(StatementOfAccountTest, ADemandThatIsTakenBackLaterStaysInThePast) {
  const absl::CivilDay first = world_.today();
  const Demand kept = Issue("AD1", 100);
  const Demand taken_back = Issue("AD2", 30);
  EXPECT_EQ(Account(first, first).closing, Yuan(130));
  NextDay();
  const auto withdrawn = world_.Run(world_.fund, [&](app::UnitOfWork& work) {
    return app::WithdrawDemandOf({world_.pool, taken_back.id, "", "重复发出"}, work);
  });
  ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  world_.Read([&](app::RecordReader& reader) {
    const auto on_account = app::DemandsOnAccount(reader, world_.pool, world_.insurer.party);
    ASSERT_TRUE(on_account.ok()) << on_account.status();
    ids_.clear();
    for (const auto& [id, demand] : *on_account) ids_.insert(id);
  });
  EXPECT_EQ(ids_, (std::set<domain::DemandId>{kept.id, taken_back.id}));
  EXPECT_EQ(Account(first, first).closing, Yuan(130));
  const auto second = Account(first + 1, first + 1);
  EXPECT_EQ(second.opening, Yuan(130));
  EXPECT_EQ(second.closing, Yuan(100));
  ASSERT_EQ(second.movements.size(), 1u);
  EXPECT_EQ(second.movements[0].kind, app::AccountMovementKind::kWithdrawn);
  EXPECT_EQ(second.movements[0].demand, taken_back.id);
  EXPECT_EQ(Account(first + 2, first + 2).lines.size(), 1u);
}

TEST_F(StatementOfAccountTest, OtherDebtorsAreNotInIt) {
  const Demand other = Issue("AC1", 100);
  ids_.clear();
  Issue("AC2", 7);
  const auto account = Account(world_.today(), world_.today());
  EXPECT_EQ(account.closing, Yuan(7));
  EXPECT_EQ(LineOf(account, other).demand, domain::DemandId());
}

}  // namespace
}  // namespace recoup::testing

// How statements of one account fit together: gaps, days that two speak of, and an opening balance
// that somebody has typed in.
#include "hub/app/statement_chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "hub/app/close_day.h"
#include "hub/app/import_statement.h"
#include "hub/app/resolve_break.h"
#include "hub/base/error.h"
#include "tests/app/payment_story.h"
#include "tests/support/hub_world.h"

namespace recoup::testing {
namespace {

using domain::BreakKind;
using domain::Money;
using domain::StatementEntry;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::CivilDay kFirst(2026, 3, 1);

class StatementChainTest : public ::testing::Test {
 protected:
  // Day `day` of March; the amount is its number of tens.
  static StatementEntry On(int day, const std::string& reference = "") {
    return Credit(kFirst + (day - 1), Yuan(10),
                  reference.empty() ? absl::StrCat("B", day) : reference, "甲", "");
  }
  app::ImportAnswer Import(const std::string& number, Money opening, int from, int to,
                           std::vector<StatementEntry> entries, bool by_hand = false) {
    auto command = StatementOf(world_->pool, number, opening, kFirst + (from - 1),
                               kFirst + (to - 1), std::move(entries));
    command.statement.opening_by_hand = by_hand;
    const auto answer = world_->Run(
        world_->fund, [&](app::UnitOfWork& work) { return app::ImportStatementOf(command, work); });
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.value_or(app::ImportAnswer());
  }
  std::vector<domain::Break> Open() {
    auto all = world_->All<domain::Break>(world_->pool.value);
    std::erase_if(all,
                  [](const domain::Break& b) { return b.state == domain::BreakState::kResolved; });
    return all;
  }
  std::vector<BreakKind> OpenKinds() {
    std::vector<BreakKind> kinds;
    for (const domain::Break& found : Open()) kinds.push_back(found.kind);
    return kinds;
  }
  absl::StatusOr<app::ResolveBreakAnswer> Resolve(const app::Caller& officer,
                                                  const domain::Break& finding,
                                                  domain::BreakResolution kind) {
    return world_->Run(officer, [&](app::UnitOfWork& work) {
      return app::ResolveBreakOf({.pool = world_->pool,
                                  .finding = finding.id,
                                  .etag = "",
                                  .kind = kind,
                                  .applications = {},
                                  .settlement_batch = {},
                                  .reason = "已与银行核对",
                                  .split = {Yuan(1), Yuan(99)},
                                  .evidence = {}},
                                 work);
    });
  }

  std::unique_ptr<HubWorld> world_ = std::make_unique<HubWorld>();
};

TEST_F(StatementChainTest, StatementsThatSayTheSameOfSharedDaysAreNoBreak) {
  Import("1", Yuan(5), 1, 5, {On(2), On(4)});
  const auto answer = Import("2", Yuan(15), 3, 8, {On(4), On(7)});
  EXPECT_EQ(answer.known_entries, 1);
  EXPECT_EQ(answer.new_entries, 1);
  // One within, one around, one after.
  Import("3", Yuan(15), 4, 4, {On(4)});
  Import("4", Yuan(5), 1, 8, {On(2), On(4), On(7)});
  Import("5", Yuan(35), 9, 9, {});
  EXPECT_THAT(Open(), IsEmpty());
}

// 500 where the account stood at 10.
TEST_F(StatementChainTest, AnotherBalanceOnASharedDayIsABreak) {
  Import("1", Yuan(0), 1, 5, {On(2)});
  Import("2", Yuan(500), 4, 9, {On(7)});
  ASSERT_THAT(OpenKinds(), ElementsAre(BreakKind::kStatementOverlap));
  const domain::Break found = Open().front();
  EXPECT_EQ(found.amount, Yuan(490));
  EXPECT_THAT(found.explanation, HasSubstr("2026-03-04 日初余额一称 500.00 元，一称 10.00 元"));
  EXPECT_THAT(found.explanation, HasSubstr("2026/2（2026-03-04 至 2026-03-09）"));
}

TEST_F(StatementChainTest, AnEntryThatOnlyOneOfTwoKnowsIsABreak) {
  struct Row {
    const char* what;
    std::vector<StatementEntry> later;
    Money amount;
  };
  for (const Row& row : {
           Row{"one is missing", {On(7)}, Yuan(10)},
           Row{"one is new", {On(4), On(4, "B4b"), On(7)}, Yuan(10)},
           Row{"one is new on a day without any", {On(3), On(4), On(7)}, Yuan(10)},
           Row{"another one of the same amount", {On(4, "other"), On(7)}, Yuan(0)},
       }) {
    SCOPED_TRACE(row.what);
    world_ = std::make_unique<HubWorld>();
    Import("1", Yuan(0), 1, 5, {On(2), On(4)});
    Import("2", Yuan(10), 3, 8, row.later);
    ASSERT_THAT(OpenKinds(), ElementsAre(BreakKind::kStatementOverlap));
    EXPECT_EQ(Open().front().amount, row.amount);
    EXPECT_THAT(Open().front().explanation, HasSubstr("的流水不同"));
  }
}

// Whichever comes first: the later one has the break.
TEST_F(StatementChainTest, TheOrderOfImportDoesNotMatter) {
  Import("2", Yuan(500), 4, 9, {On(7)});
  const auto second = Import("1", Yuan(0), 1, 5, {On(2)});
  ASSERT_THAT(OpenKinds(), ElementsAre(BreakKind::kStatementOverlap));
  EXPECT_THAT(Open().front().finding, HasSubstr(second.statement.id.ToString()));
}

// A bank may send several statements of one day; each goes on where the one before ends.
TEST_F(StatementChainTest, StatementsOfOneDayThatContinueEachOtherAreNoBreak) {
  Import("1", Yuan(0), 5, 5, {On(5, "a")});
  Import("3", Yuan(20), 5, 5, {On(5, "c")});
  ASSERT_THAT(OpenKinds(), ElementsAre(BreakKind::kStatementOverlap));  // The second is missing.
  Import("2", Yuan(10), 5, 5, {On(5, "b")});
  EXPECT_THAT(Open(), IsEmpty());
  Import("4", Yuan(30), 5, 8, {On(5, "d"), On(6)});
  EXPECT_THAT(Open(), IsEmpty());
  // The whole month agrees with the parts of its days.
  Import("5", Yuan(0), 1, 8, {On(5, "a"), On(5, "b"), On(5, "c"), On(5, "d"), On(6)});
  EXPECT_THAT(Open(), IsEmpty());
}

// That others tell the day in parts excuses nobody: 1 where the account stood at 100 to 120.
TEST_F(StatementChainTest, WhatStandsApartFromTheRunOfADayIsABreak) {
  Import("1", Yuan(100), 5, 5, {On(5, "a")});
  Import("2", Yuan(110), 5, 5, {On(5, "b")});
  ASSERT_THAT(Open(), IsEmpty());
  Import("8", Yuan(1), 5, 5, {On(5, "x")});
  ASSERT_THAT(OpenKinds(), ElementsAre(BreakKind::kStatementOverlap));
  EXPECT_EQ(Open().front().amount, Yuan(109));
  EXPECT_THAT(Open().front().explanation,
              HasSubstr("2026-03-05 日初余额一称 1.00 元，一称 100.00 元"));
  // Nor does a second one that goes on from it; where the whole day is told, the run is right.
  Import("9", Yuan(11), 5, 5, {On(5, "y")});
  EXPECT_THAT(OpenKinds(), ElementsAre(BreakKind::kStatementOverlap, BreakKind::kStatementOverlap));
  Import("10", Yuan(100), 5, 5, {On(5, "a"), On(5, "b")});
  EXPECT_THAT(OpenKinds(), ElementsAre(BreakKind::kStatementOverlap, BreakKind::kStatementOverlap,
                                       BreakKind::kStatementOverlap))
      << "the whole day and the two that stand apart differ";
}

TEST_F(StatementChainTest, AStatementThatBeginsWithinAnotherIsNoGap) {
  Import("1", Yuan(0), 1, 2, {On(2)});
  Import("2", Yuan(10), 3, 6, {On(4)});
  Import("3", Yuan(20), 5, 8, {On(7)});
  EXPECT_THAT(Open(), IsEmpty());
}

// Numbers are used anew each year (a bank's statement 1 of 2026 is not that of 2025), and the chain
// goes over the year's end.
TEST_F(StatementChainTest, NumbersAreUsedAgainEachYear) {
  const absl::CivilDay last(2025, 12, 31);
  const absl::CivilDay first(2026, 1, 1);
  const auto import = [&](absl::CivilDay day, Money opening, std::vector<StatementEntry> entries) {
    const auto command = StatementOf(world_->pool, "1", opening, day, day, std::move(entries));
    return world_->Run(
        world_->fund, [&](app::UnitOfWork& work) { return app::ImportStatementOf(command, work); });
  };
  // The bank starts its own references anew as well.
  ASSERT_TRUE(import(last, Yuan(0), {Credit(last, Yuan(10), "0001", "甲", "")}).ok());
  const auto second = import(first, Yuan(10), {Credit(first, Yuan(10), "0001", "甲", "")});
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->statement.statement_id, "2026/1");
  EXPECT_EQ(second->new_entries, 1);
  EXPECT_THAT(Open(), IsEmpty());
  const auto other = import(last, Yuan(0), {});
  EXPECT_EQ(ReasonOf(other.status()), Reason::kAlreadyExistsWithOtherContent);
}

// Maker and checker: who types an opening balance in is not who vouches for it.
TEST_F(StatementChainTest, AnOpeningBalanceGivenByHandWaitsForAnotherPerson) {
  Import("1", Yuan(100), 20, 20, {}, /*by_hand=*/true);
  ASSERT_THAT(OpenKinds(), ElementsAre(BreakKind::kOpeningUnchecked));
  const domain::Break found = Open().front();
  EXPECT_EQ(found.amount, Yuan(100));
  const auto obstacles = [&] {
    std::vector<std::string> out;
    world_->Read([&](app::RecordReader& reader) {
      const auto prepared = app::PrepareClose(reader, {world_->pool, kFirst + 19}, world_->today());
      ASSERT_TRUE(prepared.ok()) << prepared.status();
      out = prepared->report.obstacles;
    });
    return out;
  };
  EXPECT_THAT(obstacles(), ElementsAre(HasSubstr("待另一人核对")));
  const app::Caller nameless{world_->fund.party, world_->fund.party.value};
  for (const app::Caller& caller : {world_->fund, nameless}) {
    EXPECT_EQ(ReasonOf(Resolve(caller, found, domain::BreakResolution::kExplained).status()),
              Reason::kSamePersonMayNotApprove);
  }
  EXPECT_EQ(
      ReasonOf(Resolve(world_->other_officer, found, domain::BreakResolution::kSplit).status()),
      Reason::kIllegalTransition);
  ASSERT_TRUE(Resolve(world_->other_officer, found, domain::BreakResolution::kExplained).ok());
  EXPECT_THAT(obstacles(), IsEmpty());
  // From then on the chain vouches for what is given by hand.
  Import("2", Yuan(100), 21, 21, {On(21)}, /*by_hand=*/true);
  EXPECT_THAT(Open(), IsEmpty());
}

}  // namespace
}  // namespace recoup::testing

// What makes an entry the same in several statements: equal payments in statements that follow on
// each other are two, and what is read again, in whatever format and order, is one.
#include "hub/app/entry_identity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "absl/strings/str_cat.h"
#include "hub/app/import_statement.h"
#include "tests/app/payment_story.h"
#include "tests/support/hub_world.h"

namespace recoup::testing {
namespace {

using domain::Money;
using domain::StatementEntry;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr absl::CivilDay kToldDay(2026, 3, 5);

// One statement of kToldDay: where it begins, and what it tells. "+10" of 无名甲, "-10" to him.
struct Told {
  const char* number;
  int opening;
  std::vector<int> amounts;
  const char* reference = "";  // Of the bank, the same for each.
};

StatementEntry Movement(int amount, const std::string& reference, const std::string& text = "同") {
  const Money size = Yuan(amount < 0 ? -amount : amount);
  return amount < 0 ? Debit(kToldDay, size, reference, "无名甲", text)
                    : Credit(kToldDay, size, reference, "无名甲", text);
}

class EntryIdentityTest : public ::testing::Test {
 protected:
  app::ImportAnswer Import(const app::ImportStatement& command) {
    const auto answer = world_->Run(
        world_->fund, [&](app::UnitOfWork& work) { return app::ImportStatementOf(command, work); });
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.value_or(app::ImportAnswer());
  }
  app::ImportAnswer Tell(const Told& told, bool by_hand = false) {
    std::vector<StatementEntry> entries;
    for (const int amount : told.amounts) entries.push_back(Movement(amount, told.reference));
    auto command = StatementOf(world_->pool, told.number, Yuan(told.opening), kToldDay, kToldDay,
                               std::move(entries));
    command.statement.opening_by_hand = by_hand;
    return Import(command);
  }
  std::size_t Booked() { return world_->All<StatementEntry>(world_->pool.value).size(); }
  std::vector<domain::Break> Open() {
    auto all = world_->All<domain::Break>(world_->pool.value);
    std::erase_if(all, [](const domain::Break& one) {
      return one.state == domain::BreakState::kResolved ||
             one.kind == domain::BreakKind::kOpeningUnchecked;
    });
    return all;
  }

  std::unique_ptr<HubWorld> world_ = std::make_unique<HubWorld>();
};

TEST_F(EntryIdentityTest, BalancesTellTheSameFromTheEqual) {
  struct Row {
    const char* what;
    std::vector<Told> statements;
    std::size_t booked;
    std::size_t breaks;
  };
  for (const Row& row : std::vector<Row>{
           {"two files that follow on each other", {{"1", 100, {10}}, {"2", 110, {10}}}, 2, 0},
           {"three", {{"1", 100, {10}}, {"2", 110, {10}}, {"3", 120, {10}}}, 3, 0},
           {"the later first", {{"2", 110, {10}}, {"1", 100, {10}}}, 2, 0},
           {"the middle last", {{"1", 100, {10}}, {"3", 120, {10}}, {"2", 110, {10}}}, 3, 0},
           {"the first last", {{"3", 120, {10}}, {"2", 110, {10}}, {"1", 100, {10}}}, 3, 0},
           {"the bank repeats its reference",
            {{"1", 100, {10}, "B77"}, {"2", 110, {10}, "B77"}},
            2,
            0},
           {"pages", {{"00300/001", 100, {10}}, {"00300/002", 110, {10}}}, 2, 0},
           {"pages that come back to the balance",
            {{"00300/001", 100, {10, -10}}, {"00300/002", 100, {10, -10}}},
            4,
            0},
           {"read again", {{"1", 100, {10}}, {"x", 100, {10}}}, 1, 0},
           {"read again with two", {{"1", 100, {10, 10}}, {"x", 100, {10, 10}}}, 2, 0},
           {"intraday, then the day", {{"1", 100, {10}}, {"d", 100, {10, 10, 5}}}, 3, 0},
           {"the day, then intraday", {{"d", 100, {10, 10, 5}}, {"1", 100, {10}}}, 3, 0},
           {"parts, then the day",
            {{"1", 100, {10}}, {"2", 110, {10}}, {"d", 100, {10, 10}}},
            2,
            0},
           {"the day, then parts",
            {{"d", 100, {10, 10}}, {"1", 100, {10}}, {"2", 110, {10}}},
            2,
            0},
           {"after the day", {{"1", 100, {10}}, {"d", 100, {10, 10}}, {"3", 120, {10}}}, 3, 0},
           {"a part read again after the next",
            {{"1", 100, {10}}, {"2", 110, {10}}, {"x", 100, {10}}, {"y", 110, {10}}},
            2,
            0},
           // One is missing between them; the overlap is a break, both are money.
           {"a gap between equal ones", {{"1", 100, {10}}, {"3", 120, {10}}}, 2, 1},
           // Sent again with other balances: the bank's references are the same.
           {"a corrected opening balance, with references",
            {{"1", 100, {10, 20}, "B77"}, {"1b", 115, {10, 20}, "B77"}},
            2,
            1},
           {"a corrected and longer one, with references",
            {{"1", 100, {10, 20}, "B77"}, {"1b", 115, {10, 20, 7}, "B77"}},
            3,
            1},
           {"a gap between equal ones, with references",
            {{"1", 100, {10}, "B77"}, {"3", 125, {10}, "B77"}},
            1,
            1},
           {"in and out again, the whole twice or read twice",
            {{"1", 100, {10, -10}}, {"x", 100, {10, -10}}},
            2,
            1},
           {"back to the balance and the same again",
            {{"1", 100, {10}}, {"2", 110, {-10}}, {"3", 100, {10}}},
            2,
            1},
       }) {
    SCOPED_TRACE(row.what);
    world_ = std::make_unique<HubWorld>();
    for (const Told& told : row.statements) Tell(told);
    EXPECT_EQ(Booked(), row.booked);
    EXPECT_THAT(Open(), SizeIs(row.breaks));
  }
}

TEST_F(EntryIdentityTest, WhatBalancesDoNotProveIsSaidInABreakAndRepairedByTheWholeDay) {
  Tell({"1", 100, {10}});
  Tell({"2", 110, {-10}});
  const auto third = Tell({"3", 100, {10}});
  EXPECT_EQ(third.known_entries, 1);
  const auto open = Open();
  ASSERT_THAT(open, SizeIs(1));
  EXPECT_EQ(open[0].kind, domain::BreakKind::kStatementOverlap);
  EXPECT_EQ(open[0].amount, Yuan(10));
  EXPECT_THAT(open[0].explanation, HasSubstr("余额不能证明是同一笔还是另有其笔"));
  Tell({"d", 100, {10, -10, 10}});
  EXPECT_EQ(Booked(), 3);
}

// An officer's word for the opening balance is the proof where it goes on from another statement;
// where it contradicts one, equal entries are the same.
TEST_F(EntryIdentityTest, AnOpeningBalanceGivenByHandDecidesOnlyWhereItFits) {
  Tell({"1", 100, {10}}, /*by_hand=*/true);
  EXPECT_EQ(Tell({"2", 110, {10}}, /*by_hand=*/true).new_entries, 1);
  EXPECT_EQ(Tell({"x", 0, {10}}, /*by_hand=*/true).new_entries, 0);
  EXPECT_THAT(Open(), SizeIs(1));
}

// One bank, two formats: the CSV has no reference and other words than the camt.
TEST_F(EntryIdentityTest, OtherWordsForTheSameMovementsAreTheSame) {
  const auto csv = [&](std::vector<int> amounts) {
    std::vector<StatementEntry> entries;
    for (const int amount : amounts) entries.push_back(Movement(amount, "", "转账 理赔款"));
    return StatementOf(world_->pool, "csv", Yuan(100), kToldDay, kToldDay, std::move(entries));
  };
  const auto camt = [&](std::vector<int> amounts) {
    std::vector<StatementEntry> entries;
    for (const int amount : amounts) {
      entries.push_back(Movement(amount, absl::StrCat("REF", entries.size()), "理赔款"));
    }
    return StatementOf(world_->pool, "camt", Yuan(100), kToldDay, kToldDay, std::move(entries));
  };
  struct Row {
    const char* what;
    app::ImportStatement first;
    app::ImportStatement second;
    std::size_t booked;
    std::size_t breaks;
  };
  for (const Row& row : std::vector<Row>{
           {"the same", csv({10, 10, -3}), camt({10, 10, -3}), 3, 0},
           {"in another order", csv({10, -3, 20}), camt({20, 10, -3}), 3, 0},
           {"the first was of the morning", csv({10}), camt({10, 20}), 2, 0},
           {"the second was of the morning", csv({10, 20}), camt({10}), 2, 0},
           // Another amount: they contradict each other, and nothing is taken for the same.
           {"not the same", csv({10, 20}), camt({10, 21}), 4, 1},
       }) {
    SCOPED_TRACE(row.what);
    world_ = std::make_unique<HubWorld>();
    Import(row.first);
    Import(row.second);
    EXPECT_EQ(Booked(), row.booked);
    EXPECT_THAT(Open(), SizeIs(row.breaks));
  }
  world_ = std::make_unique<HubWorld>();
  auto named = csv({10});
  Import(named);
  named.statement.statement_id = "other";
  named.entries[0].counterparty_name = "无名乙";
  EXPECT_EQ(Import(named).new_entries, 1) << "another payer is another payment";
}

// A day of credits, cut anywhere into statements, whole days and mornings among them, imported in
// any order: as many are booked as there were, whatever else is said twice.
TEST_F(EntryIdentityTest, HoweverADayIsCutAndReadItsPaymentsAreCountedOnce) {
  constexpr std::uint64_t kSeed = 20261122;
  constexpr int kWorlds = 60;
  SeededRandom random(kSeed);
  const auto below = [&](int most) {
    return static_cast<int>(random.Next() % static_cast<std::uint64_t>(most));
  };
  for (int round = 0; round < kWorlds; ++round) {
    SCOPED_TRACE(absl::StrCat("seed ", kSeed, " round ", round));
    world_ = std::make_unique<HubWorld>();
    std::vector<int> amounts;
    for (int n = 2 + below(8); n > 0; --n) amounts.push_back(below(3) == 0 ? 20 : 10);
    const int count = static_cast<int>(amounts.size());
    std::vector<std::pair<int, int>> spans;
    for (int from = 0; from < count;) {
      const int to = from + 1 + below(count - from);
      spans.emplace_back(from, to);
      from = to;
    }
    for (int again = below(4); again > 0; --again) {
      // From the day's start, or one of the parts once more.
      spans.push_back(below(2) == 0
                          ? std::pair(0, 1 + below(count))
                          : spans[static_cast<std::size_t>(below(static_cast<int>(spans.size())))]);
    }
    for (std::size_t i = spans.size(); i > 1; --i) {
      std::swap(spans[i - 1], spans[static_cast<std::size_t>(below(static_cast<int>(i)))]);
    }
    int number = 0;
    for (const auto& [from, to] : spans) {
      int opening = 100;
      for (int i = 0; i < from; ++i) opening += amounts[static_cast<std::size_t>(i)];
      const std::string name = absl::StrCat("n", ++number);
      Tell({name.c_str(), opening, std::vector<int>(amounts.begin() + from, amounts.begin() + to)});
    }
    Money booked;
    for (const StatementEntry& entry : world_->All<StatementEntry>(world_->pool.value)) {
      booked += entry.amount;
    }
    Money truth;
    for (const int amount : amounts) truth += Yuan(amount);
    // What is not proven is said: then, and only then, the hub may know less than there was.
    if (Open().empty()) {
      EXPECT_EQ(booked, truth);
      EXPECT_EQ(Booked(), amounts.size());
    } else {
      EXPECT_LE(booked, truth);
    }
  }
}

}  // namespace
}  // namespace recoup::testing

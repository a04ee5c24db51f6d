#include "adapters/insurer/bank/statement.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "adapters/insurer/bank/date_format.h"

namespace recoup::insurer::bank {
namespace {

StatementEntry Payment() {
  StatementEntry entry;
  entry.booked_on = absl::CivilDay(2026, 3, 5);
  entry.amount = BankAmount::Minor(450);
  entry.counterparty_name = std::string("安澜财产保险");
  return entry;
}

BankStatement With(std::vector<StatementEntry> entries) {
  BankStatement statement;
  statement.account = std::string("A");
  statement.entries = std::move(entries);
  return statement;
}

TEST(EntryKeyTest, TwoEqualPaymentsOfADayAreTwo) {
  const std::vector<std::string> keys = EntryKeys(With({Payment(), Payment()}));
  EXPECT_NE(keys[0], keys[1]);
  EXPECT_EQ(keys[1], EntryKey(With({}), Payment(), 2));
}

TEST(EntryKeyTest, TheSameFileTwiceAddsNothing) {
  const BankStatement statement = With({Payment(), Payment()});
  EXPECT_EQ(EntryKeys(statement), EntryKeys(statement));
}

TEST(EntryKeyTest, ReferenceDecidesBeforeContent) {
  StatementEntry first = Payment();
  first.bank_reference = std::string("B1");
  StatementEntry second = first;
  second.remittance_text = std::string("completed later");
  EXPECT_EQ(EntryKey(With({}), first, 1), EntryKey(With({}), second, 1));
}

TEST(EntryKeyTest, WhatDiffersGivesAnotherKey) {
  StatementEntry referenced = Payment();
  referenced.bank_reference = std::string("B1");
  const std::vector<std::function<void(StatementEntry&)>> changes = {
      [](StatementEntry& e) { e.bank_reference = std::string("B2"); },
      [](StatementEntry& e) { e.booked_on = absl::CivilDay(2026, 3, 6); },
      [](StatementEntry& e) { e.direction = Direction::kDebit; },
      [](StatementEntry& e) { e.reversal = true; },
      [](StatementEntry& e) { e.amount = BankAmount::Minor(451); },
      [](StatementEntry& e) { e.status = EntryStatus::kPending; },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    SCOPED_TRACE(i);
    StatementEntry changed = referenced;
    changes[i](changed);
    EXPECT_NE(EntryKey(With({}), referenced, 1), EntryKey(With({}), changed, 1));
  }
}

TEST(EntryKeyTest, SharedReferenceOfABatchDoesNotMixItsParts) {
  StatementEntry first = Payment();
  first.bank_reference = std::string("B1");
  first.bank_reference_is_shared = true;
  first.end_to_end_id = std::string("E1");
  StatementEntry second = first;
  second.end_to_end_id = std::string("E2");
  const std::vector<std::string> keys = EntryKeys(With({first, second}));
  const std::vector<std::string> swapped = EntryKeys(With({second, first}));
  EXPECT_EQ(keys[0], swapped[1]);
  EXPECT_EQ(keys[1], swapped[0]);
}

TEST(EntryKeyTest, TextsCannotImitateTheBorderOfFields) {
  StatementEntry first = Payment();
  first.counterparty_name = std::string("a|1:b");
  first.remittance_text = std::string("");
  StatementEntry second = Payment();
  second.counterparty_name = std::string("a");
  second.remittance_text = std::string("b");
  EXPECT_NE(EntryKey(With({}), first, 1), EntryKey(With({}), second, 1));
}

TEST(DateFormatTest, Table) {
  struct Row {
    std::string pattern;
    std::string text;
    std::optional<absl::CivilDay> day;
  };
  const absl::CivilDay day(2026, 3, 5);
  const std::vector<Row> rows = {
      {"YYYY-MM-DD", "2026-03-05", day},
      {"YYYY-MM-DD", "2026-3-5", {}},
      {"YYYY-MM-DD", "2026-02-29", {}},
      {"YYYY-MM-DD", "2024-02-29", absl::CivilDay(2024, 2, 29)},
      {"YYYY-MM-DD", "2026-03-05 ", {}},
      {"YYYY-MM-DD", "2026-13-05", {}},
      {"YYYYMMDD", "20260305", day},
      {"YYYY/M/D", "2026/3/5", day},
      {"YYYY/M/D", "2026/03/05", day},
      {"YYYY年M月D日", "2026年3月5日", day},
      {"YYYY-MM-DD hh:mm:ss", "2026-03-05 23:59:59", day},
      {"YYYY-MM-DD hh:mm:ss", "2026-03-05 23:60:59", {}},
      {"YYYY/M/D h:mm", "2026/3/5 0:00", day},
      {"YYYY/M/D h:mm", "2026/3/5 23:59", day},
      {"YYYY/M/D h:mm", "2026/3/5 25:00", {}},
      {"YYYYMMDD", "", {}},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(ParseDay(row.pattern, row.text), row.day) << row.pattern << " " << row.text;
  }
  EXPECT_TRUE(IsDayPattern("YYYY年M月D日"));
  EXPECT_FALSE(IsDayPattern("YYYY-MM"));
  EXPECT_FALSE(IsDayPattern("YYYY-MM-DD-MM"));
}

}  // namespace
}  // namespace recoup::insurer::bank

#include "hub/domain/money.h"

#include <gtest/gtest.h>

#include <numeric>

#include "hub/base/ids.h"

namespace recoup::domain {
namespace {

TEST(MoneyTest, ReadsYuan) {
  struct Case {
    const char* text;
    std::int64_t fen;
  };
  for (const Case& c : {Case{"0", 0},
                        {"12345.60", 1234560},
                        {"12,345.6", 1234560},
                        {"-10.50", -1050},
                        {"1,000,000", 100000000},
                        {"0.01", 1},
                        {"5.1000", 510},
                        {"+3", 300},
                        {"10000000000000", 1'000'000'000'000'000}}) {
    SCOPED_TRACE(c.text);
    const auto money = Money::FromYuan(c.text);
    ASSERT_TRUE(money.ok()) << money.status();
    EXPECT_EQ(money->fen(), c.fen);
  }
}

TEST(MoneyTest, RefusesWhatIsNoAmount) {
  for (const char* text : {"", "-", "1.", ".5", "1.234", "1,23", "12,3456", "1e5", "一百", "1 000",
                           "--1", "10000000000000.01", "99999999999999999999", ",100", "1,,000"}) {
    EXPECT_FALSE(Money::FromYuan(text).ok()) << text;
  }
}

TEST(MoneyTest, PrintsYuan) {
  EXPECT_EQ(Money::Fen(5).ToYuan(), "0.05");
  EXPECT_EQ(Money::Fen(-1050).ToYuan(), "-10.50");
  EXPECT_EQ(Money::Fen(123456789).ToYuanGrouped(), "1,234,567.89");
  EXPECT_EQ(Money::Fen(-12345600).ToYuanGrouped(), "-123,456.00");
  EXPECT_EQ(Money::Fen(99999).ToYuanGrouped(), "999.99");
}

TEST(MoneyTest, RoundsHalfUpOnce) {
  EXPECT_EQ(Money::Fen(5).Times({1, 10})->fen(), 1);  // 0.5 fen rounds up.
  EXPECT_EQ(Money::Fen(4).Times({1, 10})->fen(), 0);
  EXPECT_EQ(Money::Fen(-5).Times({1, 10})->fen(), -1);
  EXPECT_EQ(Money::Fen(1142246).Times({50, 100})->fen(), 571123);
  EXPECT_EQ(Money::Fen(Money::kFenMax).Times({Money::kFenMax, Money::kFenMax})->fen(),
            Money::kFenMax);
  EXPECT_FALSE(Money::Fen(Money::kFenMax).Times({2, 1}).ok());
  EXPECT_FALSE(Money::Fen(1).Times({1, 0}).ok());
  EXPECT_FALSE(Money::Fen(1).Times({-1, 2}).ok());
}

TEST(SplitTest, PartsSumToTheWhole) {
  SeededRandom random(20261121);
  for (int round = 0; round < 10'000; ++round) {
    std::vector<std::int64_t> weights(1 + random.Next() % 9);
    for (auto& weight : weights) weight = static_cast<std::int64_t>(random.Next() % 1'000'000'007);
    weights[0] += 1;
    const Money whole = Money::Fen(static_cast<std::int64_t>(random.Next() % Money::kFenMax));
    const auto parts = Split(whole, weights);
    ASSERT_TRUE(parts.ok());
    ASSERT_EQ(std::accumulate(parts->begin(), parts->end(), Money()), whole);
  }
}

TEST(SplitTest, LargestRemainderWinsAndTiesGoFirst) {
  const std::int64_t thirds[] = {1, 1, 1};
  EXPECT_EQ(*Split(Money::Fen(100), thirds),
            (std::vector{Money::Fen(34), Money::Fen(33), Money::Fen(33)}));
  const std::int64_t mixed[] = {10, 0, 15};
  EXPECT_EQ(*Split(Money::Fen(1), mixed),
            (std::vector{Money::Fen(0), Money::Fen(0), Money::Fen(1)}));
  const std::int64_t zero[] = {0, 0};
  EXPECT_FALSE(Split(Money::Fen(1), zero).ok());
  const std::int64_t negative[] = {1, -1};
  EXPECT_FALSE(Split(Money::Fen(1), negative).ok());
}

}  // namespace
}  // namespace recoup::domain

#include "hub/matching/subset_sum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "hub/base/ids.h"

namespace recoup::matching {
namespace {

using domain::Money;

std::vector<Money> Fen(const std::vector<std::int64_t>& amounts) {
  std::vector<Money> money;
  for (const std::int64_t fen : amounts) money.push_back(Money::Fen(fen));
  return money;
}

TEST(SubsetSumTest, CountsSolutionsLikeTryingEveryMask) {
  SeededRandom random(20261121);
  for (int round = 0; round < 5'000; ++round) {
    std::vector<std::int64_t> amounts(random.Next() % 9);
    for (auto& amount : amounts) amount = static_cast<std::int64_t>(random.Next() % 15);
    const auto target = static_cast<std::int64_t>(random.Next() % 40);
    int solutions = 0;
    std::int64_t nearest = 1'000;
    for (unsigned mask = 1; mask < 1u << amounts.size(); ++mask) {
      std::int64_t sum = 0;
      bool positive = true;  // Zero amounts are never chosen.
      for (std::size_t i = 0; i < amounts.size(); ++i) {
        if ((mask >> i & 1u) == 0) continue;
        sum += amounts[i];
        positive = positive && amounts[i] > 0;
      }
      if (positive && sum == target) ++solutions;
      const std::int64_t away = std::abs(sum - target);
      if (sum > 0 && away != 0 && away <= target && away < nearest) nearest = away;
    }
    const SubsetSum found = FindSubset(Fen(amounts), Money::Fen(target));
    const SubsetOutcome expected = solutions == 0   ? SubsetOutcome::kNone
                                   : solutions == 1 ? SubsetOutcome::kUnique
                                                    : SubsetOutcome::kSeveral;
    ASSERT_EQ(found.outcome, expected) << "round " << round;
    std::int64_t sum = 0;
    for (const std::size_t at : found.chosen) sum += amounts[at];
    ASSERT_EQ(sum, solutions == 0 ? 0 : target);
    if (solutions > 1) continue;  // The search ends with the second solution.
    ASSERT_EQ(found.nearest.value_or(Money::Fen(1'000)).fen(), nearest) << "round " << round;
  }
}

TEST(SubsetSumTest, ListsTheSetsThatTryingEveryMaskFinds) {
  SeededRandom random(20261122);
  for (int round = 0; round < 2'000; ++round) {
    std::vector<std::int64_t> amounts(random.Next() % 9);
    for (auto& amount : amounts) amount = static_cast<std::int64_t>(random.Next() % 15);
    const auto target = static_cast<std::int64_t>(random.Next() % 40);
    std::set<std::vector<std::size_t>> expected;
    for (unsigned mask = 1; mask < 1u << amounts.size(); ++mask) {
      std::int64_t sum = 0;
      bool positive = true;
      std::vector<std::size_t> chosen;
      for (std::size_t i = 0; i < amounts.size(); ++i) {
        if ((mask >> i & 1u) == 0) continue;
        sum += amounts[i];
        positive = positive && amounts[i] > 0;
        chosen.push_back(i);
      }
      if (positive && target > 0 && sum == target) expected.insert(chosen);
    }
    const auto all = FindSubsets(Fen(amounts), Money::Fen(target), 1'000);
    ASSERT_EQ(std::set(all.begin(), all.end()), expected) << "round " << round;
    ASSERT_EQ(all.size(), expected.size()) << "none is listed twice";
    ASSERT_EQ(FindSubsets(Fen(amounts), Money::Fen(target), 2).size(),
              std::min<std::size_t>(2, expected.size()));
  }
  EXPECT_TRUE(FindSubsets(Fen(std::vector<std::int64_t>(21, 2)), Money::Fen(2), 5).empty());
}

TEST(SubsetSumTest, TwentyItemsAreExactAndBoundedTwentyOneAreReported) {
  std::vector<std::int64_t> amounts(20, 2);
  const SubsetSum odd = FindSubset(Fen(amounts), Money::Fen(21));  // The worst case: no solution.
  EXPECT_EQ(odd.outcome, SubsetOutcome::kNone);
  EXPECT_LE(odd.steps, std::int64_t{1} << 12);
  amounts.push_back(2);
  EXPECT_EQ(FindSubset(Fen(amounts), Money::Fen(2)).outcome, SubsetOutcome::kTooMany);
}

TEST(SubsetSumTest, TheEmptySetIsNoSolution) {
  EXPECT_EQ(FindSubset(Fen({1, 2}), Money()).outcome, SubsetOutcome::kNone);
  EXPECT_EQ(FindSubset({}, Money::Fen(1)).outcome, SubsetOutcome::kNone);
}

}  // namespace
}  // namespace recoup::matching

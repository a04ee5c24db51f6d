// One limit among several victims: to the fen, in any order, and nothing that stands is taken back.
#include "hub/domain/limit_division.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "hub/base/ids.h"

namespace recoup::domain {
namespace {

using ::testing::ElementsAre;

std::vector<std::int64_t> Divide(std::int64_t available, std::vector<LimitClaimant> claimants) {
  const auto parts = DivideLimit(Money::Fen(available), claimants);
  EXPECT_TRUE(parts.ok()) << parts.status();
  std::vector<std::int64_t> fen;
  for (const Money part : parts.value_or(std::vector<Money>())) fen.push_back(part.fen());
  return fen;
}

LimitClaimant Claimant(const char* key, std::int64_t loss, std::int64_t stands = 0) {
  return {key, Money::Fen(loss), Money::Fen(stands)};
}

TEST(LimitDivisionTest, EqualLossesGetEqualParts) {
  EXPECT_THAT(Divide(1'800'000, {Claimant("a", 4'480'000), Claimant("b", 4'480'000)}),
              ElementsAre(900'000, 900'000));
}

TEST(LimitDivisionTest, TheOddFenGoesToTheSmallestKeyWhereverItStands) {
  EXPECT_THAT(Divide(101, {Claimant("a", 500), Claimant("b", 500)}), ElementsAre(51, 50));
  EXPECT_THAT(Divide(101, {Claimant("b", 500), Claimant("a", 500)}), ElementsAre(50, 51));
}

TEST(LimitDivisionTest, EnoughForAllCutsNobody) {
  EXPECT_THAT(Divide(1'000, {Claimant("a", 400), Claimant("b", 600)}), ElementsAre(400, 600));
}

TEST(LimitDivisionTest, NobodyGetsMoreThanTheirLoss) {
  EXPECT_THAT(Divide(1'000, {Claimant("a", 300)}), ElementsAre(300));
  EXPECT_TRUE(Divide(1'000, {}).empty());
}

TEST(LimitDivisionTest, WhatStandsStaysAndTheOthersDivideTheRest) {
  EXPECT_THAT(Divide(1'800, {Claimant("a", 4'000, 1'800), Claimant("b", 4'000)}),
              ElementsAre(1'800, 0));
  EXPECT_THAT(
      Divide(1'800, {Claimant("a", 4'000, 1'000), Claimant("b", 3'000), Claimant("c", 1'000)}),
      ElementsAre(1'000, 600, 200));
  // Less than the proportion: it is part of it.
  EXPECT_THAT(Divide(1'800, {Claimant("a", 4'000, 300), Claimant("b", 4'000)}),
              ElementsAre(900, 900));
}

TEST(LimitDivisionTest, WhatStandsBeyondTheLimitLeavesNothing) {
  EXPECT_THAT(Divide(100, {Claimant("a", 4'000, 680), Claimant("b", 4'000)}), ElementsAre(680, 0));
  EXPECT_THAT(Divide(0, {Claimant("a", 4'000), Claimant("b", 4'000)}), ElementsAre(0, 0));
}

// A claimant whose amount is fixed claims nothing beyond it.
TEST(LimitDivisionTest, AFixedAmountTakesNoFurtherPart) {
  EXPECT_THAT(Divide(1'800, {Claimant("a", 0, 800), Claimant("b", 4'000)}),
              ElementsAre(800, 1'000));
}

TEST(LimitDivisionTest, AnyGroupInAnyOrder) {
  SeededRandom random(20261122);
  const auto below = [&](std::uint64_t n) { return static_cast<std::int64_t>(random.Next() % n); };
  for (int round = 0; round < 5'000; ++round) {
    const std::int64_t available = below(3'000'000);
    std::vector<LimitClaimant> claimants;
    std::int64_t wanted = 0;
    std::int64_t standing = 0;
    for (std::int64_t i = 1 + below(6); i > 0; --i) {
      const std::int64_t stands = below(3) == 0 ? below(1'000'000) : 0;
      claimants.push_back(Claimant(std::to_string(i).c_str(), below(4) * below(2'000'000), stands));
      wanted += std::max(claimants.back().loss.fen(), stands);
      standing += stands;
    }
    const std::vector<std::int64_t> parts = Divide(available, claimants);
    std::int64_t sum = 0;
    std::map<std::string, std::int64_t> by_key;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      sum += parts[i];
      by_key[claimants[i].key] = parts[i];
      ASSERT_GE(parts[i], claimants[i].stands.fen());
      ASSERT_LE(parts[i], std::max(claimants[i].loss, claimants[i].stands).fen());
    }
    // All of it or all that is wanted; more only where that stands already.
    if (standing <= available) {
      ASSERT_EQ(sum, std::min(available, wanted)) << "round " << round;
    } else {
      ASSERT_EQ(sum, standing) << "round " << round;
    }
    std::reverse(claimants.begin(), claimants.end());
    const std::vector<std::int64_t> reversed = Divide(available, claimants);
    for (std::size_t i = 0; i < reversed.size(); ++i) {
      ASSERT_EQ(reversed[i], by_key[claimants[i].key]) << "round " << round;
    }
  }
}

}  // namespace
}  // namespace recoup::domain

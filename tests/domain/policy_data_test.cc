#include "hub/domain/policy_data.h"

#include <gtest/gtest.h>

#include "hub/base/error.h"

namespace recoup::domain {
namespace {

constexpr char kShanghai[] = "310115-310";

PolicyRule Rule(const char* key, const char* pool, absl::CivilDay from, std::int64_t value) {
  return {key, pool, from, value, "测试", "test-1"};
}

TEST(PolicyDataTest, LimitsFollowTheDateOfTheAccident) {
  struct Case {
    const char* key;
    absl::CivilDay date;
    std::int64_t fen;
  };
  for (const Case& c : {Case{"ctp.medical_limit_fen", absl::CivilDay(2006, 7, 1), 800'000},
                        {"ctp.medical_limit_fen", absl::CivilDay(2008, 1, 31), 800'000},
                        {"ctp.medical_limit_fen", absl::CivilDay(2008, 2, 1), 1'000'000},
                        {"ctp.medical_limit_fen", absl::CivilDay(2020, 9, 18), 1'000'000},
                        {"ctp.medical_limit_fen", absl::CivilDay(2020, 9, 19), 1'800'000},
                        {"ctp.death_limit_fen", absl::CivilDay(2013, 5, 1), 11'000'000},
                        {"ctp.death_limit_fen", absl::CivilDay(2026, 1, 1), 18'000'000},
                        {"ctp.property_limit_fen", absl::CivilDay(2026, 1, 1), 200'000},
                        {"ctp.no_fault_medical_limit_fen", absl::CivilDay(2020, 9, 18), 100'000},
                        {"ctp.no_fault_medical_limit_fen", absl::CivilDay(2020, 9, 19), 180'000},
                        {"limitation.years", absl::CivilDay(2015, 9, 30), 2},
                        {"limitation.years", absl::CivilDay(2015, 10, 1), 3}}) {
    const auto value = NationalPolicyData().Integer(c.key, kShanghai, c.date);
    ASSERT_TRUE(value.ok()) << c.key;
    EXPECT_EQ(*value, c.fen) << c.key << " on " << c.date;
  }
}

TEST(PolicyDataTest, MissingRuleIsNamed) {
  const auto missing =
      NationalPolicyData().Find("ctp.medical_limit_fen", kShanghai, absl::CivilDay(2006, 6, 30));
  const ErrorDetail detail = DetailOf(missing.status());
  EXPECT_EQ(detail.reason, Reason::kPolicyDataMissing);
  EXPECT_EQ(detail.metadata.at("key"), "ctp.medical_limit_fen");
  EXPECT_EQ(detail.metadata.at("pool"), kShanghai);
  EXPECT_EQ(detail.metadata.at("date"), "2006-06-30");
  // Neighbours in the alphabet are not taken for it.
  for (const char* key : {"", "ctp", "ctp.medical_limit", "ctp.medical_limit_fen2", "zzz"}) {
    EXPECT_FALSE(NationalPolicyData().Find(key, kShanghai, absl::CivilDay(2026, 1, 1)).ok()) << key;
  }
}

TEST(PolicyDataTest, PoolBeatsEveryPoolAndLatestWins) {
  const auto data = PolicyData::Create({
      Rule("due", "*", absl::CivilDay(2020, 1, 1), 30),
      Rule("due", "*", absl::CivilDay(2026, 1, 1), 20),
      Rule("due", kShanghai, absl::CivilDay(2025, 1, 1), 15),
      Rule("due", kShanghai, absl::CivilDay(2024, 1, 1), 60),
  });
  ASSERT_TRUE(data.ok());
  EXPECT_EQ(*data->Integer("due", kShanghai, absl::CivilDay(2023, 12, 31)), 30);
  EXPECT_EQ(*data->Integer("due", kShanghai, absl::CivilDay(2024, 12, 31)), 60);
  EXPECT_EQ(*data->Integer("due", kShanghai, absl::CivilDay(2026, 6, 1)), 15);
  EXPECT_EQ(*data->Integer("due", "330100-310", absl::CivilDay(2026, 6, 1)), 20);
  EXPECT_EQ((*data->Find("due", kShanghai, absl::CivilDay(2026, 6, 1)))->version, "test-1");
}

TEST(PolicyDataTest, RefusesAllFaultsAtOnce) {
  const auto data = PolicyData::Create({
      {"", "", absl::CivilDay(2020, 1, 1), std::int64_t{1}, "", ""},
      Rule("due", "*", absl::CivilDay(2020, 1, 1), 30),
      Rule("due", "*", absl::CivilDay(2020, 1, 1), 31),
  });
  EXPECT_EQ(DetailOf(data.status()).faults.size(), 5u);
}

TEST(PolicyDataTest, TextIsNoNumber) {
  const auto data = PolicyData::Create(
      {{"office", "*", absl::CivilDay(2020, 1, 1), "某区医保中心", "测试", "1"}});
  ASSERT_TRUE(data.ok());
  EXPECT_TRUE(data->Find("office", "*", absl::CivilDay(2020, 1, 1)).ok());
  EXPECT_FALSE(data->Integer("office", "*", absl::CivilDay(2020, 1, 1)).ok());
}

}  // namespace
}  // namespace recoup::domain

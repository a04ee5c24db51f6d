#include "hub/domain/fund_pay_type.h"

#include <gtest/gtest.h>

namespace recoup::domain {
namespace {

constexpr char kPoolOfCity[] = "310115-310";
constexpr absl::CivilDay kDayOfSettlement(2026, 3, 1);

PolicyRule FundRule(const char* code, const char* pool, absl::CivilDay from, std::int64_t value) {
  return {std::string(kFundPayTypeKey) + code, pool, from, value, "通知", "t"};
}

TEST(FundPayTypeTest, TheNationalDictionary) {
  struct Case {
    const char* type;
    std::optional<bool> is_fund;
  };
  for (const Case& c : {Case{"310100", true},
                        {"310101", true},  // What a province appends.
                        {"310200", false},
                        {"330101", true},
                        {"390200", true},
                        {"610100", true},
                        {"620100", false},
                        {"999996", false},
                        {"999998", std::nullopt},
                        {"3101", true},
                        {"310", std::nullopt},
                        {"", std::nullopt},
                        {"777777", std::nullopt}}) {
    EXPECT_EQ(IsFundPayType(c.type, kPoolOfCity, kDayOfSettlement, NationalPolicyData()), c.is_fund)
        << c.type;
  }
}

TEST(FundPayTypeTest, LongestCodeThenThePoolsOwnThenTheLatest) {
  std::vector<PolicyRule> rules = NationalPolicyRules();
  rules.push_back(FundRule("310177", "*", absl::CivilDay(2020, 1, 1), 0));
  rules.push_back(FundRule("6201", kPoolOfCity, absl::CivilDay(2026, 1, 1), 1));
  rules.push_back(FundRule("6201", kPoolOfCity, absl::CivilDay(2026, 7, 1), 0));
  const absl::StatusOr<PolicyData> data = PolicyData::Create(std::move(rules));
  ASSERT_TRUE(data.ok()) << data.status();
  EXPECT_EQ(IsFundPayType("310177", kPoolOfCity, kDayOfSettlement, *data), false);
  EXPECT_EQ(IsFundPayType("310178", kPoolOfCity, kDayOfSettlement, *data), true);
  EXPECT_EQ(IsFundPayType("310177", kPoolOfCity, absl::CivilDay(2019, 12, 31), *data), true);
  EXPECT_EQ(IsFundPayType("620100", kPoolOfCity, absl::CivilDay(2025, 12, 31), *data), false);
  EXPECT_EQ(IsFundPayType("620100", kPoolOfCity, kDayOfSettlement, *data), true);
  EXPECT_EQ(IsFundPayType("620100", kPoolOfCity, absl::CivilDay(2026, 7, 1), *data), false);
  EXPECT_EQ(IsFundPayType("620100", "310112-310", kDayOfSettlement, *data), false);
}

TEST(FundPayTypeTest, KeysARegionMayAdd) {
  for (const char* key : {"fund_pay_type.3901", "fund_pay_type.39010", "fund_pay_type.390102"}) {
    EXPECT_TRUE(IsFundPayTypeKey(key)) << key;
  }
  for (const char* key : {"fund_pay_type.", "fund_pay_type.390", "fund_pay_type.3901021",
                          "fund_pay_type.39a1", "fund_pay_types.3901", "3901", ""}) {
    EXPECT_FALSE(IsFundPayTypeKey(key)) << key;
  }
}

}  // namespace
}  // namespace recoup::domain

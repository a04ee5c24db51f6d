#include "adapters/hospital/fund_types.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "hub/domain/fund_pay_type.h"

namespace recoup::hospital {
namespace {

TEST(FundTypesTest, WholeCodeThenLongestPrefixDecides) {
  const absl::StatusOr<FundTypes> types = FundTypes::BuiltIn();
  ASSERT_TRUE(types.ok()) << types.status();
  struct Row {
    std::string type;
    FundClass expected;
  };
  const Row rows[] = {
      {"310100", FundClass::kFund},    {"310101", FundClass::kFund},
      {"310200", FundClass::kNotFund}, {"310201", FundClass::kNotFund},
      {"320100", FundClass::kFund},    {"330100", FundClass::kFund},
      {"330101", FundClass::kFund},    {"340100", FundClass::kFund},
      {"350100", FundClass::kFund},    {"370100", FundClass::kFund},
      {"390100", FundClass::kFund},    {"390101", FundClass::kFund},
      {"390200", FundClass::kFund},    {"510100", FundClass::kFund},
      {"610100", FundClass::kFund},    {"610102", FundClass::kFund},
      {"620100", FundClass::kInsurer}, {"999996", FundClass::kNotFund},
      {"999997", FundClass::kNotFund}, {"999998", FundClass::kUnknown},
      {"310", FundClass::kUnknown},    {"", FundClass::kUnknown},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(types->Classify(row.type), row.expected) << row.type;
  }
}

// The hub decides by its own policy data; what this program says beforehand must be the same.
TEST(FundTypesTest, TheHubsNationalTableIsTheSame) {
  const absl::StatusOr<FundTypes> types = FundTypes::BuiltIn();
  ASSERT_TRUE(types.ok()) << types.status();
  for (int code = 0; code <= 999'999; ++code) {
    const std::string type = absl::StrCat(absl::Dec(code, absl::kZeroPad6));
    const std::optional<bool> of_hub = domain::IsFundPayType(
        type, "310115-310", absl::CivilDay(2026, 3, 1), domain::NationalPolicyData());
    const FundClass expected = !of_hub   ? FundClass::kUnknown
                               : *of_hub ? FundClass::kFund
                                         : FundClass::kNotFund;
    // An insurer's payment is not the fund's; whose else it is, the hub need not know.
    const FundClass own = types->Classify(type);
    ASSERT_EQ(own == FundClass::kInsurer ? FundClass::kNotFund : own, expected) << type;
    ASSERT_EQ(own == FundClass::kInsurer, domain::IsCommercialInsurance(type)) << type;
  }
}

TEST(FundTypesTest, TypesHaveTheNamesOfTheDictionary) {
  const absl::StatusOr<FundTypes> types = FundTypes::BuiltIn();
  ASSERT_TRUE(types.ok()) << types.status();
  EXPECT_EQ(types->Name("310100"), "职工基本医疗保险统筹基金");
  EXPECT_EQ(types->Name("390201"), "城乡居民大病医疗保险基金");
  EXPECT_EQ(types->Name("888888"), "");
}

TEST(FundTypesTest, AWholeCodeOverrulesItsPrefix) {
  const absl::StatusOr<FundTypes> types = FundTypes::FromToml(
      "version = \"1\"\ntype = [{code=\"3101\",fund=true},{code=\"310199\",fund=false}]");
  ASSERT_TRUE(types.ok()) << types.status();
  EXPECT_EQ(types->Classify("310199"), FundClass::kNotFund);
  EXPECT_EQ(types->Classify("310198"), FundClass::kFund);
}

TEST(FundTypesTest, MalformedTablesAreRefused) {
  EXPECT_FALSE(FundTypes::FromToml("version = ").ok());
  EXPECT_FALSE(FundTypes::FromToml("version = \"1\"").ok());
  EXPECT_FALSE(FundTypes::FromToml("version=\"1\"\ntype=[{code=310100,fund=true}]").ok());
}

}  // namespace
}  // namespace recoup::hospital

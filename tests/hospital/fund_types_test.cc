#include "adapters/hospital/fund_types.h"

#include <string>

#include "gtest/gtest.h"

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

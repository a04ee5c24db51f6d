#include "adapters/insurer/bank/amount.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "adapters/insurer/bank/csv_amount.h"
#include "hub/base/error.h"

namespace recoup::insurer::bank {
namespace {

using ::testing::HasSubstr;

struct AmountRow {
  std::string text;
  std::string currency;
  std::optional<std::int64_t> units;
};

TEST(BankAmountTest, DecimalsAreThoseOfTheCurrency) {
  const std::vector<AmountRow> rows = {
      {"0.01", "CNY", 1},
      {"1", "CNY", 100},
      {"1.", "CNY", 100},
      {"1.5", "CNY", 150},
      {"0000000000000000001.50", "CNY", 150},
      {"1.500", "CNY", 150},
      {"1.501", "CNY", {}},
      {"1.5", "JPY", {}},
      {"15", "JPY", 15},
      {"1.555", "BHD", 1555},
      {"1.5555", "CLF", 15555},
      {"10000000000000.00", "CNY", BankAmount::kMinorMax},
      {"10000000000000.01", "CNY", {}},
      {"99999999999999999999", "CNY", {}},
      {"", "CNY", {}},
      {".5", "CNY", {}},
      {"-1", "CNY", {}},
      {"1 0", "CNY", {}},
      {"1.5.5", "CNY", {}},
      {"1,5", "CNY", {}},
  };
  for (const AmountRow& row : rows) {
    SCOPED_TRACE(row.text + " " + row.currency);
    const auto amount = ParseUnsignedAmount(row.text, '.', row.currency);
    EXPECT_EQ(amount.ok() ? std::optional(amount->minor_units()) : std::nullopt, row.units);
  }
}

TEST(BankAmountTest, TextHasTheDecimalsOfTheCurrency) {
  EXPECT_EQ(AmountText(BankAmount::Minor(-5), "CNY"), "-0.05");
  EXPECT_EQ(AmountText(BankAmount::Minor(123456), "EUR"), "1234.56");
  EXPECT_EQ(AmountText(BankAmount::Minor(1234), "JPY"), "1234");
  EXPECT_EQ(AmountText(BankAmount::Minor(5), "KWD"), "0.005");
  EXPECT_EQ(DifferenceText(BankAmount::Minor(1), BankAmount::Minor(3), "CNY"), "-0.02");
}

TEST(BankAmountTest, OnlyYuanBecomeMoney) {
  EXPECT_EQ(*ToYuanMoney(BankAmount::Minor(5), "CNY"), domain::Money::Fen(5));
  EXPECT_THAT(std::string(ToYuanMoney(BankAmount::Minor(5), "EUR").status().message()),
              HasSubstr("the account is in EUR"));
}

TEST(CsvAmountTest, AsBanksWriteThem) {
  const std::vector<AmountRow> rows = {
      {"1,234.50", "CNY", 123450},
      {"1,234,567", "CNY", 123456700},
      {"+12", "CNY", 1200},
      {"-0.01", "CNY", -1},
      {"12.50-", "CNY", -1250},
      {"(12.50)", "CNY", -1250},
      {"¥12.50", "CNY", 1250},
      {"￥-12.50", "CNY", -1250},
      {"CNY 12.50", "CNY", 1250},
      {"１２．５", "CNY", 1250},
      {"12,34.50", "CNY", {}},
      {"1234,567", "CNY", {}},
      {",123", "CNY", {}},
      {"1.234,5", "CNY", {}},
      {"--1", "CNY", {}},
      {"-(1)", "CNY", {}},
      {"1.", "CNY", {}},
      {"", "CNY", {}},
      {"-", "CNY", {}},
      {"十元", "CNY", {}},
      {"1,000", "JPY", 1000},
  };
  for (const AmountRow& row : rows) {
    SCOPED_TRACE(row.text);
    const auto amount = ParseCsvAmount(row.text, true, row.currency);
    EXPECT_EQ(amount.ok() ? std::optional(amount->minor_units()) : std::nullopt, row.units)
        << amount.status();
  }
  EXPECT_THAT(std::string(ParseCsvAmount("1,000", false, "CNY").status().message()),
              HasSubstr("the profile does not allow"));
}

}  // namespace
}  // namespace recoup::insurer::bank

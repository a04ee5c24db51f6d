#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "adapters/insurer/bank/csv_profile.h"
#include "adapters/insurer/bank/csv_statement.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/error.h"
#include "tests/insurer/refusal_text.h"

namespace recoup::insurer::bank {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const std::string kData = std::string(RECOUP_SOURCE_DIR) + "/tests/insurer/data/";

CsvProfile Shipped() {
  auto profile = LoadCsvProfile(std::string(RECOUP_SOURCE_DIR) +
                                "/adapters/insurer/bank/profiles/corporate-ebank.toml");
  EXPECT_TRUE(profile.ok()) << profile.status();
  return *std::move(profile);
}

// Two columns and a balance; what a test is not about stays short.
CsvProfile Small() {
  CsvProfile profile;
  profile.name = "small";
  profile.date_formats = {"YYYY-MM-DD"};
  profile.thousands = true;
  profile.footer_prefixes = {"合计"};
  profile.columns.booked_on = "date";
  profile.columns.debit = "out";
  profile.columns.credit = "in";
  profile.columns.balance = "balance";
  return profile;
}

absl::StatusOr<BankStatement> ReadSmall(const std::string& rows) {
  return ReadCsvStatement("date,out,in,balance\n" + rows, Small(), {.account = "A"});
}

TEST(CsvStatementTest, ShippedProfileReadsAGb18030Export) {
  const auto statement = ReadCsvStatement(ReadFile(kData + "corporate-ebank.csv"), Shipped(), {});
  ASSERT_TRUE(statement.ok()) << statement.status();
  EXPECT_EQ(statement->format, "corporate-ebank");
  EXPECT_EQ(statement->account, "6222000011112222");
  EXPECT_EQ(statement->currency, "CNY");
  EXPECT_EQ(statement->period,
            (StatementPeriod{absl::CivilDay(2026, 3, 1), absl::CivilDay(2026, 3, 31)}));
  EXPECT_EQ(statement->opening_balance, BankAmount::Minor(10000000));
  EXPECT_EQ(statement->closing_balance, BankAmount::Minor(11340000));
  ASSERT_EQ(statement->entries.size(), 5u);
  const StatementEntry& first = statement->entries[0];
  EXPECT_EQ(first.amount, BankAmount::Minor(1250000));
  EXPECT_EQ(first.direction, Direction::kCredit);
  EXPECT_EQ(first.counterparty_name, "安澜财产保险股份有限公司");
  EXPECT_EQ(first.counterparty_account, "3100009999888877");
  EXPECT_EQ(first.remittance_text, "理赔款 RF18539007547034 医保追偿,第1笔");
  EXPECT_EQ(first.bank_reference, "S0001");
  EXPECT_EQ(first.path, "line 5");
  EXPECT_EQ(statement->entries[3].SignedAmount(), BankAmount::Minor(-100050));
  // The red entry takes the debit back, under the reference of the debit.
  EXPECT_EQ(statement->entries[4].SignedAmount(), BankAmount::Minor(100050));
  EXPECT_TRUE(statement->entries[4].reversal);
  const std::vector<std::string> keys = EntryKeys(*statement);
  EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), 5u);
}

TEST(CsvStatementTest, SecondBankIsOnlyASecondToml) {
  const auto profile = LoadCsvProfile(kData + "second-bank.toml");
  ASSERT_TRUE(profile.ok()) << profile.status();
  const auto statement = ReadCsvStatement(ReadFile(kData + "second-bank.csv"), *profile, {});
  ASSERT_TRUE(statement.ok()) << statement.status();
  EXPECT_EQ(statement->account, "62220001");
  EXPECT_EQ(statement->opening_balance, BankAmount::Minor(10000));
  EXPECT_EQ(statement->closing_balance, BankAmount::Minor(13000));
  ASSERT_EQ(statement->entries.size(), 2u);
  EXPECT_EQ(statement->entries[0].SignedAmount(), BankAmount::Minor(5000)) << "oldest first";
}

TEST(CsvStatementTest, BrokenRunningBalanceRefusesTheFileWithTheDifference) {
  const auto result = ReadSmall("2026-03-05,,5,105\n2026-03-05,,5,111\n2026-03-05,1,,110\n");
  EXPECT_EQ(ReasonOf(result.status()), Reason::kStatementDoesNotAddUp);
  EXPECT_EQ(
      AllFaults(result.status()),
      "line 3, balance: the balance is 111.00, it should be 110.00: the difference is 1.00\n");
}

TEST(CsvStatementTest, RowsWithoutBalanceAreBridged) {
  const auto good = ReadSmall(
      "2026-03-05,,5,\n2026-03-05,,5,110\n2026-03-05,1,,\n"
      "2026-03-05,1,,108\n");
  ASSERT_TRUE(good.ok()) << good.status();
  EXPECT_EQ(good->opening_balance, BankAmount::Minor(10000));
  EXPECT_EQ(good->closing_balance, BankAmount::Minor(10800));
  EXPECT_FALSE(ReadSmall("2026-03-05,,5,110\n2026-03-05,1,,\n2026-03-05,1,,107\n").ok());
}

TEST(CsvStatementTest, RowsAreReadOrRefused) {
  struct Row {
    std::string row;
    std::string fault;  // Empty: read.
  };
  const std::vector<Row> rows = {
      {"2026-03-05,,5,105", ""},
      {"2026-03-05,0.00,5,105", ""},
      {"２０２６-03-05,--,５．００,105", ""},
      {"2026-03-05,\"1,000.00\",,105", ""},
      {"2026-03-05,,0.00,105", ""},
      {"合计,,5,", ""},
      {"2026-03-05,,5,105,,", ""},
      {"2026-03-05,5,5,105", "line 2, in: needs an amount either as debit or as credit"},
      {"2026-03-05,,,105", "line 2, in: needs an amount either"},
      {"2026-03-05,,5.001,105", "line 2, in: not an amount: more decimals than the 2 of CNY"},
      {"2026-03-05,,1e3,105", "line 2, in: not an amount"},
      {"2026-03-05,,\"1,00\",105", "line 2, in: not an amount"},
      {"2026-02-30,,5,105", "line 2, date: not a date"},
      {",,5,105", "line 2, date: is missing"},
      {"2026-03-05,,5", "line 2: the row has 3 cells, the heading 4"},
      {"2026-03-05,,5,105,x", "line 2: the row has 5 cells, the heading 4"},
      {"说明,,,", "line 2, date: not a date"},
      {"2026-03-05,,5,\"105", "line 2: a quote is not closed"},
      {"2026-03-05,,5,10\"5", "line 2: a quote inside an unquoted cell"},
      {"2026-03-05,,5,\"10\"5", "line 2: text after the closing quote"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.row);
    const auto result = ReadSmall(row.row + "\n");
    EXPECT_EQ(result.ok(), row.fault.empty()) << result.status();
    EXPECT_THAT(result.ok() ? "" : std::string(AllFaults(result.status())), HasSubstr(row.fault));
  }
}

TEST(CsvStatementTest, AllFaultsOfAllRowsAreReported) {
  const auto result = ReadSmall("x,,5,105\n2026-03-05,,y,105\n2026-03-05,,5,z\n");
  // One for each row: an amount that cannot be read is not also a missing one.
  EXPECT_EQ(AllFaults(result.status()),
            "line 2, date: not a date in a format of the profile\n"
            "line 3, in: not an amount: a character that is no digit\n"
            "line 4, balance: not an amount: a character that is no digit\n");
}

TEST(CsvStatementTest, SkippedRowsStillCountAsLines) {
  CsvProfile profile = Small();
  profile.skip_rows = 1;
  const auto result = ReadCsvStatement("a \"loose\" line\ndate,out,in,balance\n2026-03-05,,5,105\n",
                                       profile, {.account = "A"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->entries.at(0).path, "line 3");
}

TEST(CsvStatementTest, AmountsAtTheLimitAreReportedAndDoNotStopTheProcess) {
  const std::string huge = "10000000000000.00";
  EXPECT_FALSE(ReadSmall("2026-03-05,,5,105\n2026-03-05,," + huge + "," + huge + "\n").ok());
  EXPECT_FALSE(ReadSmall("2026-03-05,," + huge + ",-" + huge + "\n").ok());
  EXPECT_FALSE(ReadSmall("2026-03-05,,5,-" + huge + "\n2026-03-05,,5," + huge + "\n").ok());
}

TEST(CsvStatementTest, AccountAndCurrencyMustBeTheExpectedOnes) {
  const std::string file = ReadFile(kData + "corporate-ebank.csv");
  EXPECT_TRUE(ReadCsvStatement(file, Shipped(), {.account = "6222 0000 11112222"}).ok());
  EXPECT_FALSE(ReadCsvStatement(file, Shipped(), {.account = "6222000011112223"}).ok());
  CsvProfile other = Shipped();
  other.currency_names.clear();
  EXPECT_THAT(AllFaults(ReadCsvStatement(file, other, {}).status()), HasSubstr("the currency is"));
  EXPECT_THAT(AllFaults(ReadCsvStatement("date,out,in,balance\n", Small(), {}).status()),
              HasSubstr("names no account"));
}

TEST(CsvStatementTest, HeadingOfAnotherLayoutNamesTheMissingColumns) {
  const auto result = ReadCsvStatement("date,out,in,saldo\n", Small(), {.account = "A"});
  EXPECT_THAT(std::string(result.status().message()), HasSubstr("missing columns balance"));
  EXPECT_FALSE(ReadCsvStatement("date,out,in,in,balance\n", Small(), {.account = "A"}).ok());
}

TEST(CsvStatementTest, OrderIsThatInWhichTheBalanceFollows) {
  struct Row {
    std::string rows;
    std::int64_t first;  // Signed, of the oldest entry.
  };
  const std::vector<Row> table = {
      {"2026-03-05,,5,105\n2026-03-06,1,,104\n", 500},
      {"2026-03-06,1,,104\n2026-03-05,,5,105\n", 500},
      // Of one day: only the balance tells.
      {"2026-03-05,1,,104\n2026-03-05,,5,105\n", 500},
      // No balance: the dates tell, and without them the file.
      {"2026-03-06,1,,\n2026-03-05,,5,\n", 500},
      {"2026-03-05,1,,\n2026-03-05,,5,\n", -100},
  };
  for (const Row& row : table) {
    SCOPED_TRACE(row.rows);
    const auto result = ReadSmall(row.rows);
    ASSERT_TRUE(result.ok()) << AllFaults(result.status());
    EXPECT_EQ(result->entries.front().SignedAmount(), BankAmount::Minor(row.first));
  }
  CsvProfile fixed = Small();
  fixed.order = RowOrder::kOldestFirst;
  EXPECT_FALSE(
      ReadCsvStatement("date,out,in,balance\n" + table[1].rows, fixed, {.account = "A"}).ok());
}

TEST(CsvStatementTest, BalancesAboveTheTableAreHeldAgainstTheRows) {
  CsvProfile profile = Small();
  profile.preamble.opening_balance = "期初余额";
  profile.preamble.closing_balance = "期末余额";
  const auto read = [&](const std::string& opening, const std::string& closing,
                        const std::string& balance) {
    return ReadCsvStatement("期初余额：" + opening + ",期末余额：" + closing +
                                "\ndate,out,in,balance\n2026-03-05,,5," + balance + "\n",
                            profile, {.account = "A"});
  };
  EXPECT_EQ(read("100.00", "105.00", "")->opening_balance, BankAmount::Minor(10000));
  EXPECT_TRUE(read("100.00", "105.00", "105.00").ok());
  EXPECT_EQ(ReasonOf(read("100.00", "105.01", "").status()), Reason::kStatementDoesNotAddUp);
  EXPECT_EQ(ReasonOf(read("99.99", "105.00", "105.00").status()), Reason::kStatementDoesNotAddUp);
  EXPECT_EQ(ReasonOf(read("x", "105.00", "105.00").status()), Reason::kInvalidArgument);
}

TEST(CsvStatementTest, CurrencyIsReadAndMustNotChange) {
  CsvProfile profile = Small();
  profile.columns.currency = "ccy";
  profile.currency_names = {"人民币"};
  const auto read = [&](const std::string& first, const std::string& second) {
    return ReadCsvStatement("date,out,in,balance,ccy\n2026-03-05,,5,105," + first +
                                "\n2026-03-05,,5,110," + second + "\n",
                            profile, {.account = "A"});
  };
  EXPECT_EQ(read("人民币", "CNY")->currency, "CNY");
  EXPECT_EQ(read("JPY", "JPY")->entries[0].amount, BankAmount::Minor(5));
  EXPECT_THAT(AllFaults(read("CNY", "USD").status()),
              HasSubstr("line 3, ccy: the currency is \"USD\""));
  EXPECT_THAT(AllFaults(read("美元", "美元").status()), HasSubstr("neither a code of ISO 4217"));
}

TEST(CsvStatementTest, LooseQuotesAreKeptAboveTheTableOnly) {
  CsvProfile profile = Small();
  profile.preamble.account = "账号";
  for (const std::string& end : {std::string("\n"), std::string("\r\n"), std::string("\r")}) {
    const auto read = [&](const std::string& row) {
      return ReadCsvStatement("户名：\"虚构\"基金" + end + "账号：62220001" + end +
                                  "date,out,in,balance" + end + row + end,
                              profile, {});
    };
    const auto statement = read("2026-03-05,,5,105");
    ASSERT_TRUE(statement.ok()) << AllFaults(statement.status());
    EXPECT_EQ(statement->account, "62220001");
    EXPECT_EQ(statement->entries.at(0).path, "line 4");
    EXPECT_FALSE(read("2026-03-05,,5\",105").ok());
  }
}

TEST(CsvStatementTest, RowsMayEndBeforeColumnsOfText) {
  CsvProfile profile = Small();
  profile.columns.remittance = {"text"};
  const auto read = [&](const std::string& row) {
    return ReadCsvStatement("date,out,in,balance,text,\n" + row + "\n", profile, {.account = "A"});
  };
  EXPECT_EQ(read("2026-03-05,,5,105,x,")->entries.at(0).remittance_text, "x");
  EXPECT_EQ(read("2026-03-05,,5,105")->entries.at(0).remittance_text, "");
  EXPECT_FALSE(read("2026-03-05,,5").ok());
}

TEST(CsvTableTest, FormulaOfTextIsText) {
  const auto rows = ParseCsv("=\"0012\",=1,x=\n", ',', 1, 10);
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_THAT((*rows)[0].cells, ElementsAre("0012", "=1", "x="));
}

TEST(CsvTableTest, Rfc4180) {
  const auto rows = ParseCsv("a,\"b \"\"q\"\"\r\nc\"\r\n\r\n, d\t,\n\"e\"", ',', 1, 10);
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_THAT((*rows)[0].cells, ElementsAre("a", "b \"q\"\r\nc"));
  EXPECT_THAT((*rows)[1].cells, ElementsAre("", "d", ""));
  EXPECT_EQ((*rows)[1].line, 4u);
  EXPECT_THAT((*rows)[2].cells, ElementsAre("e"));
  EXPECT_EQ(ReasonOf(ParseCsv("a\nb\n", ',', 1, 1).status()), Reason::kTooLarge);
}

TEST(TextTest, EncodingsAreStrict) {
  EXPECT_EQ(*Gb18030ToUtf8("\xC0\xED\xC5\xE2"), "理赔");
  EXPECT_FALSE(Gb18030ToUtf8("\xC0").ok());
  EXPECT_FALSE(Gb18030ToUtf8("\xFF\xFF").ok());
  EXPECT_EQ(FindNotUtf8("ok\xC0\x80"), 2u);
  EXPECT_EQ(FindNotUtf8("理赔"), std::nullopt);
  EXPECT_EQ(ToHalfWidth("１２，３．４５ａ～理"), "12,3.45a~理");
  EXPECT_EQ(Trim("\t\xC2\xA0\xE3\x80\x80x \n"), "x");
}

TEST(CsvProfileTest, FaultsOfAProfileAreAllReported) {
  const auto result = ParseCsvProfile(
      "charset = \"GBK\"\ndate_formats = \"YYYY\"\nfooter_prefixes = [\"\"]\nfoo = 1\n"
      "[columns]\ndebit = \"a\"\nmemo = \"b\"\n",
      "test.toml");
  const std::string faults = AllFaults(result.status());
  for (const char* const field : {"name:", "charset:", "date_formats:", "footer_prefixes:", "foo:",
                                  "columns.booked_on:", "columns.amount:", "columns.memo:"}) {
    EXPECT_THAT(faults, HasSubstr(field));
  }
  EXPECT_FALSE(ParseCsvProfile("= broken", "test.toml").ok());
  EXPECT_FALSE(LoadCsvProfile("/nonexistent/profile.toml").ok());
}

TEST(CsvProfileTest, FolderOfProfiles) {
  const auto profiles =
      LoadCsvProfiles(std::string(RECOUP_SOURCE_DIR) + "/adapters/insurer/bank/profiles");
  ASSERT_TRUE(profiles.ok()) << profiles.status();
  EXPECT_EQ(profiles->size(), 3u);
  EXPECT_EQ(profiles->front().name, "corporate-ebank");
  EXPECT_FALSE(LoadCsvProfiles("/nonexistent").ok());
}

}  // namespace
}  // namespace recoup::insurer::bank

// MT940 dialects and CSV tables as other banks hand them out.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "adapters/insurer/bank/built_in_profiles.h"
#include "adapters/insurer/bank/profile_maker.h"
#include "adapters/insurer/bank/read_bank_file.h"
#include "hub/base/error.h"

namespace recoup::insurer::bank {
namespace {

std::string Mt940(const std::string& account, const std::string& entry) {
  return ":20:X\n:25:" + account + "\n:28C:64/1\n:60F:C260304CNY100,00\n" + entry +
         ":62F:C260305CNY120,00\n-\n";
}

struct Dialect {
  const char* what;
  std::string account;
  std::string entry;
  // What must be read.
  std::string own_account;
  std::string end_to_end_id;
  std::string instruction_id;
  std::string bank_reference;
  std::string name;
  std::string text;
};

TEST(OddMt940Test, DialectsOfBanks) {
  const std::vector<Dialect> rows = {
      {"the mark KREF+ stands for a reference in :86:, and is none", "50070010/1234567CNY",
       ":61:2603050305CY20,00NTRFKREF+//BANK1\n"
       ":86:166?00GUTSCHRIFT?20EREF+E2E-1?21SVWZ+RF18539007547034 Reg\n?22ress?32Anlan Versiche"
       "?33rung AG\n",
       "50070010/1234567", "E2E-1", "", "BANK1", "Anlan Versicherung AG",
       "RF18539007547034 Regress"},
      {"the bank's words about a return end the reference before them", "1",
       ":61:2603050305CY20,00NTRFNONREF\n"
       ":86:159?00RETOURE?20EREF+TFNR 5?21MTLG:Grund nicht s\npezifizie?22rt?34914\n",
       "1", "TFNR 5", "", "", "", "MTLG:Grund nicht spezifiziert"},
      {"a reference cannot be longer than 35 characters", "1",
       ":61:2603050305CY20,00NTRFNONREF\n"
       ":86:166?20EREF+RF18539007547034 Regr?21ess Fall 17 Schaden vom 03.?2211.2025\n",
       "1", "", "", "", "", "RF18539007547034 Regress Fall 17 Schaden vom 03.11.2025"},
      {"subfields without the kind of transaction", "1001190709012345678",
       ":61:2603050305CY20,00NTRFNONREF//20260305000000123\n/CTC/001/TRANSFER\n"
       ":86:?20RF18539007547034?21赔款?314402001234567890123?32安澜财产保险股份?33有限公司\n",
       "1001190709012345678", "", "", "20260305000000123", "安澜财产保险股份有限公司",
       "RF18539007547034 赔款"},
      {"EREF in :61:, amount with leading zeros, currency after the account with a blank",
       "NL44RABO0123456789 CNY",
       ":61:260305C000000000020,00N501EREF//SM7Q93B1\nNL91ABNA0417164300\n"
       ":86:/EREF/E2E-88/ORDP//NAME/Anlan Verzekering/REMI/RF18539007\n547034 schade/CSID/ID1\n",
       "NL44RABO0123456789", "E2E-88", "", "SM7Q93B1", "Anlan Verzekering",
       "RF18539007547034 schade"},
      {"marks between slashes, broken by the width of the line", "123456789",
       ":61:2603050305C20,00N247NONREF\n"
       ":86:/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/A\n"
       "NLAN VERZEKERING/REMI/RF18539007547034 SCHADE/EREF/E2E-77\n",
       "123456789", "E2E-77", "", "", "ANLAN VERZEKERING", "RF18539007547034 SCHADE"},
      {"free text that begins with a question mark is no subfield", "1",
       ":61:2603050305C20,00NTRFA1\n:86:?? RF18539007547034\n", "1", "", "A1", "", "",
       "?? RF18539007547034"},
  };
  for (const Dialect& row : rows) {
    SCOPED_TRACE(row.what);
    const auto statements = ReadBankFile(Mt940(row.account, row.entry), {}, {});
    ASSERT_TRUE(statements.ok()) << statements.status();
    ASSERT_EQ(statements->front().entries.size(), 1u);
    const StatementEntry& entry = statements->front().entries.front();
    EXPECT_EQ(statements->front().account, row.own_account);
    EXPECT_EQ(entry.end_to_end_id, row.end_to_end_id);
    EXPECT_EQ(entry.references.instruction_id, row.instruction_id);
    EXPECT_EQ(entry.bank_reference, row.bank_reference);
    EXPECT_EQ(entry.counterparty_name, row.name);
    EXPECT_EQ(entry.remittance_text, row.text);
    EXPECT_EQ(entry.amount, BankAmount::Minor(2000));
  }
}

TEST(OddMt940Test, AYearEndsBetweenEntryAndValue) {
  const auto statements = ReadBankFile(
      ":20:YE\n:25:1\n:28C:365/1\n:60F:C251230CNY0,\n:61:2601021231C5,00NTRFA1\n"
      ":61:2512310102C7,00NTRFA2\n:62F:C251231CNY12,\n-\n",
      {}, {});
  ASSERT_TRUE(statements.ok()) << statements.status();
  const auto& entries = statements->front().entries;
  EXPECT_EQ(entries[0].booked_on, absl::CivilDay(2025, 12, 31));
  EXPECT_EQ(entries[0].valued_on, absl::CivilDay(2026, 1, 2));
  EXPECT_EQ(entries[1].booked_on, absl::CivilDay(2026, 1, 2));
  EXPECT_EQ(entries[1].valued_on, absl::CivilDay(2025, 12, 31));
}

TEST(OddMt940Test, WithoutAClosingBalanceItIsRefused) {
  const auto statements = ReadBankFile(
      ":20:X\n:25:1\n:28C:1/1\n:60F:C260304CNY0,\n:61:2603050305C5,00NTRFA1\n-\n", {}, {});
  ASSERT_FALSE(statements.ok());
  EXPECT_EQ(DetailOf(statements.status()).faults.front().description,
            "the message has no closing balance (:62F:)");
}

// Letterhead, blank lines, a label with the period in one cell, thousands, a number kept as text by
// ="…", a line break inside a cell, a row of totals; the headings are also those of a built-in
// profile, whose labels are not there.
constexpr char kEbank[] =
    "虚构银行股份有限公司,,,,,,,,,,\n账户明细查询,,,,,,,,,,\n\n"
    "账号：,6222020200012345678,,币种：,人民币,,,,,,\n起止日期：,20260301-20260305,,,,,,,,,\n\n"
    "记账日期,交易日期,借方发生额,贷方发生额,余额,对方户名,对方账号,流水号,摘要,用途,附言\n"
    "2026-03-04,2026-03-04,,\"1,234.50\",\"11,234.50\",安澜财产保险股份有限公司,"
    "\"=\"\"4402001234567890123\"\"\",00001,\"赔款\nRF18539007547034\",,\n"
    "2026-03-05,2026-03-05,\"1,000.00\",,\"10,234.50\",虚构市第一医院,1001,00002,退回,,\n"
    "合计,,\"1,000.00\",\"1,234.50\",,,,,,,\n";

TEST(OddCsvTest, TheProfileOfTheUserIsUsedWhereABuiltInOneLacksItsLabels) {
  const auto made = MakeCsvProfile(kEbank, "虚构银行");
  ASSERT_TRUE(made.ok()) << made.status();
  auto profiles = BuiltInProfiles();
  ASSERT_TRUE(profiles.ok());
  profiles->push_back(made->profile);
  const auto statements = ReadBankFile(kEbank, *profiles, {});
  ASSERT_TRUE(statements.ok()) << statements.status();
  const BankStatement& statement = statements->front();
  EXPECT_EQ(statement.format, "虚构银行");
  EXPECT_EQ(statement.account, "6222020200012345678");
  ASSERT_EQ(statement.entries.size(), 2u);
  EXPECT_EQ(statement.entries[0].amount, BankAmount::Minor(123450));
  EXPECT_EQ(statement.entries[0].counterparty_account, "4402001234567890123");
  EXPECT_EQ(statement.entries[0].remittance_text, "赔款RF18539007547034");
  EXPECT_EQ(statement.entries[1].direction, Direction::kDebit);
  EXPECT_TRUE(IsProven(statement));
}

TEST(OddCsvTest, OfTwoThatFitEquallyTheUsersGoesFirstAndTwoOfTheUserAreRefused) {
  auto profiles = BuiltInProfiles();
  ASSERT_TRUE(profiles.ok());
  const auto made = MakeCsvProfile(kEbank, "一");
  ASSERT_TRUE(made.ok());
  CsvProfile shipped = made->profile;
  shipped.name = "随程序";
  shipped.built_in = true;
  const auto one = ReadBankFile(kEbank, std::vector{made->profile, shipped}, {});
  ASSERT_TRUE(one.ok()) << one.status();
  EXPECT_EQ(one->front().format, "一");
  CsvProfile second = made->profile;
  second.name = "二";
  EXPECT_FALSE(ReadBankFile(kEbank, std::vector{made->profile, second}, {}).ok());
}

// Income and outgo in two columns, blank rows and totals with their counts below the table.
TEST(OddCsvTest, TotalsBelowTheTableAreNoMovements) {
  const std::string bytes =
      "\"户名\",\"虚构市医疗保险基金\"\n\"账号\",\"6222\"\n\n"
      "\"交易日期\",\"收入金额\",\"支出金额\",\"账户余额\",\"对方户名\",\"交易流水\",\"摘要\"\n"
      "\"20260304\",\"500.00\",\"\",\"500.00\",\"安澜保险\",\"T1\",\"赔款\"\n"
      "\"20260305\",\"\",\"20.00\",\"480.00\",\"虚构医院\",\"T2\",\"退款\"\n"
      "\"总收入笔数：1\",\"总收入金额：500.00\",\"\",\"\",\"\",\"\",\"\"\n"
      "\"总支出笔数：1\",\"总支出金额：20.00\",\"\",\"\",\"\",\"\",\"\"\n";
  const auto made = MakeCsvProfile(bytes, "p");
  ASSERT_TRUE(made.ok()) << made.status();
  const auto statements = ReadBankFile(bytes, std::vector{made->profile}, {});
  ASSERT_TRUE(statements.ok()) << statements.status();
  ASSERT_EQ(statements->front().entries.size(), 2u);
  EXPECT_EQ(statements->front().entries[1].amount, BankAmount::Minor(2000));
  EXPECT_EQ(statements->front().entries[1].direction, Direction::kDebit);
}

// One table in the layout of corporate-ebank, with one row.
std::string Corporate(const std::string& account, const std::string& row) {
  return "账户明细查询,,,,,,,,,,\n账号：," + account +
         ",户名：,某中心,币种：,人民币,,,,,\n起始日期：20260305,,截止日期：20260305,,,,,,,,\n"
         "交易日期,记账日期,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要,附言,用途,流水号\n" +
         row + "\n";
}

TEST(OddTableTest, AnApostropheBeforeDigitsIsNoPartOfThem) {
  const std::string row = "'20260305,20260305,,'50.00,\"'150.00\",甲,'6222,'转,附,用,'001";
  ReadOptions expected;
  expected.account = "31050161360000001234";
  const auto read =
      ReadBankFile(Corporate("'31050161360000001234", row), *ProfilesWith(""), expected);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->front().account, "31050161360000001234");
  const StatementEntry& entry = read->front().entries.at(0);
  EXPECT_EQ(entry.amount, BankAmount::Minor(5000));
  EXPECT_EQ(entry.counterparty_account, "6222");
  EXPECT_EQ(entry.bank_reference, "001");
}

TEST(OddTableTest, ARefusedAccountIsNamedBesideTheExpectedOne) {
  ReadOptions expected;
  expected.account = "6222";
  const auto read = ReadBankFile(
      Corporate("31050161360000001234", "20260305,20260305,,50.00,150.00,甲,6222,转,附,用,L1"),
      *ProfilesWith(""), expected);
  const auto faults = DetailOf(read.status()).faults;
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].field, "账号");
  EXPECT_EQ(faults[0].description, "is account \"31050161360000001234\", expected \"6222\"");
}

TEST(DamagedTableTest, EachFaultIsToldOnceWithItsPlace) {
  struct Row {
    const char* what;
    std::string bytes;
    std::string field;
    std::string description;  // Part of it; nothing where the table is read.
  };
  const std::string account = "31050161360000001234";
  const std::string rounded = "a spreadsheet has rounded";
  for (const Row& row : std::vector<Row>{
           {"sound", Corporate(account, "20260305,20260305,,50.00,150.00,甲,6222,转,附,用,L1"), "",
            ""},
           {"an account with letters",
            Corporate("NRA31E7000",
                      "20260305,20260305,,50.00,150.00,甲,"
                      "6222,转,附,用,L1"),
            "", ""},
           {"the account was rounded",
            Corporate("3.10502E+19", "20260305,20260305,,50.00,150.00,甲,6222,转,附,用,L1"), "账号",
            rounded},
           {"the other side's account was rounded",
            Corporate(account, "20260305,20260305,,50.00,150.00,甲,6.22202E+15,转,附,用,L1"),
            "line 5, 对方账号", rounded},
           {"the reference was rounded",
            Corporate(account, "20260305,20260305,,50.00,150.00,甲,6222,转,附,用,1E+12"),
            "line 5, 流水号", rounded},
           {"a row outside the period",
            Corporate(account, "20260405,20260405,,50.00,150.00,甲,6222,转,附,用,L1"),
            "line 5, 记账日期", "2026-04-05 is not within the period of the file"},
           {"a bad amount is not also a missing one",
            Corporate(account, "20260305,20260305,,50.001,150.00,甲,6222,转,附,用,L1"),
            "line 5, 贷方发生额", ""},
       }) {
    SCOPED_TRACE(row.what);
    const auto statements = ReadBankFile(row.bytes, *ProfilesWith(""), {});
    if (row.field.empty()) {
      EXPECT_TRUE(statements.ok()) << statements.status();
      continue;
    }
    ASSERT_FALSE(statements.ok());
    const auto faults = DetailOf(statements.status()).faults;
    ASSERT_EQ(faults.size(), 1u) << faults.back().description;
    EXPECT_NE(faults[0].field.find(row.field), std::string::npos) << faults[0].field;
    EXPECT_NE(faults[0].description.find(row.description), std::string::npos)
        << faults[0].description;
  }
}

TEST(DamagedTableTest, ANulIsNamedAsWhatItIs) {
  const std::string sound =
      Corporate("31050161360000001234", "20260305,20260305,,50.00,150.00,甲,6222,转,附,用,L1");
  const auto statements = ReadBankFile(sound + std::string(1, '\0'), *ProfilesWith(""), {});
  ASSERT_FALSE(statements.ok());
  EXPECT_NE(DetailOf(statements.status()).faults.front().description.find("NUL"),
            std::string::npos);
}

TEST(DamagedTableTest, AMessageInTooManyEnvelopesIsToldSo) {
  const auto statements = ReadBankFile(
      "<a1><a2><a3><a4><a5><Document><BkToCstmrStmt/></Document></a5></a4></a3></a2></a1>", {}, {});
  ASSERT_FALSE(statements.ok());
  const FieldFault fault = DetailOf(statements.status()).faults.front();
  EXPECT_EQ(fault.field, "a1/a2/a3/a4/a5/Document/BkToCstmrStmt");
  EXPECT_NE(fault.description.find("too many envelopes"), std::string::npos);
}

TEST(OddMt940Test, AWrongCountOfARightSumNamesNoDifference) {
  const auto statements = ReadBankFile(
      ":20:X\n:25:1\n:28C:1/1\n:34F:CNYC0,01\n:13D:2603051200+0800\n"
      ":61:2603050305C50,00NTRFNONREF//B1\n:90C:2CNY50,00\n-\n",
      {}, {});
  ASSERT_FALSE(statements.ok());
  EXPECT_EQ(DetailOf(statements.status()).faults.front().description.find("difference"),
            std::string::npos);
}

TEST(ProfileMakerWordsTest, ThePointsOfATimeAndTheOtherSide) {
  const auto made = MakeCsvProfile(
      "日期,收支,金额,对方,备注\n2026-03-05 10.11.12,收,50.00,安澜财产保险,RF18539007547034\n"
      "2026-03-06 10.11.12,支,20.00,虚构医院,\n",
      "points");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->profile.columns.counterparty_name, "对方");
  ASSERT_FALSE(made->profile.date_formats.empty());
  EXPECT_EQ(made->profile.date_formats.front(), "YYYY-MM-DD hh.mm.ss");
}

}  // namespace
}  // namespace recoup::insurer::bank

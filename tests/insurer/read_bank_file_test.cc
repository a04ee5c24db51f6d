#include "adapters/insurer/bank/read_bank_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "hub/base/error.h"
#include "tests/insurer/bank_samples.h"

namespace recoup::insurer::bank {
namespace {

using ::testing::HasSubstr;

CsvProfile Profile(const std::string& name, const std::vector<std::string>& remittance) {
  CsvProfile profile;
  profile.name = name;
  profile.date_formats = {"YYYY-MM-DD"};
  profile.columns.booked_on = "date";
  profile.columns.amount = "amount";
  profile.columns.remittance = remittance;
  return profile;
}

TEST(ReadBankFileTest, ContentDecides) {
  const std::vector<CsvProfile> profiles = {Profile("narrow", {}), Profile("wide", {"text"}),
                                            Profile("other", {"memo"})};
  const auto format = [&](const std::string& bytes) {
    const auto result = ReadBankFile(bytes, profiles, {.account = "A"});
    return result.ok() ? result->front().format : std::string(result.status().message());
  };
  EXPECT_EQ(format("\xEF\xBB\xBF\n" + Document("", Stmt({.account = "<IBAN>A</IBAN>"})).substr(38)),
            "camt.053");
  EXPECT_EQ(format("date,amount\n2026-03-05,1\n"), "narrow");
  EXPECT_EQ(format("date,amount,text\n2026-03-05,-1,x\n"), "wide");
  EXPECT_THAT(format("date,amount,text,memo\n"), HasSubstr("several profiles"));
  EXPECT_THAT(format("day,value\n"), HasSubstr("profile narrow: no heading"));
  EXPECT_THAT(format(""), HasSubstr("empty"));
  EXPECT_THAT(format("PK\x03\x04..."), HasSubstr(".xlsx"));
  EXPECT_THAT(format("\xD0\xCF\x11\xE0"), HasSubstr(".xls workbook"));
  EXPECT_THAT(format("%PDF-1.7"), HasSubstr("PDF"));
  EXPECT_THAT(format("<html><table>"), HasSubstr("HTML"));
  EXPECT_EQ(format(":20:X\n:25:A\n:60F:C260304CNY1,\n:62F:C260304CNY1,\n"), "MT940");
  EXPECT_EQ(format("{1:F01X}{4:\n:20:X\n:25:A\n:60F:C260304CNY1,\n:62F:C260304CNY1,\n-}"), "MT940");
  // A spreadsheet's "Unicode text": UTF-16 with tabs.
  std::string utf16 = "\xFF\xFE";
  for (const char c : std::string("date\tamount\n2026-03-05\t1\n")) utf16 += {c, '\0'};
  EXPECT_EQ(format(utf16), "narrow");
}

TEST(ReadBankFileTest, WithoutProfilesTextIsRefused) {
  EXPECT_THAT(std::string(ReadBankFile("a,b\n", {}, {}).status().message()),
              HasSubstr("no CSV profile"));
}

// What a file is called decides nothing where its text shows what it is.
TEST(ReadBankFileTest, TheEndingTellsWhatAFileWasMeantToBe) {
  for (const char* const name : {"a.sta", "B.STA", "c.mt940", "d.942"}) {
    const auto refused = ReadBankFile("1\n2\n", {}, {.file_name = name});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(DetailOf(refused.status()).faults[0].field, "line 1") << name;
  }
  EXPECT_THAT(std::string(ReadBankFile("1\n2\n", {}, {.file_name = "a.csv"}).status().message()),
              HasSubstr("no CSV profile"));
}

}  // namespace
}  // namespace recoup::insurer::bank

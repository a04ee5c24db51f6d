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
  EXPECT_THAT(format(":20:X\n"), HasSubstr("MT940"));
  EXPECT_THAT(format("\xFF\xFE<"), HasSubstr("UTF-16"));
}

TEST(ReadBankFileTest, WithoutProfilesTextIsRefused) {
  EXPECT_THAT(std::string(ReadBankFile("a,b\n", {}, {}).status().message()),
              HasSubstr("no CSV profile"));
}

// Public sample files of banks, where a folder of them is given; their outcomes are known.
TEST(ReadBankFileTest, PublicSamples) {
  const char* const root = std::getenv("RECOUP_SAMPLES");
  if (root == nullptr) GTEST_SKIP() << "RECOUP_SAMPLES is not set";
  int read = 0;
  int refused = 0;
  for (const auto& item : std::filesystem::recursive_directory_iterator(root)) {
    if (item.path().extension() != ".xml") continue;
    std::ifstream file(item.path(), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    // The samples are of many currencies; each is tried in those.
    std::string outcome;
    bool ok = false;
    for (const char* const currency : {"CNY", "EUR", "GBP", "CHF", "SEK", "AUD"}) {
      const auto result = ReadBankFile(text.str(), {}, {.currency = currency});
      if (!result.ok() && !outcome.empty()) continue;
      ok = result.ok();
      outcome = ok ? std::string(currency) : std::string(result.status().message());
      if (ok) break;
      if (text.str().find("Ccy=\"" + std::string(currency)) == std::string::npos) outcome.clear();
    }
    std::cout << item.path().filename().string() << ": " << (ok ? "read, " : "refused, ") << outcome
              << "\n";
    ++(ok ? read : refused);
    const bool is_053 = text.str().find("BkToCstmrStmt") != std::string::npos;
    EXPECT_TRUE(is_053 || !ok) << item.path();
  }
  EXPECT_GT(read, 0);
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace recoup::insurer::bank

#include "adapters/insurer/bank/profile_maker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "adapters/insurer/bank/built_in_profiles.h"
#include "adapters/insurer/bank/profile_toml.h"
#include "adapters/insurer/bank/profile_words.h"
#include "adapters/insurer/bank/read_bank_file.h"
#include "hub/base/error.h"
#include "tests/insurer/refusal_text.h"

namespace recoup::insurer::bank {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The profile, written as TOML and read back: what a person keeps is what was tried.
CsvProfile Kept(const CsvProfile& profile) {
  const auto read = ParseCsvProfile(ProfileAsToml(profile), "test");
  EXPECT_TRUE(read.ok()) << read.status() << ProfileAsToml(profile);
  return read.ok() ? *read : CsvProfile{};
}

BankStatement MakeAndRead(const std::string& sample) {
  const auto made = MakeCsvProfile(sample, "made");
  EXPECT_TRUE(made.ok()) << AllFaults(made.status());
  if (!made.ok()) return {};
  const auto statement = ReadBankFile(sample, std::vector{Kept(made->profile)}, {.account = ""});
  EXPECT_TRUE(statement.ok()) << AllFaults(statement.status()) << ProfileAsToml(made->profile);
  return statement.ok() ? statement->front() : BankStatement{};
}

TEST(ProfileMakerTest, TwoAmountColumnsBelowAPreamble) {
  const BankStatement statement = MakeAndRead(
      "账户明细\n"
      "账号：,6222 0000 1111 2222,户名,虚构市医疗保障基金\n"
      "起始日期：2026-03-01,截止日期：2026-03-31\n"
      "\n"
      "交易日期,摘要,借方发生额（元）,贷方发生额（元）,余额,对方户名,对方帐号,附言,柜员\n"
      "2026年3月5日,理赔,,\"1,250.00\",\"2,250.00\",安澜财产保险,3100,RF18539007547034,7\n"
      "2026年3月6日,退回,250.00,,\"2,000.00\",安澜财产保险,3100,,7\n"
      "合计,,250.00,\"1,250.00\",,,,,\n");
  EXPECT_EQ(statement.account, "6222000011112222");
  EXPECT_EQ(statement.period,
            (StatementPeriod{absl::CivilDay(2026, 3, 1), absl::CivilDay(2026, 3, 31)}));
  EXPECT_EQ(statement.opening_balance, BankAmount::Minor(100000));
  EXPECT_EQ(statement.closing_balance, BankAmount::Minor(200000));
  ASSERT_EQ(statement.entries.size(), 2u);
  EXPECT_EQ(statement.entries[0].remittance_text, "理赔 RF18539007547034");
  EXPECT_EQ(statement.entries[0].counterparty_account, "3100");
}

TEST(ProfileMakerTest, OneAmountWithItsDirectionNewestFirstAndTabs) {
  const BankStatement statement = MakeAndRead(
      "交易时间\t本方账号\t收支\t交易金额\t账户余额\t交易对手\t币别\t用途\n"
      "2026-03-06 09:30:00\t62220001\t支出\t20.00\t130.00\t虚构市第一医院\t人民币\t退回\n"
      "2026-03-05 10:00:00\t62220001\t收入\t50.00\t150.00\t安澜财产保险\t人民币\t理赔款\n");
  EXPECT_EQ(statement.account, "62220001");
  EXPECT_EQ(statement.opening_balance, BankAmount::Minor(10000));
  ASSERT_EQ(statement.entries.size(), 2u);
  EXPECT_EQ(statement.entries[0].SignedAmount(), BankAmount::Minor(5000)) << "oldest first";
}

TEST(ProfileMakerTest, SignedAmountsWithoutBalanceAndAPeriodInOneCell) {
  const std::string sample =
      "查询期间：20260301-20260331\n账号：62220001\n日期|金额|备注|渠道\n20260305|50.00|a|x\n"
      "20260306|-20.00|b|x\n";
  const BankStatement statement = MakeAndRead(sample);
  EXPECT_EQ(statement.period,
            (StatementPeriod{absl::CivilDay(2026, 3, 1), absl::CivilDay(2026, 3, 31)}));
  EXPECT_EQ(statement.entries.at(1).SignedAmount(), BankAmount::Minor(-2000));
  EXPECT_FALSE(IsProven(statement));
  const auto made = MakeCsvProfile(sample, "made");
  EXPECT_THAT(made->notes, Contains(HasSubstr("没有余额列")));
  EXPECT_THAT(made->notes, Contains(HasSubstr("未使用的列：渠道")));
}

// A layout in two languages that names payer and payee of each transfer.
constexpr char kBothSides[] =
    "查询账号[ Inquirer account number ],62220001,,,,,,\n"
    "付款人账号[ Debit Account No. ],付款人名称[ Payer's Name ],收款人账号[ Payee's Account ],"
    "收款人名称[ Payee's Name ],交易日期[ Date ],交易货币[ Currency ],交易金额[ Amount ],"
    "交易后余额[ Balance ]\n"
    "3100,安澜财产保险,62220001,虚构市医疗保障基金,20260305,CNY,50.00,150.00\n"
    "62220001,虚构市医疗保障基金,3200,虚构市财政局,20260306,CNY,-20.00,130.00\n";

TEST(ProfileMakerTest, TheOtherSideIsThePayerOfACreditAndThePayeeOfADebit) {
  const BankStatement statement = MakeAndRead(kBothSides);
  EXPECT_EQ(statement.account, "62220001");
  ASSERT_EQ(statement.entries.size(), 2u);
  EXPECT_EQ(statement.entries[0].counterparty_name, "安澜财产保险");
  EXPECT_EQ(statement.entries[0].counterparty_account, "3100");
  EXPECT_EQ(statement.entries[1].counterparty_name, "虚构市财政局");
  EXPECT_EQ(statement.entries[1].counterparty_account, "3200");
}

TEST(ProfileMakerTest, ARedEntryKeepsTheSidesOfTheTransferItTakesBack) {
  const BankStatement statement = MakeAndRead(
      "本方账号,日期,借贷,金额,余额,付款人名称,收款人名称\n"
      "62220001,20260305,贷,50.00,150.00,安澜财产保险,虚构市医疗保障基金\n"
      "62220001,20260306,贷,-50.00,100.00,安澜财产保险,虚构市医疗保障基金\n");
  ASSERT_EQ(statement.entries.size(), 2u);
  EXPECT_TRUE(statement.entries[1].reversal);
  EXPECT_EQ(statement.entries[1].direction, Direction::kDebit);
  EXPECT_EQ(statement.entries[1].counterparty_name, "安澜财产保险");
}

TEST(ProfileMakerTest, ANamedCounterpartyGoesBeforePayerAndPayee) {
  const auto made = MakeCsvProfile(
      "本方账号,日期,金额,余额,对方户名,付款人名称,收款人名称\n"
      "62220001,20260305,50.00,150.00,安澜财产保险,甲,乙\n",
      "made");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->profile.columns.counterparty_name, "对方户名");
  EXPECT_EQ(made->profile.columns.payer_name, "");
  EXPECT_THAT(made->notes, Contains(HasSubstr("未使用的列：付款人名称、收款人名称")));
}

TEST(CsvProfileTest, OneSideAloneOrBesideTheCounterpartyIsRefused) {
  const auto faults = [](const std::string& columns) {
    const auto profile = ParseCsvProfile(
        "name = 'x'\ndate_formats = ['YYYYMMDD']\n[columns]\nbooked_on = '日期'\namount = "
        "'金额'\n" +
            columns,
        "test");
    return profile.ok() ? std::string() : AllFaults(profile.status());
  };
  EXPECT_EQ(faults("payer_name = 'a'\npayee_name = 'b'\n"), "");
  EXPECT_THAT(faults("payer_name = 'a'\n"), HasSubstr("needs payee_name"));
  EXPECT_THAT(faults("payee_account = 'a'\n"), HasSubstr("needs payee_account"));
  EXPECT_THAT(faults("payer_name = 'a'\npayee_name = 'b'\ncounterparty_name = 'c'\n"),
              HasSubstr("leaves nothing for counterparty_name"));
}

TEST(ProfileMakerTest, AnAccountInFullWidthDigitsIsThatAccount) {
  EXPECT_EQ(MakeAndRead("账号,日期,金额,余额\n６２２２０００１,20260305,50.00,150.00\n").account,
            "62220001");
}

TEST(ProfileMakerTest, WhatAProfileCannotBeWithoutIsNamed) {
  const auto faults = [](const std::string& sample) {
    const auto made = MakeCsvProfile(sample, "made");
    return made.ok() ? std::string()
                     : std::string(made.status().message()) + AllFaults(made.status());
  };
  EXPECT_THAT(faults("a,b\n1,2\n"), HasSubstr("no row of the first 50"));
  EXPECT_THAT(faults("日期,借方,摘要\n2026-03-05,1,x\n"), HasSubstr("no row of the first 50"));
  EXPECT_THAT(faults("日期,金额\n05.03.2026,1\n"),
              HasSubstr("the date has the form 99.99.9999, which is not known"));
  EXPECT_THAT(faults("日期,金额,借贷\n2026-03-05,1,左\n"), HasSubstr("neither credit nor debit"));
  EXPECT_THAT(faults("\xFF\xFF\xFF"), HasSubstr("neither UTF-8 nor GB18030"));
}

TEST(ProfileWordsTest, HeadingsInTheirVariants) {
  const auto meaning = [](const char* heading) {
    const auto found = MeaningOf(heading);
    return found ? std::optional(found->meaning) : std::nullopt;
  };
  EXPECT_EQ(meaning("贷方发生额(元)"), ColumnMeaning::kCredit);
  EXPECT_EQ(meaning("贷 方 发 生 额"), ColumnMeaning::kCredit);
  EXPECT_EQ(meaning("对方帐号"), ColumnMeaning::kCounterpartyAccount);
  EXPECT_EQ(meaning("Booking Date"), ColumnMeaning::kBookedOn);
  EXPECT_EQ(meaning("余额［人民币］"), ColumnMeaning::kBalance);
  EXPECT_EQ(meaning("收(付)方名称"), ColumnMeaning::kCounterpartyName);
  EXPECT_EQ(meaning("收（付）方账号"), ColumnMeaning::kCounterpartyAccount);
  EXPECT_EQ(meaning("收方名称"), ColumnMeaning::kPayeeName);
  EXPECT_EQ(meaning("付款人名称[ Payer's Name ]"), ColumnMeaning::kPayerName);
  EXPECT_EQ(meaning("收/付"), ColumnMeaning::kDirection);
  EXPECT_EQ(meaning("日志号"), ColumnMeaning::kBankReference);
  EXPECT_EQ(meaning("柜员"), std::nullopt);
  EXPECT_EQ(meaning(""), std::nullopt);
  EXPECT_LT(MeaningOf("记账日期")->rank, MeaningOf("交易日期")->rank);
}

TEST(ProfileTomlTest, EveryKeyIsReadBack) {
  CsvProfile profile;
  profile.name = "quote \" and \\ back";
  profile.charset = CsvCharset::kUtf16;
  profile.delimiter = '\t';
  profile.order = RowOrder::kNewestFirst;
  profile.skip_rows = 3;
  profile.date_formats = {"YYYYMMDD", "YYYY-MM-DD"};
  profile.thousands = true;
  profile.credit_words = {"贷"};
  profile.debit_words = {"借"};
  profile.currency_names = {"人民币"};
  profile.footer_prefixes = {"合计"};
  profile.preamble = {"a", "b", "c", "d", "e", "f", "g"};
  profile.columns = {"1",  "2",  "",   "",           "5",    "6", "7", "8", "9",
                     "10", "11", "12", {"13", "14"}, {"15"}, "",  "",  "",  ""};
  const CsvProfile kept = Kept(profile);
  EXPECT_EQ(ProfileAsToml(kept), ProfileAsToml(profile));
  EXPECT_EQ(kept.columns.remittance, profile.columns.remittance);
  EXPECT_EQ(kept.preamble.closing_balance, "g");
  EXPECT_EQ(kept.delimiter, '\t');
}

// Each layout of docs/formats/bank-csv.md, as a bank hands it out.
struct Layout {
  const char* profile;
  std::string text;
};

TEST(BuiltInProfilesTest, EveryFileOfTheFolderIsBuiltIn) {
  const auto built_in = BuiltInProfiles();
  const auto files = LoadCsvProfiles(RECOUP_SOURCE_DIR "/adapters/insurer/bank/profiles");
  ASSERT_TRUE(built_in.ok()) << built_in.status();
  ASSERT_TRUE(files.ok()) << files.status();
  const auto names = [](const std::vector<CsvProfile>& profiles) {
    std::vector<std::string> all;
    for (const CsvProfile& profile : profiles) all.push_back(profile.name);
    return all;
  };
  EXPECT_FALSE(files->empty());
  EXPECT_THAT(names(*built_in), ::testing::UnorderedElementsAreArray(names(*files)));
}

TEST(BuiltInProfilesTest, EachReadsAFileOfItsLayoutAndNoOther) {
  const std::vector<Layout> layouts = {
      {"corporate-ebank",
       "账号：62220001,币种：人民币\n起始日期：2026-03-01,截止日期：2026-03-31\n"
       "记账日期,交易日期,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要,附言,用途,流水号\n"
       "2026-03-05,2026-03-05,,50.00,150.00,安澜财产保险,3100,a,b,c,S1\n"},
      {"ebank-one-amount",
       "交易日期,交易流水号,借贷标志,交易金额,账户余额,币种,本方账号,对方户名,对方账号,摘要,用途,"
       "备注\n2026-03-05,S1,贷,50.00,150.00,156,62220001,安澜财产保险,3100,a,b,c\n"},
      {"ebank-income-outgo",
       "账号：62220001\n查询期间：2026-03-01至2026-03-31\n"
       "交易时间,流水号,收入金额,支出金额,余额,对方名称,对方账号,摘要,附言\n"
       "2026/3/5 9:05,S1,50.00,,150.00,安澜财产保险,3100,a,b\n"},
  };
  const auto profiles = BuiltInProfiles();
  ASSERT_TRUE(profiles.ok()) << profiles.status();
  EXPECT_EQ(profiles->size(), layouts.size());
  for (const Layout& layout : layouts) {
    SCOPED_TRACE(layout.profile);
    const auto statements = ReadBankFile(layout.text, *profiles, {});
    ASSERT_TRUE(statements.ok()) << AllFaults(statements.status());
    EXPECT_EQ(statements->front().format, layout.profile);
    EXPECT_EQ(statements->front().account, "62220001");
    EXPECT_EQ(statements->front().currency, "CNY");
    EXPECT_EQ(statements->front().opening_balance, BankAmount::Minor(10000));
    ASSERT_EQ(statements->front().entries.size(), 1u);
    EXPECT_EQ(statements->front().entries[0].booked_on, absl::CivilDay(2026, 3, 5));
  }
}

TEST(BuiltInProfilesTest, AProfileOfTheFolderReplacesTheBuiltInOneOfItsName) {
  const auto profiles =
      ProfilesWith(std::string(RECOUP_SOURCE_DIR) + "/adapters/insurer/bank/profiles");
  ASSERT_TRUE(profiles.ok()) << profiles.status();
  EXPECT_EQ(profiles->size(), BuiltInProfiles()->size());
  EXPECT_FALSE(ProfilesWith("/nonexistent").ok());
}

}  // namespace
}  // namespace recoup::insurer::bank

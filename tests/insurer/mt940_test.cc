#include "adapters/insurer/bank/mt940.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <vector>

#include "adapters/insurer/bank/mt_message.h"
#include "hub/base/error.h"
#include "tests/insurer/refusal_text.h"

namespace recoup::insurer::bank {
namespace {

using ::testing::HasSubstr;

// Opens with 100.00; `closing` as the field has it.
std::string Mt(const std::string& entries, const std::string& closing = "C260305CNY100,00") {
  return ":20:STMT\n:25:62220001\n:28C:00012/001\n:60F:C260304CNY100,00\n" + entries +
         ":62F:" + closing + "\n-\n";
}

BankStatement ReadOneMt(const std::string& text) {
  const auto statements = ReadMt940(text, {});
  EXPECT_TRUE(statements.ok()) << AllFaults(statements.status());
  return statements.ok() && statements->size() == 1 ? statements->front() : BankStatement{};
}

StatementEntry OnlyEntry(const std::string& entry, const std::string& closing) {
  const BankStatement statement = ReadOneMt(Mt(entry, closing));
  EXPECT_EQ(statement.entries.size(), 1u);
  return statement.entries.empty() ? StatementEntry{} : statement.entries.front();
}

TEST(Mt940Test, StatementAndItsEntry) {
  const BankStatement statement =
      ReadOneMt(Mt(":61:2603050305CY12500,55NTRFREF-1//B-77\nSupplement\n:86:free text\n",
                   "C260305CNY12600,55"));
  EXPECT_EQ(statement.format, "MT940");
  EXPECT_EQ(statement.kind, DocumentKind::kStatement);
  EXPECT_EQ(statement.account, "62220001");
  EXPECT_EQ(statement.currency, "CNY");
  EXPECT_EQ(statement.statement_id, "00012/001");
  EXPECT_EQ(statement.electronic_sequence, "00012");
  EXPECT_EQ(statement.opening_balance, BankAmount::Minor(10000));
  EXPECT_EQ(statement.closing_balance, BankAmount::Minor(1260055));
  EXPECT_EQ(statement.closing_on, absl::CivilDay(2026, 3, 5));
  const StatementEntry& entry = statement.entries.at(0);
  EXPECT_EQ(entry.valued_on, absl::CivilDay(2026, 3, 5));
  EXPECT_EQ(entry.booked_on, absl::CivilDay(2026, 3, 5));
  EXPECT_EQ(entry.SignedAmount(), BankAmount::Minor(1250055));
  EXPECT_EQ(entry.transaction_code, "NTRF");
  EXPECT_EQ(entry.references.instruction_id, "REF-1");
  EXPECT_EQ(entry.bank_reference, "B-77");
  EXPECT_EQ(entry.additional_info, "Supplement");
  EXPECT_EQ(entry.remittance_text, "free text");
  EXPECT_EQ(entry.path, "line 5");
}

TEST(Mt940Test, StatementLineVariants) {
  struct Row {
    std::string line;
    std::string closing;
    std::int64_t signed_units;
    bool reversal;
    absl::CivilDay booked;
  };
  const absl::CivilDay day(2026, 3, 5);
  const std::vector<Row> rows = {
      {"260305C5,NTRFNONREF", "C260305CNY105,", 500, false, day},
      {"260305C5,5NTRFNONREF", "C260305CNY105,5", 550, false, day},
      {"260305C5,55NTRFNONREF", "C260305CNY105,55", 555, false, day},
      {"260305C5NTRFNONREF", "C260305CNY105,00", 500, false, day},
      {"2603050306D5,00NMSC", "C260305CNY95,00", -500, false, absl::CivilDay(2026, 3, 6)},
      {"260305    DY5,00NTRFX", "C260305CNY95,00", -500, false, day},
      {"2603050305RC5,00NTRFX", "C260305CNY95,00", -500, true, day},
      {"2603050305RCY5,00NTRFX", "C260305CNY95,00", -500, true, day},
      {"2603050305RD5,00NTRFX", "C260305CNY105,00", 500, true, day},
      {"2512300102C5,00NTRFX", "C260305CNY105,00", 500, false, absl::CivilDay(2026, 1, 2)},
      {"2601021230C5,00NTRFX", "C260305CNY105,00", 500, false, absl::CivilDay(2025, 12, 30)},
      {"2602300301C5,00NTRFX", "C260305CNY105,00", 500, false, absl::CivilDay(2026, 3, 1)},
      {"260305D105,00NTRFX", "D260305CNY5,00", -10500, false, day},
      {"260305C0,00NTRFX", "C260305CNY100,00", 0, false, day},
      {"260305C000000000005,00NTRFX", "C260305CNY000105,00", 500, false, day},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.line);
    const StatementEntry entry = OnlyEntry(":61:" + row.line + "\n", row.closing);
    EXPECT_EQ(entry.SignedAmount().minor_units(), row.signed_units);
    EXPECT_EQ(entry.reversal, row.reversal);
    EXPECT_EQ(entry.booked_on, row.booked);
  }
}

TEST(Mt940Test, WhatCannotBeReadIsRefusedWithItsLine) {
  struct Row {
    std::string text;
    std::string fault;
  };
  const std::vector<Row> rows = {
      {Mt(":61:26030C5,00NTRFX\n"), "line 5, :61:: begins with no date of value"},
      {Mt(":61:261305C5,00NTRFX\n"), "line 5, :61:: begins with no date of value"},
      {Mt(":61:2603051399C5,00NTRFX\n"), "line 5, :61:: the entry date is no date"},
      {Mt(":61:260305X5,00NTRFX\n"), "line 5, :61:: the mark is none of C, D"},
      {Mt(":61:260305CNTRFX\n"), "line 5, :61:: not an amount: no digits"},
      {Mt(":61:260305C5,555NTRFX\n"), "more decimals than the 2 of CNY"},
      {Mt("", "C260305100,00"), "line 5, :62F:: names no currency"},
      {Mt("", "X260305CNY100,00"), "line 5, :62F:: is no balance"},
      {Mt("", "C260305EUR100,00"), "the currency is \"EUR\", before it was CNY"},
      {Mt(":25:62220002\n"), "line 5, :25:: a second account"},
      {Mt(":60F:C260304CNY100,00\n"), "line 5, :60F:: a second one"},
      {":61:260305C5,00NTRFX\n", "line 1: the field 61 outside a message"},
      {Mt("") + ":61:260305C5,00NTRFX\n", "line 7: the field 61 outside a message"},
      {":20:X\n:25:1\n:60F:C260304CNY1,\n", "line 1: the message has no closing balance"},
      {":20:X\n:25:1\n:62F:C260304CNY1,\n", "line 1: the message has no opening balance"},
      {":20:X\n:60F:C260304CNY1,\n:62F:C260304CNY1,\n", "line 1: the message names no account"},
      {":20:X\n:25:1\n:61:260305C5,00NTRFX\n", "before anything names the currency"},
      {"1\n2\n3\n", "no field :20:"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const auto result = ReadMt940(row.text, {});
    EXPECT_EQ(ReasonOf(result.status()), Reason::kInvalidArgument);
    EXPECT_THAT(AllFaults(result.status()), HasSubstr(row.fault));
  }
}

TEST(Mt940Test, DifferenceOfTheBalanceRefusesTheFile) {
  const auto result = ReadMt940(Mt(":61:260305C5,00NTRFX\n", "C260305CNY104,99"), {});
  EXPECT_EQ(ReasonOf(result.status()), Reason::kStatementDoesNotAddUp);
  EXPECT_THAT(AllFaults(result.status()), HasSubstr("line 6, :62F:: the opening balance 100.00"));
  EXPECT_THAT(AllFaults(result.status()), HasSubstr("the difference is -0.01"));
}

TEST(Mt940Test, EveryWayOfWrappingGivesTheSame) {
  const std::string bare = Mt(":61:260305C5,00NTRFX//B\n:86:a\nb\n", "C260305CNY105,00");
  std::string crlf;
  std::string cr;
  for (const char c : bare) {
    crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    cr += c == '\n' ? '\r' : c;
  }
  const std::string body = bare.substr(0, bare.size() - 2);
  const std::vector<std::string> forms = {
      crlf,
      cr,
      "\xEF\xBB\xBF" + bare,
      "{1:F01BANKCNBJXXXX0000000000}{2:O940BANKCNBJXXXXN}{3:}{4:\r\n" + body + "-}{5:}\r\n",
      "BANKCNBJ\n940\nBANKCNBJ\n" + bare,
      "\x01\n" + body + "-\x03",
      body,
      "\n\n" + body + "-XXX\n",
      ":940:\n" + body,
  };
  const BankStatement expected = ReadOneMt(bare);
  for (const std::string& form : forms) {
    SCOPED_TRACE(form.substr(0, 60));
    EXPECT_TRUE(LooksLikeMt(form.substr(form.starts_with("\xEF") ? 3 : 0)));
    const BankStatement statement = ReadOneMt(form);
    EXPECT_EQ(EntryKeys(statement), EntryKeys(expected));
    EXPECT_EQ(statement.entries.at(0).remittance_text, "a b");
  }
}

TEST(Mt940Test, SeveralMessagesWithAndWithoutEnds) {
  const std::string first = Mt("");
  const auto result = ReadMt940(first.substr(0, first.size() - 2) + first + first, {});
  ASSERT_TRUE(result.ok()) << AllFaults(result.status());
  EXPECT_EQ(result->size(), 3u);
}

TEST(Mt940Test, AccountWithoutWhatBanksPutAroundIt) {
  const auto account = [](const std::string& field, const std::string& expected = "") {
    const auto result = ReadMt940(
        ":20:X\n:25:" + field + "\n:60F:C260304CNY1,\n:62F:C260304CNY1,\n", {.account = expected});
    return result.ok() ? result->front().account : AllFaults(result.status());
  };
  EXPECT_EQ(account("10020030/1234567"), "10020030/1234567");
  EXPECT_EQ(account("10020030/1234567", "1234567"), "1234567");
  EXPECT_EQ(account("1234567CNY"), "1234567");
  EXPECT_EQ(account("BANKCNBJ/1234567/CNY"), "BANKCNBJ/1234567");
  EXPECT_THAT(account("BANKCNBJ/1234567", "7654321"),
              HasSubstr("is account \"1234567\", expected \"7654321\""));
}

TEST(Mt940Test, SubfieldsOfGermanBanks) {
  const StatementEntry entry = OnlyEntry(
      ":61:2603050305CY5,00NTRFNONREF//0724\n"
      ":86:166?00GUTSCHRIFT?109248?20EREF+RF18539007547034?21KREF+K1?22MRE\n"
      "F+M1?23SVWZ+Erstattung Fall 17, Te?24il 2?25ABWA+Anlan Versicheru\n"
      "ng?3010020030?31DE02100100100006820101?32ANLAN ?33AG?34000\n",
      "C260305CNY105,00");
  EXPECT_EQ(entry.end_to_end_id, "RF18539007547034");
  EXPECT_EQ(entry.references.payment_information_id, "K1");
  EXPECT_EQ(entry.references.mandate_id, "M1");
  EXPECT_EQ(entry.remittance_text, "Erstattung Fall 17, Teil 2");
  EXPECT_EQ(entry.ultimate_party_name, "Anlan Versicherung");
  EXPECT_EQ(entry.counterparty_name, "ANLAN AG");
  EXPECT_EQ(entry.counterparty_account, "DE02100100100006820101");
  EXPECT_EQ(entry.additional_info, "GUTSCHRIFT");
  EXPECT_FALSE(entry.returned);
}

TEST(Mt940Test, ReferenceCutByTheWidthOfASubfieldIsWholeAgain) {
  const StatementEntry entry = OnlyEntry(
      ":61:2603050305CY5,00NTRFX\n"
      ":86:051?00UEBERWEISUNG?20Zahlung fuer RF185390075470?2134 Fall?22zweite Zeile\n",
      "C260305CNY105,00");
  EXPECT_EQ(entry.remittance_text, "Zahlung fuer RF18539007547034 Fall zweite Zeile");
}

TEST(Mt940Test, ReturnOfATransferHasItsReason) {
  const StatementEntry entry = OnlyEntry(
      ":61:2603050305CY5,00NRTIX\n:86:159?00RETOURE?20EREF+E1?34914\n", "C260305CNY105,00");
  EXPECT_TRUE(entry.returned);
  EXPECT_EQ(entry.return_reason_code, "914");
}

TEST(Mt940Test, MarksBetweenSlashes) {
  struct Row {
    std::string information;
    std::string end_to_end_id;
    std::string name;
    std::string account;
    std::string creditor_reference;
    std::string remittance;
  };
  const std::vector<Row> rows = {
      {"/EREF/E1/BENM//NAME/ANLAN/REMI/Case 17/ISDT/2026-03-05", "E1", "ANLAN", "", "", "Case 17"},
      {"/TRTP/SEPA/IBAN/NL00TEST0123/BIC/TESTNL2A/NAME/ANLAN/REMI/RF18 5390/EREF/NOTPROVIDED", "",
       "ANLAN", "NL00TEST0123", "", "RF18 5390"},
      {"/EREF/E1//CNTP/62220009/TESTCNBJ/ANLAN/SHANGHAI//REMI/USTD//Case 17/", "E1", "ANLAN",
       "62220009", "", "Case 17"},
      {"/CNTP/62220009/TESTCNBJ/ANLAN///REMI/STRD/CUR/RF18539007547034/", "", "ANLAN", "62220009",
       "RF18539007547034", "STRD/CUR/RF18539007547034"},
      {"/PT/FT/PY/SOMETHING", "", "", "", "", "/PT/FT/PY/SOMETHING"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.information);
    const StatementEntry entry =
        OnlyEntry(":61:2603050305CY5,00NTRFX\n:86:" + row.information + "\n", "C260305CNY105,00");
    EXPECT_EQ(entry.end_to_end_id, row.end_to_end_id);
    EXPECT_EQ(entry.counterparty_name, row.name);
    EXPECT_EQ(entry.counterparty_account, row.account);
    EXPECT_EQ(entry.creditor_reference, row.creditor_reference);
    EXPECT_EQ(entry.remittance_text, row.remittance);
  }
}

TEST(Mt940Test, FreeTextOfSeveralLinesAndFields) {
  const std::string full(65, 'x');
  const StatementEntry entry = OnlyEntry(
      ":61:2603050305CY5,00NTRFX\n:86:" + full + "y\n\n z \n:86:second\n", "C260305CNY105,00");
  EXPECT_EQ(entry.remittance_text, full + "y z second");
  const StatementEntry wrapped = OnlyEntry(
      ":61:2603050305CY5,00NTRFX\n:86:" + full + "\ny\n:12:11 o'clock\n", "C260305CNY105,00");
  EXPECT_EQ(wrapped.remittance_text, full + "y :12:11 o'clock");
}

TEST(Mt940Test, InformationAfterTheLastEntrySpeaksOfTheStatement) {
  const BankStatement statement = ReadOneMt(
      ":20:X\n:25:1\n:86:before\n:60F:C260304CNY1,\n:61:260304C1,NTRFX\n:62F:C260304CNY2,\n"
      ":64:C260304CNY2,\n:86:after\n");
  EXPECT_EQ(statement.information, "before after");
  EXPECT_EQ(statement.entries.at(0).remittance_text, "");
}

TEST(Mt940Test, LinesOfSavingsBanks) {
  const StatementEntry entry =
      OnlyEntry(":61:260305CY5,00S05168790452\n:NS:01Zweck 1\n02Zweck 2\n15ANLAN\n17GUTSCHRIFT\n",
                "C260305CNY105,00");
  EXPECT_EQ(entry.remittance_text, "Zweck 1 Zweck 2");
  EXPECT_EQ(entry.counterparty_name, "ANLAN");
  EXPECT_EQ(entry.additional_info, "GUTSCHRIFT");
}

TEST(Mt940Test, TwoEqualPaymentsOfADayAreTwo) {
  const BankStatement statement =
      ReadOneMt(Mt(":61:260305C4,50NTRFNONREF\n:61:260305C4,50NTRFNONREF\n", "C260305CNY109,00"));
  const std::vector<std::string> keys = EntryKeys(statement);
  EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), 2u);
}

TEST(Mt940Test, UnnumberedStatementsHaveNoNumber) {
  const BankStatement statement =
      ReadOneMt(":20:X\n:25:1\n:28C:00000/00\n:60F:C260304CNY1,\n:62F:C260304CNY1,\n");
  EXPECT_EQ(statement.statement_id, "");
}

TEST(Mt940Test, ChineseTextInEitherCharset) {
  const std::string gbk = "\xC0\xED\xC5\xE2";  // 理赔
  EXPECT_EQ(OnlyEntry(":61:260305C5,NTRFX\n:86:" + gbk + "\n", "C260305CNY105,").remittance_text,
            "理赔");
  EXPECT_EQ(OnlyEntry(":61:260305C5,NTRFX\n:86:理赔\n", "C260305CNY105,").remittance_text, "理赔");
}

// SWIFT MT942: no balances; the bank counts what it lists.
std::string Interim(const std::string& sums) {
  return ":20:X\n:25:62220001\n:28C:1/1\n:34F:CNYD0,00\n:13D:2603051200+0800\n"
         ":61:260305C5,00NTRFX\n:61:260305EC7,00NTRFX\n:61:260305D1,00NTRFX\n" +
         sums;
}

TEST(Mt942Test, CountsMustAgree) {
  const BankStatement statement = ReadOneMt(Interim(":90D:1CNY1,00\n:90C:2CNY12,00\n"));
  EXPECT_EQ(statement.format, "MT942");
  EXPECT_EQ(statement.kind, DocumentKind::kIntradayReport);
  EXPECT_EQ(statement.entries.at(1).status, EntryStatus::kPending);
  EXPECT_FALSE(IsProven(statement));
  EXPECT_TRUE(ReadMt940(Interim(""), {}).ok());
  for (const char* const wrong : {":90D:1CNY1,01\n", ":90C:1CNY12,00\n"}) {
    EXPECT_EQ(ReasonOf(ReadMt940(Interim(wrong), {}).status()), Reason::kStatementDoesNotAddUp);
  }
  EXPECT_THAT(AllFaults(ReadMt940(Interim(":90C:xCNY1,\n"), {}).status()),
              HasSubstr("has no number of entries"));
}

TEST(Mt940Test, LimitsAreKept) {
  const std::string text = Mt(":61:260305C5,00NTRFX\n", "C260305CNY105,00");
  EXPECT_TRUE(ReadMt940(text, {.bytes_max = text.size(), .entries_max = 1}).ok());
  EXPECT_EQ(ReasonOf(ReadMt940(text, {.bytes_max = text.size() - 1}).status()), Reason::kTooLarge);
  EXPECT_EQ(ReasonOf(ReadMt940(text, {.entries_max = 0}).status()), Reason::kTooLarge);
}

}  // namespace
}  // namespace recoup::insurer::bank

#include "adapters/insurer/bank/camt053.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/base/error.h"
#include "tests/insurer/bank_samples.h"

namespace recoup::insurer::bank {
namespace {

using domain::Money;
using ::testing::HasSubstr;

std::string AllFaults(const absl::Status& status) {
  std::string text;
  for (const FieldFault& fault : DetailOf(status).faults) {
    text += fault.field + ": " + fault.description + "\n";
  }
  return text;
}

BankStatement ReadOne(const std::string& xml) {
  const auto statements = ReadCamt053(xml, {});
  EXPECT_TRUE(statements.ok()) << statements.status();
  return statements.ok() && statements->size() == 1 ? statements->front() : BankStatement{};
}

TEST(Camt053Test, EveryFieldOfAnEntryIsRead) {
  const BankStatement statement = ReadOne(Camt(
      {.closing = "1350.55",
       .entries = Ntry(
           "1250.55", "CRDT",
           "<AcctSvcrRef>B-77</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>E2E-1</EndToEndId>"
           "</Refs><RltdPties><Dbtr><Pty><Nm>安澜财产保险</Nm></Pty></Dbtr><DbtrAcct><Id><Othr><Id>"
           "62220001</Id></Othr></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>first</Ustrd><Ustrd>"
           "second</Ustrd><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>"
           "</RmtInf><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls>"
           "<AddtlNtryInf>info</AddtlNtryInf>")}));
  EXPECT_EQ(statement.format, "camt.053.001.08");
  EXPECT_EQ(statement.account, "CN00TEST0001");
  EXPECT_EQ(statement.currency, "CNY");
  EXPECT_EQ(statement.statement_id, "S1");
  EXPECT_EQ(statement.electronic_sequence, "7");
  EXPECT_EQ(statement.opening_balance, Money::Fen(10000));
  EXPECT_EQ(statement.closing_balance, Money::Fen(135055));
  ASSERT_EQ(statement.entries.size(), 1u);
  const StatementEntry& entry = statement.entries[0];
  EXPECT_EQ(entry.bank_reference, "B-77");
  EXPECT_EQ(entry.booked_on, absl::CivilDay(2026, 3, 5));
  EXPECT_EQ(entry.valued_on, absl::CivilDay(2026, 3, 6));
  EXPECT_EQ(entry.amount, Money::Fen(125055));
  EXPECT_EQ(entry.direction, Direction::kCredit);
  EXPECT_EQ(entry.counterparty_name, "安澜财产保险");
  EXPECT_EQ(entry.counterparty_account, "62220001");
  EXPECT_EQ(entry.end_to_end_id, "E2E-1");
  EXPECT_EQ(entry.creditor_reference, "RF18539007547034");
  EXPECT_EQ(entry.remittance_text, "first second");
  EXPECT_EQ(entry.additional_info, "info");
  EXPECT_EQ(entry.return_reason_code, "AC04");
  EXPECT_EQ(entry.path, "Document/BkToCstmrStmt/Stmt[1]/Ntry[1]");
}

TEST(Camt053Test, NotProvidedIsNoEndToEndId) {
  const BankStatement statement = ReadOne(
      Camt({.closing = "101.00",
            .entries = Ntry("1", "CRDT",
                            "<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>"
                            "</TxDtls></NtryDtls>")}));
  EXPECT_EQ(statement.entries.at(0).end_to_end_id, "");
}

TEST(Camt053Test, FullRemittanceLineRunsOnIntoTheNext) {
  const std::string full(140, 'x');
  const BankStatement statement =
      ReadOne(Camt({.closing = "101.00",
                    .entries = Ntry("1", "CRDT",
                                    "<NtryDtls><TxDtls><RmtInf><Ustrd>" + full +
                                        "</Ustrd><Ustrd>y</Ustrd><Ustrd>z</Ustrd></RmtInf>"
                                        "</TxDtls></NtryDtls>")}));
  EXPECT_EQ(statement.entries.at(0).remittance_text, full + "y z");
}

TEST(Camt053Test, OnlyBookedEntriesCountInTheBalance) {
  const BankStatement statement =
      ReadOne(Camt({.closing = "95.00",
                    .entries = Ntry("5.00", "DBIT") + Ntry("9", "CRDT", "", "PDNG") +
                               Ntry("8", "CRDT", "", "INFO")}));
  ASSERT_EQ(statement.entries.size(), 3u);
  EXPECT_EQ(statement.entries[1].status, EntryStatus::kPending);
  EXPECT_EQ(statement.entries[2].status, EntryStatus::kInfo);
}

TEST(Camt053Test, ReversedCreditIsADebitOfThePayer) {
  const BankStatement statement = ReadOne(
      Camt({.closing = "95.00",
            .entries = Ntry("5.00", "DBIT",
                            "<RvslInd>true</RvslInd><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Payer"
                            "</Nm></Dbtr><Cdtr><Nm>Fund</Nm></Cdtr></RltdPties></TxDtls>"
                            "</NtryDtls>")}));
  EXPECT_TRUE(statement.entries.at(0).reversal);
  EXPECT_EQ(statement.entries[0].direction, Direction::kDebit);
  EXPECT_EQ(statement.entries[0].counterparty_name, "Payer");
}

std::string BatchOf(const std::string& first, const std::string& second) {
  const auto part = [](const std::string& amount, const std::string& id) {
    return "<TxDtls><Refs><EndToEndId>" + id + "</EndToEndId></Refs>" +
           (amount.empty() ? "" : "<Amt Ccy=\"CNY\">" + amount + "</Amt>") + "</TxDtls>";
  };
  return "<AcctSvcrRef>B1</AcctSvcrRef><NtryDtls><Btch><MsgId>M</MsgId><PmtInfId>P</PmtInfId>"
         "<NbOfTxs>2</NbOfTxs><TtlAmt Ccy=\"CNY\">30.00</TtlAmt></Btch>" +
         part(first, "E1") + part(second, "E2") + "</NtryDtls>";
}

TEST(Camt053Test, PartsOfABatchAreTheEntriesAndItsTotalIsNot) {
  const BankStatement statement = ReadOne(
      Camt({.closing = "130.00", .entries = Ntry("30.00", "CRDT", BatchOf("10.01", "19.99"))}));
  ASSERT_EQ(statement.entries.size(), 2u);
  EXPECT_EQ(statement.entries[0].amount, Money::Fen(1001));
  EXPECT_EQ(statement.entries[1].amount, Money::Fen(1999));
  EXPECT_EQ(statement.entries[1].end_to_end_id, "E2");
  EXPECT_TRUE(statement.entries[1].bank_reference_is_shared);
  EXPECT_EQ(statement.entries[1].batch, (PaymentBatch{"M", "P", 2, Money::Fen(3000)}));
}

TEST(Camt053Test, PartsThatDoNotSumRefuseTheFile) {
  const auto result = ReadCamt053(
      Camt({.closing = "130.00", .entries = Ntry("30.00", "CRDT", BatchOf("10.01", "19.98"))}), {});
  EXPECT_EQ(ReasonOf(result.status()), Reason::kStatementDoesNotAddUp);
  EXPECT_THAT(AllFaults(result.status()), HasSubstr("Ntry[1]: the parts sum to 29.99, the entry is "
                                                    "30.00: the difference is 0.01"));
}

TEST(Camt053Test, PartWithoutAmountBesideOneWithIsAFault) {
  const auto result = ReadCamt053(
      Camt({.closing = "130.00", .entries = Ntry("30.00", "CRDT", BatchOf("30.00", ""))}), {});
  EXPECT_THAT(AllFaults(result.status()), HasSubstr("TxDtls[2]: states no amount"));
}

TEST(Camt053Test, BatchWhosePartsStateNoAmountStaysOneEntry) {
  const BankStatement statement =
      ReadOne(Camt({.closing = "130.00", .entries = Ntry("30.00", "CRDT", BatchOf("", ""))}));
  ASSERT_EQ(statement.entries.size(), 1u);
  EXPECT_EQ(statement.entries[0].amount, Money::Fen(3000));
  EXPECT_EQ(statement.entries[0].end_to_end_id, "");
}

TEST(Camt053Test, DifferenceOfTheBalanceIsInTheMessage) {
  const auto result = ReadCamt053(Camt({.closing = "101.01", .entries = Ntry("1", "CRDT")}), {});
  EXPECT_EQ(ReasonOf(result.status()), Reason::kStatementDoesNotAddUp);
  EXPECT_THAT(std::string(result.status().message()), HasSubstr("the difference is 0.01"));
}

TEST(Camt053Test, OverdrawnOpeningBalanceIsNegative) {
  const std::string xml = Document("", "<Stmt><Id>1</Id><Acct><Id><IBAN>A</IBAN></Id></Acct>" +
                                           Balance("PRCD", "5.00", "DBIT") +
                                           Balance("CLBD", "2.00") + Ntry("7", "CRDT") + "</Stmt>");
  EXPECT_EQ(ReadOne(xml).opening_balance, Money::Fen(-500));
}

TEST(Camt053Test, SeveralStatementsAreReadInOrder) {
  const auto result = ReadCamt053(
      Document("", Stmt({}) + Stmt({.closing = "101", .entries = Ntry("1", "CRDT")})), {});
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(result->size(), 2u);
  EXPECT_EQ((*result)[1].entries.at(0).path, "Document/BkToCstmrStmt/Stmt[2]/Ntry[1]");
}

TEST(Camt053Test, AllFaultsAreReportedAtOnce) {
  const auto result =
      ReadCamt053(Camt({.entries = Ntry("1.001", "CRDT") + Ntry("1", "UP") + Ntry("-1", "CRDT") +
                                   Ntry("1", "CRDT", "", "LATE")}),
                  {});
  EXPECT_EQ(ReasonOf(result.status()), Reason::kInvalidArgument);
  EXPECT_EQ(DetailOf(result.status()).faults.size(), 4u) << AllFaults(result.status());
}

TEST(Camt053Test, MissingBalancesAreRefused) {
  const auto result =
      ReadCamt053(Document("", "<Stmt><Id>1</Id><Acct><Id><IBAN>A</IBAN></Id></Acct></Stmt>"), {});
  EXPECT_THAT(AllFaults(result.status()), HasSubstr("no opening balance"));
  EXPECT_THAT(AllFaults(result.status()), HasSubstr("no closing balance"));
}

TEST(Camt053Test, AmountsAreExact) {
  struct Row {
    std::string text;
    std::optional<std::int64_t> fen;
  };
  const std::vector<Row> rows = {
      {"0.01", 1},
      {"8.850", 885},
      {"8.85000", 885},
      {"8.851", {}},
      {"1,000.00", {}},
      {"1e3", {}},
      {"12..34", {}},
      {"+1", {}},
      {"", {}},
      {" 7 ", 700},
      {"0", 0},
      {"1<!-- x -->2", 1200},
      {"99999999999999", {}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const auto result = ReadCamt053(Camt({.entries = Ntry(row.text, "CRDT", "", "INFO")}), {});
    EXPECT_EQ(result.ok(), row.fen.has_value()) << result.status();
    if (result.ok() && row.fen) {
      EXPECT_EQ(result->front().entries.at(0).amount.fen(), *row.fen);
    }
  }
}

TEST(Camt053Test, BookingTimeWithOffsetIsTheDayInChina) {
  const std::string entry =
      "<Ntry><Amt Ccy=\"CNY\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>"
      "2026-03-05T20:30:00Z</DtTm></BookgDt><ValDt><DtTm>2026-03-05T23:59:59.000000000</DtTm>"
      "</ValDt></Ntry>";
  const BankStatement statement = ReadOne(Camt({.closing = "101", .entries = entry}));
  EXPECT_EQ(statement.entries.at(0).booked_on, absl::CivilDay(2026, 3, 6));
  EXPECT_EQ(statement.entries[0].valued_on, absl::CivilDay(2026, 3, 5));
}

TEST(Camt053Test, NamespacesAndEnvelopes) {
  const std::string iso = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";
  struct Row {
    std::string xml;
    std::string format;  // Empty: refused.
  };
  std::string prefixed = "<n:Document xmlns:n=\"" + iso + "02\"><n:BkToCstmrStmt>" + Stmt({}) +
                         "</n:BkToCstmrStmt></n:Document>";
  const std::string bare = "<BkToCstmrStmt>" + Stmt({}) + "</BkToCstmrStmt>";
  const std::vector<Row> rows = {
      {Document(iso + "02", Stmt({})), "camt.053.001.02"},
      {Document(iso + "13", Stmt({})), "camt.053.001.13"},
      {Document(iso + "01", Stmt({})), ""},
      {Document(iso + "14", Stmt({})), ""},
      {Document("urn:iso:std:iso:20022:tech:xsd:camt.052.001.08", Stmt({})), ""},
      {Document("urn:bank:own", Stmt({})), "camt.053"},
      {Document("", Stmt({})), "camt.053"},
      {prefixed, "camt.053.001.02"},
      {bare, "camt.053"},
      {"<Envelope><Body>" + bare + "</Body></Envelope>", "camt.053"},
      {"<Envelope>" + bare + bare + "</Envelope>", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.xml.substr(0, 160));
    const auto result = ReadCamt053(row.xml, {});
    EXPECT_EQ(result.ok() ? result->front().format : "", row.format) << result.status();
  }
}

TEST(Camt053Test, OtherDocumentsAreRefusedByName) {
  const std::string good = Camt({});
  struct Row {
    std::string bytes;
    std::string message;
  };
  const std::vector<Row> rows = {
      {"<Document><BkToCstmrAcctRpt/></Document>",
       "Document/BkToCstmrAcctRpt: the document is camt.052"},
      {"<Document><BkToCstmrDbtCdtNtfctn/></Document>", "camt.054"},
      {"<Document><CstmrCdtTrfInitn/></Document>", "pain.001"},
      {"<html/>", "the root element is \"html\""},
      {Document("", ""), "Document/BkToCstmrStmt/Stmt: is missing"},
      {good.substr(0, good.size() - 9), "not well-formed XML"},
      {good + "<b/>", "second root"},
      {"<a>\xFF</a>", "byte 3: not UTF-8"},
      {std::string("<a>\0</a>", 8), "not UTF-8"},
      {"<?xml version=\"1.0\" encoding=\"GBK\"?><a/>", "the encoding is \"GBK\""},
      {"<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>", "DOCTYPE"},
      {"", "not well-formed XML"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.message);
    const auto result = ReadCamt053(row.bytes, {});
    ASSERT_FALSE(result.ok());
    EXPECT_THAT(std::string(result.status().message()), HasSubstr(row.message));
  }
}

TEST(Camt053Test, OtherCurrencyIsRefusedByName) {
  const auto result = ReadCamt053(Camt({.entries = Ntry("1", "CRDT")}), {.currency = "EUR"});
  EXPECT_THAT(AllFaults(result.status()),
              HasSubstr("Ntry[1]/Amt/@Ccy: the currency is \"CNY\", expected EUR"));
}

TEST(Camt053Test, OtherAccountIsRefused) {
  EXPECT_FALSE(ReadCamt053(Camt({}), {.account = "OTHER"}).ok());
  EXPECT_TRUE(ReadCamt053(Camt({}), {.account = "CN00TEST0001"}).ok());
}

TEST(Camt053Test, LimitsAreKept) {
  const std::string xml = Camt({.entries = Ntry("1", "CRDT", "", "INFO")});
  EXPECT_TRUE(ReadCamt053(xml, {.bytes_max = xml.size(), .entries_max = 1}).ok());
  EXPECT_EQ(ReasonOf(ReadCamt053(xml, {.bytes_max = xml.size() - 1}).status()), Reason::kTooLarge);
  EXPECT_EQ(ReasonOf(ReadCamt053(xml, {.entries_max = 0}).status()), Reason::kTooLarge);
}

TEST(Camt053Test, AmountsAtTheLimitAreReportedAndDoNotStopTheProcess) {
  const std::string huge = "10000000000000.00";
  const auto sum =
      ReadCamt053(Camt({.opening = huge, .closing = huge, .entries = Ntry(huge, "CRDT")}), {});
  EXPECT_EQ(ReasonOf(sum.status()), Reason::kInvalidArgument);
  const auto apart =
      ReadCamt053(Camt({.opening = "0", .closing = huge, .entries = Ntry(huge, "DBIT")}), {});
  EXPECT_EQ(ReasonOf(apart.status()), Reason::kStatementDoesNotAddUp);
}

}  // namespace
}  // namespace recoup::insurer::bank

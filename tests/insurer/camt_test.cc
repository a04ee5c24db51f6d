#include "adapters/insurer/bank/camt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/base/error.h"
#include "tests/insurer/bank_samples.h"
#include "tests/insurer/refusal_text.h"

namespace recoup::insurer::bank {
namespace {

using ::testing::HasSubstr;

BankStatement ReadOneCamt(const std::string& xml) {
  const auto statements = ReadCamt(xml, {});
  EXPECT_TRUE(statements.ok()) << statements.status();
  return statements.ok() && statements->size() == 1 ? statements->front() : BankStatement{};
}

TEST(CamtTest, EveryFieldOfAnEntryIsRead) {
  const BankStatement statement = ReadOneCamt(Camt(
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
  EXPECT_EQ(statement.opening_balance, BankAmount::Minor(10000));
  EXPECT_EQ(statement.closing_balance, BankAmount::Minor(135055));
  ASSERT_EQ(statement.entries.size(), 1u);
  const StatementEntry& entry = statement.entries[0];
  EXPECT_EQ(entry.bank_reference, "B-77");
  EXPECT_EQ(entry.booked_on, absl::CivilDay(2026, 3, 5));
  EXPECT_EQ(entry.valued_on, absl::CivilDay(2026, 3, 6));
  EXPECT_EQ(entry.amount, BankAmount::Minor(125055));
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

TEST(CamtTest, NotProvidedIsNoEndToEndId) {
  const BankStatement statement = ReadOneCamt(
      Camt({.closing = "101.00",
            .entries = Ntry("1", "CRDT",
                            "<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>"
                            "</TxDtls></NtryDtls>")}));
  EXPECT_EQ(statement.entries.at(0).end_to_end_id, "");
}

TEST(CamtTest, FullRemittanceLineRunsOnIntoTheNext) {
  const std::string full(140, 'x');
  const BankStatement statement =
      ReadOneCamt(Camt({.closing = "101.00",
                        .entries = Ntry("1", "CRDT",
                                        "<NtryDtls><TxDtls><RmtInf><Ustrd>" + full +
                                            "</Ustrd><Ustrd>y</Ustrd><Ustrd>z</Ustrd></RmtInf>"
                                            "</TxDtls></NtryDtls>")}));
  EXPECT_EQ(statement.entries.at(0).remittance_text, full + "y z");
}

TEST(CamtTest, OnlyBookedEntriesCountInTheBalance) {
  const BankStatement statement =
      ReadOneCamt(Camt({.closing = "95.00",
                        .entries = Ntry("5.00", "DBIT") + Ntry("9", "CRDT", "", "PDNG") +
                                   Ntry("8", "CRDT", "", "INFO")}));
  ASSERT_EQ(statement.entries.size(), 3u);
  EXPECT_EQ(statement.entries[1].status, EntryStatus::kPending);
  EXPECT_EQ(statement.entries[2].status, EntryStatus::kInfo);
}

TEST(CamtTest, ReversedCreditIsADebitOfThePayer) {
  const BankStatement statement = ReadOneCamt(
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

TEST(CamtTest, PartsOfABatchAreTheEntriesAndItsTotalIsNot) {
  const BankStatement statement = ReadOneCamt(
      Camt({.closing = "130.00", .entries = Ntry("30.00", "CRDT", BatchOf("10.01", "19.99"))}));
  ASSERT_EQ(statement.entries.size(), 2u);
  EXPECT_EQ(statement.entries[0].amount, BankAmount::Minor(1001));
  EXPECT_EQ(statement.entries[1].amount, BankAmount::Minor(1999));
  EXPECT_EQ(statement.entries[1].end_to_end_id, "E2");
  EXPECT_TRUE(statement.entries[1].bank_reference_is_shared);
  EXPECT_EQ(statement.entries[1].batch, (PaymentBatch{"M", "P", 2, BankAmount::Minor(3000), "B1"}));
}

TEST(CamtTest, PartsThatDoNotSumRefuseTheFile) {
  const auto result = ReadCamt(
      Camt({.closing = "130.00", .entries = Ntry("30.00", "CRDT", BatchOf("10.01", "19.98"))}), {});
  EXPECT_EQ(ReasonOf(result.status()), Reason::kStatementDoesNotAddUp);
  EXPECT_THAT(AllFaults(result.status()), HasSubstr("Ntry[1]: the parts sum to 29.99, the entry is "
                                                    "30.00: the difference is 0.01"));
}

TEST(CamtTest, PartWithoutAmountBesideOneWithIsAFault) {
  const auto result = ReadCamt(
      Camt({.closing = "130.00", .entries = Ntry("30.00", "CRDT", BatchOf("30.00", ""))}), {});
  EXPECT_THAT(AllFaults(result.status()), HasSubstr("TxDtls[2]: states no amount"));
}

TEST(CamtTest, BatchWhosePartsStateNoAmountStaysOneEntry) {
  const BankStatement statement =
      ReadOneCamt(Camt({.closing = "130.00", .entries = Ntry("30.00", "CRDT", BatchOf("", ""))}));
  ASSERT_EQ(statement.entries.size(), 1u);
  EXPECT_EQ(statement.entries[0].amount, BankAmount::Minor(3000));
  EXPECT_EQ(statement.entries[0].end_to_end_id, "");
}

TEST(CamtTest, DifferenceOfTheBalanceIsInTheMessage) {
  const auto result = ReadCamt(Camt({.closing = "101.01", .entries = Ntry("1", "CRDT")}), {});
  EXPECT_EQ(ReasonOf(result.status()), Reason::kStatementDoesNotAddUp);
  EXPECT_THAT(std::string(result.status().message()), HasSubstr("the difference is 0.01"));
}

TEST(CamtTest, OverdrawnOpeningBalanceIsNegative) {
  const std::string xml = Document("", "<Stmt><Id>1</Id><Acct><Id><IBAN>A</IBAN></Id></Acct>" +
                                           Balance("PRCD", "5.00", "DBIT") +
                                           Balance("CLBD", "2.00") + Ntry("7", "CRDT") + "</Stmt>");
  EXPECT_EQ(ReadOneCamt(xml).opening_balance, BankAmount::Minor(-500));
}

TEST(CamtTest, SeveralStatementsAreReadInOrder) {
  const auto result =
      ReadCamt(Document("", Stmt({}) + Stmt({.closing = "101", .entries = Ntry("1", "CRDT")})), {});
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(result->size(), 2u);
  EXPECT_EQ((*result)[1].entries.at(0).path, "Document/BkToCstmrStmt/Stmt[2]/Ntry[1]");
}

TEST(CamtTest, AllFaultsAreReportedAtOnce) {
  const auto result =
      ReadCamt(Camt({.entries = Ntry("1.001", "CRDT") + Ntry("1", "UP") + Ntry("-1", "CRDT") +
                                Ntry("1", "CRDT", "", "LATE")}),
               {});
  EXPECT_EQ(ReasonOf(result.status()), Reason::kInvalidArgument);
  EXPECT_EQ(DetailOf(result.status()).faults.size(), 4u) << AllFaults(result.status());
}

TEST(CamtTest, StatementWithoutBalancesIsReadAndProvesNothing) {
  const BankStatement statement =
      ReadOneCamt(Document("", "<Stmt><Id>1</Id><Acct><Id><IBAN>A</IBAN></Id></Acct>" +
                                   Balance("OPBD", "5.00") + Ntry("7", "CRDT") + "</Stmt>"));
  EXPECT_EQ(statement.opening_balance, BankAmount::Minor(500));
  EXPECT_EQ(statement.closing_balance, std::nullopt);
  EXPECT_FALSE(IsProven(statement));
  EXPECT_TRUE(IsProven(ReadOneCamt(Camt({}))));
}

TEST(CamtTest, ContradictingBalancesOfOneCodeAreRefused) {
  const auto result = ReadCamt(Document("", "<Stmt><Id>1</Id><Acct><Id><IBAN>A</IBAN></Id></Acct>" +
                                                Balance("OPBD", "5.00") + Balance("OPBD", "6.00") +
                                                Balance("CLBD", "5.00") + "</Stmt>"),
                               {});
  EXPECT_THAT(AllFaults(result.status()), HasSubstr("Bal[2]: a second OPBD balance"));
}

TEST(CamtTest, PagesOfAStatementOpenAndCloseWithInterimBalances) {
  const auto page = [](const std::string& number, const std::string& balances) {
    return "<Stmt><Id>S</Id><StmtPgntn><PgNb>" + number + "</PgNb><LastPgInd>" +
           (number == "3" ? "true" : "false") +
           "</LastPgInd></StmtPgntn><Acct><Id><IBAN>A</IBAN></Id></Acct>" + balances +
           Ntry("1", "CRDT") + "</Stmt>";
  };
  const auto result =
      ReadCamt(Document("", page("1", Balance("OPBD", "5") + Balance("ITBD", "6")) +
                                page("2", Balance("ITBD", "6") + Balance("ITBD", "7")) +
                                page("3", Balance("ITBD", "7") + Balance("CLBD", "8"))),
               {});
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(result->size(), 3u);
  EXPECT_EQ((*result)[1].statement_id, "S/2");
  EXPECT_EQ((*result)[1].opening_balance, (*result)[0].closing_balance);
  EXPECT_EQ((*result)[2].opening_balance, (*result)[1].closing_balance);
  const auto wrong =
      ReadCamt(Document("", page("2", Balance("ITBD", "6") + Balance("ITBD", "7.01"))), {});
  EXPECT_EQ(ReasonOf(wrong.status()), Reason::kStatementDoesNotAddUp);
}

// camt.052 and camt.054 have the same entries under other names.
std::string Other(const std::string& message, const std::string& child, const std::string& inner,
                  const std::string& name_space = "") {
  return "<Document" + (name_space.empty() ? "" : " xmlns=\"" + name_space + "\"") + "><" +
         message + "><" + child + "><Id>N1</Id><Acct><Id><IBAN>A</IBAN></Id></Acct>" + inner +
         "</" + child + "></" + message + "></Document>";
}

TEST(CamtTest, NotificationHasEntriesAndNoBalances) {
  const BankStatement statement =
      ReadOneCamt(Other("BkToCstmrDbtCdtNtfctn", "Ntfctn", Ntry("1", "CRDT") + Ntry("2", "DBIT"),
                        "urn:iso:std:iso:20022:tech:xsd:camt.054.001.11"));
  EXPECT_EQ(statement.kind, DocumentKind::kNotification);
  EXPECT_EQ(statement.format, "camt.054.001.11");
  EXPECT_EQ(statement.entries.size(), 2u);
  EXPECT_EQ(statement.entries[0].path, "Document/BkToCstmrDbtCdtNtfctn/Ntfctn[1]/Ntry[1]");
  EXPECT_FALSE(IsProven(statement));
}

TEST(CamtTest, ReportWithinTheDayTakesInterimBalancesForNoProof) {
  const BankStatement statement = ReadOneCamt(
      Other("BkToCstmrAcctRpt", "Rpt", Balance("ITBD", "100.00") + Ntry("5", "CRDT", "", "PDNG")));
  EXPECT_EQ(statement.kind, DocumentKind::kIntradayReport);
  EXPECT_EQ(statement.format, "camt.052");
  EXPECT_FALSE(IsProven(statement));
  const auto wrong =
      ReadCamt(Other("BkToCstmrAcctRpt", "Rpt",
                     Balance("OPBD", "1") + Balance("CLBD", "3") + Ntry("1", "CRDT")),
               {});
  EXPECT_EQ(ReasonOf(wrong.status()), Reason::kStatementDoesNotAddUp);
}

TEST(CamtTest, SummaryOfTheEntriesIsHeldAgainstThem) {
  const auto notification = [](const std::string& count, const std::string& sum) {
    return Other("BkToCstmrDbtCdtNtfctn", "Ntfctn",
                 "<TxsSummry><TtlNtries><NbOfNtries>3</NbOfNtries></TtlNtries><TtlCdtNtries>"
                 "<NbOfNtries>" +
                     count + "</NbOfNtries><Sum>" + sum + "</Sum></TtlCdtNtries></TxsSummry>" +
                     Ntry("1", "CRDT") + Ntry("0.50", "CRDT") + Ntry("9", "DBIT"));
  };
  EXPECT_TRUE(ReadCamt(notification("2", "1.5"), {}).ok());
  const auto wrong = ReadCamt(notification("2", "1.49"), {});
  EXPECT_EQ(ReasonOf(wrong.status()), Reason::kStatementDoesNotAddUp);
  EXPECT_THAT(AllFaults(wrong.status()),
              HasSubstr("TtlCdtNtries: the summary says 2 entries of 1.49, there are 2 of 1.50"));
  EXPECT_FALSE(ReadCamt(notification("3", "1.5"), {}).ok());
  EXPECT_EQ(ReasonOf(ReadCamt(notification("x", "1.5"), {}).status()), Reason::kInvalidArgument);
}

std::string In(const std::string& currency, std::string xml) {
  for (std::size_t at = xml.find("\"CNY\""); at != std::string::npos; at = xml.find("\"CNY\"")) {
    xml.replace(at, 5, "\"" + currency + "\"");
  }
  return xml;
}

TEST(CamtTest, EveryCurrencyIsReadInItsMinorUnits) {
  struct Row {
    std::string currency;
    std::string amount;
    std::optional<std::int64_t> units;
  };
  const std::vector<Row> rows = {
      {"EUR", "1.05", 105},   {"JPY", "105", 105},   {"JPY", "105.000", 105}, {"JPY", "1.5", {}},
      {"KWD", "1.055", 1055}, {"KWD", "1.0555", {}}, {"eur", "1.05", {}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.currency + " " + row.amount);
    const auto result = ReadCamt(
        In(row.currency,
           Camt({.opening = "0", .closing = "0", .entries = Ntry(row.amount, "CRDT", "", "INFO")})),
        {});
    EXPECT_EQ(result.ok(), row.units.has_value()) << result.status();
    if (!result.ok()) continue;
    EXPECT_EQ(result->front().currency, row.currency);
    EXPECT_EQ(result->front().entries.at(0).amount.minor_units(), *row.units);
  }
}

TEST(CamtTest, AmountInAnotherCurrencyThanTheStatementIsRefused) {
  const auto result = ReadCamt(Camt({.entries = In("EUR", Ntry("1", "CRDT"))}), {});
  EXPECT_THAT(AllFaults(result.status()),
              HasSubstr("Ntry[1]/Amt/@Ccy: the currency is \"EUR\", expected CNY"));
}

TEST(CamtTest, PartsToldInAnotherCurrencyAreBookedInThatOfTheAccount) {
  const auto part = [](const std::string& eur, const std::string& cny) {
    return "<TxDtls><Amt Ccy=\"EUR\">" + eur + "</Amt><AmtDtls><TxAmt><Amt Ccy=\"CNY\">" + cny +
           "</Amt></TxAmt></AmtDtls></TxDtls>";
  };
  const BankStatement statement = ReadOneCamt(
      Camt({.closing = "130.00",
            .entries = Ntry("30.00", "CRDT",
                            "<NtryDtls>" + part("1", "10") + part("2", "20") + "</NtryDtls>")}));
  ASSERT_EQ(statement.entries.size(), 2u);
  EXPECT_EQ(statement.entries[1].amount, BankAmount::Minor(2000));
}

TEST(CamtTest, ChargesExplainWhyTheOnlyPartIsMoreThanTheEntry) {
  const auto entry = [](const std::string& charge) {
    return Camt({.closing = "195.00",
                 .entries = Ntry("95.00", "CRDT",
                                 "<NtryDtls><TxDtls><Amt Ccy=\"CNY\">100</Amt><Chrgs><Rcrd>"
                                 "<Amt Ccy=\"CNY\">" +
                                     charge + "</Amt></Rcrd></Chrgs></TxDtls></NtryDtls>")});
  };
  EXPECT_EQ(ReadOneCamt(entry("5")).entries.at(0).amount, BankAmount::Minor(9500));
  EXPECT_THAT(AllFaults(ReadCamt(entry("4"), {}).status()),
              HasSubstr("the only part is 100.00, the entry is 95.00"));
}

TEST(CamtTest, AllReferencesPartiesAndCodesAreRead) {
  const BankStatement statement = ReadOneCamt(Camt(
      {.closing = "101.00",
       .entries = Ntry(
           "1", "CRDT",
           "<BkTxCd><Prtry><Cd>544</Cd></Prtry></BkTxCd><NtryDtls><TxDtls><Refs><MsgId>M</MsgId>"
           "<PmtInfId>P</PmtInfId><InstrId>I</InstrId><EndToEndId>E</EndToEndId><UETR>U</UETR>"
           "<TxId>T</TxId><MndtId>D</MndtId><ClrSysRef>C</ClrSysRef></Refs><BkTxCd><Domn><Cd>PMNT"
           "</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd><RltdPties>"
           "<Dbtr><Nm>Bank</Nm></Dbtr><UltmtDbtr><Pty><Nm>安澜财产保险</Nm></Pty></UltmtDbtr>"
           "</RltdPties><Purp><Cd>INSC</Cd></Purp><RmtInf><Strd><RfrdDocInf><Nb>INV-1</Nb>"
           "</RfrdDocInf><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>RF1</Ref>"
           "</CdtrRefInf></Strd><Strd><CdtrRefInf><Ref>RF2</Ref></CdtrRefInf></Strd></RmtInf>"
           "<RtrInf><AddtlInf>unknown account</AddtlInf></RtrInf></TxDtls></NtryDtls>")}));
  const StatementEntry& entry = statement.entries.at(0);
  EXPECT_EQ(entry.references, (PaymentReferences{"", "M", "P", "I", "T", "U", "D", "C"}));
  EXPECT_EQ(entry.end_to_end_id, "E");
  EXPECT_EQ(entry.transaction_code, "PMNT/RCDT/DMCT");
  EXPECT_EQ(entry.counterparty_name, "Bank");
  EXPECT_EQ(entry.ultimate_party_name, "安澜财产保险");
  EXPECT_EQ(entry.purpose_code, "INSC");
  EXPECT_EQ(entry.creditor_reference, "RF1");
  EXPECT_EQ(entry.remittance_text, "INV-1 RF2");
  EXPECT_TRUE(entry.returned);
  EXPECT_EQ(entry.return_reason_code, "");
  EXPECT_EQ(entry.additional_info, "unknown account");
}

TEST(CamtTest, BookedEntryWithoutBookingDateIsReadWithoutOne) {
  const BankStatement statement =
      ReadOneCamt(Camt({.closing = "101.00",
                        .entries = "<Ntry><Amt Ccy=\"CNY\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>"
                                   "BOOK</Sts></Ntry>"}));
  EXPECT_EQ(statement.entries.at(0).booked_on, std::nullopt);
}

TEST(CamtTest, DeclaredEncodingsAreDecoded) {
  const std::string name_gbk = "\xB0\xB2\xC0\xBD";  // 安澜
  const auto document = [&](const std::string& encoding, const std::string& name) {
    return "<?xml version=\"1.0\" encoding=\"" + encoding +
           "\"?><BkToCstmrStmt><Stmt><Id>1</Id>"
           "<Acct><Id><IBAN>A</IBAN></Id><Ownr><Nm>" +
           name +
           "</Nm></Ownr></Acct></Stmt>"
           "</BkToCstmrStmt>";
  };
  EXPECT_EQ(ReadOneCamt(document("GBK", name_gbk)).account_owner, "安澜");
  EXPECT_EQ(ReadOneCamt(document("gb18030", name_gbk)).account_owner, "安澜");
  EXPECT_EQ(ReadOneCamt(document("UTF-8", "安澜")).account_owner, "安澜");
  EXPECT_EQ(ReadOneCamt(document("ISO-8859-1", "M\xFCller")).account_owner, "Müller");
  EXPECT_THAT(AllFaults(ReadCamt(document("EBCDIC", "x"), {}).status()),
              HasSubstr("the encoding is \"EBCDIC\""));
  EXPECT_FALSE(ReadCamt(document("GBK", "\xFF"), {}).ok());
}

TEST(CamtTest, AmountsAreExact) {
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
    const auto result = ReadCamt(Camt({.entries = Ntry(row.text, "CRDT", "", "INFO")}), {});
    EXPECT_EQ(result.ok(), row.fen.has_value()) << result.status();
    if (result.ok() && row.fen) {
      EXPECT_EQ(result->front().entries.at(0).amount.minor_units(), *row.fen);
    }
  }
}

TEST(CamtTest, BookingTimeWithOffsetIsTheDayInChina) {
  const std::string entry =
      "<Ntry><Amt Ccy=\"CNY\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>"
      "2026-03-05T20:30:00Z</DtTm></BookgDt><ValDt><DtTm>2026-03-05T23:59:59.000000000</DtTm>"
      "</ValDt></Ntry>";
  const BankStatement statement = ReadOneCamt(Camt({.closing = "101", .entries = entry}));
  EXPECT_EQ(statement.entries.at(0).booked_on, absl::CivilDay(2026, 3, 6));
  EXPECT_EQ(statement.entries[0].valued_on, absl::CivilDay(2026, 3, 5));
}

TEST(CamtTest, NamespacesAndEnvelopes) {
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
      {"<Envelope>" + bare + bare + "</Envelope>", "camt.053"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.xml.substr(0, 160));
    const auto result = ReadCamt(row.xml, {});
    EXPECT_EQ(result.ok() ? result->front().format : "", row.format) << result.status();
  }
}

TEST(CamtTest, OtherDocumentsAreRefusedByName) {
  const std::string good = Camt({});
  struct Row {
    std::string bytes;
    std::string message;
  };
  const std::vector<Row> rows = {
      {"<Document><BkToCstmrAcctRpt/></Document>", "Document/BkToCstmrAcctRpt/Rpt: is missing"},
      {"<Document><BkToCstmrAcctRptV01/></Document>",
       "camt.052.001.01; versions 02 to 13 are read"},
      {"<Document><CstmrCdtTrfInitn/></Document>", "pain.001"},
      {"<html/>", "html: the document is an HTML page"},
      {"<ledger/>", "the root element is \"ledger\""},
      {Document("", ""), "Document/BkToCstmrStmt/Stmt: is missing"},
      {good.substr(0, good.size() - 9), "not well-formed XML"},
      {good + "<b/>", "second root"},
      {"<a>\xFF</a>", "byte 3: not UTF-8"},
      {std::string("<a>\0</a>", 8), "not UTF-8"},
      {"<?xml version=\"1.0\" encoding=\"KOI8-R\"?><a/>", "the encoding is \"KOI8-R\""},
      {"<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>", "DOCTYPE"},
      {"", "not well-formed XML"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.message);
    const auto result = ReadCamt(row.bytes, {});
    ASSERT_FALSE(result.ok());
    EXPECT_THAT(std::string(result.status().message()), HasSubstr(row.message));
  }
}

TEST(CamtTest, OtherAccountIsRefused) {
  EXPECT_THAT(std::string(ReadCamt(Camt({}), {.account = "OTHER"}).status().message()),
              HasSubstr("/Acct/Id: is account \"CN00TEST0001\", expected \"OTHER\""));
  EXPECT_TRUE(ReadCamt(Camt({}), {.account = "CN00TEST0001"}).ok());
}

TEST(CamtTest, LimitsAreKept) {
  const std::string xml = Camt({.entries = Ntry("1", "CRDT", "", "INFO")});
  EXPECT_TRUE(ReadCamt(xml, {.bytes_max = xml.size(), .entries_max = 1}).ok());
  EXPECT_EQ(ReasonOf(ReadCamt(xml, {.bytes_max = xml.size() - 1}).status()), Reason::kTooLarge);
  EXPECT_EQ(ReasonOf(ReadCamt(xml, {.entries_max = 0}).status()), Reason::kTooLarge);
}

TEST(CamtTest, AmountsAtTheLimitAreReportedAndDoNotStopTheProcess) {
  const std::string huge = "10000000000000.00";
  const auto sum =
      ReadCamt(Camt({.opening = huge, .closing = huge, .entries = Ntry(huge, "CRDT")}), {});
  EXPECT_EQ(ReasonOf(sum.status()), Reason::kInvalidArgument);
  const auto apart =
      ReadCamt(Camt({.opening = "0", .closing = huge, .entries = Ntry(huge, "DBIT")}), {});
  EXPECT_EQ(ReasonOf(apart.status()), Reason::kStatementDoesNotAddUp);
}

}  // namespace
}  // namespace recoup::insurer::bank

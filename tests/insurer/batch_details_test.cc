#include "adapters/insurer/bank/batch_details.h"

#include <gtest/gtest.h>

#include "adapters/insurer/bank/camt.h"
#include "tests/insurer/bank_samples.h"

namespace recoup::insurer::bank {
namespace {

BankStatement ReadBatch(const std::string& xml) {
  const auto statements = ReadCamt(xml, {});
  EXPECT_TRUE(statements.ok()) << statements.status();
  return statements.ok() ? statements->front() : BankStatement{};
}

BankStatement Grouped(const std::string& entries, const std::string& closing = "130.00") {
  return ReadBatch(Camt({.closing = closing, .entries = entries}));
}

BankStatement Notification(const std::string& entries) {
  return ReadBatch(
      "<Document><BkToCstmrDbtCdtNtfctn><Ntfctn><Id>N</Id><Acct><Id><IBAN>CN00TEST0001</IBAN></Id>"
      "</Acct>" +
      entries + "</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>");
}

std::string Parts(const std::string& first, const std::string& second) {
  const auto part = [](const std::string& amount, const std::string& id) {
    return "<TxDtls><Refs><EndToEndId>" + id + "</EndToEndId></Refs><Amt Ccy=\"CNY\">" + amount +
           "</Amt></TxDtls>";
  };
  return "<NtryDtls>" + part(first, "E1") + part(second, "E2") + "</NtryDtls>";
}

const std::string kReference = "<AcctSvcrRef>B1</AcctSvcrRef>";
const std::string kBatch = "<NtryDtls><Btch><PmtInfId>P1</PmtInfId></Btch></NtryDtls>";

TEST(BatchDetailsTest, PartsTakeThePlaceOfTheirTotal) {
  BankStatement statement = Grouped(Ntry("30.00", "CRDT", kReference));
  BankStatement notification = Notification(Ntry("30.00", "CRDT", kReference + Parts("10", "20")));
  TakeBatchDetails({&statement, &notification});
  ASSERT_EQ(statement.entries.size(), 2u);
  EXPECT_EQ(statement.entries[0].end_to_end_id, "E1");
  EXPECT_EQ(statement.entries[0].amount, BankAmount::Minor(1000));
  EXPECT_TRUE(statement.entries[0].bank_reference_is_shared);
  EXPECT_EQ(statement.entries[1].booked_on, absl::CivilDay(2026, 3, 5));
  EXPECT_TRUE(notification.entries.empty()) << "nothing of it is booked a second time";
}

TEST(BatchDetailsTest, PaymentInformationLinksWhereTheBankGivesNoReference) {
  BankStatement statement = Grouped(Ntry("30.00", "CRDT", kBatch));
  std::string details = Parts("10", "20");
  details.insert(details.find("<TxDtls>"), "<Btch><PmtInfId>P1</PmtInfId></Btch>");
  BankStatement notification = Notification(Ntry("30.00", "CRDT", details));
  TakeBatchDetails({&notification, &statement});
  EXPECT_EQ(statement.entries.size(), 2u);
}

TEST(BatchDetailsTest, OneDetailedPaymentReplacesItsBareEntry) {
  BankStatement statement = Grouped(Ntry("30.00", "CRDT", kReference));
  BankStatement notification = Notification(
      Ntry("30.00", "CRDT",
           kReference + "<NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs></TxDtls>"
                        "</NtryDtls>"));
  TakeBatchDetails({&statement, &notification});
  ASSERT_EQ(statement.entries.size(), 1u);
  EXPECT_EQ(statement.entries[0].end_to_end_id, "E1");
  EXPECT_EQ(statement.entries[0].bank_reference, "B1");
  EXPECT_FALSE(statement.entries[0].bank_reference_is_shared);
}

TEST(BatchDetailsTest, WhatDoesNotFitIsLeftAlone) {
  struct Row {
    const char* what;
    std::string entries;
    std::string closing;
    std::string details;
  };
  const std::vector<Row> rows = {
      {"another sum", Ntry("30.00", "CRDT", kReference), "130.00",
       Ntry("31.00", "CRDT", kReference + Parts("11", "20"))},
      {"another direction", Ntry("30.00", "DBIT", kReference), "70.00",
       Ntry("30.00", "CRDT", kReference + Parts("10", "20"))},
      {"another reference", Ntry("30.00", "CRDT", kReference), "130.00",
       Ntry("30.00", "CRDT", "<AcctSvcrRef>B2</AcctSvcrRef>" + Parts("10", "20"))},
      {"no reference", Ntry("30.00", "CRDT"), "130.00", Ntry("30.00", "CRDT", Parts("10", "20"))},
      {"pending", Ntry("30.00", "CRDT", kReference), "130.00",
       Ntry("30.00", "CRDT", kReference + Parts("10", "20"), "PDNG")},
      {"two totals fit", Ntry("15.00", "CRDT", kReference) + Ntry("15.00", "CRDT", kReference),
       "130.00", Ntry("15.00", "CRDT", kReference + Parts("5", "10"))},
      {"detailed already", Ntry("30.00", "CRDT", kReference + Parts("10", "20")), "130.00",
       Ntry("10.00", "CRDT", kReference)},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    BankStatement statement = Grouped(row.entries, row.closing);
    BankStatement notification = Notification(row.details);
    const BankStatement before = statement;
    const BankStatement notification_before = notification;
    TakeBatchDetails({&statement, &notification});
    EXPECT_EQ(statement, before);
    EXPECT_EQ(notification, notification_before);
  }
}

TEST(BatchDetailsTest, AnotherAccountIsAnotherBatch) {
  BankStatement statement = Grouped(Ntry("30.00", "CRDT", kReference));
  BankStatement notification = Notification(Ntry("30.00", "CRDT", kReference + Parts("10", "20")));
  notification.account = "CN00TEST0002";
  TakeBatchDetails({&statement, &notification});
  EXPECT_EQ(statement.entries.size(), 1u);
}

}  // namespace
}  // namespace recoup::insurer::bank

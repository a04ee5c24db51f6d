#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "adapters/insurer/payment/pain001.h"
#include "adapters/insurer/payment/payees.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"

namespace recoup::insurer::payment {
namespace {

using domain::Money;
using ::testing::HasSubstr;

constexpr char kFirst[] = "RF18539007547034";
constexpr char kSecond[] = "RF13FUND2025000123";

std::string AllFaults(const absl::Status& status) {
  std::string text(status.message());
  for (const FieldFault& fault : DetailOf(status).faults) {
    text += "\n" + fault.field + ": " + fault.description;
  }
  return text;
}

PaymentOrder Order() {
  PaymentOrder order;
  order.number = "ZF-2026-03";
  order.created = absl::FromCivil(absl::CivilSecond(2026, 3, 30, 9, 5, 7), ChinaTimeZone());
  order.execute_on = absl::CivilDay(2026, 3, 31);
  order.payer = {"安澜财产保险股份有限公司", "62220001", "102290000001"};
  const AccountHolder fund = {"虚构市医疗保障基金 & 中心", "6222000011112222", "TESTCNBJ"};
  order.payments = {{kFirst, Money::Fen(680'000), fund}, {kSecond, Money::Fen(1), fund}};
  return order;
}

TEST(Pain001Test, WhatIsWrittenIsReadBack) {
  const auto xml = PaymentOrderAsPain001(Order());
  ASSERT_TRUE(xml.ok()) << AllFaults(xml.status());
  const auto read = ReadPain001(*xml);
  ASSERT_TRUE(read.ok()) << AllFaults(read.status());
  EXPECT_EQ(*read, Order());
}

TEST(Pain001Test, HasTheElementsThatABankAsksFor) {
  const std::string xml = *PaymentOrderAsPain001(Order());
  for (const char* const element : {
           "xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"",
           "<MsgId>ZF-2026-03</MsgId>",
           "<CreDtTm>2026-03-30T09:05:07+08:00</CreDtTm>",
           "<NbOfTxs>2</NbOfTxs>",
           "<CtrlSum>6800.01</CtrlSum>",
           "<PmtMtd>TRF</PmtMtd>",
           "<BtchBookg>false</BtchBookg>",
           "<EndToEndId>RF18539007547034</EndToEndId>",
           "<InstdAmt Ccy=\"CNY\">6800.00</InstdAmt>",
           "<BICFI>TESTCNBJ</BICFI>",
           "<MmbId>102290000001</MmbId>",
           "<Cd>SCOR</Cd>",
           "<Issr>ISO</Issr>",
           "<Ref>RF13FUND2025000123</Ref>",
           "虚构市医疗保障基金 &amp; 中心",
       }) {
    EXPECT_THAT(xml, HasSubstr(element));
  }
}

TEST(Pain001Test, WhatABankWouldSendBackIsRefused) {
  struct Row {
    std::function<void(PaymentOrder&)> change;
    std::string fault;
  };
  const std::vector<Row> rows = {
      {[](PaymentOrder& o) { o.number = ""; }, "number:"},
      {[](PaymentOrder& o) { o.number = std::string(36, 'x'); }, "number:"},
      {[](PaymentOrder& o) { o.number = "付款"; }, "number:"},
      {[](PaymentOrder& o) { o.number = "/a"; }, "number:"},
      {[](PaymentOrder& o) { o.number = "a//b"; }, "number:"},
      {[](PaymentOrder& o) { o.payer.name = ""; }, "payer.name:"},
      {[](PaymentOrder& o) { o.payer.name = std::string(141, 'x'); }, "payer.name:"},
      {[](PaymentOrder& o) { o.payer.account = std::string(35, '1'); }, "payer.account:"},
      {[](PaymentOrder& o) { o.payer.account = "12 34"; }, "payer.account:"},
      {[](PaymentOrder& o) { o.payer.bank = "10229000000"; }, "payer.bank:"},
      {[](PaymentOrder& o) { o.payer.bank = "TESTCNB"; }, "payer.bank:"},
      {[](PaymentOrder& o) { o.payments.clear(); }, "payments: there must be"},
      {[](PaymentOrder& o) { o.payments[1].reference = kFirst; }, "payments[1].reference: stands"},
      {[](PaymentOrder& o) { o.payments[1].reference = "RF00FUND2025000123"; },
       "payments[1].reference: is no"},
      {[](PaymentOrder& o) { o.payments[1].amount = Money(); }, "payments[1].amount:"},
      {[](PaymentOrder& o) { o.payments[0].payee.bank = ""; }, "payments[0].payee.bank:"},
      {[](PaymentOrder& o) {
         o.payments[0].amount = o.payments[1].amount = Money::Fen(Money::kFenMax);
       },
       "payments: the control sum"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.fault);
    PaymentOrder order = Order();
    row.change(order);
    EXPECT_THAT(AllFaults(PaymentOrderAsPain001(order).status()), HasSubstr(row.fault));
  }
  PaymentOrder longest = Order();
  longest.payer.name = "";
  for (int i = 0; i < 140; ++i) longest.payer.name += "安";
  EXPECT_TRUE(PaymentOrderAsPain001(longest).ok()) << "140 characters, not bytes";
}

TEST(Pain001Test, AnOrderThatContradictsItselfIsRefused) {
  struct Row {
    std::string from;
    std::string to;
    std::string fault;
  };
  const std::vector<Row> rows = {
      {"<NbOfTxs>2", "<NbOfTxs>3", "GrpHdr/NbOfTxs: there are 2 payments"},
      {"<CtrlSum>6800.01", "<CtrlSum>6800.02", "GrpHdr/CtrlSum: the payments sum to 6800.01"},
      {"<InstdAmt Ccy=\"CNY\">6800.00", "<InstdAmt Ccy=\"EUR\">6800.00", "InstdAmt/@Ccy"},
      {"<InstdAmt Ccy=\"CNY\">6800.00", "<InstdAmt Ccy=\"CNY\">0", "more than zero"},
      {"<InstdAmt Ccy=\"CNY\">6800.00", "<InstdAmt Ccy=\"CNY\">6800.005", "more than zero"},
      {"<EndToEndId>RF18539007547034", "<EndToEndId>RF13FUND2025000123", "stands twice"},
      {"<EndToEndId>RF18539007547034", "<EndToEndId>", "1 to 35 characters"},
      {"<Cd>SCOR", "<Cd>RADM", "is not SCOR"},
      {"<Ref>RF18539007547034", "<Ref>RF19539007547034", "payments[0].reference: is no"},
      {"<PmtMtd>TRF", "<PmtMtd>CHK", "PmtMtd: is not TRF"},
      {"<Dt>2026-03-31", "<Dt>31.03.2026", "ReqdExctnDt: is no day"},
      {"<CreDtTm>2026", "<CreDtTm>yesterday", "CreDtTm: is no time"},
      {"CstmrCdtTrfInitn>", "Other>", "no payment order"},
      {"</Document>", "", "not well-formed"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.to);
    std::string xml = *PaymentOrderAsPain001(Order());
    for (std::size_t at = xml.find(row.from); at != std::string::npos;
         at = xml.find(row.from, at + row.to.size())) {
      xml.replace(at, row.from.size(), row.to);
    }
    const auto read = ReadPain001(xml);
    ASSERT_FALSE(read.ok());
    EXPECT_THAT(AllFaults(read.status()), HasSubstr(row.fault));
  }
}

TEST(Pain001Test, OlderVersionsAreRead) {
  std::string xml = *PaymentOrderAsPain001(Order());
  const auto replace = [&](const std::string& from, const std::string& to) {
    for (std::size_t at = xml.find(from); at != std::string::npos;
         at = xml.find(from, at + to.size())) {
      xml.replace(at, from.size(), to);
    }
  };
  replace("pain.001.001.09", "pain.001.001.03");
  replace("BICFI", "BIC");
  replace("<Dt>2026-03-31</Dt>", "2026-03-31");
  const auto read = ReadPain001(xml);
  ASSERT_TRUE(read.ok()) << AllFaults(read.status());
  EXPECT_EQ(*read, Order());
}

TEST(PayeesTest, OneRowPerPool) {
  const auto payees = PayeesFromCsv(
      "基金,户名,账号,开户行号\n310115-310,虚构基金,6222,102290000001\n"
      "pools/310104-310,另一基金,6223,TESTCNBJ\n");
  ASSERT_TRUE(payees.ok()) << AllFaults(payees.status());
  EXPECT_EQ(payees->at("pools/310115-310"), (AccountHolder{"虚构基金", "6222", "102290000001"}));
  EXPECT_EQ(payees->at("pools/310104-310").bank, "TESTCNBJ");
}

TEST(PayeesTest, AllFaultsWithTheirLines) {
  EXPECT_THAT(AllFaults(PayeesFromCsv("基金,户名\na,b\n").status()),
              HasSubstr("line 1: no column bank or 开户行号"));
  const std::string faults =
      AllFaults(PayeesFromCsv("pool,name,account,bank\na,b,1,c\na,b,1,c\n,b,1,c\nd,b\n").status());
  EXPECT_THAT(faults, HasSubstr("line 3: this pool stands twice"));
  EXPECT_THAT(faults, HasSubstr("line 4: a cell is empty"));
  EXPECT_THAT(faults, HasSubstr("line 5: a cell is empty"));
  EXPECT_FALSE(PayeesFromCsv("").ok());
}

}  // namespace
}  // namespace recoup::insurer::payment

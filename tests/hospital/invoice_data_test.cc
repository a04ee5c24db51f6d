// The data of e-bills: XML and JSON, clean and as provinces and query services write it.
#include <algorithm>
#include <string>
#include <vector>

#include "adapters/hospital/invoice/read_invoice.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "tests/hospital/invoice_reading.h"
#include "tests/hospital/reading.h"

namespace recoup::hospital::invoice {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

// 12,345.60 = 8,000.00 + 300.00 + 1,000.60 + 3,045.00.
constexpr char kXml[] = R"(<?xml version="1.0" encoding="UTF-8"?>
<EInvoice xmlns="http://www.example.cn/einvoice" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Header><EInvoiceTag>CZ-EI-32</EInvoiceTag><EInvoiceID>1</EInvoiceID><Version>1.0</Version></Header>
  <EInvoiceData><Main>
    <EInvoiceName>江苏省医疗住院收费票据（电子）</EInvoiceName>
    <EInvoiceCode>32060126</EInvoiceCode><EInvoiceNumber>0012345678</EInvoiceNumber>
    <RandomNumber>a1B2c3</RandomNumber><TotalAmount>12345.60</TotalAmount>
    <IssueDate>20260312</IssueDate><IssueTime>10:20:30</IssueTime>
    <InvoicingParty><InvoicingPartyCode>123</InvoicingPartyCode>
      <InvoicingPartyName>东岸第一医院</InvoicingPartyName></InvoicingParty>
    <PayerParty><PayerPartyType>1</PayerPartyType><PayerPartyCode>11010519491231002X</PayerPartyCode>
      <PayerPartyName>林若溪</PayerPartyName></PayerParty>
    <Remark xsi:nil="true"/>
    <MainExt><FundPayAmount>8000.00</FundPayAmount><OtherPayAmount>300</OtherPayAmount>
      <AccountPayAmount>1000.60</AccountPayAmount><OwnPayAmount>3045.00</OwnPayAmount>
      <SelfpaymentAmount>3045.60</SelfpaymentAmount><SelfpaymentCost>1000.00</SelfpaymentCost>
      <InHospitalDate>2026-03-01</InHospitalDate><OutHospitalDate>2026-03-12</OutHospitalDate>
      <custom3>300.00</custom3><PrepayAmount>3500</PrepayAmount><RefundAmount>455.00</RefundAmount>
    </MainExt></Main>
    <Details><Item><ItemCode>1</ItemCode><ItemName>手术费</ItemName><ItemAmount>12000</ItemAmount></Item>
      <Item><ItemName>床位费</ItemName><ItemAmount>345.60</ItemAmount></Item></Details>
    <AuxDetails><AuxItem><AuxItemName>明细</AuxItemName><AuxItemAmount>1</AuxItemAmount></AuxItem>
    </AuxDetails></EInvoiceData></EInvoice>)";

CheckResult ResultOf(const Invoice& invoice, const std::string& key) {
  for (const Check& check : invoice.checks) {
    if (check.key == key) return check.result;
  }
  RECOUP_CHECK(false);  // A check that does not exist can neither hold nor fail.
}

TEST(InvoiceXmlTest, AnswersTheQuestions) {
  const Invoice invoice = InvoiceForTest(kXml);
  EXPECT_EQ(invoice.source, Source::kXml);
  EXPECT_EQ(invoice.state, State::kNormal);
  EXPECT_EQ(invoice.Text(Field::kTitle), "江苏省医疗住院收费票据（电子）");
  EXPECT_EQ(invoice.Text(Field::kCode), "32060126");
  EXPECT_EQ(invoice.Text(Field::kNumber), "0012345678");
  EXPECT_EQ(invoice.Text(Field::kCheckCode), "a1B2c3");
  EXPECT_EQ(invoice.Text(Field::kIssuedOn), "2026-03-12");
  EXPECT_EQ(invoice.Text(Field::kPayerName), "林若溪");
  EXPECT_EQ(invoice.Text(Field::kPayerCode), "11010519491231002X");
  EXPECT_EQ(invoice.Text(Field::kPayee), "东岸第一医院");
  EXPECT_EQ(invoice.Text(Field::kAdmittedOn), "2026-03-01");
  EXPECT_EQ(invoice.Amount(Field::kTotal)->fen(), 1234560);
  EXPECT_EQ(invoice.Amount(Field::kFundPaid)->fen(), 800000);
  EXPECT_EQ(invoice.Amount(Field::kOtherPaid)->fen(), 30000);
  EXPECT_EQ(invoice.Amount(Field::kAccountPaid)->fen(), 100060);
  EXPECT_EQ(invoice.Amount(Field::kCashPaid)->fen(), 304500);
  EXPECT_EQ(invoice.Amount(Field::kMedicalAidPaid)->fen(), 30000);
  EXPECT_EQ(invoice.Find(Field::kRemark), nullptr);
  EXPECT_EQ(invoice.Find(Field::kTotal)->path, "/EInvoice/EInvoiceData/Main/TotalAmount");
  EXPECT_EQ(invoice.FundPaid(), true);
  ASSERT_EQ(invoice.items.size(), 2u);
  EXPECT_EQ(invoice.items[1].name, "床位费");
  EXPECT_EQ(ResultOf(invoice, "FIVE_ELEMENTS"), CheckResult::kHolds);
  EXPECT_EQ(ResultOf(invoice, "TOTAL_IS_SUM_OF_PAYMENTS"), CheckResult::kHolds);
  EXPECT_EQ(ResultOf(invoice, "TOTAL_IS_SUM_OF_ITEMS"), CheckResult::kHolds);
  EXPECT_EQ(ResultOf(invoice, "OWN_PARTS"), CheckResult::kHolds);
  EXPECT_EQ(ResultOf(invoice, "DEPOSITS"), CheckResult::kHolds);
  EXPECT_EQ(ResultOf(invoice, "TOTAL_IN_WORDS"), CheckResult::kNotPossible);
}

TEST(InvoiceXmlTest, EveryBrokenSumIsTold) {
  struct Row {
    std::string from, to, check;
  };
  const Row rows[] = {
      {"<OwnPayAmount>3045.00", "<OwnPayAmount>3045.01", "TOTAL_IS_SUM_OF_PAYMENTS"},
      {"<ItemAmount>345.60", "<ItemAmount>345.61", "TOTAL_IS_SUM_OF_ITEMS"},
      {"<SelfpaymentCost>1000.00", "<SelfpaymentCost>1000.01", "OWN_PARTS"},
      {"<RefundAmount>455.00", "<RefundAmount>455.01", "DEPOSITS"},
      {"<RandomNumber>a1B2c3</RandomNumber>", "", "FIVE_ELEMENTS"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.to);
    EXPECT_EQ(ResultOf(InvoiceForTest(Replaced(kXml, row.from, row.to)), row.check),
              CheckResult::kFails);
  }
}

TEST(InvoiceXmlTest, PartsPrintedBesideTheSumCountWithIt) {
  // 大病 beside, not inside, 其他支付: 8,000 + 300 + 1,000.60 + 2,045 + 1,000.
  const Invoice invoice = InvoiceForTest(
      Replaced(Replaced(kXml, "<custom3>300.00</custom3>", "<custom1>1000.00</custom1>"),
               "<OwnPayAmount>3045.00", "<OwnPayAmount>2045.00"));
  EXPECT_EQ(ResultOf(invoice, "TOTAL_IS_SUM_OF_PAYMENTS"), CheckResult::kHolds);
}

TEST(InvoiceXmlTest, VariantsGiveTheSameAnswers) {
  const std::string xml = kXml;
  const std::string gb18030_head = Replaced(xml, "UTF-8", "GB18030");
  struct Row {
    std::string name, text;
  };
  const Row rows[] = {
      {"prefix",
       Replaced(Replaced(xml, "<Main>", R"(<x:Main xmlns:x="urn:x">)"), "</Main>", "</x:Main>")},
      {"no namespace", Replaced(xml, R"( xmlns="http://www.example.cn/einvoice")", "")},
      {"attribute", Replaced(Replaced(xml, "<TotalAmount>12345.60</TotalAmount>", ""), "<Main>",
                             R"(<Main TotalAmount="12345.60">)")},
      {"nested deeper", Replaced(Replaced(xml, "<MainExt>", "<MainExt><basicExt>"), "</MainExt>",
                                 "</basicExt></MainExt>")},
      {"other case", Replaced(xml, "FundPayAmount", "fund_pay_amount")},
      {"byte order mark", "\xEF\xBB\xBF" + xml},
      {"wrong declaration", gb18030_head},
      {"thousands", Replaced(xml, ">12345.60<", ">12,345.60<")},
      {"currency", Replaced(xml, ">12345.60<", ">¥12345.60元<")},
      {"time beside the day", Replaced(xml, ">20260312<", ">2026-03-12 10:20:30<")},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const Invoice invoice = InvoiceForTest(row.text);
    EXPECT_EQ(invoice.Amount(Field::kTotal)->fen(), 1234560);
    EXPECT_EQ(invoice.Amount(Field::kFundPaid)->fen(), 800000);
    EXPECT_EQ(invoice.Text(Field::kIssuedOn), "2026-03-12");
    EXPECT_EQ(invoice.Text(Field::kPayerName), "林若溪");
    EXPECT_EQ(ResultOf(invoice, "TOTAL_IS_SUM_OF_PAYMENTS"), CheckResult::kHolds);
  }
}

TEST(InvoiceDataTest, MembersMayBeNamedAsTheFormPrintsThem) {
  const Invoice invoice = InvoiceForTest(
      R"({"票据代码":"32060126","票据号码":"0012345678","开票时间":"20260312102030123",
          "金额合计":"壹佰元伍角整","医保统筹支付":"60.50","现金支付":40})");
  EXPECT_EQ(invoice.Amount(Field::kTotal), domain::Money::Fen(10050));
  EXPECT_EQ(invoice.Amount(Field::kFundPaid), domain::Money::Fen(6050));
  EXPECT_EQ(invoice.Amount(Field::kCashPaid), domain::Money::Fen(4000));
  EXPECT_EQ(invoice.Text(Field::kIssuedOn), "2026-03-12");
}

// Else nobody would learn that the fund's part was there.
TEST(InvoiceDataTest, AmountsUnderUnknownNamesAreTold_WhereTheFundsPartIsNotFound) {
  const std::string rest = R"(,"billNo":"0012345678","totalAmt":"100.00","zeroPay":"0.00"})";
  const Invoice unknown = InvoiceForTest(R"({"generalPay":"60.00")" + rest);
  ASSERT_EQ(unknown.notes.size(), 1u);
  EXPECT_EQ(unknown.notes[0].path, "/generalPay");
  EXPECT_THAT(unknown.notes[0].text, HasSubstr("不认识此名称"));
  EXPECT_TRUE(InvoiceForTest(R"({"generalPay":"60.00","fundPay":"40.00")" + rest).notes.empty());
}

TEST(InvoiceDataTest, ExtensionsNameTheirValuesByValues) {
  const std::string head =
      "<EInvoice><EInvoiceNumber>0012345678</EInvoiceNumber>"
      "<TotalAmount>100</TotalAmount><MainExt>";
  const std::string tail = "</MainExt></EInvoice>";
  const std::string texts[] = {
      head +
          "<Ext><ExtCode>FundPayAmount</ExtCode><ExtName/><ExtValue><![CDATA[70]]></ExtValue>"
          "</Ext><Ext><ExtCode>OwnPayAmount</ExtCode><ExtValue>30</ExtValue></Ext>" +
          tail,
      head +
          "<Field><Key>fund_pay_amount</Key><Value>70.00</Value></Field>"
          "<Field><Value>30.00</Value><Key>OwnPayAmount</Key></Field>" +
          tail,
      R"({"billNo":"0012345678","totalAmount":"100","ext":[
          {"extCode":"FundPayAmount","extValue":"70"},{"extCode":"OwnPayAmount","extValue":30}]})",
  };
  for (const std::string& text : texts) {
    SCOPED_TRACE(text);
    const Invoice invoice = InvoiceForTest(text);
    EXPECT_EQ(invoice.Amount(Field::kFundPaid), domain::Money::Fen(7000));
    EXPECT_EQ(invoice.Amount(Field::kCashPaid), domain::Money::Fen(3000));
    EXPECT_EQ(invoice.FundPaid(), true);
  }
  // A name alone, a value alone and a nil answer nothing, and what stands higher counts.
  const Invoice silent =
      InvoiceForTest(head +
                     "<Ext><ExtCode>FundPayAmount</ExtCode></Ext><Ext><ExtValue>70</ExtValue></Ext>"
                     "<Ext><ExtCode>TotalAmount</ExtCode><ExtValue>999</ExtValue></Ext>" +
                     tail);
  EXPECT_EQ(silent.Amount(Field::kFundPaid), std::nullopt);
  EXPECT_EQ(silent.Amount(Field::kTotal), domain::Money::Fen(10000));
}

TEST(InvoiceXmlTest, EntitiesOfItsOwnAreRefused) {
  const std::string declared =
      "<!DOCTYPE EInvoice [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n<EInvoice>";
  const std::string body =
      "<EInvoiceNumber>0012345678</EInvoiceNumber>"
      "<TotalAmount>1</TotalAmount></EInvoice>";
  const auto refused = InvoicesForTest(declared + body);
  ASSERT_EQ(refused.size(), 1u);
  EXPECT_THAT(std::string(refused[0].invoice.status().message()), HasSubstr("实体"));
  EXPECT_TRUE(InvoicesForTest("<!DOCTYPE EInvoice>\n<EInvoice>" + body)[0].invoice.ok());
}

TEST(InvoiceXmlTest, Gb18030BytesAreRead) {
  // "林若溪" in GB18030.
  const std::string bytes = Replaced(
      R"(<?xml version="1.0" encoding="GBK"?><EInvoice><EInvoiceNumber>0012345678</EInvoiceNumber>
<TotalAmount>1.00</TotalAmount><PayerPartyName>@</PayerPartyName></EInvoice>)",
      "@", "\xC1\xD6\xC8\xF4\xCF\xAA");
  const Invoice invoice = InvoiceForTest(bytes);
  EXPECT_EQ(invoice.Text(Field::kPayerName), "林若溪");
  EXPECT_TRUE(HasNote(invoice.notes, NoteKind::kRepaired, ""));
}

TEST(InvoiceXmlTest, RedReversedAndExchangedBills) {
  const std::string xml = kXml;
  const std::string red =
      Replaced(Replaced(xml, "<custom3>",
                        "<RelatedInvoiceCode>32060125</RelatedInvoiceCode>"
                        "<RelatedInvoiceNumber>0012340000</RelatedInvoiceNumber><custom3>"),
               ">12345.60<", ">-12345.60<");
  EXPECT_EQ(InvoiceForTest(red).state, State::kRed);
  EXPECT_EQ(InvoiceForTest(red).Text(Field::kRelatedNumber), "0012340000");
  const Invoice nameless = InvoiceForTest(Replaced(xml, ">12345.60<", ">-12345.60<"));
  EXPECT_EQ(nameless.state, State::kRed);
  EXPECT_TRUE(
      HasNote(nameless.notes, NoteKind::kIncomplete, "/EInvoice/EInvoiceData/Main/TotalAmount"));
  EXPECT_EQ(InvoiceForTest(Replaced(xml, "<custom3>", "<reversal>1</reversal><custom3>")).state,
            State::kReversed);
  EXPECT_EQ(
      InvoiceForTest(Replaced(xml, "<custom3>", "<exchangePaper>1</exchangePaper><custom3>")).state,
      State::kExchanged);
}

TEST(InvoiceDataTest, ABillThatStandsForAnotherMayLeaveOutItsAmounts) {
  const std::string red =
      R"({"billCode":"32060126","billNo":"0012349999",%"medicarePay":"-8000.00"})";
  struct Row {
    std::string what, text;
  };
  const Row rows[] = {
      {"members",
       Replaced(red, "%", R"("redInvoiceCode":"32060125","redInvoiceNumber":"0012345678",)")},
      {"the remark",
       Replaced(red, "%", R"("remark":"冲销原票据（代码：32060125，号码：0012345678）",)")},
      {"XML",
       "<Main><EInvoiceNumber>0012349999</EInvoiceNumber><FundPayAmount>-8000</FundPayAmount>"
       "<RelatedInvoiceCode>32060125</RelatedInvoiceCode>"
       "<RelatedInvoiceNumber>0012345678</RelatedInvoiceNumber></Main>"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const Invoice invoice = InvoiceForTest(row.text);
    EXPECT_EQ(invoice.state, State::kRed);
    EXPECT_EQ(invoice.Text(Field::kNumber), "0012349999");
    EXPECT_EQ(invoice.Text(Field::kRelatedCode), "32060125");
    EXPECT_EQ(invoice.Text(Field::kRelatedNumber), "0012345678");
    EXPECT_EQ(invoice.Amount(Field::kFundPaid)->fen(), -800000);
    EXPECT_EQ(invoice.Find(Field::kTotal), nullptr);
    EXPECT_TRUE(std::any_of(invoice.notes.begin(), invoice.notes.end(), [](const auto& note) {
      return note.kind == NoteKind::kIncomplete && note.path.ends_with("/total");
    }));
    EXPECT_EQ(ResultOf(invoice, "TOTAL_IS_SUM_OF_PAYMENTS"), CheckResult::kNotPossible);
  }
  const Invoice exchanged =
      InvoiceForTest(R"({"billNo":"0012349999","pBillBatchCode":"32060026","pBillNo":"00123456"})");
  EXPECT_EQ(exchanged.state, State::kExchanged);
  EXPECT_EQ(exchanged.Text(Field::kPaperCode), "32060026");
  EXPECT_EQ(exchanged.Text(Field::kPaperNumber), "00123456");
  // What cannot be read of the sum is a fault still.
  EXPECT_FALSE(InvoicesForTest(R"({"billNo":"1","redInvoiceNumber":"2","medicarePay":"abc"})")
                   .front()
                   .invoice.ok());
}

TEST(InvoiceXmlTest, TextInTheRemarkAnswersWhatNoElementDoes) {
  const Invoice invoice = InvoiceForTest(
      R"(<Main><EInvoiceNumber>0012345678</EInvoiceNumber><TotalAmount>100.00</TotalAmount>
         <Remark>医保类型：职工医保，医保统筹基金支付：70.00元，其他支付：0.00元，个人账户支付：10.00元，
         个人现金支付：20.00元，合计：99元</Remark></Main>)");
  EXPECT_EQ(invoice.Amount(Field::kFundPaid)->fen(), 7000);
  EXPECT_EQ(invoice.Amount(Field::kCashPaid)->fen(), 2000);
  EXPECT_LT(invoice.Find(Field::kFundPaid)->confidence_percent, 100);
  EXPECT_EQ(ResultOf(invoice, "TOTAL_IS_SUM_OF_PAYMENTS"), CheckResult::kHolds);
}

TEST(InvoiceXmlTest, SeveralInvoicesOfAFileStandAlone) {
  const std::string one =
      "<EInvoice><EInvoiceNumber>0012345678</EInvoiceNumber><TotalAmount>1</TotalAmount></"
      "EInvoice>";
  const auto parts = InvoicesForTest(
      "<Batch>" + one + "<EInvoice><TotalAmount>x</TotalAmount></EInvoice>" + one + "</Batch>");
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_TRUE(parts[0].invoice.ok());
  EXPECT_EQ(parts[1].place, "/Batch/EInvoice[2]");
  EXPECT_FALSE(parts[1].invoice.ok());
  EXPECT_TRUE(parts[2].invoice.ok());
}

TEST(InvoiceDataTest, RefusalsNameEveryPlace) {
  struct Row {
    std::string name, text;
    std::vector<std::string> paths;
  };
  const std::string xml = kXml;
  const Row rows[] = {
      {"no invoice", "<a><b>1</b></a>", {"/a/number", "/a/total"}},
      {"fund is no amount",
       Replaced(xml, ">8000.00<", ">n/a<"),
       {"/EInvoice/EInvoiceData/Main/MainExt/FundPayAmount"}},
      {"half a fen",
       Replaced(xml, ">3045.00<", ">3045.005<"),
       {"/EInvoice/EInvoiceData/Main/MainExt/OwnPayAmount"}},
      {"cut off", xml.substr(0, 400), {""}},
      {"empty list", "[]", {"/number", "/total"}},
      {"JSON of something else", R"({"infno":"2401"})", {"/number", "/total"}},
      {"broken JSON", R"({"billNumber":)", {""}},
      {"text without sums", "医疗住院收费票据", {""}},
      {"nothing", "", {""}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const auto parts = InvoicesForTest(row.text);
    ASSERT_EQ(parts.size(), 1u);
    ASSERT_FALSE(parts[0].invoice.ok());
    std::vector<std::string> paths;
    for (const FieldFault& fault : DetailOf(parts[0].invoice.status()).faults) {
      paths.push_back(fault.field);
    }
    EXPECT_THAT(paths, IsSupersetOf(row.paths));
  }
}

TEST(InvoiceJsonTest, AQueryServicesNamesAreKnown) {
  const Invoice invoice = InvoiceForTest(
      R"({"data":{"billCode":"23060126","billNumber":6422000001,"checkCode":"22d0aa",
          "invoiceDate":"20260606","amount":"6283.79","medicarePay":"4324.53",
          "otherPayment":"0.00","selfAcountAmount":"0.00","personalCashPayment":"1959.26",
          "personalExpense":"0.00","personalPay":"0.00","flushedRed":"true","redInvoiceDate":"",
          "feeitems":[{"itemName":"西药费","totalAmount":"6283.79"}],"feedetails":[{"amount":"1"}],
          "payer":"林若溪"}})");
  EXPECT_EQ(invoice.source, Source::kJson);
  EXPECT_EQ(invoice.Text(Field::kNumber), "6422000001");
  EXPECT_EQ(invoice.Amount(Field::kFundPaid)->fen(), 432453);
  EXPECT_EQ(invoice.Amount(Field::kTotal)->fen(), 628379);
  EXPECT_EQ(ResultOf(invoice, "TOTAL_IS_SUM_OF_PAYMENTS"), CheckResult::kHolds);
  EXPECT_EQ(ResultOf(invoice, "TOTAL_IS_SUM_OF_ITEMS"), CheckResult::kHolds);
  EXPECT_EQ(ResultOf(invoice, "OWN_PARTS"), CheckResult::kNotPossible);
  EXPECT_EQ(invoice.state, State::kReversed);
  EXPECT_TRUE(HasNote(invoice.notes, NoteKind::kUnusual, "/data/flushedRed"));
}

TEST(InvoiceJsonTest, AnOldProvincesNamesAreKnown) {
  const Invoice invoice = InvoiceForTest(
      R"({"EInvoiceCode":"00000001","EInvoiceNumber":"1234567890","RandomNumber":"235456",
          "TotalAmount":"133.00","IssueDate":"20251202","FundPayment":"120","PersonalPayment":"0",
          "PersonalAmount":"13","TotalAmountCapital":"壹佰叁拾叁元整",
          "Details":[{"ItemName":"诊查费","ItemAmount":"ItemCode"}]})");
  EXPECT_EQ(ResultOf(invoice, "TOTAL_IS_SUM_OF_PAYMENTS"), CheckResult::kHolds);
  EXPECT_EQ(ResultOf(invoice, "TOTAL_IN_WORDS"), CheckResult::kHolds);
  EXPECT_EQ(ResultOf(invoice, "TOTAL_IS_SUM_OF_ITEMS"), CheckResult::kNotPossible);
  EXPECT_TRUE(HasNote(invoice.notes, NoteKind::kIncomplete, "/Details/0/ItemName"));
}

TEST(InvoiceTest, WhetherTheFundPaid) {
  struct Row {
    std::string amounts;
    std::optional<bool> paid;
  };
  const Row rows[] = {
      {R"("fundPay":"0.01")", true},
      {R"("fundPay":"0")", false},
      {R"("otherPay":"0")", std::nullopt},
      {R"("fundPay":"0","custom1":"5")", true},
      {R"("fundPay":"0","custom3":"5")", true},
      // Another fund's money, or a commercial insurer's.
      {R"("fundPay":"0","otherPay":"5","fundDjjzAmount":"5")", false},
      {R"("fundPay":"0","otherPay":"5","custom2":"5")", false},
      // Whose it is, is not said.
      {R"("fundPay":"0","otherPay":"5")", std::nullopt},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.amounts);
    const Invoice invoice =
        InvoiceForTest(R"({"billNo":"0012345678","amount":"5",)" + row.amounts + "}");
    EXPECT_EQ(invoice.FundPaid(), row.paid);
  }
}

TEST(AmountInWordsTest, RoundTrip) {
  struct Row {
    std::int64_t fen;
    std::string words;
  };
  const Row rows[] = {
      {0, "零元整"},
      {1, "壹分"},
      {10, "壹角整"},
      {105, "壹元零伍分"},
      {13300, "壹佰叁拾叁元整"},
      {1000000, "壹万元整"},
      {10050, "壹佰元零伍角整"},
      {1234560, "壹万贰仟叁佰肆拾伍元陆角整"},
      {100000100, "壹佰万零壹元整"},
      {1000100000, "壹仟万零壹仟元整"},
      {10000000000, "壹亿元整"},
      {10203040506, "壹亿零贰佰零叁万零肆佰零伍元零陆分"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.words);
    EXPECT_EQ(AmountFromWords(row.words), domain::Money::Fen(row.fen));
    const std::string written = AmountInWords(domain::Money::Fen(row.fen));
    EXPECT_EQ(AmountFromWords(written), domain::Money::Fen(row.fen)) << written;
  }
}

TEST(AmountInWordsTest, OtherSpellingsAndNoAmounts) {
  EXPECT_EQ(AmountFromWords("人民币"), std::nullopt);
  EXPECT_EQ(AmountFromWords(""), std::nullopt);
  EXPECT_EQ(AmountFromWords("元"), std::nullopt);
  EXPECT_EQ(AmountFromWords("壹元贰元"), std::nullopt);
  EXPECT_EQ(AmountFromWords("壹佰贰拾"), std::nullopt);
  // A digit or a place was lost in recognition: no amount is better than another one.
  EXPECT_EQ(AmountFromWords("叁仟佰叁拾柒元叁角玖分"), std::nullopt);
  EXPECT_EQ(AmountFromWords("叁仟捌叁拾柒元叁角玖分"), std::nullopt);
  EXPECT_EQ(AmountFromWords("叁拾柒元角玖分"), std::nullopt);
  EXPECT_EQ(AmountFromWords("零仟叁佰零拾零元零角伍分"), domain::Money::Fen(30005));
  EXPECT_EQ(AmountFromWords("拾伍圆正"), domain::Money::Fen(1500));
  EXPECT_EQ(AmountFromWords("负壹拾元整"), domain::Money::Fen(-1000));
  EXPECT_EQ(AmountFromWords("一百二十三元四角五分"), domain::Money::Fen(12345));
  EXPECT_EQ(AmountFromWords("玖亿亿亿亿元"), std::nullopt);
}

TEST(FieldTableTest, AMisplacedOrUnknownFieldIsRefused) {
  EXPECT_FALSE(FieldTable::FromToml("field = []").ok());
  EXPECT_FALSE(FieldTable::FromToml("nonsense").ok());
  ASSERT_TRUE(FieldTable::BuiltIn().ok());
}

}  // namespace
}  // namespace recoup::hospital::invoice

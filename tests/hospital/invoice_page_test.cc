// Bills on pages: text whose words are given, PDF, OFD, and a few pictures through the engine.
#include <string>
#include <vector>

#include "adapters/hospital/invoice/ofd.h"
#include "adapters/hospital/invoice/page_answers.h"
#include "adapters/hospital/invoice/upright.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/check.h"
#include "tests/common/zip_file.h"
#include "tests/hospital/bills/drawing.h"
#include "tests/hospital/invoice_reading.h"
#include "tests/hospital/reading.h"

namespace recoup::hospital::invoice {
namespace {

using ::testing::ElementsAre;

using adapters::Box;
using adapters::Page;
using adapters::Word;

const FieldTable& Table() {
  static const absl::StatusOr<FieldTable> table = FieldTable::BuiltIn();
  RECOUP_CHECK(table.ok());
  return *table;
}

// A word of 10-point characters at (x, y).
Word At(double x, double y, std::string text, int confidence = 100) {
  double width = 0;
  for (const char c : text) width += (c & 0xC0) == 0x80 ? 0 : (c & 0x80) != 0 ? 10 : 5.5;
  return {std::move(text), {x, y, x + width, y + 10}, confidence, 0};
}

constexpr auto kText = adapters::PageSource::kText;
constexpr auto kRecognised = adapters::PageSource::kRecognised;

// Of recognised words each is a line of its own, as an engine numbers them.
Page PageOf(std::vector<Word> words, adapters::PageSource source = kText) {
  Page page{600, 400, source, std::move(words)};
  for (std::size_t i = 0; i < page.words.size(); ++i) page.words[i].line = i;
  return page;
}

Invoice Chosen(std::vector<Word> words, adapters::PageSource source = kText) {
  Invoice invoice;
  Choose(CandidatesOn(PageOf(std::move(words), source), 1, Table()), Table(), invoice);
  return invoice;
}

std::string ValueOf(std::vector<Word> words, Field field, adapters::PageSource source = kText) {
  return Chosen(std::move(words), source).Text(field);
}

TEST(PageQuestionTest, TheValueStandsBehindItsLabelOrBelowIt) {
  struct Row {
    std::string name;
    std::vector<Word> words;
    Field field;
    std::string value;
  };
  const std::vector<Row> rows = {
      {"colon", {At(10, 10, "医保统筹基金支付：120.50")}, Field::kFundPaid, "120.50"},
      {"far to the right",
       {At(10, 10, "统筹支付"), At(400, 10, "120.50")},
       Field::kFundPaid,
       "120.50"},
      {"in a sentence",
       {At(10, 10, "其他支付：1.00元，个人账户支付：2.00元，个人自费：3.00元。")},
       Field::kAccountPaid,
       "2.00"},
      {"in capitals and small",
       {At(10, 10, "金额合计（大写）壹拾元整（小写）¥10.00")},
       Field::kTotal,
       "10.00"},
      {"below its head",
       {At(10, 10, "基金支付"), At(110, 10, "个人账户支付"), At(210, 10, "个人现金支付"),
        At(12, 28, "1.00"), At(115, 28, "2.00"), At(215, 28, "3.00")},
       Field::kAccountPaid,
       "2.00"},
      {"empty behind its colon",
       {At(10, 10, "个人账户支付："), At(12, 28, "9.00")},
       Field::kAccountPaid,
       ""},
      {"too far below", {At(10, 10, "个人账户支付"), At(12, 90, "9.00")}, Field::kAccountPaid, ""},
      {"another label below",
       {At(10, 10, "基金支付"), At(10, 26, "个人自费："), At(80, 26, "9.00")},
       Field::kFundPaid,
       ""},
      {"within a longer label", {At(10, 10, "医保统筹基金支付：5.00")}, Field::kCashPaid, ""},
      {"not a word's part", {At(10, 10, "非医保自费：5.00")}, Field::kOwnCost, ""},
      {"not an amount", {At(10, 10, "医保统筹基金支付：无")}, Field::kFundPaid, ""},
      {"one character wrong", {At(10, 10, "医保统等基金支付：5.00")}, Field::kFundPaid, "5.00"},
      {"one character too many", {At(10, 10, "个人上自付：5.00")}, Field::kSelfPaid, "5.00"},
      {"characters that look alike", {At(10, 10, "个人目费：5.00")}, Field::kOwnCost, "5.00"},
      // 自付 and 自费 are as near: neither is said.
      {"either of two", {At(10, 10, "个人自忖：5.00")}, Field::kSelfPaid, ""},
      {"three characters, one wrong", {At(10, 10, "收坎人：顾明轩")}, Field::kCashier, "顾明轩"},
      {"three characters without a colon", {At(10, 10, "收坎人 顾明轩")}, Field::kCashier, ""},
      // 交款人 and 收款人 are as near.
      {"three characters of two labels", {At(10, 10, "付款人：顾明轩")}, Field::kCashier, ""},
      {"another amount of three characters", {At(10, 10, "自付二：5.00")}, Field::kSelfPaid, ""},
      {"the first character lost", {At(10, 10, "据代码：31060126")}, Field::kCode, "31060126"},
      // 个人自付 without its first character is the end of other words.
      {"the first lost within words", {At(10, 10, "非医保人自付：5.00")}, Field::kSelfPaid, ""},
      {"the next label is no part of one that is nearly printed",
       {At(10, 10, "医保类型：职工基本医疗保险"), At(200, 10, "医保纺号：3983264789")},
       Field::kInsuranceNumber,
       "3983264789"},
      {"two characters alike", {At(10, 10, "要据呈码：0012345678")}, Field::kNumber, "0012345678"},
      {"a longer word begins like a label",
       {At(10, 10, "基金支付比例"), At(12, 28, "9.00")},
       Field::kFundPaid,
       ""},
      {"a column of remarks", {At(10, 10, "备注"), At(12, 28, "9.00")}, Field::kRemark, ""},
      {"spaced label",
       {At(10, 10, "姓"), At(40, 10, "名："), At(70, 10, "林若溪")},
       Field::kPayerName,
       "林若溪"},
      {"brackets of another shape",
       {At(10, 10, "收款单位〈章〉：望山医院")},
       Field::kPayee,
       "望山医院"},
      {"brackets whose word was misread",
       {At(10, 10, "收款单位（草）：望山医院")},
       Field::kPayee,
       "望山医院"},
      {"brackets of the value",
       {At(10, 10, "收款单位：望山（东院）医院")},
       Field::kPayee,
       "望山（东院）医院"},
      {"number", {At(10, 10, "票据号码：0012345678 校验码：a1B2c3")}, Field::kNumber, "0012345678"},
      {"case of a check code", {At(10, 10, "校验码：a1B2c3")}, Field::kCheckCode, "a1B2c3"},
      {"one digit misread in it", {At(10, 10, "校验码：blaB90")}, Field::kCheckCode, "b1aB90"},
      {"one of another kind", {At(10, 10, "校验码：kl2ob9")}, Field::kCheckCode, "kl2ob9"},
      {"one with two such signs", {At(10, 10, "校验码：lo2ab9")}, Field::kCheckCode, "lo2ab9"},
      {"Chinese day", {At(10, 10, "开票日期：2026年3月5日")}, Field::kIssuedOn, "2026-03-05"},
      {"second day",
       {At(10, 10, "住院时间：2026-03-01至2026-03-09")},
       Field::kDischargedOn,
       "2026-03-09"},
      {"no such day", {At(10, 10, "开票日期：2026-02-30")}, Field::kIssuedOn, ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(ValueOf(row.words, row.field), row.value);
  }
}

TEST(PageQuestionTest, NumbersAsRecognitionDeliversThem) {
  struct Row {
    std::string printed, value;
  };
  const Row rows[] = {
      {"1234.50", "1234.50"},
      {"1,234.50", "1234.50"},
      {"12,345,678.90", "12345678.90"},
      {"1.234.50", "1234.50"},
      {"1,234,50", "1234.50"},
      {"¥1234.50元", "1234.50"},
      {"-12.00", "-12.00"},
      {"0", "0.00"},
      {"0.00", "0.00"},
      {"12l4.5o", "1214.50"},
      {"1234。50", "1234.50"},
      {"123450", "1234.50"},
      {"：", ""},
      {"99999999999999999.00", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.printed);
    const std::vector<Word> words = {At(10, 10, "其他支付：" + row.printed)};
    EXPECT_EQ(ValueOf(words, Field::kOtherPaid, kRecognised), row.value);
  }
}

TEST(PageQuestionTest, TheNumberBesideTheCodeIsFoundWithoutItsLabel) {
  const auto beside = [](const std::string& text, adapters::PageSource source = kRecognised) {
    std::vector<Word> words = {At(10, 10, "票据代码：31060126"), At(300, 10, text)};
    Page page = PageOf(std::move(words), source);
    for (Word& word : page.words) word.line = 0;
    Invoice invoice;
    Choose(CandidatesOn(page, 1, Table()), Table(), invoice);
    return invoice;
  };
  const Invoice found = beside("如后所码：0012345678");
  EXPECT_EQ(found.Text(Field::kNumber), "0012345678");
  EXPECT_EQ(found.Find(Field::kNumber)->confidence_percent, 70);
  EXPECT_EQ(beside("如后所码：00123456").Text(Field::kNumber), "") << "too short";
  EXPECT_EQ(beside("如后所码：001234567890").Text(Field::kNumber), "") << "too long";
  EXPECT_EQ(beside("纸质票据号码：0012345678").Text(Field::kNumber), "") << "another question";
  EXPECT_EQ(beside("如后所码 0012345678").Text(Field::kNumber), "") << "no colon";
  EXPECT_EQ(beside("联系电话：0012345678", kText).Text(Field::kNumber), "") << "what it says";
}

TEST(PageQuestionTest, WhatTheFileItselfHoldsLostNoPoint) {
  EXPECT_EQ(ValueOf({At(10, 10, "其他支付：123450")}, Field::kOtherPaid), "123450.00");
  EXPECT_EQ(ValueOf({At(10, 10, "其他支付：320元")}, Field::kOtherPaid), "320.00");
}

std::vector<Word> Sums(std::string total, std::string fund, std::string cash, int confidence) {
  return {At(10, 10, "（小写）" + total, confidence),
          At(10, 30, "医保统筹基金支付：" + fund, confidence), At(10, 50, "其他支付：0.00"),
          At(10, 70, "个人账户支付：0.00"), At(10, 90, "个人现金支付：" + cash, confidence)};
}

TEST(ArithmeticTest, ChoosesBetweenReadings) {
  // The point was lost: 1,000.00 or 100,000? 70.00 or 7,000?
  const Invoice lost = Chosen(Sums("100000", "7000", "930.00", 60), kRecognised);
  EXPECT_EQ(lost.Text(Field::kTotal), "1000.00");
  EXPECT_EQ(lost.Text(Field::kFundPaid), "70.00");
  // The other way round the same digits are whole yuan.
  const Invoice whole = Chosen(Sums("1000", "700", "300", 60), kRecognised);
  EXPECT_EQ(whole.Amount(Field::kTotal)->fen(),
            whole.Amount(Field::kFundPaid)->fen() + whole.Amount(Field::kCashPaid)->fen());
}

TEST(ArithmeticTest, MendsOneDigitThatWasUncertain) {
  std::vector<Word> words = Sums("1000.00", "700.00", "300.00", 95);
  words[0] = At(10, 10, "（小写）10100.00", 40);
  const Invoice mended = Chosen(words, kRecognised);
  EXPECT_EQ(mended.Text(Field::kTotal), "1000.00");
  EXPECT_TRUE(HasNote(mended.notes, NoteKind::kRepaired, "total"));
  EXPECT_LT(mended.Find(Field::kTotal)->confidence_percent, 60);
  // A figure that was read with certainty is left alone, and the check tells.
  Invoice certain = Chosen(Sums("10100.00", "700.00", "300.00", 97), kRecognised);
  CheckInvoice(Table(), certain);
  EXPECT_EQ(certain.Text(Field::kTotal), "10100.00");
  for (const Check& check : certain.checks) {
    const bool is_sum = check.key == "TOTAL_IS_SUM_OF_PAYMENTS";
    EXPECT_TRUE(!is_sum || check.result == CheckResult::kFails);
  }
  // Two figures that could each be the wrong one: neither is touched.
  std::vector<Word> open = Sums("1000.00", "700.00", "310.00", 40);
  EXPECT_EQ(ValueOf(open, Field::kTotal, kRecognised), "1000.00");
  EXPECT_EQ(ValueOf(open, Field::kCashPaid, kRecognised), "310.00");
}

TEST(ArithmeticTest, FiguresThatContradictOneAnotherAreDoubted) {
  const auto confidences = [](adapters::PageSource source) {
    std::vector<Word> words = Sums("1000.00", "700.00", "300.00", 97);
    // The first digit was read twice: 6,500 - 200 are 6,300 and not 300.
    words.push_back(At(10, 110, "票据号码：0012345678", 97));
    words.push_back(At(10, 130, "预缴金额：6500.00", 97));
    words.push_back(At(10, 150, "退费金额：200.00", 97));
    const auto invoice = InvoiceOn(PageOf(std::move(words), source), 1, Table(), Source::kScan);
    RECOUP_CHECK(invoice.has_value());
    return std::vector<int>{invoice->Find(Field::kPrepaid)->confidence_percent,
                            invoice->Find(Field::kRefunded)->confidence_percent,
                            invoice->Find(Field::kCashPaid)->confidence_percent,
                            invoice->Find(Field::kNumber)->confidence_percent};
  };
  // The cash is confirmed by the sum; of text that the file holds nothing was read wrongly.
  EXPECT_THAT(confidences(kRecognised), ElementsAre(50, 50, 98, 97));
  EXPECT_THAT(confidences(kText), ElementsAre(97, 97, 98, 97));
}

// The engine takes the comma of thousands for a semicolon; text that the file holds is as it is.
TEST(PageQuestionTest, ASemicolonWithinARecognisedAmountPartsThousands) {
  struct Row {
    std::string text, recognised, held;
  };
  for (const Row& row :
       {Row{"现金支付 7;011.71", "7011.71", "7.00"},
        Row{"现金支付 17;748;011.71", "17748011.71", "17.00"},
        Row{"现金支付 7;11.71", "7.00", "7.00"}, Row{"现金支付 7;0115.71", "7.00", "7.00"}}) {
    SCOPED_TRACE(row.text);
    EXPECT_EQ(ValueOf({At(10, 10, row.text)}, Field::kCashPaid, kText), row.held);
    EXPECT_EQ(ValueOf({At(10, 10, row.text, 90)}, Field::kCashPaid, kRecognised), row.recognised);
  }
}

TEST(ArithmeticTest, WhatAddsUpIsSurer) {
  const Invoice sums = Chosen(Sums("1000.00", "700.00", "300.00", 60), kRecognised);
  const Invoice no_sums = Chosen(Sums("1000.00", "700.00", "388.00", 60), kRecognised);
  EXPECT_GT(sums.Find(Field::kFundPaid)->confidence_percent,
            no_sums.Find(Field::kFundPaid)->confidence_percent);
}

TEST(TurnTest, BoxesFindTheirWayBack) {
  struct Row {
    int quarters;
    Box upright, page;
  };
  // A page of 100 by 60; upright it is 60 by 100 where it lay on its side.
  const Row rows[] = {
      {0, {10, 20, 30, 25}, {10, 20, 30, 25}},
      {1, {10, 20, 30, 25}, {20, 30, 25, 50}},
      {2, {10, 20, 30, 25}, {70, 35, 90, 40}},
      {3, {10, 20, 30, 25}, {75, 10, 80, 30}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.quarters);
    Turn turn;
    turn.quarter_turns = row.quarters;
    turn.width = 100;
    turn.height = 60;
    turn.upright_width = row.quarters % 2 == 1 ? 60 : 100;
    turn.upright_height = row.quarters % 2 == 1 ? 100 : 60;
    const Box box = turn.ToPage(row.upright);
    EXPECT_NEAR(box.left, row.page.left, 1e-6);
    EXPECT_NEAR(box.top, row.page.top, 1e-6);
    EXPECT_NEAR(box.right, row.page.right, 1e-6);
    EXPECT_NEAR(box.bottom, row.page.bottom, 1e-6);
  }
}

TEST(PdfBillTest, EveryLayoutAnswersEveryQuestionAtItsPlace) {
  for (const bills::Layout layout : bills::kLayouts) {
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
      SCOPED_TRACE(testing::Message() << bills::NameOf(layout) << ", seed " << seed);
      const bills::Bill bill = bills::MakeBill(seed);
      const Invoice invoice = InvoiceForTest(bills::AsPdf(bill, layout));
      EXPECT_EQ(invoice.source, Source::kPdfText);
      for (const bills::Expected& expected : bills::Describe(bill, layout).expected) {
        SCOPED_TRACE(Table().Spec(expected.field).key);
        const Answer* answer = invoice.Find(expected.field);
        ASSERT_NE(answer, nullptr);
        EXPECT_EQ(FoldedText(answer->text), FoldedText(expected.text));
        ASSERT_TRUE(answer->spot.has_value());
        EXPECT_NEAR(answer->spot->box.left, expected.box.left, 8);
        EXPECT_NEAR(answer->spot->box.middle(), expected.box.middle(), 8);
      }
    }
  }
}

// One page each way; the figures over many are bench/invoices'.
TEST(ScannedBillTest, SumsAreReadWhicheverWayTheBillLies) {
  const bills::Bill bill = bills::MakeBill(20260312);
  struct Row {
    const char* name;
    int quarters;
    double skew;
  };
  for (const Row& row : {Row{"upright", 0, 0}, Row{"on its side, skewed", 1, 2}}) {
    SCOPED_TRACE(row.name);
    bills::Distortion distortion;
    distortion.quarter_turns = row.quarters;
    distortion.skew_degrees = row.skew;
    const auto parts =
        InvoicesForTest(bills::AsPicture(bill, bills::Layout::kOutpatientForm, distortion, 1));
    ASSERT_EQ(parts.size(), 1u);
    if (!parts[0].invoice.ok() &&
        parts[0].invoice.status().code() == absl::StatusCode::kUnimplemented) {
      GTEST_SKIP() << parts[0].invoice.status().message();
    }
    ASSERT_TRUE(parts[0].invoice.ok()) << parts[0].invoice.status();
    const Invoice& invoice = *parts[0].invoice;
    EXPECT_EQ(invoice.source, Source::kScan);
    EXPECT_EQ(invoice.Amount(Field::kTotal), bill.total);
    EXPECT_EQ(invoice.Amount(Field::kFundPaid), bill.fund);
    EXPECT_EQ(invoice.Text(Field::kNumber), bill.number);
  }
}

TEST(PageTest, AListIsNoBill) {
  const auto invoice = InvoiceOn(PageOf({At(10, 10, "费用清单"), At(10, 30, "床位费 30.00")}), 1,
                                 Table(), Source::kPdfText);
  EXPECT_FALSE(invoice.has_value());
}

constexpr char kOfdRoot[] =
    R"(<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>)";
constexpr char kOfdDocument[] =
    R"(<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData>
<ofd:PageArea><ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:PageArea>
<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>
<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>
<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>)";
constexpr char kOfdTemplate[] =
    R"(<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer><ofd:PageBlock>
<ofd:TextObject Boundary="10 10 40 5" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g 4 4">票据号码：</ofd:TextCode></ofd:TextObject>
<ofd:TextObject Boundary="10 20 40 5" Size="4"><ofd:TextCode X="0" Y="4">医保统筹基金支付</ofd:TextCode></ofd:TextObject>
</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>)";
constexpr char kOfdPage[] =
    R"(<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Template TemplateID="2"/><ofd:Content><ofd:Layer>
<ofd:TextObject Boundary="40 10 40 5" Size="4"><ofd:TextCode X="0" Y="4">0012345678</ofd:TextCode></ofd:TextObject>
<ofd:TextObject Boundary="60 20 40 5" Size="2" CTM="2 0 0 2 0 0"><ofd:TextCode X="0" Y="2">120.50</ofd:TextCode></ofd:TextObject>
</ofd:Layer></ofd:Content></ofd:Page>)";
constexpr char kOfdAttachments[] =
    R"(<ofd:Attachments xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Attachment ID="1"><ofd:FileLoc>original.dat</ofd:FileLoc></ofd:Attachment></ofd:Attachments>)";
constexpr char kData[] =
    R"(<EInvoice><EInvoiceNumber>0012345678</EInvoiceNumber><TotalAmount>200.00</TotalAmount><FundPayAmount>120.50</FundPayAmount></EInvoice>)";

std::vector<adapters::ZippedFile> OfdParts() {
  return {{"OFD.xml", kOfdRoot},
          {"Doc_0/Document.xml", kOfdDocument},
          {"Doc_0/Tpls/Tpl_0/Content.xml", kOfdTemplate},
          {"Doc_0/Pages/Page_0/Content.xml", kOfdPage},
          {"Doc_0/Signs/Signature.xml", "<ofd:Signature>x</ofd:Signature>"}};
}

TEST(OfdTest, WithoutDataThePageIsRead) {
  const Invoice invoice = InvoiceForTest(adapters::Zip(OfdParts()));
  EXPECT_EQ(invoice.source, Source::kOfdPage);
  EXPECT_EQ(invoice.Text(Field::kNumber), "0012345678");
  EXPECT_EQ(invoice.Text(Field::kFundPaid), "120.50");
  const Answer* fund = invoice.Find(Field::kFundPaid);
  ASSERT_TRUE(fund->spot.has_value());
  EXPECT_NEAR(fund->spot->box.left, 60 * 72 / 25.4, 0.5);
  EXPECT_NEAR(fund->spot->box.top, (20 + 4 - 0.88 * 4) * 72 / 25.4, 0.5);
}

TEST(OfdTest, AttachedDataComesFirst) {
  auto named = OfdParts();
  named.push_back({"Doc_0/Attachs/Attachments.xml", kOfdAttachments});
  named.push_back({"Doc_0/Attachs/original.dat", kData});
  const Invoice by_name = InvoiceForTest(adapters::Zip(named));
  EXPECT_EQ(by_name.source, Source::kOfdData);
  EXPECT_EQ(by_name.Text(Field::kTotal), "200.00");
  EXPECT_EQ(by_name.Find(Field::kTotal)->path, "Doc_0/Attachs/original.dat#/EInvoice/TotalAmount");
  // Not listed, but there.
  auto unnamed = OfdParts();
  unnamed.push_back({"Doc_0/Attachs/bill.xml", kData});
  EXPECT_EQ(InvoiceForTest(adapters::Zip(unnamed)).source, Source::kOfdData);
}

TEST(OfdTest, DamagedFilesAreRefused) {
  auto no_page = OfdParts();
  no_page.erase(no_page.begin() + 3);
  auto bad_page = OfdParts();
  bad_page[3].content = "<ofd:Page";
  const std::vector<std::pair<std::string, std::string>> zips = {
      {"not an OFD", adapters::Zip({{"a.txt", "x"}})},
      {"a page is missing", adapters::Zip(no_page)},
      {"a page is no XML", adapters::Zip(bad_page)},
      {"cut off", adapters::Zip(OfdParts()).substr(0, 300)},
  };
  for (const auto& [name, bytes] : zips) {
    SCOPED_TRACE(name);
    const auto parts = InvoicesForTest(bytes);
    ASSERT_EQ(parts.size(), 1u);
    EXPECT_FALSE(parts[0].invoice.ok());
  }
}

}  // namespace
}  // namespace recoup::hospital::invoice

// Bills that are plain text: copied from a portal, or what a converter made of a page.
#include <string>
#include <vector>

#include "adapters/hospital/charset.h"
#include "adapters/hospital/invoice/related_bill.h"
#include "adapters/hospital/invoice/text_page.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "tests/hospital/invoice_reading.h"
#include "tests/hospital/reading.h"

namespace recoup::hospital::invoice {
namespace {

using ::testing::HasSubstr;

// 12,345.60 = 8,000.00 + 300.00 + 1,000.60 + 3,045.00.
constexpr char kForm[] = R"(        江苏省医疗住院收费票据（电子）
票据代码：32060126                         票据号码：0012345678
交款人：林若溪 打印次数：1                  校验码：a1b2c3
                                           开票日期：2026-03-12

项目名称      数量/单位   金额（元）   备注
手术费                   12,000.00

金额合计（大写）壹万贰仟叁佰肆拾伍元陆角整   （小写）12,345.60
医保统筹基金支付：8,000.00   其他支付：300.00   个人账户支付：1,000.60   个人现金支付：3,045.00
收款单位（章）：东岸第一医院   收款人：赵言
)";

CheckResult SumOf(const Invoice& invoice) {
  for (const Check& check : invoice.checks) {
    if (check.key == "TOTAL_IS_SUM_OF_PAYMENTS") return check.result;
  }
  RECOUP_CHECK(false);
}

void ExpectTheForm(const Invoice& invoice) {
  EXPECT_EQ(invoice.source, Source::kText);
  EXPECT_EQ(invoice.state, State::kNormal);
  EXPECT_EQ(invoice.Text(Field::kTitle), "江苏省医疗住院收费票据（电子）");
  EXPECT_EQ(invoice.Text(Field::kCode), "32060126");
  EXPECT_EQ(invoice.Text(Field::kNumber), "0012345678");
  EXPECT_EQ(invoice.Text(Field::kCheckCode), "a1b2c3");
  EXPECT_EQ(invoice.Text(Field::kIssuedOn), "2026-03-12");
  EXPECT_EQ(invoice.Text(Field::kPayerName), "林若溪");
  EXPECT_EQ(invoice.Text(Field::kFundPaid), "8000.00");
  EXPECT_EQ(invoice.Text(Field::kPayee), "东岸第一医院");
  EXPECT_EQ(invoice.Find(Field::kRemark), nullptr);
  EXPECT_EQ(SumOf(invoice), CheckResult::kHolds);
}

TEST(InvoiceTextTest, AFormIsAskedLikePaper_AndSaysItsLines) {
  const Invoice invoice = InvoiceForTest(kForm);
  ExpectTheForm(invoice);
  EXPECT_EQ(invoice.Find(Field::kNumber)->path, "第 2 行");
  EXPECT_EQ(invoice.Find(Field::kFundPaid)->path, "第 10 行");
  EXPECT_FALSE(invoice.Find(Field::kFundPaid)->spot.has_value());
  EXPECT_EQ(invoice.Find(Field::kFundPaid)->confidence_percent, 100);
}

TEST(InvoiceTextTest, CharacterSetsAndLineEnds) {
  const std::string form = kForm;
  const std::string crlf = Replaced(form, "\n", "\r\n");
  ExpectTheForm(InvoiceForTest("\xEF\xBB\xBF" + form));
  ExpectTheForm(InvoiceForTest(crlf));
  const Invoice gb = InvoiceForTest(Gb18030FromUtf8(form).value());
  ExpectTheForm(gb);
  EXPECT_TRUE(HasNote(gb.notes, NoteKind::kRepaired, ""));
  // A text editor's "Unicode".
  std::string utf16 = "\xFF\xFE";
  for (const char c : std::string("No 1\n")) utf16 += {c, '\0'};
  EXPECT_THAT(std::string(InvoicesForTest(utf16).front().invoice.status().message()),
              HasSubstr("文字中没有认出票据"));
}

TEST(InvoiceTextTest, LabelsAboveTheirValues) {
  struct Row {
    std::string what, text;
  };
  const Row rows[] = {
      {"a line each",
       "票据代码\n31060126\n票据号码\n0099887766\n票据金额\n¥320.00\n交款人\n魏强\n"
       "医保统筹基金支付\n200.00\n个人账户支付\n100.00\n个人现金支付\n20.00\n"},
      {"with colons",
       "票据代码：\n31060126\n票据号码：\n0099887766\n票据金额：\n320\n交款人：\n魏强 状态：正常\n"
       "医保统筹基金支付：\n200.00\n个人账户支付：\n100.00\n个人现金支付：\n20.00\n"},
      {"a copied table",
       "票据代码\t票据号码\t票据金额\t交款人\t医保统筹基金支付\t个人账户支付\t个人现金支付\n"
       "31060126\t0099887766\t320.00\t魏强\t200.00\t100.00\t20.00\n"},
      {"columns that count a Chinese character as one",
       "票据代码   票据号码    票据金额  交款人  医保统筹基金支付  个人账户支付  个人现金支付\n"
       "31060126   0099887766  320.00    魏强    200.00            100.00        20.00\n"},
      {"a sentence",
       "票据代码：31060126，票据号码：0099887766，交款人：魏强，总费用：320元，其中统筹基金支付200"
       "元，"
       "个人账户支付100元，个人现金支付20元。"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const Invoice invoice = InvoiceForTest(row.text);
    EXPECT_EQ(invoice.Text(Field::kCode), "31060126");
    EXPECT_EQ(invoice.Text(Field::kNumber), "0099887766");
    EXPECT_EQ(invoice.Text(Field::kPayerName), "魏强");
    EXPECT_EQ(invoice.Text(Field::kTotal), "320.00");
    EXPECT_EQ(invoice.Text(Field::kFundPaid), "200.00");
    EXPECT_EQ(invoice.Text(Field::kAccountPaid), "100.00");
    EXPECT_EQ(invoice.Text(Field::kCashPaid), "20.00");
    EXPECT_EQ(SumOf(invoice), CheckResult::kHolds);
  }
}

TEST(InvoiceTextTest, PagesAreBillsOfTheirOwn_AndListsArePassedOver) {
  const std::string second = "票据号码：0099887766\n票据金额：5.00\n";
  const auto parts = InvoicesForTest(std::string(kForm) + "\f费用清单\n床位费 5.00\n\f" + second);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].place, "第 1 页");
  EXPECT_EQ(parts[1].place, "第 3 页");
  ASSERT_TRUE(parts[1].invoice.ok());
  EXPECT_EQ(parts[1].invoice->Find(Field::kNumber)->path, "第 3 页，第 14 行");
}

TEST(InvoiceTextTest, WhatTakesAnotherBillBackSaysWhatItSays) {
  struct Row {
    std::string what, text, code;
  };
  const Row rows[] = {
      {"labels",
       "票据号码：0012349999\n被冲红票据代码：32060125\n被冲红票据号码：0012345678\n"
       "医保统筹基金支付：-8000.00\n",
       "32060125"},
      {"a sentence",
       "医疗住院收费票据（电子）红字\n票据号码：0012349999\n冲销原票据，代码：32060125，"
       "号码：0012345678\n医保统筹基金支付：-8000.00\n",
       "32060125"},
      {"the number alone",
       "票据号码：0012349999\n备注：冲红原票据号码0012345678\n医保统筹基金支付：-8000.00\n", ""},
      {"without a number of its own", "原票据号码：0012345678\n医保统筹基金支付：-8000.00\n", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const Invoice invoice = InvoiceForTest(row.text);
    EXPECT_EQ(invoice.state, State::kRed);
    EXPECT_EQ(invoice.Text(Field::kRelatedNumber), "0012345678");
    EXPECT_EQ(invoice.Text(Field::kRelatedCode), row.code);
    EXPECT_EQ(invoice.Amount(Field::kFundPaid)->fen(), -800000);
    EXPECT_EQ(invoice.FundPaid(), true);
    EXPECT_EQ(SumOf(invoice), CheckResult::kNotPossible);
  }
}

TEST(InvoiceTextTest, StatesInWords) {
  struct Row {
    std::string text;
    State state;
  };
  const Row rows[] = {
      {"票据状态：正常", State::kNormal},
      {"票据状态：已开具", State::kNormal},
      {"票据状态：未冲红", State::kNormal},
      {"票据状态：已冲红", State::kReversed},
      {"是否冲红：是", State::kReversed},
      {"是否冲红：否", State::kNormal},
      {"票据状态：已作废", State::kReversed},
      {"票据状态：已换开", State::kExchanged},
      {"是否换开：是", State::kExchanged},
      {"是否换开：否", State::kNormal},
      {"纸质票据号码：00123456", State::kExchanged},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    EXPECT_EQ(InvoiceForTest("票据号码：0012345678\n" + row.text + "\n").state, row.state);
  }
}

TEST(InvoiceTextTest, RefusalsSayWhy) {
  struct Row {
    std::string what, bytes, says;
  };
  const Row rows[] = {
      {"no bill", "今天天气好，金额合计是多少？", "既没有票据号码也没有金额"},
      {"only spaces", " \n\t\n", "文字中没有认出票据"},
      {"zero bytes", std::string("票据号码：0012345678") + '\0', "也不是文本"},
      {"no character set", "\x80\x80\xFF\xFF\x80\x80\xFF", "也不是文本"},
      {"too long", std::string((1u << 20) + 1, 'x'), "超过 1048576 字节"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto parts = InvoicesForTest(row.bytes);
    ASSERT_EQ(parts.size(), 1u);
    ASSERT_FALSE(parts[0].invoice.ok());
    EXPECT_THAT(std::string(parts[0].invoice.status().message()), HasSubstr(row.says));
    EXPECT_EQ(DetailOf(parts[0].invoice.status()).faults.size(), 1u);
  }
}

TEST(RelatedBillTest, WhatNamesTheBillTakenBack) {
  struct Row {
    std::string text, code, number;
  };
  const Row rows[] = {
      {"冲销原票据（代码：32060125，号码：0012345678）", "32060125", "0012345678"},
      {"对应正数票据代码：32060125号码：0012345678", "32060125", "0012345678"},
      {"红字，原电子票据代码为32060125、票据号码为0012345678", "32060125", "0012345678"},
      {"冲红票号0012345678", "", "0012345678"},
      {"票据代码：32060125 票据号码：0012345678", "", ""},
      {"原件电话 13800138000", "", ""},
      {"原票据 12345", "", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const auto related = RelatedBillIn(row.text);
    ASSERT_EQ(related.has_value(), !row.number.empty());
    if (!related) continue;
    EXPECT_EQ(related->code, row.code);
    EXPECT_EQ(related->number, row.number);
  }
}

}  // namespace
}  // namespace recoup::hospital::invoice

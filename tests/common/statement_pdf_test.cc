// The statement of account on paper: everything its reader needs to check and pay it.
#include "adapters/common/letters/statement_pdf.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "adapters/common/pages/page_reader.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace recoup::adapters {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::GetDebtorStatementResponse Example() {
  v1::GetDebtorStatementResponse statement;
  v1::ReportHeading& heading = *statement.mutable_heading();
  heading.set_title("追偿款对账单");
  v1::PoolCut& cut = *heading.add_cuts();
  cut.set_pool("pools/310115-310");
  cut.set_transfer_sequence(77);
  heading.mutable_made_time()->set_seconds(1'775'000'000);  // 2026-04-01 in China.
  statement.set_statement_number("医保对账〔2026〕4F0A91C2D3号");
  statement.set_sender_name("东岸区医疗保险事务中心");
  statement.set_debtor_name("安澜财产保险股份有限公司");
  statement.set_from_on("2026-01-01");
  statement.set_until_on("2026-03-31");
  statement.set_opening_fen(50'000);
  statement.set_demanded_fen(100'000);
  statement.set_received_fen(40'000);
  statement.set_relinquished_fen(1'000);
  statement.set_closing_fen(109'000);
  statement.set_overdue_fen(9'000);
  statement.set_payable_fen(109'000);
  v1::AccountMovement& movement = *statement.add_movements();
  movement.set_recorded_on("2026-02-03");
  movement.set_kind(v1::ACCOUNT_MOVEMENT_KIND_RECEIVED);
  movement.set_reference("RF18539007547034");
  movement.set_change_fen(-40'000);
  movement.set_balance_fen(10'000);
  movement.set_bank_reference("20260203-17");
  for (const std::int64_t fen : {9'000, 100'000}) {
    v1::OpenItem& item = *statement.add_open_items();
    item.set_reference(fen == 9'000 ? "RF18539007547034" : "RF45539007547033");
    item.set_due_on("2026-03-01");
    item.set_open_fen(fen);
    item.set_payable_fen(fen);
    item.set_overdue_days(fen == 9'000 ? 30 : 0);
  }
  statement.set_payment_code("医保对账〔2026〕4F0A91C2D3号\nCNY 1090.00");
  return statement;
}

class NoRecogniser final : public Recogniser {
 public:
  absl::StatusOr<std::vector<Word>> Recognise(const GreyImage&) override {
    return std::vector<Word>();
  }
};

// Without spaces and line ends, which depend on the paper's width.
std::string TextOfPdf(const v1::GetDebtorStatementResponse& statement) {
  PageReader reader(std::make_unique<NoRecogniser>());
  const auto pdf = StatementPdf(statement);
  EXPECT_TRUE(pdf.ok()) << pdf.status();
  const auto document = reader.Read(*pdf);
  EXPECT_TRUE(document.ok()) << document.status();
  std::string text;
  for (const Page& page : document->pages) text += TextOf(page);
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return text;
}

TEST(StatementPdfTest, EverythingThatCountsStandsOnIt) {
  const std::string text = TextOfPdf(Example());
  for (const std::string part :
       {"东岸区医疗保险事务中心", "追偿款对账单", "医保对账〔2026〕4F0A91C2D3号",
        "安澜财产保险股份有限公司：", "2026年1月1日至2026年3月31日", "500.00元",
        "1,090.00元（大写：壹仟零玖拾元整）", "其中已逾期90.00元", "均不计利息", "收到付款",
        "20260203-17", "-400.00", "RF45539007547033", "逾期30天", "见未结清明细，逐笔注明",
        "请另送付款通知", "统筹区310115-310，账面截至第77笔分录", "2026年4月1日",
        // The days are not broken by the width of their column.
        "2026-02-03收到付款", "2026-03-01"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

// A reference that goes on in the next line loses its end when it is copied.
TEST(StatementPdfTest, PaymentReferencesStandOnOneLine) {
  constexpr char kLong[] = "RF1431011531000AM1PZYWKTM";  // As long as one can be.
  v1::GetDebtorStatementResponse statement = Example();
  statement.mutable_movements(0)->set_reference(kLong);
  statement.mutable_movements(0)->set_change_fen(-12'345'678'00);
  statement.mutable_open_items(0)->set_reference(kLong);
  statement.mutable_open_items(0)->set_amount_fen(12'345'678'00);
  PageReader reader(std::make_unique<NoRecogniser>());
  const auto document = reader.Read(StatementPdf(statement).value());
  ASSERT_TRUE(document.ok()) << document.status();
  int whole = 0;
  for (const Page& page : document->pages) {
    for (const Word& word : page.words) whole += word.text == kLong ? 1 : 0;
  }
  EXPECT_EQ(whole, 2);
}

TEST(StatementPdfTest, OfInstalmentsThePayableOnesAreToBePaid) {
  v1::GetDebtorStatementResponse statement = Example();
  statement.set_closing_fen(600'000);
  statement.set_payable_fen(300'000);
  statement.mutable_open_items(1)->set_reference(statement.open_items(0).reference());
  for (v1::OpenItem& item : *statement.mutable_open_items()) item.set_open_fen(300'000);
  statement.mutable_open_items(0)->set_payable_fen(300'000);
  statement.mutable_open_items(1)->clear_payable_fen();
  const std::string text = TextOfPdf(statement);
  EXPECT_THAT(text, HasSubstr("付款金额人民币3,000.00元（分期的为已到期各期"));
  EXPECT_THAT(text, Not(HasSubstr("逐笔注明")));
  EXPECT_THAT(TextOfPdf(Example()), Not(HasSubstr("分期")));
}

TEST(StatementPdfTest, WhatIsNotPayableNowNeedsNoReference) {
  v1::GetDebtorStatementResponse statement = Example();
  statement.mutable_open_items(1)->clear_payable_fen();
  statement.set_payable_fen(9'000);
  EXPECT_THAT(TextOfPdf(statement), Not(HasSubstr("逐笔注明")));
}

TEST(StatementPdfTest, ADemandInInstalmentsShowsWhatWasGivenUpOfIt) {
  v1::GetDebtorStatementResponse statement = Example();
  v1::OpenItem& demand = *statement.add_instalment_demands();
  demand.set_reference("RF45539007547033");
  demand.set_amount_fen(600'000);
  demand.set_applied_fen(200'000);
  demand.set_relinquished_fen(150'000);
  demand.set_open_fen(250'000);
  EXPECT_THAT(TextOfPdf(statement),
              HasSubstr("分期支付，全案：原金额6,000.00元，已收2,000.00元，减免1,500.00元，"
                        "未付2,500.00元。"));
}

TEST(StatementPdfTest, WhoOwesNothingIsAskedForNothing) {
  v1::GetDebtorStatementResponse statement = Example();
  statement.clear_open_items();
  statement.clear_movements();
  statement.clear_payment_code();
  const std::string text = TextOfPdf(statement);
  EXPECT_THAT(text, HasSubstr("没有未结清的款项"));
  EXPECT_THAT(text, HasSubstr("本期没有变动"));
  EXPECT_THAT(text, Not(HasSubstr("付款参考号")));
}

TEST(StatementPdfTest, TheSameStatementIsTheSameFile) {
  EXPECT_TRUE(StatementPdf(Example()).value() == StatementPdf(Example()).value());
}

TEST(StatementPdfTest, IntoAFolderItGoesUnderItsNumber) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "statement_pdf_test";
  std::filesystem::remove_all(folder);
  const auto files = WriteStatementPdf(Example(), folder.string());
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_THAT(*files,
              ::testing::ElementsAre(folder.string() + "/医保对账〔2026〕4F0A91C2D3号.pdf"));
  EXPECT_TRUE(std::filesystem::exists(files->front()));
}

}  // namespace
}  // namespace recoup::adapters

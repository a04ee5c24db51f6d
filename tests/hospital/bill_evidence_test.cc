#include "adapters/hospital/program/bill_evidence.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace recoup::hospital {
namespace {

using domain::Money;
using invoice::Answer;
using invoice::Field;
using invoice::Invoice;
using ::testing::HasSubstr;

class BillEvidenceTest : public testing::Test {
 protected:
  void SetUp() override {
    Say(Field::kCode, "32060126");
    Say(Field::kNumber, "0012345678");
    Say(Field::kIssuedOn, "2026-03-12");
    Say(Field::kPayerName, "林若溪");
    Pay(Field::kTotal, 1'234'560);
    Pay(Field::kFundPaid, 800'000);
    Pay(Field::kOtherPaid, 30'000);
    Pay(Field::kAccountPaid, 100'060);
    Pay(Field::kCashPaid, 304'500);
  }
  void Say(Field field, const std::string& text, int confidence = 100) {
    Answer answer;
    answer.field = field;
    answer.text = text;
    answer.confidence_percent = confidence;
    invoice_.Put(answer);
  }
  void Pay(Field field, std::int64_t fen, int confidence = 100) {
    Answer answer;
    answer.field = field;
    answer.amount = Money::Fen(fen);
    answer.text = answer.amount->ToYuan();
    answer.confidence_percent = confidence;
    invoice_.Put(answer);
  }
  v1::PresentedBill Bill(bool confirmed = false) {
    invoice::CheckInvoice(table_, invoice_);
    return BillOf(table_, invoice_, "scan.png", confirmed);
  }

  const invoice::FieldTable table_ = invoice::FieldTable::BuiltIn().value();
  Invoice invoice_;
};

TEST_F(BillEvidenceTest, FiguresAndWhereTheyStand) {
  invoice::Spot spot;
  spot.page = 2;
  spot.box = {10.4, 20, 60, 31.6};
  Answer fund = *invoice_.Find(Field::kFundPaid);
  fund.spot = spot;
  fund.confidence_percent = 93;
  invoice_.Put(fund);
  Pay(Field::kMedicalAidPaid, 30'000);  // What 其他支付 holds.
  const v1::PresentedBill bill = Bill();
  EXPECT_EQ(bill.invoice_number(), "0012345678");
  EXPECT_EQ(bill.code(), "32060126");
  EXPECT_EQ(bill.total_fen(), 1'234'560);
  EXPECT_EQ(bill.fund_paid_fen(), 830'000);  // 医疗救助 is public money too.
  EXPECT_EQ(bill.self_paid_fen(), 404'560);
  EXPECT_EQ(bill.issued_on(), "2026-03-12");
  EXPECT_EQ(bill.payer_name(), "林若溪");
  EXPECT_EQ(bill.state(), v1::BILL_STATE_NORMAL);
  EXPECT_EQ(bill.confidence_percent(), 93);
  EXPECT_THAT(bill.evidence(), HasSubstr("医保统筹基金支付 8000.00（第2页(10,20)-(60,32)，93%）"));
}

TEST_F(BillEvidenceTest, ABillThatContradictsItselfIsNeverSure) {
  Pay(Field::kCashPaid, 304'501);
  const v1::PresentedBill bill = Bill();
  EXPECT_LE(bill.confidence_percent(), 50);
  EXPECT_THAT(bill.evidence(), HasSubstr("核对不符"));
  EXPECT_EQ(Bill(/*confirmed=*/true).confidence_percent(), 100);
  EXPECT_THAT(Bill(true).evidence(), HasSubstr("经办人已核对"));
}

TEST_F(BillEvidenceTest, WhatTheBillDoesNotSayIsNotGiven) {
  invoice_ = Invoice();
  Pay(Field::kTotal, 10'000);
  Pay(Field::kFundPaid, 0);
  Pay(Field::kOtherPaid, 4'000);  // May be another fund's money.
  const v1::PresentedBill bill = Bill();
  EXPECT_FALSE(bill.has_fund_paid_fen());
  EXPECT_FALSE(bill.has_self_paid_fen());
  EXPECT_EQ(bill.invoice_number(), "");
  EXPECT_THAT(bill.evidence(), HasSubstr("票据号码 未读到"));
}

TEST_F(BillEvidenceTest, ARedBillsAmountsArePositive) {
  Pay(Field::kTotal, -1'234'560);
  Pay(Field::kFundPaid, -800'000);
  Pay(Field::kOtherPaid, -30'000);
  Pay(Field::kAccountPaid, -100'060);
  Pay(Field::kCashPaid, -304'500);
  Say(Field::kRelatedNumber, "0012345670");
  const v1::PresentedBill bill = Bill();
  EXPECT_EQ(bill.state(), v1::BILL_STATE_RED);
  EXPECT_EQ(bill.related_number(), "0012345670");
  EXPECT_EQ(bill.total_fen(), 1'234'560);
  EXPECT_EQ(bill.self_paid_fen(), 404'560);
}

}  // namespace
}  // namespace recoup::hospital

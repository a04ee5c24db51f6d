#include "hub/domain/presented_bills.h"

#include <gtest/gtest.h>

#include "hub/domain/injury_trace.h"

namespace recoup::domain {
namespace {

Advance Settlement(const std::string& visit, int month, int day, std::int64_t own,
                   std::int64_t fund, std::vector<std::string> bills = {}) {
  static std::uint64_t next = 1;
  Advance advance;
  advance.id = AdvanceId{Id{1, next++}};
  advance.pool = {"310115-310"};
  advance.visit_id = visit;
  advance.settlement_id = "S-" + visit;
  advance.admitted_on = absl::CivilDay(2025, month, day);
  advance.settled_time =
      absl::FromCivil(absl::CivilHour(2025, month, day, 10), absl::FixedTimeZone(8 * 3600));
  advance.self_paid = Money::Fen(own);
  advance.amount = Money::Fen(fund);
  advance.total = Money::Fen(own + fund);
  advance.invoice_numbers = std::move(bills);
  return advance;
}

PresentedBill Bill(const std::string& number, std::int64_t total, std::int64_t fund, int day = 5) {
  PresentedBill bill;
  bill.invoice_number = number;
  bill.total = Money::Fen(total);
  bill.fund_paid = Money::Fen(fund);
  bill.issued_on = absl::CivilDay(2025, 3, day);
  bill.source = number + ".xml";
  return bill;
}

PresentedBill Red(const std::string& number, std::int64_t total, const std::string& of = "") {
  PresentedBill bill = Bill(number, total, 0);
  bill.state = BillState::kRed;
  bill.related_number = of;
  return bill;
}

InjuryQuestion Question(std::vector<PresentedBill> bills) {
  InjuryQuestion question;
  question.injured_on = absl::CivilDay(2025, 3, 1);
  question.basis = Basis::kNone;
  question.liable_share_basis_points = 10'000;
  question.injured_person = "陈晓岚";
  question.bills = std::move(bills);
  return question;
}

InjuryTrace Traced(const std::vector<Advance>& advances, const InjuryQuestion& question) {
  const auto trace = TraceInjury(advances, question, NationalPolicyData());
  EXPECT_TRUE(trace.ok()) << trace.status();
  return trace.ok() ? *trace : InjuryTrace();
}

BillPlace PlaceOf(const std::vector<Advance>& advances, const PresentedBill& bill) {
  const std::vector<PresentedBill> bills = {bill};
  return PlaceBills(advances, bills, RelateBills(bills), 90).at(0);
}

std::vector<TraceFindingKind> KindsOf(const InjuryTrace& trace) {
  std::vector<TraceFindingKind> kinds;
  for (const TraceFinding& finding : trace.findings) kinds.push_back(finding.kind);
  return kinds;
}

TEST(PresentedBillsTest, ABillBelongsToTheSettlementThatNamesItOrTheOnlyOneOfItsFigures) {
  const std::vector<Advance> advances = {Settlement("V1", 3, 2, 300, 700, {"N1"}),
                                         Settlement("V2", 3, 4, 100, 200),
                                         Settlement("V3", 6, 1, 400, 500)};
  struct Row {
    const char* what;
    PresentedBill bill;
    BillMatch match;
    std::size_t advance;
  };
  PresentedBill paper = Bill("P1", 1'000, 700);
  paper.related_number = "N1";
  PresentedBill no_day = Bill("N3", 900, 500);
  no_day.issued_on.reset();
  const std::vector<Row> table = {
      {"named", Bill("N1", 1, 1), BillMatch::kNumber, 0},
      {"the paper bill in place of a named one", paper, BillMatch::kNumber, 0},
      {"figures and day", Bill("N2", 300, 200), BillMatch::kAmounts, 1},
      {"seven days later", Bill("N2", 300, 200, 11), BillMatch::kAmounts, 1},
      {"eight days later", Bill("N2", 300, 200, 12), BillMatch::kNone, 0},
      {"before the admission", Bill("N2", 300, 200, 3), BillMatch::kNone, 0},
      {"another fund part", Bill("N2", 300, 201), BillMatch::kNone, 0},
      {"no day on the bill", no_day, BillMatch::kAmounts, 2},
      {"its settlement has other bills", Bill("N9", 1'000, 700), BillMatch::kNone, 0},
  };
  for (const Row& row : table) {
    SCOPED_TRACE(row.what);
    const BillPlace place = PlaceOf(advances, row.bill);
    EXPECT_EQ(place.match, row.match);
    if (row.match == BillMatch::kNone) continue;
    EXPECT_EQ(place.advance, row.advance);
  }
}

TEST(PresentedBillsTest, ADoubtfulNumberMayBeAMisreadOne) {
  const std::vector<Advance> advances = {Settlement("V1", 3, 2, 300, 700, {"0012345678"})};
  PresentedBill misread = Bill("0012345676", 1'000, 700);
  misread.confidence_percent = 89;
  EXPECT_EQ(PlaceOf(advances, misread).match, BillMatch::kAmounts);
  misread.confidence_percent = 90;
  EXPECT_EQ(PlaceOf(advances, misread).match, BillMatch::kNone);
}

TEST(PresentedBillsTest, TwoSettlementsOfTheSameFiguresAreNotGuessedBetween) {
  const std::vector<Advance> advances = {Settlement("V1", 3, 4, 100, 200),
                                         Settlement("V2", 3, 5, 100, 200)};
  const InjuryTrace trace = Traced(advances, Question({Bill("N1", 300, 200)}));
  EXPECT_EQ(trace.bills[0].place.candidates.size(), 2u);
  EXPECT_FALSE(trace.bills[0].included);
  EXPECT_EQ(KindsOf(trace), std::vector{TraceFindingKind::kUnsure});
  // Two bills of the two: each has its own once the other is known.
  const InjuryTrace both = Traced({Settlement("V1", 3, 4, 100, 200, {"N1"}), advances[1]},
                                  Question({Bill("N1", 300, 200), Bill("N2", 300, 200)}));
  EXPECT_TRUE(both.findings.empty());
  EXPECT_EQ(both.fund_paid.fen(), 400);
}

TEST(PresentedBillsTest, BillsWithoutSettlementAddWhatTheySay) {
  const std::vector<Advance> advances = {Settlement("V1", 3, 2, 300, 700, {"N1"})};
  PresentedBill other_region = Bill("N2", 1'000, 600);
  other_region.self_paid = Money::Fen(350);  // 50 were paid by somebody else.
  const InjuryTrace trace =
      Traced(advances, Question({Bill("N1", 1'000, 700), other_region, Bill("N3", 80, 0)}));
  EXPECT_EQ(trace.own_paid.fen(), 300 + 350 + 80);
  EXPECT_EQ(trace.fund_paid.fen(), 1'300);
  EXPECT_EQ(trace.owed.fen(), 1'300);
  EXPECT_EQ(KindsOf(trace), std::vector{TraceFindingKind::kNotFound});
  ASSERT_EQ(trace.shares.size(), 2u);
  EXPECT_EQ(trace.shares[1].pool.value, "");
  EXPECT_EQ(trace.shares[1].amount.fen(), 600);
  ASSERT_EQ(trace.bills.size(), 3u);
  EXPECT_EQ(trace.bills[0].fund_amount.fen(), 0);  // Its settlement counts.
  EXPECT_TRUE(trace.bills[0].included && trace.bills[1].included && trace.bills[2].included);
  EXPECT_EQ(trace.bills[2].fund_paid, false);
}

TEST(PresentedBillsTest, WhatDoesNotCountByItselfAndWhy) {
  struct Row {
    const char* what;
    PresentedBill bill;
    std::vector<TraceFindingKind> findings;
  };
  PresentedBill unsure = Bill("N1", 1'000, 600);
  unsure.confidence_percent = 89;
  PresentedBill read = Bill("N1", 1'000, 600);
  read.confidence_percent = 95;
  PresentedBill no_fund = read;
  no_fund.fund_paid.reset();
  PresentedBill no_day = read;
  no_day.issued_on.reset();
  PresentedBill no_number = read;
  no_number.invoice_number.clear();
  PresentedBill typed_no_day = Bill("N1", 1'000, 600);
  typed_no_day.issued_on.reset();
  PresentedBill theirs = Bill("N1", 1'000, 600);
  theirs.payer_name = "李四海";
  PresentedBill early = Bill("N1", 1'000, 600);
  early.issued_on = absl::CivilDay(2025, 2, 28);
  PresentedBill impossible = Bill("N1", 1'000, 600);
  impossible.self_paid = Money::Fen(401);
  PresentedBill reversed = Bill("N1", 1'000, 600);
  reversed.state = BillState::kReversed;
  using K = TraceFindingKind;
  const std::vector<Row> table = {
      {"read with too little confidence", unsure, {K::kUnsure}},
      {"the fund's part was not read", no_fund, {K::kUnsure}},
      {"the day was not read", no_day, {K::kUnsure}},
      {"the number was not read", no_number, {K::kUnsure}},
      {"typed without a day", typed_no_day, {K::kNotFound}},
      {"somebody else's", theirs, {K::kOtherPerson}},
      {"the day before the injury", early, {}},
      {"more than its total", impossible, {K::kNotFound}},
      {"taken back", reversed, {}},
  };
  for (const Row& row : table) {
    SCOPED_TRACE(row.what);
    const InjuryTrace trace = Traced({}, Question({row.bill}));
    EXPECT_EQ(KindsOf(trace), row.findings);
    ASSERT_EQ(trace.bills.size(), 1u);
    EXPECT_FALSE(trace.bills[0].included);
    EXPECT_FALSE(trace.bills[0].reason.empty());
    EXPECT_EQ(trace.fund_paid.fen(), 0);
  }
  EXPECT_TRUE(Traced({}, Question({read})).bills[0].included);
}

TEST(PresentedBillsTest, ASettlementConfirmsADoubtfulReading) {
  PresentedBill unsure = Bill("N1", 1'000, 700);
  unsure.confidence_percent = 40;
  const InjuryTrace trace = Traced({Settlement("V1", 3, 2, 300, 700, {"N1"})}, Question({unsure}));
  EXPECT_TRUE(trace.bills[0].included);
  EXPECT_TRUE(trace.findings.empty());
}

TEST(PresentedBillsTest, ARedBillTakesBackTheOneItNamesOrTheOnlyOneOfItsAmount) {
  const InjuryTrace named =
      Traced({}, Question({Bill("N1", 100, 50), Bill("N2", 100, 50), Red("R1", 100, "N2")}));
  EXPECT_TRUE(named.bills[0].included);
  EXPECT_FALSE(named.bills[1].included || named.bills[2].included);
  const InjuryTrace only =
      Traced({}, Question({Red("R1", 100), Bill("N1", 100, 50), Bill("N2", 99, 50)}));
  EXPECT_FALSE(only.bills[1].included);
  EXPECT_TRUE(only.bills[2].included);
  // Two of its amount: somebody must say which; neither counts until then.
  const InjuryTrace either =
      Traced({}, Question({Bill("N1", 100, 50), Bill("N2", 100, 50), Red("R1", 100)}));
  EXPECT_EQ(KindsOf(either), (std::vector{TraceFindingKind::kUnsure, TraceFindingKind::kUnsure}));
  EXPECT_TRUE(either.fund_paid.is_zero());
}

TEST(PresentedBillsTest, AnExchangedBillAndItsPaperCountOnce) {
  PresentedBill electronic = Bill("N1", 100, 50);
  electronic.state = BillState::kExchanged;
  EXPECT_TRUE(Traced({}, Question({electronic})).bills[0].included);  // Alone it is the bill.
  const InjuryTrace both = Traced({}, Question({electronic, Bill("P1", 100, 50)}));
  EXPECT_FALSE(both.bills[0].included);
  EXPECT_TRUE(both.bills[1].included);
  EXPECT_EQ(both.fund_paid.fen(), 50);
}

TEST(PresentedBillsTest, TheSameBillFromAScanWithoutCodeIsACopy) {
  PresentedBill data = Bill("N1", 100, 50);
  data.code = "31060125";
  PresentedBill other_code = data;
  other_code.code = "32060125";
  const InjuryTrace trace = Traced({}, Question({data, Bill("N1", 100, 50), other_code}));
  EXPECT_TRUE(trace.bills[0].included);
  EXPECT_FALSE(trace.bills[1].included);
  EXPECT_TRUE(trace.bills[2].included);  // Another region's bill of the same number.
}

TEST(PresentedBillsTest, TheClerkExcludesABillByItsNumberWithTheReason) {
  InjuryQuestion question = Question({Bill("N1", 300, 200), Bill("N2", 80, 30)});
  question.exclusions = {{"", "N1", "治疗糖尿病"}, {"", "N2", "体检"}};
  const InjuryTrace trace = Traced({Settlement("V1", 3, 4, 100, 200)}, question);
  EXPECT_FALSE(trace.visits[0].included);  // N1 was placed there by its figures.
  EXPECT_FALSE(trace.bills[0].included || trace.bills[1].included);
  EXPECT_NE(trace.bills[1].reason.find("体检"), std::string::npos);
  EXPECT_TRUE(trace.fund_paid.is_zero());
}

}  // namespace
}  // namespace recoup::domain

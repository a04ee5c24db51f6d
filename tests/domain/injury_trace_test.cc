#include "hub/domain/injury_trace.h"

#include <gtest/gtest.h>

#include "hub/base/error.h"

namespace recoup::domain {
namespace {

Advance Settlement(const std::string& visit, absl::CivilDay on, std::int64_t own, std::int64_t fund,
                   std::vector<std::string> bills, const std::string& pool = "310115-310") {
  static std::uint64_t next = 1;
  Advance advance;
  advance.id = AdvanceId{Id{0, next++}};
  advance.pool = {pool};
  advance.visit_id = visit;
  advance.settlement_id = "S-" + visit;
  advance.admitted_on = on;
  advance.self_paid = Money::Fen(own);
  advance.amount = Money::Fen(fund);
  advance.total = Money::Fen(own + fund);
  advance.invoice_numbers = std::move(bills);
  return advance;
}

InjuryQuestion Judged(std::int64_t judged_fen) {
  InjuryQuestion question;
  question.injured_on = absl::CivilDay(2025, 3, 1);
  question.basis = Basis::kGross;
  question.judged_medical = Money::Fen(judged_fen);
  question.paid_to_injured_person = true;
  question.injured_person = "陈晓岚";
  return question;
}

PresentedBill Bill(const std::string& number, std::int64_t total, std::int64_t fund,
                   const std::string& source) {
  PresentedBill bill;
  bill.invoice_number = number;
  bill.total = Money::Fen(total);
  bill.fund_paid = Money::Fen(fund);
  bill.source = source;
  return bill;
}

std::vector<TraceFindingKind> KindsOf(const InjuryTrace& trace) {
  std::vector<TraceFindingKind> kinds;
  for (const TraceFinding& finding : trace.findings) kinds.push_back(finding.kind);
  return kinds;
}

TEST(InjuryTraceTest, AddsUpSeveralVisitsOfSeveralFunds) {
  // A 17,552.75, C 8,540.55 in all, judged at 70 %: D 5,978.39.
  std::vector<Advance> advances = {
      Settlement("V2", absl::CivilDay(2025, 4, 1), 755'275, 354'055, {"B2"}, "320600-390"),
      Settlement("V1", absl::CivilDay(2025, 3, 1), 1'000'000, 500'000, {"B1"}),
      Settlement("V0", absl::CivilDay(2025, 2, 1), 99'900, 88'800, {"B0"}),
  };
  advances[1].fund_lines = {{"310100", "统筹", Money::Fen(300'000), true},
                            {"330100", "大额", Money::Fen(200'000), true},
                            {"620100", "商保", Money::Fen(50'000), false}};
  const auto trace = TraceInjury(advances, Judged(1'826'531), NationalPolicyData());
  ASSERT_TRUE(trace.ok()) << trace.status();
  EXPECT_EQ(trace->own_paid.fen(), 1'755'275);
  EXPECT_EQ(trace->fund_paid.fen(), 854'055);
  EXPECT_EQ(trace->owed.fen(), 597'839);
  ASSERT_EQ(trace->visits.size(), 3u);
  EXPECT_FALSE(trace->visits[0].included);  // Before the injury.
  EXPECT_TRUE(trace->visits[1].included && trace->visits[2].included);
  ASSERT_EQ(trace->shares.size(), 3u);
  Money sum;
  for (const TraceShare& share : trace->shares) sum += share.amount;
  EXPECT_EQ(sum, trace->owed);
  EXPECT_EQ(trace->shares[0].pool.value, "310115-310");
  EXPECT_EQ(trace->shares[0].fund_pay_type, "310100");
  EXPECT_EQ(trace->shares[0].amount.fen(), 210'000);
  EXPECT_EQ(trace->shares[1].amount.fen(), 140'000);
  EXPECT_EQ(trace->shares[2].amount.fen(), 247'839);
  EXPECT_FALSE(trace->explanation.steps.empty());
  EXPECT_EQ(KindsOf(*trace), std::vector{TraceFindingKind::kPaidTwice});
}

TEST(InjuryTraceTest, WhatTheInjuryDidNotCauseIsExcludedWithTheReason) {
  const std::vector<Advance> advances = {
      Settlement("V1", absl::CivilDay(2025, 3, 1), 100, 200, {"B1"}),
      Settlement("V2", absl::CivilDay(2025, 3, 9), 1000, 2000, {"B2"}),
      Settlement("V3", absl::CivilDay(2025, 9, 9), 1000, 2000, {"B3"})};
  InjuryQuestion question = Judged(150);
  question.exclusions = {{"", "B2", "治疗糖尿病"}};
  question.until_on = absl::CivilDay(2025, 8, 1);
  const auto trace = TraceInjury(advances, question, NationalPolicyData());
  ASSERT_TRUE(trace.ok()) << trace.status();
  EXPECT_EQ(trace->fund_paid.fen(), 200);
  EXPECT_EQ(trace->owed.fen(), 100);
  EXPECT_NE(trace->visits[1].reason.find("治疗糖尿病"), std::string::npos);
  EXPECT_FALSE(trace->visits[2].included);
}

TEST(InjuryTraceTest, FindsWhatWasClaimedTwice) {
  const std::vector<Advance> advances = {
      Settlement("V1", absl::CivilDay(2025, 3, 1), 100, 200, {"B1"}),
      Settlement("V2", absl::CivilDay(2025, 3, 1), 100, 200, {"B1"})};
  InjuryQuestion question = Judged(150);
  question.paid_to_injured_person = false;
  question.bills = {Bill("B1", 300, 200, "a.xml"), Bill("B1", 300, 200, "b.pdf"),
                    Bill("B7", 900, 500, "c.xml"), Bill("B8", 900, 0, "d.xml")};
  const auto trace = TraceInjury(advances, question, NationalPolicyData());
  ASSERT_TRUE(trace.ok()) << trace.status();
  EXPECT_EQ(KindsOf(*trace),
            (std::vector{TraceFindingKind::kSettledTwice, TraceFindingKind::kBillTwice,
                         TraceFindingKind::kNotFound}));
  EXPECT_FALSE(trace->visits[1].included);  // Counted once.
  EXPECT_EQ(trace->fund_paid.fen(), 200);
}

Advance WithCode(Advance advance, const std::string& code) {
  AttachedBill bill;
  bill.number = advance.invoice_numbers.front();
  bill.code = code;
  advance.bills.push_back(std::move(bill));
  return advance;
}

// Of the first settlement the fund paid 600.00, of the second 600.00 or 1,200.00.
TEST(InjuryTraceTest, OneNumberIsOneBillOnlyWhereTheRestAgrees) {
  const absl::CivilDay day(2025, 3, 1);
  struct SharedRow {
    const char* what;
    Advance first, second;
    std::int64_t fund;
    std::vector<TraceFindingKind> findings;
  };
  using Kind = TraceFindingKind;
  const auto settled = [](const std::string& visit, absl::CivilDay on, const std::string& bill,
                          std::int64_t fund = 60'000) {
    return Settlement(visit, on, 40'000, fund, {bill});
  };
  const std::vector<SharedRow> rows = {
      {"same sums, other visit, same day",
       settled("V1", day, "B1"),
       settled("V2", day, "B1"),
       60'000,
       {Kind::kSettledTwice}},
      {"same sums and visit, other day",
       settled("V1", day, "B1"),
       settled("V1", day + 90, "B1"),
       60'000,
       {Kind::kSettledTwice}},
      {"same sums, other visit and day",
       settled("V1", day, "B1"),
       settled("V2", day + 1, "B1"),
       120'000,
       {Kind::kUnsure}},
      {"same visit, another sum by a fen",
       settled("V1", day, "B1"),
       settled("V1", day, "B1", 60'001),
       120'001,
       {Kind::kUnsure}},
      {"one code, same sums and day",
       WithCode(settled("V1", day, "B1"), "31060126"),
       WithCode(settled("V2", day, "B1"), "31060126"),
       60'000,
       {Kind::kSettledTwice}},
      {"one code known",
       WithCode(settled("V1", day, "B1"), "31060126"),
       settled("V2", day, "B1"),
       60'000,
       {Kind::kSettledTwice}},
      {"another code is another bill",
       WithCode(settled("V1", day, "B1"), "31060126"),
       WithCode(settled("V1", day, "B1"), "33060126"),
       120'000,
       {}},
      {"zero is no number", settled("V1", day, "0"), settled("V1", day, "0"), 120'000, {}},
      {"zeros", settled("V1", day, "000000000"), settled("V2", day, "000000000"), 120'000, {}},
      {"none", settled("V1", day, "无"), settled("V2", day, "无"), 120'000, {}},
      {"a dash", settled("V1", day, "-"), settled("V2", day, "-"), 120'000, {}},
      {"in question with what came before the injury",
       settled("V1", day - 1, "B1"),
       settled("V2", day, "B1"),
       60'000,
       {}},
  };
  for (const SharedRow& row : rows) {
    SCOPED_TRACE(row.what);
    InjuryQuestion question = Judged(10);
    question.paid_to_injured_person = false;
    const auto trace = TraceInjury({row.first, row.second}, question, NationalPolicyData());
    ASSERT_TRUE(trace.ok()) << trace.status();
    EXPECT_EQ(trace->fund_paid.fen(), row.fund);
    EXPECT_EQ(KindsOf(*trace), row.findings);
    const bool asked = row.findings == std::vector{Kind::kUnsure};
    EXPECT_EQ(trace->explanation.steps.front().rule_id == "trace.bill_number_shared", asked);
    if (asked) {
      EXPECT_EQ(trace->findings[0].subject, row.second.settlement_id);
    }
  }
}

TEST(InjuryTraceTest, SomebodyDecidesWhetherANumberIsOneBill) {
  const absl::CivilDay day(2025, 3, 1);
  const std::vector<Advance> unsure = {Settlement("V1", day, 40'000, 60'000, {"B1"}),
                                       Settlement("V2", day + 90, 100'000, 200'000, {"B1"})};
  const std::vector<Advance> sure = {Settlement("V1", day, 40'000, 60'000, {"B1"}),
                                     Settlement("V2", day, 40'000, 60'000, {"B1"})};
  InjuryQuestion question = Judged(10);
  question.paid_to_injured_person = false;
  question.same_bill = {"S-V2"};
  const auto same = TraceInjury(unsure, question, NationalPolicyData());
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_EQ(same->fund_paid.fen(), 60'000);
  EXPECT_EQ(KindsOf(*same), std::vector{TraceFindingKind::kSettledTwice});

  question.same_bill.clear();
  question.other_bill = {"S-V2"};
  for (const std::vector<Advance>& advances : {unsure, sure}) {
    const auto other = TraceInjury(advances, question, NationalPolicyData());
    ASSERT_TRUE(other.ok()) << other.status();
    EXPECT_EQ(other->fund_paid, advances[0].amount + advances[1].amount);
    EXPECT_TRUE(other->findings.empty());
    EXPECT_NE(other->explanation.steps.front().rule_id, "trace.bill_number_shared");
  }

  question.same_bill = {"S-V1", "S-V2", "S-none"};
  const auto refused = TraceInjury(unsure, question, NationalPolicyData());
  ASSERT_FALSE(refused.ok());
  const ErrorDetail detail = DetailOf(refused.status());
  ASSERT_EQ(detail.faults.size(), 4u);
  EXPECT_EQ(detail.faults[0].field, "same_bill_settlements[0]");  // The first is in no question.
  EXPECT_EQ(detail.faults[1],
            (FieldFault{"same_bill_settlements[1]", "结算 S-V2 不能既是同一张票据又是另一张"}));
  EXPECT_EQ(detail.faults[2].field, "same_bill_settlements[2]");
  EXPECT_EQ(detail.faults[3].field, "other_bill_settlements[0]");
}

TEST(InjuryTraceTest, OfSettlementsOfOneNumberABillBelongsToThatOfItsCodeElseOfItsAmounts) {
  const absl::CivilDay day(2025, 3, 1);
  const std::vector<Advance> advances = {
      WithCode(Settlement("V1", day, 40'000, 60'000, {"B1"}), "31060126"),
      WithCode(Settlement("V2", day, 100'000, 200'000, {"B1"}), "33060126")};
  InjuryQuestion question = Judged(10);
  question.paid_to_injured_person = false;
  question.bills = {Bill("B1", 300'000, 200'000, "a.xml"), Bill("B1", 1, 1, "b.xml"),
                    Bill("B1", 1, 1, "c.xml")};
  question.bills[1].code = "33060126";
  question.bills[2].code = "31060126";
  const auto trace = TraceInjury(advances, question, NationalPolicyData());
  ASSERT_TRUE(trace.ok()) << trace.status();
  EXPECT_EQ(trace->bills[0].place.advance, 1u);
  EXPECT_EQ(trace->bills[1].place.advance, 1u);
  EXPECT_EQ(trace->bills[2].place.advance, 0u);
}

TEST(InjuryTraceTest, ABillThatDiffersFromItsSettlementIsFound) {
  const std::vector<Advance> advances = {
      Settlement("V1", absl::CivilDay(2025, 3, 1), 100, 200, {"B1"}),
      Settlement("V2", absl::CivilDay(2025, 3, 2), 100, 200, {"B2", "B3"})};
  InjuryQuestion question = Judged(150);
  question.paid_to_injured_person = false;
  question.bills = {Bill("B1", 300, 150, "a.xml"),
                    Bill("B2", 100, 50, "b.xml")};  // One of two bills.
  const auto trace = TraceInjury(advances, question, NationalPolicyData());
  ASSERT_TRUE(trace.ok()) << trace.status();
  EXPECT_EQ(KindsOf(*trace), std::vector{TraceFindingKind::kAmountDiffers});
  EXPECT_EQ(trace->findings[0].amount.fen(), 50);
}

TEST(InjuryTraceTest, MoneyThatCameBackIsNotPaidTwiceAnyMore) {
  std::vector<Advance> advances = {Settlement("V1", absl::CivilDay(2025, 3, 1), 100, 200, {"B1"})};
  ASSERT_TRUE(advances[0].stages.Add(Stage::kPassedOn, Money::Fen(200)).ok());
  const auto trace = TraceInjury(advances, Judged(300), NationalPolicyData());
  ASSERT_TRUE(trace.ok()) << trace.status();
  EXPECT_EQ(trace->visits[0].recovered.fen(), 200);
  EXPECT_TRUE(trace->findings.empty());
}

TEST(InjuryTraceTest, WithoutFundMoneyNothingIsOwedAndNobodyIsAsked) {
  const auto none = TraceInjury({}, Judged(150), NationalPolicyData());
  ASSERT_TRUE(none.ok()) << none.status();
  EXPECT_TRUE(none->owed.is_zero() && none->visits.empty());
  const auto own = TraceInjury({Settlement("V1", absl::CivilDay(2025, 3, 1), 100, 0, {"B1"})},
                               Judged(50), NationalPolicyData());
  ASSERT_TRUE(own.ok()) << own.status();
  EXPECT_EQ(own->own_paid.fen(), 100);
  EXPECT_TRUE(own->owed.is_zero());
}

TEST(InjuryTraceTest, ANetJudgmentIsPursuedByTheLiableShare) {
  InjuryQuestion question = Judged(0);
  question.basis = Basis::kNet;
  question.judged_medical.reset();
  question.paid_to_injured_person = false;
  question.liable_share_basis_points = 7'000;
  const auto trace =
      TraceInjury({Settlement("V1", absl::CivilDay(2025, 3, 1), 6'000'000, 4'000'000, {"B1"})},
                  question, NationalPolicyData());
  ASSERT_TRUE(trace.ok()) << trace.status();
  EXPECT_EQ(trace->owed.fen(), 2'800'000);
}

// A 4,000.00, C 6,000.00, share 30 %: what fits in the compulsory limit is owed in full.
TEST(InjuryTraceTest, CompulsoryCoverPaysBeforeTheShare) {
  struct CoverRow {
    const char* what;
    Basis basis;
    std::optional<std::int64_t> judged, limit, used;
    std::int64_t owed;
  };
  const std::vector<CoverRow> rows = {
      {"net, none known", Basis::kNet, 400'000, {}, {}, 180'000},
      {"net, it fits", Basis::kNet, 400'000, 1'800'000, 0, 600'000},
      {"net, it fits to the fen", Basis::kNet, 400'000, 1'800'000, 1'200'000, 600'000},
      {"net, a yuan less", Basis::kNet, 400'000, 1'800'000, 1'200'100, 599'930},
      {"net, used up", Basis::kNet, 400'000, 1'800'000, 1'800'000, 180'000},
      {"no judgment", Basis::kNone, {}, 1'800'000, 1'700'000, 250'000},
      {"no judgment, none known", Basis::kNone, {}, {}, {}, 180'000},
      {"gross without a sum: D of B 1,000 + 9,000 × 30 %", Basis::kGross, {}, 100'000, 0, 222'000},
      {"gross as judged", Basis::kGross, 300'000, 1'800'000, 0, 180'000},
      {"as awarded", Basis::kFundAwarded, 300'000, 1'800'000, 0, 300'000},
  };
  for (const CoverRow& row : rows) {
    SCOPED_TRACE(row.what);
    InjuryQuestion question = Judged(0);
    question.basis = row.basis;
    question.judged_medical.reset();
    if (row.judged) question.judged_medical = Money::Fen(*row.judged);
    question.paid_to_injured_person = false;
    question.liable_share_basis_points = 3'000;
    if (row.limit) {
      InsurancePolicy cover;
      cover.insurer = "华岸财险";
      cover.limit = Money::Fen(*row.limit);
      cover.used = Money::Fen(*row.used);
      question.covers = {cover};
    }
    const auto trace =
        TraceInjury({Settlement("V1", absl::CivilDay(2025, 3, 1), 400'000, 600'000, {"B1"})},
                    question, NationalPolicyData());
    ASSERT_TRUE(trace.ok()) << trace.status();
    EXPECT_EQ(trace->owed.fen(), row.owed) << trace->gap_text;
    EXPECT_EQ(trace->explanation.steps.back().rule_id == "trace.no_ctp_known", !row.limit);
  }
}

// 856.72 over funds that paid 3,000.00 and 1,100.00, in how many settlements soever.
TEST(InjuryTraceTest, EachFundGetsItsShareOnce_HoweverManySettlementsItPaid) {
  struct Visit {
    std::int64_t pooled, large;
  };
  const std::vector<std::vector<Visit>> tables = {
      {{300'000, 110'000}},
      {{200'000, 60'000}, {100'000, 50'000}},
      {{99'999, 1}, {100'001, 36'666}, {50'000, 36'667}, {50'000, 36'666}},
      {{300'000, 0}, {0, 110'000}},
  };
  for (const std::vector<Visit>& visits : tables) {
    SCOPED_TRACE(visits.size());
    std::vector<Advance> advances;
    for (const Visit& visit : visits) {
      Advance advance =
          Settlement("V", absl::CivilDay(2025, 3, 1), 0, visit.pooled + visit.large, {});
      advance.fund_lines = {{"310100", "统筹", Money::Fen(visit.pooled), true},
                            {"330100", "大额", Money::Fen(visit.large), true}};
      advances.push_back(std::move(advance));
    }
    advances.front().self_paid = Money::Fen(260'000);
    advances.front().total = advances.front().self_paid + advances.front().amount;
    const auto trace = TraceInjury(advances, Judged(140'000), NationalPolicyData());
    ASSERT_TRUE(trace.ok()) << trace.status();
    EXPECT_EQ(trace->owed.fen(), 85'672);
    ASSERT_EQ(trace->shares.size(), 2u);
    EXPECT_EQ(trace->shares[0].paid.fen(), 300'000);
    EXPECT_EQ(trace->shares[0].amount.fen(), 62'687);
    EXPECT_EQ(trace->shares[1].amount.fen(), 22'985);
  }
}

TEST(InjuryTraceTest, WhatIsMissingIsAskedFor_AndWhatWasFoundIsTold) {
  struct GapRow {
    const char* what;
    Basis basis;
    std::optional<Money> judged;
    std::int64_t share;
    TraceGap gap;
  };
  const std::vector<GapRow> rows = {
      {"a sum without a basis", Basis::kNone, Money::Fen(500), 0, TraceGap::kBasis},
      {"nothing", Basis::kNone, std::nullopt, 0, TraceGap::kLiability},
      {"net without a share", Basis::kNet, Money::Fen(500), 0, TraceGap::kLiability},
      {"gross without a sum", Basis::kGross, std::nullopt, 0, TraceGap::kJudged},
      {"awarded without a sum", Basis::kFundAwarded, std::nullopt, 0, TraceGap::kJudged},
      {"B = A + C", Basis::kGross, Money::Fen(300), 0, TraceGap::kNone},
      {"B > A + C", Basis::kGross, Money::Fen(301), 0, TraceGap::kMoreThanFound},
      {"more awarded than paid", Basis::kFundAwarded, Money::Fen(201), 0, TraceGap::kMoreThanFound},
      {"a share", Basis::kNone, std::nullopt, 7'000, TraceGap::kNone},
  };
  for (const GapRow& row : rows) {
    SCOPED_TRACE(row.what);
    InjuryQuestion question = Judged(0);
    question.basis = row.basis;
    question.judged_medical = row.judged;
    question.liable_share_basis_points = row.share;
    const auto trace = TraceInjury({Settlement("V1", absl::CivilDay(2025, 3, 1), 100, 200, {})},
                                   question, NationalPolicyData());
    ASSERT_TRUE(trace.ok()) << trace.status();
    EXPECT_EQ(trace->gap, row.gap) << trace->gap_text;
    EXPECT_EQ(trace->gap_text.empty(), row.gap == TraceGap::kNone);
    EXPECT_EQ(trace->owed.is_zero(), row.gap != TraceGap::kNone);
    EXPECT_EQ(trace->fund_paid.fen(), 200);
    EXPECT_EQ(trace->visits.size(), 1u);
  }
}

TEST(InjuryTraceTest, NamesThatMeanNothingAreFaultsWithWhatWasFound) {
  const std::vector<Advance> advances = {
      Settlement("V1", absl::CivilDay(2025, 3, 1), 100, 200, {"B1"})};
  InjuryQuestion question = Judged(150);
  question.exclusions = {{"TYPO", "", "x"}, {"", "B9", "x"}, {"", "B1", "x"}};
  question.bills = {Bill("B2", 300, 200, "a.xml")};
  question.bills[0].settlement_id = "S-none";
  const auto trace = TraceInjury(advances, question, NationalPolicyData());
  ASSERT_FALSE(trace.ok());
  const ErrorDetail detail = DetailOf(trace.status());
  ASSERT_EQ(detail.faults.size(), 3u);
  EXPECT_EQ(detail.faults[0],
            (FieldFault{"exclusions[0].visit_id", "没有就诊 TYPO；找到的有：V1"}));
  EXPECT_EQ(detail.faults[1].description, "没有票据 B9；找到的有：B1、B2");
  EXPECT_EQ(detail.faults[2],
            (FieldFault{"bills[0].settlement_id", "没有结算 S-none；找到的有：S-V1"}));
}

TEST(InjuryTraceTest, ABillCountsWithTheSettlementThatSomebodyDecidedOn) {
  const std::vector<Advance> advances = {
      Settlement("V1", absl::CivilDay(2025, 3, 1), 100, 200, {}),
      Settlement("V2", absl::CivilDay(2025, 3, 1), 100, 200, {})};
  InjuryQuestion question = Judged(150);
  question.bills = {Bill("B1", 300, 200, "a.xml")};
  auto trace = TraceInjury(advances, question, NationalPolicyData());
  ASSERT_TRUE(trace.ok()) << trace.status();
  EXPECT_EQ(trace->bills[0].place.candidates, (std::vector<std::size_t>{0, 1}));
  EXPECT_NE(trace->bills[0].reason.find("S-V1、S-V2"), std::string::npos);
  question.bills[0].settlement_id = "S-V2";
  trace = TraceInjury(advances, question, NationalPolicyData());
  ASSERT_TRUE(trace.ok()) << trace.status();
  EXPECT_EQ(trace->bills[0].place.match, BillMatch::kDecided);
  EXPECT_EQ(trace->bills[0].place.advance, 1u);
  EXPECT_TRUE(trace->bills[0].included);
}

}  // namespace
}  // namespace recoup::domain

// Which reports of performance are taken, and what taking one back restores. The world checks the
// five laws after every command.
#include "hub/app/performance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "hub/base/error.h"
#include "tests/app/case_change_story.h"

namespace recoup::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

domain::CourtObligation Obligation(const std::string& debtor, const std::string& creditor,
                                   const char* amount) {
  domain::CourtObligation obligation;
  obligation.debtor = debtor;
  obligation.creditor = creditor;
  obligation.amount = Yuan(amount);
  return obligation;
}

// What a report may say: one row per rule and side of its boundary.
struct PossibleRow {
  const char* what;
  std::vector<domain::CourtObligation> obligations;
  std::optional<absl::CivilDay> accident_on;
  const char* payer;
  const char* payee;
  const char* amount;
  absl::CivilDay on;
  std::vector<std::string> faults;  // Fields.
};

TEST(ReportedPerformanceTest, OnlyWhatCanHaveHappenedIsTaken) {
  constexpr absl::CivilDay kAccident(2025, 6, 1);
  constexpr absl::CivilDay kPaid(2026, 3, 18);
  const char* const kFund = "临溪医保基金";
  const std::vector<domain::CourtObligation> orders = {
      Obligation(kTaxiCompany, kPatientName, "20000"),
      Obligation(kInsurerName, kPatientName, "50000")};
  domain::CourtObligation after_set_off = Obligation(kTaxiCompany, kPatientName, "20000");
  after_set_off.medical_set_off = Yuan("3000");
  const std::vector<domain::CourtObligation> to_fund = {Obligation(kTaxiCompany, kFund, "30000"),
                                                        Obligation(kInsurerName, kFund, "14800")};
  const std::string day = "performance.performed_on";
  const std::string amount = "performance.amount_fen";
  const std::vector<PossibleRow> rows = {
      {"on the day", {}, kAccident, kTaxiCompany, kFund, "8000", kAccident, {}},
      {"the day before", {}, kAccident, kTaxiCompany, kFund, "8000", kAccident - 1, {day}},
      {"no accident day", {}, std::nullopt, kTaxiCompany, kFund, "8000", kAccident - 900, {}},
      {"all the fund paid", {}, kAccident, kTaxiCompany, kFund, "44800", kPaid, {}},
      {"more than that", {}, kAccident, kTaxiCompany, kFund, "44800.01", kPaid, {amount}},
      {"elements are silent", {}, kAccident, kTaxiCompany, kPatientName, "90000", kPaid, {}},
      {"one pays for all", orders, kAccident, kTaxiCompany, kPatientName, "70000", kPaid, {}},
      {"above it", orders, kAccident, kTaxiCompany, kPatientName, "70000.01", kPaid, {amount}},
      {"for a debtor", orders, kAccident, "某担保人", kPatientName, "70000", kPaid, {}},
      {"above all", orders, kAccident, "某担保人", kPatientName, "70000.01", kPaid, {amount}},
      {"set off", {after_set_off}, kAccident, kTaxiCompany, kPatientName, "23000", kPaid, {}},
      {"fund not named", orders, kAccident, kTaxiCompany, kFund, "44800", kPaid, {}},
      {"fund awarded", to_fund, kAccident, kTaxiCompany, kFund, "44800", kPaid, {}},
      {"above the award", to_fund, kAccident, kTaxiCompany, kFund, "44800.01", kPaid, {amount}},
      {"both", orders, kAccident, kTaxiCompany, kFund, "99999999", kAccident - 1, {day, amount}},
  };
  for (const PossibleRow& row : rows) {
    SCOPED_TRACE(row.what);
    CaseChangeStory story;
    story.StartPudong();
    domain::CourtCase court_case = PudongCase();
    court_case.obligations = row.obligations;
    court_case.accident_on = row.accident_on;
    ASSERT_TRUE(story.Amend(court_case).ok());
    const std::vector<std::string> before = DemandsOf(story);
    const auto reported = story.Perform(row.payer, row.payee, Yuan(row.amount), false, row.on);
    EXPECT_EQ(reported.ok(), row.faults.empty()) << reported.status();
    if (row.faults.empty()) continue;
    EXPECT_EQ(ReasonOf(reported.status()), Reason::kInvalidArgument);
    std::vector<std::string> fields;
    for (const FieldFault& fault : DetailOf(reported.status()).faults)
      fields.push_back(fault.field);
    EXPECT_EQ(fields, row.faults);
    EXPECT_EQ(DemandsOf(story), before);
  }
}

// Two hurt, B 38,000, A 20,000, C 30,000: by the totals 22,800 would be the fund's part. Where the
// fund paid for the first one alone, 28,000 × 30,000 ÷ 42,000 = 20,000 of theirs may be; where the
// second one bore nothing of a bill of 10,000, more than 22,800 is.
TEST(ReportedPerformanceTest, TheTotalsOfSeveralPersonsAreNobodysShare) {
  const auto grade_after = [](const char* returned, const char* second_payee) {
    domain::CourtCase both;
    both.injured.resize(2);
    both.injured[0].name = "岑明远";
    both.injured[1].name = "阮秋水";
    both.basis = domain::Basis::kGross;
    both.grade = domain::Grade::kAdvanceOutstanding;
    both.medical_awarded = Yuan("38000");
    both.self_paid = Yuan("20000");
    both.fund_paid = Yuan("30000");
    both.obligations = {Obligation(kTaxiCompany, "岑明远", "50000"),
                        Obligation(kTaxiCompany, second_payee, "12500")};
    domain::Performance report;
    report.amount = Yuan(returned);
    report.to_fund = true;
    both.performances = {report};
    return app::GradeOf(both);
  };
  EXPECT_EQ(grade_after("22800", "阮秋水"), domain::Grade::kAdvanceOutstanding);
  EXPECT_EQ(grade_after("29999.99", "阮秋水"), domain::Grade::kAdvanceOutstanding);
  EXPECT_EQ(grade_after("30000", "阮秋水"), domain::Grade::kAdvanceRepaid);
  // The judgment awards only one of them anything: B, A and C are theirs.
  EXPECT_EQ(grade_after("22800", "岑明远"), domain::Grade::kAdvanceRepaid);
  EXPECT_EQ(grade_after("22799.99", "岑明远"), domain::Grade::kAdvanceOutstanding);
}

TEST(ReportedPerformanceTest, ReportsCountTogether) {
  CaseChangeStory story;
  story.StartPudong();
  domain::CourtCase court_case = PudongCase();
  court_case.obligations = {Obligation(kTaxiCompany, kPatientName, "20000")};
  ASSERT_TRUE(story.Amend(court_case).ok());
  ASSERT_TRUE(story.Perform(kTaxiCompany, kPatientName, Yuan("15000"), false).ok());
  // The same report once more is no second payment.
  ASSERT_TRUE(story.Perform(kTaxiCompany, kPatientName, Yuan("15000"), false).ok());
  const auto too_much = story.Perform(kTaxiCompany, kPatientName, Yuan("5000.01"), false);
  ASSERT_EQ(ReasonOf(too_much.status()), Reason::kInvalidArgument);
  EXPECT_THAT(DetailOf(too_much.status()).faults.at(0).description,
              ::testing::AllOf(HasSubstr("20000.00"), HasSubstr("15000.00")));
  EXPECT_FALSE(story.Perform("某担保人", kPatientName, Yuan("5000.01"), false).ok());
  EXPECT_TRUE(story.Perform("某担保人", kPatientName, Yuan("5000"), true).ok());
}

TEST(ReportedPerformanceTest, AReportThatIsTakenBackRestoresTheDrafts) {
  CaseChangeStory story;
  story.StartPudong();
  const std::vector<std::string> drafts = DemandsOf(story);
  ASSERT_EQ(drafts.size(), 2u);
  ASSERT_TRUE(story.Perform(kTaxiCompany, "临溪医保基金", Yuan("44800"), false).ok());
  ASSERT_NE(DemandsOf(story), drafts);
  ASSERT_EQ(story.Stored(story.first.court_case).grade, domain::Grade::kAdvanceRepaid);

  const auto taken_back = story.TakeBack(kTaxiCompany, "临溪医保基金", Yuan("44800"), false);
  ASSERT_TRUE(taken_back.ok()) << taken_back.status();
  EXPECT_THAT(DemandsOf(story), ::testing::UnorderedElementsAreArray(drafts));
  EXPECT_EQ(taken_back->grade, domain::Grade::kAdvanceOutstanding);
  EXPECT_THAT(story.Timeline(), HasSubstr("法院撤回履行情况报告（2026-03-18，"));
  EXPECT_THAT(story.Timeline(), HasSubstr("误录他案款项"));
  const domain::CourtCase stored = story.Stored(story.first.court_case);
  EXPECT_THAT(stored.performances, IsEmpty());
  ASSERT_EQ(stored.withdrawn_performances.size(), 1u);
  EXPECT_EQ(stored.withdrawn_performances[0].reason, "误录他案款项");
  EXPECT_EQ(stored.withdrawn_performances[0].performance.amount, Yuan("44800"));
  // It is gone, and what happened may be reported.
  EXPECT_EQ(ReasonOf(story.TakeBack(kTaxiCompany, "临溪医保基金", Yuan("44800"), false).status()),
            Reason::kNotFound);
  EXPECT_TRUE(story.Perform(kTaxiCompany, "临溪医保基金", Yuan("44800"), false).ok());
}

TEST(ReportedPerformanceTest, AReportThatIsTakenBackIsNoQuestionToTheBankAnyMore) {
  CaseChangeStory story;
  story.StartPudong();
  story.Issue(kTaxiCompany);
  ASSERT_TRUE(story.Perform(kTaxiCompany, "临溪医保基金", Yuan("8000"), false).ok());
  const domain::Break question = story.BreakOf(domain::BreakKind::kAdviceWithoutMoney);
  ASSERT_TRUE(story.TakeBack(kTaxiCompany, "临溪医保基金", Yuan("8000"), false).ok());
  EXPECT_THAT(story.OpenBreaks(), IsEmpty());
  EXPECT_EQ(story.Get<domain::Break>(story.pool.value, question.id.value).resolution_reason,
            "法院撤回了履行情况报告");
  EXPECT_EQ(DemandTo(story, kTaxiCompany).open(), Yuan("38000"));
}

}  // namespace
}  // namespace recoup::testing

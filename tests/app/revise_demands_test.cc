// Issued demands follow their case: what moves by itself, what waits for a person, and what people
// are told. The world checks the five laws after every command.
#include "hub/app/revise_demands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "hub/app/demand_answers.h"
#include "hub/app/relinquish.h"
#include "hub/base/error.h"
#include "tests/app/case_change_story.h"

namespace recoup::testing {
namespace {

using domain::BreakKind;
using domain::BreakResolution;
using domain::DemandState;
using domain::Stage;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::string Insurer(const char* rest) { return absl::StrCat(kInsurerName, " ", rest); }
std::string Taxi(const char* rest) { return absl::StrCat(kTaxiCompany, " ", rest); }

// The judgment leaves this much of the compulsory limit instead of 6,800; the taxi company owes the
// rest of the 44,800.
domain::CourtCase WithRemaining(const char* yuan) {
  domain::CourtCase court_case = PudongCase();
  court_case.policies[0].medical_remaining = Yuan(yuan);
  return court_case;
}

class ReviseDemandsTest : public ::testing::Test {
 protected:
  void SetUp() override { story_.StartPudong(); }
  void Amend(const domain::CourtCase& court_case) {
    const auto amended = story_.Amend(court_case);
    ASSERT_TRUE(amended.ok()) << amended.status();
  }
  domain::Advance TheAdvance() { return story_.All<domain::Advance>(story_.pool.value).front(); }
  CaseChangeStory story_;
};

TEST_F(ReviseDemandsTest, LessIsAskedAtOnceAndTheDebtorIsTold) {
  story_.Issue(kInsurerName);
  const domain::Demand before = DemandTo(story_, kInsurerName);
  Amend(WithRemaining("5000"));
  const domain::Demand after = DemandTo(story_, kInsurerName);
  EXPECT_EQ(after.id, before.id);
  EXPECT_EQ(after.reference, before.reference);
  EXPECT_EQ(after.due_on, before.due_on);
  EXPECT_EQ(after.amount, Yuan("5000"));
  EXPECT_EQ(after.open(), Yuan("5000"));
  EXPECT_EQ(after.state, DemandState::kIssued);
  ASSERT_THAT(after.revisions, SizeIs(1));
  EXPECT_EQ(after.revisions[0].amount, Yuan("6800"));
  EXPECT_EQ(TheAdvance().stages.at(Stage::kClaimed), Yuan("5000"));
  // The other debtor's draft was made anew with what the first no longer owes.
  EXPECT_THAT(DemandsOf(story_),
              UnorderedElementsAre(Insurer("5000.00 ISSUED"), Taxi("39800.00 DRAFT")));
  const auto letters = story_.Letters();
  ASSERT_THAT(letters, SizeIs(2));
  EXPECT_EQ(letters[1].number, letters[0].number + "之1");
  EXPECT_THAT(letters[1].text, HasSubstr("请求金额由 6,800.00 元更正为 5,000.00 元"));
  EXPECT_EQ(letters[1].content->amount, Yuan("5000"));
  EXPECT_EQ(letters[1].content->sender, letters[0].content->sender);
  EXPECT_THAT(story_.NoticesTo(story_.insurer.party),
              ElementsAre("demand.issued", "demand.amended"));
  EXPECT_THAT(story_.Timeline(), HasSubstr("更正为 5,000.00 元"));
  EXPECT_THAT(story_.OpenBreaks(), IsEmpty());
}

TEST_F(ReviseDemandsTest, MoreIsDraftedForAPersonToIssue) {
  story_.Issue(kInsurerName);
  story_.Issue(kTaxiCompany);
  Amend(WithRemaining("5000"));
  EXPECT_THAT(DemandsOf(story_),
              UnorderedElementsAre(Insurer("5000.00 ISSUED"), Taxi("38000.00 ISSUED"),
                                   Taxi("1800.00 DRAFT")));
  const auto all = story_.All<domain::Demand>(story_.pool.value);
  EXPECT_EQ(all.back().supplements, DemandTo(story_, kTaxiCompany).id);
  // Back to what it was: the supplement is no longer needed, the insurer's becomes one.
  Amend(PudongCase());
  EXPECT_THAT(DemandsOf(story_),
              UnorderedElementsAre(Insurer("5000.00 ISSUED"), Insurer("1800.00 DRAFT"),
                                   Taxi("38000.00 ISSUED")));
}

TEST_F(ReviseDemandsTest, AnIssuedSupplementIsTakenBackFirst) {
  story_.Issue(kInsurerName);
  story_.Issue(kTaxiCompany);
  Amend(WithRemaining("5000"));
  app::IssueDemand issue{
      story_.pool, story_.All<domain::Demand>(story_.pool.value).back().id, "", {}};
  ASSERT_TRUE(
      story_
          .Run(story_.fund, [&](app::UnitOfWork& work) { return app::IssueDemandOf(issue, work); })
          .ok());
  EXPECT_TRUE(TheAdvance().stages.at(Stage::kAdvanced).is_zero());
  Amend(WithRemaining("6000"));
  EXPECT_THAT(DemandsOf(story_),
              UnorderedElementsAre(Insurer("5000.00 ISSUED"), Insurer("1000.00 DRAFT"),
                                   Taxi("38000.00 ISSUED"), Taxi("800.00 ISSUED")));
}

TEST_F(ReviseDemandsTest, WhatWasPaidTooMuchIsRefundedByAPerson) {
  story_.Issue(kInsurerName);
  story_.Pay(kInsurerName, Yuan("6800"));
  ASSERT_EQ(DemandTo(story_, kInsurerName).state, DemandState::kPaid);
  Amend(WithRemaining("6750"));
  const domain::Demand demand = DemandTo(story_, kInsurerName);
  EXPECT_EQ(demand.amount, Yuan("6750"));
  EXPECT_EQ(demand.applied(), Yuan("6750"));
  EXPECT_EQ(demand.state, DemandState::kPaid);
  EXPECT_THAT(story_.OpenBreaks(), ElementsAre("OVERPAID 50.00"));
  // Nothing is asked any more, so there is no new letter.
  EXPECT_THAT(story_.Letters(), SizeIs(1));
  // One command gives it back (a larger sum needs a second person).
  ASSERT_TRUE(story_.Resolve(story_.BreakOf(BreakKind::kOverpaid), BreakResolution::kRefund).ok());
  const auto entry = story_.All<domain::StatementEntry>(story_.pool.value).front();
  EXPECT_EQ(entry.refundable, Yuan("50"));
  EXPECT_THAT(story_.OpenBreaks(), IsEmpty());
}

TEST_F(ReviseDemandsTest, APartPaidStaysPaid) {
  story_.Issue(kInsurerName);
  story_.Pay(kInsurerName, Yuan("3000"));
  Amend(WithRemaining("5000"));
  const domain::Demand demand = DemandTo(story_, kInsurerName);
  EXPECT_EQ(demand.amount, Yuan("5000"));
  EXPECT_EQ(demand.applied(), Yuan("3000"));
  EXPECT_EQ(demand.open(), Yuan("2000"));
  EXPECT_EQ(demand.state, DemandState::kIssued);
  EXPECT_EQ(story_.Letters().back().content->amount, Yuan("2000"));
  EXPECT_THAT(story_.Letters().back().text, HasSubstr("其中 3,000.00 元已付"));
  EXPECT_THAT(story_.OpenBreaks(), IsEmpty());
}

TEST_F(ReviseDemandsTest, WhatWasPassedOnStaysAndAsksForAPerson) {
  story_.Issue(kInsurerName);
  story_.Pay(kInsurerName, Yuan("6800"));
  story_.PassOnAll();
  Amend(WithRemaining("5000"));
  EXPECT_EQ(DemandTo(story_, kInsurerName).amount, Yuan("6800"));
  EXPECT_THAT(story_.OpenBreaks(), ElementsAre("CASE_CHANGED 1800.00"));
  EXPECT_THAT(story_.BreakOf(BreakKind::kCaseChanged).explanation, HasSubstr("已上解基金"));
}

TEST_F(ReviseDemandsTest, AnotherDebtorIsDraftedAndTheFormerOneNoLongerAsked) {
  story_.Issue(kTaxiCompany);
  domain::CourtCase court_case = PudongCase();
  court_case.liability = {{"鲁大川", 10'000}};
  Amend(court_case);
  EXPECT_THAT(DemandsOf(story_),
              UnorderedElementsAre(Insurer("6800.00 DRAFT"), "鲁大川 38000.00 DRAFT"));
  EXPECT_TRUE(TheAdvance().stages.at(Stage::kClaimed).is_zero());
  EXPECT_THAT(story_.Timeline(), HasSubstr("撤回对申通达出租汽车有限公司的追偿"));
}

TEST_F(ReviseDemandsTest, AnAcceptedDemandIsLoweredAndStaysAccepted) {
  story_.Issue(kInsurerName);
  const auto accepted = story_.Run(story_.insurer, [&](app::UnitOfWork& work) {
    return app::AcceptDemandOf({.pool = story_.pool,
                                .demand = DemandTo(story_, kInsurerName).id,
                                .etag = "",
                                .happened = work.now(),
                                .amount = std::nullopt,
                                .text = ""},
                               work);
  });
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  Amend(WithRemaining("5000"));
  const domain::Demand demand = DemandTo(story_, kInsurerName);
  EXPECT_EQ(demand.state, DemandState::kAgreed);
  EXPECT_EQ(demand.Sum(Stage::kAgreed), Yuan("5000"));
}

TEST_F(ReviseDemandsTest, WhatWasGivenUpInPartWaitsForAPerson) {
  story_.Issue(kTaxiCompany);
  const auto given_up = story_.Run(story_.fund, [&](app::UnitOfWork& work) {
    return app::RelinquishOf({.pool = story_.pool,
                              .of = DemandTo(story_, kTaxiCompany).id,
                              .etag = "",
                              .amount = Yuan("100"),
                              .reason = "小额"},
                             work);
  });
  ASSERT_TRUE(given_up.ok()) << given_up.status();
  Amend(WithRemaining("7800"));
  EXPECT_EQ(DemandTo(story_, kTaxiCompany).amount, Yuan("38000"));
  EXPECT_THAT(story_.OpenBreaks(), ElementsAre("CASE_CHANGED 1000.00"));
  ASSERT_TRUE(
      story_.Resolve(story_.BreakOf(BreakKind::kCaseChanged), BreakResolution::kAmend).ok());
  const domain::Demand demand = DemandTo(story_, kTaxiCompany);
  EXPECT_EQ(demand.amount, Yuan("37000"));
  EXPECT_EQ(demand.relinquished(), Yuan("100"));
  EXPECT_THAT(story_.OpenBreaks(), IsEmpty());
}

TEST_F(ReviseDemandsTest, ABasisThatFallsAwayTakesBackWhatIsOpenAndAsksAboutWhatWasPaid) {
  story_.Issue(kInsurerName);
  story_.Issue(kTaxiCompany);
  story_.Pay(kTaxiCompany, Yuan("1000"));
  domain::CourtCase remanded = story_.SecondInstance(domain::CaseOutcome::kRemanded);
  remanded.document_type = domain::DocumentType::kRuling;
  ASSERT_TRUE(story_.PushUpper(remanded).ok());
  // Nothing was paid: withdrawn. Paid in part: only that part is left.
  EXPECT_THAT(DemandsOf(story_), ElementsAre(Taxi("1000.00 PAID")));
  EXPECT_THAT(story_.OpenBreaks(), ElementsAre("CASE_CHANGED 1000.00"));
  EXPECT_THAT(story_.TheRecovery().obstacle, HasSubstr("追偿依据消失"));
  // A person decides that it goes back: the money waits for its refund.
  ASSERT_TRUE(
      story_.Resolve(story_.BreakOf(BreakKind::kCaseChanged), BreakResolution::kAmend).ok());
  EXPECT_THAT(DemandsOf(story_), IsEmpty());
  EXPECT_THAT(story_.OpenBreaks(), ElementsAre("OVERPAID 1000.00"));
}

TEST_F(ReviseDemandsTest, WithdrawingTheCaseDoesTheSame) {
  story_.Issue(kInsurerName);
  const app::ChangeCourtCase withdraw{story_.court.party, story_.first.court_case.id, "推送有误"};
  ASSERT_TRUE(
      story_
          .Run(story_.court,
               [&](app::UnitOfWork& work) { return app::WithdrawCourtCaseOf(withdraw, work); })
          .ok());
  EXPECT_THAT(DemandsOf(story_), IsEmpty());
  EXPECT_THAT(story_.NoticesTo(story_.insurer.party), Contains("demand.withdrawn"));
  EXPECT_THAT(story_.Timeline(), HasSubstr("推送有误"));
}

TEST_F(ReviseDemandsTest, WhatCannotBeComputedMovesNoIssuedDemand) {
  story_.Issue(kInsurerName);
  domain::CourtCase nobody = PudongCase();
  nobody.liability.clear();
  nobody.policies.clear();
  Amend(nobody);
  EXPECT_THAT(DemandsOf(story_), ElementsAre(Insurer("6800.00 ISSUED")));
  EXPECT_THAT(story_.OpenBreaks(), ElementsAre("CASE_CHANGED 6800.00"));
  // Mended: the question is answered.
  Amend(PudongCase());
  EXPECT_THAT(story_.OpenBreaks(), IsEmpty());
}

TEST_F(ReviseDemandsTest, OnlyAFindingAboutADemandIsAmended) {
  story_.Issue(kInsurerName);
  story_.Pay(kInsurerName, Yuan("6800"));
  Amend(WithRemaining("5000"));
  const domain::Break overpaid = story_.BreakOf(BreakKind::kOverpaid);
  EXPECT_EQ(ReasonOf(story_.Resolve(overpaid, BreakResolution::kAmend)),
            Reason::kIllegalTransition);
}

// Reports of performance, one row per kind.
struct PerformanceRow {
  const char* what;
  bool issued;
  const char* payer;
  const char* payee;
  const char* amount;
  bool complete;
  std::vector<std::string> demands;
  domain::Grade grade;
  std::vector<std::string> breaks;
};

TEST(PerformanceTest, EachKindOfReport) {
  const std::vector<PerformanceRow> rows = {
      {"part to the fund, drafts",
       false,
       kTaxiCompany,
       "临溪医保基金",
       "8000",
       false,
       {Insurer("6800.00 DRAFT"), Taxi("30000.00 DRAFT")},
       domain::Grade::kAdvanceOutstanding,
       {}},
      {"all to the fund, drafts",
       false,
       kTaxiCompany,
       "临溪医保基金",
       "38000",
       false,
       {Insurer("6800.00 DRAFT")},
       domain::Grade::kAdvanceOutstanding,
       {}},
      // The demand is paid when the bank shows the money; until then the report is a question.
      {"to the fund, issued",
       true,
       kTaxiCompany,
       "临溪医保基金",
       "8000",
       false,
       {Insurer("6800.00 DRAFT"), Taxi("38000.00 ISSUED")},
       domain::Grade::kAdvanceOutstanding,
       {"ADVICE_WITHOUT_MONEY 8000.00"}},
      {"to the injured person, NET",
       true,
       kTaxiCompany,
       kPatientName,
       "8000",
       true,
       {Insurer("6800.00 DRAFT"), Taxi("38000.00 ISSUED")},
       domain::Grade::kAdvanceOutstanding,
       {}},
  };
  for (const PerformanceRow& row : rows) {
    SCOPED_TRACE(row.what);
    CaseChangeStory story;
    story.StartPudong();
    if (row.issued) story.Issue(kTaxiCompany);
    const auto reported = story.Perform(row.payer, row.payee, Yuan(row.amount), row.complete);
    ASSERT_TRUE(reported.ok()) << reported.status();
    EXPECT_EQ(reported->grade, row.grade);
    EXPECT_THAT(DemandsOf(story), ::testing::UnorderedElementsAreArray(row.demands));
    EXPECT_THAT(story.OpenBreaks(), ::testing::UnorderedElementsAreArray(row.breaks));
    EXPECT_THAT(story.Timeline(), HasSubstr("法院报告履行情况"));
  }
}

TEST(PerformanceTest, AReportThatTheBankConfirmsIsNoQuestion) {
  CaseChangeStory story;
  story.StartPudong();
  story.Issue(kTaxiCompany);
  story.Pay(kTaxiCompany, Yuan("8000"));
  ASSERT_TRUE(story.Perform(kTaxiCompany, "临溪医保基金", Yuan("8000"), false).ok());
  EXPECT_THAT(story.OpenBreaks(), IsEmpty());
  EXPECT_EQ(DemandTo(story, kTaxiCompany).open(), Yuan("30000"));
}

TEST(PerformanceTest, AllThatIsOwedMakesTheGradeRepaid) {
  CaseChangeStory story;
  story.StartPudong();
  ASSERT_TRUE(story.Perform(kTaxiCompany, "临溪医保基金", Yuan("38000"), false).ok());
  const auto last = story.Perform(kInsurerName, "临溪医保基金", Yuan("6800"), true);
  ASSERT_TRUE(last.ok()) << last.status();
  EXPECT_EQ(last->grade, domain::Grade::kAdvanceRepaid);
  EXPECT_THAT(DemandsOf(story), IsEmpty());
}

TEST(PerformanceTest, TheSameReportInAnotherRequestCountsOnce) {
  CaseChangeStory story;
  story.StartPudong();
  for (int i = 0; i < 2; ++i) {
    // Twice this would be all that is owed, 44,800.
    const auto half = story.Perform(kTaxiCompany, "临溪医保基金", Yuan("22400"), false);
    ASSERT_TRUE(half.ok()) << half.status();
    EXPECT_EQ(half->grade, domain::Grade::kAdvanceOutstanding);
    EXPECT_EQ(half->court_case.performances.size(), 1u);
  }
  const auto rest = story.Perform(kInsurerName, "临溪医保基金", Yuan("22400"), false);
  ASSERT_TRUE(rest.ok()) << rest.status();
  EXPECT_EQ(rest->court_case.performances.size(), 2u);
  EXPECT_EQ(rest->grade, domain::Grade::kAdvanceRepaid);
}

// GROSS: who was paid refunds. The payer who was told to withhold is asked no more.
TEST(PerformanceTest, ACompensationPaidToTheInjuredPersonChangesTheDebtor) {
  CaseChangeStory story;
  ASSERT_TRUE(Report(story, GrossSettlement(story)).ok());
  domain::CourtCase unpaid = GrossCase();
  unpaid.performances.clear();
  const auto pushed = Push(story, Signed(story, unpaid, "first"), true);
  ASSERT_TRUE(pushed.ok()) << pushed.status();
  story.first = *pushed;
  for (const domain::Demand& draft : story.All<domain::Demand>(story.pool.value)) {
    story.Issue(draft.debtor_name);
  }
  ASSERT_FALSE(DemandsOf(story).empty());
  ASSERT_TRUE(story.Perform("鲁大川", kPatientName, Yuan("75400"), true).ok());
  EXPECT_THAT(DemandsOf(story), ElementsAre(absl::StrCat(kPatientName, " 30160.00 DRAFT")));
  EXPECT_TRUE(
      story.All<domain::Advance>(story.pool.value).front().stages.at(Stage::kClaimed).is_zero());
}

}  // namespace
}  // namespace recoup::testing

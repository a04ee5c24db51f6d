// Decisions of a second instance, a retrial or a correction, pushed by whichever court: what
// becomes of the earlier case, its recovery and its drafts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "tests/app/case_change_story.h"

namespace recoup::testing {
namespace {

using domain::CaseOutcome;
using domain::CourtCaseState;
using domain::DocumentType;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

const std::string kInsurer6800 = absl::StrCat(kInsurerName, " 6800.00 DRAFT");
const std::string kTaxi38000 = absl::StrCat(kTaxiCompany, " 38000.00 DRAFT");

// One row per kind of decision: the state of the earlier case, who the recovery belongs to, its
// drafts, and what the officer reads. The later decision leaves 5,000 instead of 6,800 of the
// limit.
struct Row {
  const char* what;
  DocumentType document;
  std::optional<CaseOutcome> outcome;
  CourtCaseState earlier;
  bool moves;
  std::vector<std::string> demands;
  const char* told;
  bool asks_person;
};

const std::vector<Row>& Rows() {
  static const auto& rows = *new std::vector<Row>{
      {"changed",
       DocumentType::kJudgment,
       CaseOutcome::kChanged,
       CourtCaseState::kSuperseded,
       true,
       {absl::StrCat(kInsurerName, " 5000.00 DRAFT"),
        absl::StrCat(kTaxiCompany, " 39800.00 DRAFT")},
       "号改判，替代浦东新区人民法院(2025)沪0115民初80001号",
       false},
      {"mediated on appeal",
       DocumentType::kMediationDocument,
       std::nullopt,
       CourtCaseState::kSuperseded,
       true,
       {absl::StrCat(kInsurerName, " 5000.00 DRAFT"),
        absl::StrCat(kTaxiCompany, " 39800.00 DRAFT")},
       "调解书",
       false},
      {"upheld",
       DocumentType::kJudgment,
       CaseOutcome::kUpheld,
       CourtCaseState::kNotified,
       false,
       {kInsurer6800, kTaxi38000},
       "维持原判，原审裁判继续有效",
       false},
      {"appeal withdrawn",
       DocumentType::kRuling,
       CaseOutcome::kAppealWithdrawn,
       CourtCaseState::kNotified,
       false,
       {kInsurer6800, kTaxi38000},
       "准许撤回上诉",
       false},
      {"remanded",
       DocumentType::kRuling,
       CaseOutcome::kRemanded,
       CourtCaseState::kSuperseded,
       true,
       {},
       "追偿依据消失",
       false},
      {"suit withdrawn",
       DocumentType::kRuling,
       CaseOutcome::kSuitWithdrawn,
       CourtCaseState::kSuperseded,
       true,
       {},
       "追偿依据消失",
       false},
      {"corrected",
       DocumentType::kRuling,
       CaseOutcome::kCorrected,
       CourtCaseState::kNotified,
       false,
       {kInsurer6800, kTaxi38000},
       "请经办人员核对追偿金额",
       true},
      {"a silent ruling",
       DocumentType::kRuling,
       std::nullopt,
       CourtCaseState::kNotified,
       false,
       {kInsurer6800, kTaxi38000},
       "请经办人员核对追偿金额",
       true},
  };
  return rows;
}

TEST(CaseLinksTest, WhatADecisionOfAnotherCourtDoes) {
  for (const Row& row : Rows()) {
    SCOPED_TRACE(row.what);
    CaseChangeStory story;
    story.StartPudong();
    domain::CourtCase later = story.SecondInstance(CaseOutcome::kChanged);
    later.document_type = row.document;
    later.outcome = row.outcome;
    later.policies[0].medical_remaining = Yuan("5000");
    const auto pushed = story.PushUpper(later);
    ASSERT_TRUE(pushed.ok()) << pushed.status();
    const domain::CourtCase earlier = story.Stored(story.first.court_case);
    EXPECT_EQ(earlier.state, row.earlier);
    if (row.earlier == CourtCaseState::kSuperseded) {
      EXPECT_EQ(earlier.superseded_by, pushed->court_case.id);
      EXPECT_EQ(earlier.superseded_by_court, story.upper_court.party);
    }
    const domain::Recovery recovery = story.TheRecovery();
    EXPECT_EQ(recovery.court_case, row.moves ? pushed->court_case.id : story.first.court_case.id);
    EXPECT_EQ(recovery.court, row.moves ? story.upper_court.party : story.court.party);
    EXPECT_THAT(DemandsOf(story), ::testing::UnorderedElementsAreArray(row.demands));
    EXPECT_THAT(story.Timeline(), HasSubstr(row.told));
    EXPECT_THAT(story.Timeline(), ::testing::Not(HasSubstr("号号")));
    EXPECT_THAT(story.OpenBreaks(), SizeIs(row.asks_person ? 1 : 0));
    EXPECT_THAT(story.All<domain::Lead>(story.pool.value), SizeIs(1));
  }
}

TEST(CaseLinksTest, ARetriedCaseTakesTheRecoveryUpAgain) {
  CaseChangeStory story;
  story.StartPudong();
  domain::CourtCase remanded = story.SecondInstance(CaseOutcome::kRemanded);
  remanded.document_type = DocumentType::kRuling;
  ASSERT_TRUE(story.PushUpper(remanded).ok());
  ASSERT_THAT(DemandsOf(story), IsEmpty());
  // Names the first judgment only; the ruling is about the same one.
  domain::CourtCase retried = PudongCase();
  retried.case_number = "(2026)沪0115民初90500号";
  retried.closed_on = absl::CivilDay(2026, 3, 18);
  retried.earlier_cases = {{"浦东新区人民法院", "(2025)沪0115民初80001号", ""}};
  const auto pushed = Push(story, Signed(story, retried, "retried"), true);
  ASSERT_TRUE(pushed.ok()) << pushed.status();
  EXPECT_EQ(story.TheRecovery().case_number, "(2026)沪0115民初90500号");
  EXPECT_THAT(DemandsOf(story), UnorderedElementsAre(kInsurer6800, kTaxi38000));
}

TEST(CaseLinksTest, WithoutConsentNothingHappensUntilItIsGiven) {
  CaseChangeStory story;
  story.StartPudong();
  const auto pushed = story.PushUpper(story.SecondInstance(CaseOutcome::kChanged), false);
  ASSERT_TRUE(pushed.ok()) << pushed.status();
  EXPECT_EQ(story.Stored(story.first.court_case).state, CourtCaseState::kNotified);
  const app::ChangeCourtCase consent{story.upper_court.party, pushed->court_case.id, ""};
  ASSERT_TRUE(story
                  .Run(story.upper_court,
                       [&](app::UnitOfWork& work) { return app::GiveConsentOf(consent, work); })
                  .ok());
  EXPECT_EQ(story.Stored(story.first.court_case).state, CourtCaseState::kSuperseded);
  EXPECT_EQ(story.TheRecovery().case_number, "(2026)沪01民终70007号");
}

TEST(CaseLinksTest, TheEarlierCaseMayComeInAfterwards) {
  CaseChangeStory story;
  ASSERT_TRUE(Report(story, PudongSettlement(story)).ok());
  ASSERT_TRUE(story.PushUpper(story.SecondInstance(CaseOutcome::kChanged)).ok());
  ASSERT_THAT(DemandsOf(story), SizeIs(2));
  const auto late = Push(story, Signed(story, PudongCase(), "late"), true);
  ASSERT_TRUE(late.ok()) << late.status();
  EXPECT_EQ(late->court_case.state, CourtCaseState::kSuperseded);
  EXPECT_THAT(DemandsOf(story), SizeIs(2));
  EXPECT_THAT(story.All<domain::Recovery>(story.pool.value), SizeIs(1));
}

TEST(CaseLinksTest, ANumberWithoutAKnownCourtNeedsTheSamePerson) {
  for (const bool same : {true, false}) {
    SCOPED_TRACE(same ? "the same person" : "another person");
    CaseChangeStory story;
    story.StartPudong();
    domain::CourtCase later = story.SecondInstance(CaseOutcome::kChanged);
    later.earlier_cases[0].court_name.clear();
    if (!same) {
      later.injured[0].name = "庄晓楠";
      later.injured[0].id_number.clear();
    }
    ASSERT_TRUE(story.PushUpper(later).ok());
    EXPECT_EQ(story.Stored(story.first.court_case).state,
              same ? CourtCaseState::kSuperseded : CourtCaseState::kNotified);
  }
}

TEST(CaseLinksTest, OtherInjuredPersonsOrAnEarlierDayAreNoSuccession) {
  CaseChangeStory story;
  story.StartPudong();
  domain::CourtCase other_person = story.SecondInstance(CaseOutcome::kChanged);
  other_person.injured[0].name = "庄晓楠";
  other_person.injured[0].id_number.clear();
  ASSERT_TRUE(story.PushUpper(other_person).ok());
  domain::CourtCase before = story.SecondInstance(CaseOutcome::kChanged);
  before.case_number = "(2025)沪01民终9号";
  before.closed_on = PudongCase().closed_on - 1;
  ASSERT_TRUE(story.PushUpper(before).ok());
  EXPECT_EQ(story.Stored(story.first.court_case).state, CourtCaseState::kNotified);
}

TEST(CaseLinksTest, ALateSettlementFindsTheCaseThatSpeaks) {
  CaseChangeStory story;
  ASSERT_TRUE(Push(story, Signed(story, PudongCase(), "first"), true).ok());
  ASSERT_TRUE(story.PushUpper(story.SecondInstance(CaseOutcome::kUpheld)).ok());
  ASSERT_TRUE(Report(story, PudongSettlement(story)).ok());
  EXPECT_THAT(story.All<domain::Lead>(story.pool.value), SizeIs(1));
  EXPECT_EQ(story.TheRecovery().case_number, PudongCase().case_number);
}

// Another victim of the same accident, for whom no fund paid: the judgment says what they took of
// the compulsory limit of 18,000.
TEST(CaseLinksTest, WhatASiblingsJudgmentTookOfTheLimitIsGone) {
  struct Sibling {
    const char* what;
    const char* liable;
    const char* medical;
    const char* insurer_owes;
  };
  for (const Sibling& row : {Sibling{"same vehicle", kTaxiCompany, "12000", "6000.00"},
                             Sibling{"all of it", kTaxiCompany, "18000", ""},
                             Sibling{"another vehicle", "庄晓楠", "12000", "18000.00"}}) {
    SCOPED_TRACE(row.what);
    CaseChangeStory story;
    ASSERT_TRUE(Report(story, PudongSettlement(story)).ok());
    domain::CourtCase sibling = PudongCase();
    sibling.case_number = "(2025)沪0115民初80002号";
    sibling.injured[0].name = "郁小满";
    sibling.injured[0].id_number.clear();
    sibling.liability = {{row.liable, 10'000}};
    sibling.policies[0].medical_remaining.reset();
    sibling.obligations = {{kInsurerName, domain::DebtorKind::kInsurer, "郁小满", Yuan("30000"),
                            Yuan(row.medical), domain::PolicyKind::kCtp}};
    ASSERT_TRUE(Push(story, Signed(story, sibling, "sibling"), true).ok());
    domain::CourtCase court_case = PudongCase();
    court_case.policies[0].medical_remaining.reset();
    ASSERT_TRUE(Push(story, Signed(story, court_case, "own"), true).ok());
    const auto demands = DemandsOf(story);
    const std::string of_insurer = absl::StrCat(kInsurerName, " ", row.insurer_owes, " DRAFT");
    if (*row.insurer_owes == '\0') {
      EXPECT_THAT(demands, UnorderedElementsAre(absl::StrCat(kTaxiCompany, " 44800.00 DRAFT")));
    } else {
      EXPECT_THAT(demands, ::testing::Contains(of_insurer));
    }
  }
}

TEST(CaseLinksTest, ACorrectionRulingOfTheSameNumberAsksForAPersonOnce) {
  CaseChangeStory story;
  story.StartPudong();
  domain::CourtCase ruling = PudongCase();
  ruling.document_type = DocumentType::kRuling;
  ruling.outcome = CaseOutcome::kCorrected;
  ruling.document_sha256 = std::string(32, '\x07');
  for (const char* elements : {"correction", "correction"}) {
    const auto pushed = Push(story, Signed(story, ruling, elements), true);
    ASSERT_TRUE(pushed.ok()) << pushed.status();
    EXPECT_EQ(pushed->court_case.id, story.first.court_case.id);
  }
  EXPECT_THAT(story.OpenBreaks(), SizeIs(1));
  EXPECT_THAT(DemandsOf(story), UnorderedElementsAre(kInsurer6800, kTaxi38000));
  // Its own elements are no case.
  EXPECT_EQ(ReasonOf(story.Amend(ruling).status()), Reason::kInvalidArgument);
}

}  // namespace
}  // namespace recoup::testing

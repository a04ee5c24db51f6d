// The limitation clock towards a debtor as its records move it: instalments, proceedings and their
// end, obstacles, and what the lists of clocks and deadlines say of it.
#include "hub/app/debtor_clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "hub/app/deadlines.h"
#include "hub/app/limitation_clocks.h"
#include "hub/app/names.h"
#include "hub/app/policy_book.h"
#include "hub/app/record_interruption.h"
#include "hub/app/recovery_view.h"
#include "hub/app/relinquish.h"
#include "hub/base/error.h"
#include "tests/app/mediation_story.h"

namespace recoup::testing {
namespace {

using absl::CivilDay;
using domain::Demand;
using domain::InterruptionKind;
using domain::LimitationState;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr CivilDay kFarAway(2040, 1, 1);

// What the three places that show a clock say of the only debtor; they must agree.
struct Shown {
  std::optional<CivilDay> expires_on;
  LimitationState state = LimitationState::kRunning;
  domain::Money open;
  bool operator==(const Shown&) const = default;
};

struct ClockStory : MediationStory {
  Shown Clock(const Demand& demand) {
    Shown shown;
    Read([&](app::RecordReader& reader) {
      const auto rules = app::LoadPolicyData(reader);
      ASSERT_TRUE(rules.ok()) << rules.status();
      const auto listed = app::LimitationClocksOf(reader, pool, today(), *rules);
      ASSERT_TRUE(listed.ok()) << listed.status();
      ASSERT_THAT(*listed, SizeIs(1));
      shown = {listed->front().expires_on, listed->front().state, listed->front().open};
      const auto view = app::ViewOf(reader, RecoveryOf(demand), today(), *rules);
      ASSERT_TRUE(view.ok()) << view.status();
      EXPECT_EQ(view->clocks.at(0).expires_on, shown.expires_on);
      const auto of_demand = app::LimitationOfDemand(reader, Stored(demand), today(), *rules);
      ASSERT_TRUE(of_demand.ok()) << of_demand.status();
      EXPECT_EQ(of_demand->expires_on, shown.expires_on);
    });
    const std::vector<app::Deadline> deadlines = Limitations(kFarAway);
    EXPECT_THAT(deadlines, SizeIs(1));
    if (!deadlines.empty()) {
      EXPECT_EQ((Shown{deadlines[0].due_on, *deadlines[0].limitation, deadlines[0].amount}), shown);
    }
    return shown;
  }
  std::vector<app::Deadline> Limitations(CivilDay until) {
    std::vector<app::Deadline> found;
    Read([&](app::RecordReader& reader) {
      const auto rules = app::LoadPolicyData(reader);
      const auto all = app::DeadlinesOf(reader, pool, today(), until, *rules);
      ASSERT_TRUE(all.ok()) << all.status();
      std::copy_if(all->begin(), all->end(), std::back_inserter(found),
                   [](const auto& one) { return one.kind == app::DeadlineKind::kLimitation; });
    });
    return found;
  }
  absl::StatusOr<app::InterruptionAnswer> Record(const Demand& demand, InterruptionKind kind,
                                                 CivilDay happened,
                                                 std::optional<CivilDay> ended = {},
                                                 std::string evidence = "回执") {
    return Run(fund, [&](app::UnitOfWork& work) {
      return app::RecordInterruptionOf({.pool = pool,
                                        .demand = demand.id,
                                        .interruption = {.kind = kind,
                                                         .date = happened,
                                                         .ended_on = ended,
                                                         .debtor = "",
                                                         .evidence = evidence}},
                                       work);
    });
  }
  void AgreeOn(const Demand& demand, std::vector<domain::Instalment> plan) {
    domain::Money sum;
    for (const domain::Instalment& one : plan) sum += one.amount;
    const std::vector<domain::AgreedDemand> terms = {Term(demand, sum.fen(), 0, std::move(plan))};
    const auto opened = Open(fund, {demand.id}, mediator.party);
    ASSERT_TRUE(opened.ok()) << opened.status();
    ASSERT_TRUE(Offer(insurer, *opened, terms).ok());
    const auto agreed = Agree(*opened, terms);
    ASSERT_TRUE(agreed.ok()) << agreed.status();
  }
};

std::vector<std::string> FieldsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldFault& fault : DetailOf(status).faults) fields.push_back(fault.field);
  return fields;
}

TEST(DebtorClockTest, InstalmentsRunFromTheLastOfThemAndMoveWithTheAgreement) {
  ClockStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  story.AgreeOn(demand, {Due(CivilDay(2026, 4, 1), 5'000), Due(CivilDay(2026, 6, 1), 10'001)});
  EXPECT_EQ(story.Clock(demand).expires_on, CivilDay(2029, 6, 1));
  // Another agreement: earlier, then later.
  story.AgreeOn(demand, {Due(CivilDay(2026, 4, 15), 15'001)});
  EXPECT_EQ(story.Clock(demand).expires_on, CivilDay(2029, 4, 16)) << "15 April 2029 is a Sunday";
  story.AgreeOn(demand, {Due(CivilDay(2026, 4, 15), 1), Due(CivilDay(2027, 1, 24), 15'000)});
  EXPECT_EQ(story.Clock(demand).expires_on, CivilDay(2030, 1, 24));
}

TEST(DebtorClockTest, WhatNoPlanCoversKeepsItsOwnClock) {
  app::InstalmentsEnd end;
  EXPECT_EQ(end.day(), std::nullopt);
  end.Add(CivilDay(2027, 1, 24));
  end.Add(CivilDay(2026, 12, 24));
  EXPECT_EQ(end.day(), CivilDay(2026, 12, 24)) << "the first that may be out of time";
  end.Add(std::nullopt);
  EXPECT_EQ(end.day(), std::nullopt);
}

TEST(DebtorClockTest, AProceedingStaysOnTheListsUntilItEnds) {
  ClockStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  for (const InterruptionKind kind : {InterruptionKind::kPoliceReport, InterruptionKind::kSuit}) {
    SCOPED_TRACE(ToString(kind));
    story.clock().Advance(absl::Hours(24 * 30));
    const CivilDay happened = story.today() - 20;
    ASSERT_TRUE(story.Record(demand, kind, happened).ok());
    EXPECT_EQ(story.Clock(demand),
              (Shown{std::nullopt, LimitationState::kProceeding, Fen(15'001)}));
    EXPECT_THAT(story.Limitations(story.today()), SizeIs(1)) << "whatever day is asked for";

    const std::size_t known = story.RecoveryOf(demand).debtors[0].interruptions.size();
    const auto ended = story.Record(demand, kind, happened, story.today() - 3, "不予立案通知书");
    ASSERT_TRUE(ended.ok()) << ended.status();
    const auto interruptions = story.RecoveryOf(demand).debtors[0].interruptions;
    EXPECT_EQ(interruptions.size(), known) << "the end of what is recorded";
    EXPECT_EQ(interruptions.back().evidence, "回执；终结：不予立案通知书");
    EXPECT_EQ(ended->limitation.started_on, story.today() - 3);
    EXPECT_EQ(story.Clock(demand).expires_on, ended->limitation.expires_on);
    EXPECT_EQ(story.Clock(demand).state, LimitationState::kRunning);
  }
  // The end was another day: corrected, not a second proceeding.
  const CivilDay filed = story.today() - 20;
  const auto corrected = story.Record(demand, InterruptionKind::kSuit, filed, story.today() - 1);
  ASSERT_TRUE(corrected.ok()) << corrected.status();
  EXPECT_EQ(corrected->limitation.started_on, story.today() - 1);
}

TEST(DebtorClockTest, ThePolicesReportCanBeRecordedWithItsEndAtOnce) {
  ClockStory story;
  const Demand demand = story.IssueNew("");
  const auto recorded = story.Record(demand, InterruptionKind::kPoliceReport, CivilDay(2026, 2, 10),
                                     CivilDay(2026, 3, 2));
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_EQ(story.Clock(demand).expires_on, CivilDay(2029, 3, 2));
}

TEST(DebtorClockTest, NothingBeforeTheInjuryInterrupts) {
  ClockStory story;
  const Demand demand = story.IssueNew("");  // The accident was on 2025-11-03.
  for (const InterruptionKind kind : {InterruptionKind::kDemand, InterruptionKind::kPoliceReport}) {
    const auto refused = story.Record(demand, kind, CivilDay(2025, 11, 2));
    EXPECT_EQ(ReasonOf(refused.status()), Reason::kInvalidArgument);
    EXPECT_THAT(FieldsOf(refused.status()), ::testing::ElementsAre("interruption.happened_on"));
  }
  EXPECT_TRUE(story.Record(demand, InterruptionKind::kPoliceReport, CivilDay(2025, 11, 3)).ok());
}

TEST(DebtorClockTest, WithoutTheDayOfTheAccidentTheAdmissionCounts) {
  ClockStory story;
  const Demand demand = story.DraftNew(
      "", {10'000}, [](domain::Recovery& recovery) { recovery.accident_on.reset(); });
  const auto admit = story.Run(story.fund, [&](app::UnitOfWork& work) -> absl::Status {
    RECOUP_ASSIGN_OR_RETURN(
        domain::Advance advance,
        work.Get<domain::Advance>(story.pool.value, demand.lines[0].advance.value));
    advance.admitted_on = CivilDay(2025, 12, 5);
    work.Put(advance);
    return absl::OkStatus();
  });
  ASSERT_TRUE(admit.ok()) << admit;
  story.Issue(demand);
  EXPECT_FALSE(story.Record(demand, InterruptionKind::kDemand, CivilDay(2025, 12, 4)).ok());
  EXPECT_TRUE(story.Record(demand, InterruptionKind::kDemand, CivilDay(2025, 12, 5)).ok());
}

TEST(DebtorClockTest, AnObstacleSuspendsAndDoesNotInterrupt) {
  ClockStory story;
  const Demand demand = story.IssueNew("");
  const std::optional<CivilDay> before = story.Clock(demand).expires_on;
  ASSERT_EQ(before, CivilDay(2029, 2, 2));
  story.clock().Advance(absl::FromCivil(CivilDay(2029, 1, 10), ChinaTimeZone()) -
                        story.clock().Now());
  const auto kind = InterruptionKind::kObstacle;
  ASSERT_TRUE(story.Record(demand, kind, CivilDay(2028, 12, 1), {}, "不可抗力").ok());
  EXPECT_EQ(story.Clock(demand), (Shown{std::nullopt, LimitationState::kObstructed, Fen(15'001)}));
  ASSERT_TRUE(story.Record(demand, kind, CivilDay(2028, 12, 1), CivilDay(2029, 1, 5), "通告").ok());
  EXPECT_EQ(story.Clock(demand).expires_on, CivilDay(2029, 7, 5)) << "six months after its end";
  story.Read([&](app::RecordReader& reader) {
    const auto rules = app::LoadPolicyData(reader);
    const auto clocks = app::LimitationClocksOf(reader, story.pool, story.today(), *rules);
    ASSERT_TRUE(clocks.ok()) << clocks.status();
    EXPECT_EQ(clocks->at(0).interruptions, 0);
  });
}

TEST(DebtorClockTest, TheHubEndsItsOwnMediations) {
  ClockStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  ASSERT_TRUE(story.Open(story.fund, {demand.id}, story.mediator.party).ok());
  const auto refused =
      story.Record(demand, InterruptionKind::kMediation, story.today(), story.today());
  EXPECT_EQ(ReasonOf(refused.status()), Reason::kIllegalTransition);
  EXPECT_EQ(story.Clock(demand).state, LimitationState::kProceeding);
}

TEST(DebtorClockTest, DeadlinesShowWhatIsOpenAndNobodyWhoIsSettled) {
  ClockStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const auto give_up = [&](std::int64_t fen) {
    return story.Run(story.fund, [&](app::UnitOfWork& work) {
      app::Relinquish command;
      command.pool = story.pool;
      command.of = demand.id;
      command.amount = Fen(fen);
      command.kind = domain::RelinquishReason::kNotRecoverable;
      command.reason = "金额过小";
      return app::RelinquishOf(command, work);
    });
  };
  ASSERT_TRUE(give_up(5'000).ok());
  EXPECT_EQ(story.Clock(demand).open, Fen(10'001));
  ASSERT_TRUE(give_up(10'001).ok());
  EXPECT_THAT(story.Limitations(kFarAway), IsEmpty());
}

}  // namespace
}  // namespace recoup::testing

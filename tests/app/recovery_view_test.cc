// What a recovery shows beside its own record: sums, shares, clocks and what happened, and that
// everybody who shows a limitation period shows the same one.
#include "hub/app/recovery_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "hub/app/decide_approval.h"
#include "hub/app/demands.h"
#include "hub/app/limitation_clocks.h"
#include "hub/app/names.h"
#include "hub/app/policy_book.h"
#include "hub/app/record_interruption.h"
#include "hub/app/recoveries.h"
#include "hub/app/relinquish.h"
#include "hub/base/status.h"
#include "tests/app/case_story.h"

namespace recoup::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The Pudong case: 6,800 of the insurer, 38,000 of the taxi company; the insurer's is issued.
void TellCase(HubWorld& world) {
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  ASSERT_TRUE(Push(world, Signed(world, PudongCase(), "e1"), true).ok());
  app::IssueDemand command;
  command.pool = world.pool;
  command.demand = DemandTo(world, kInsurerName).id;
  const auto issued = world.Run(
      world.fund, [&](app::UnitOfWork& work) { return app::IssueDemandOf(command, work); });
  ASSERT_TRUE(issued.ok()) << issued.status();
}

app::RecoveryView View(HubWorld& world) {
  app::RecoveryView view;
  world.Read([&](app::RecordReader& reader) {
    const auto rules = app::LoadPolicyData(reader);
    ASSERT_TRUE(rules.ok()) << rules.status();
    const auto read = app::ViewOf(reader, TheOnly<domain::Recovery>(world), world.today(), *rules);
    ASSERT_TRUE(read.ok()) << read.status();
    view = *read;
  });
  return view;
}

TEST(RecoveryViewTest, ClocksDemandsAndTheListOfClocksAgree) {
  HubWorld world;
  TellCase(world);
  const app::RecoveryView view = View(world);
  ASSERT_THAT(view.clocks, SizeIs(2));
  world.Read([&](app::RecordReader& reader) {
    const auto rules = app::LoadPolicyData(reader);
    const auto listed = app::LimitationClocksOf(reader, world.pool, world.today(), *rules);
    ASSERT_TRUE(listed.ok()) << listed.status();
    ASSERT_THAT(*listed, SizeIs(2));
    for (const app::LimitationClock& clock : *listed) {
      EXPECT_TRUE(clock.expires_on.has_value());
      EXPECT_EQ(clock.expires_on, view.clocks[clock.debtor_index].expires_on);
    }
    for (const domain::Demand& demand : view.demands) {
      const auto of_demand = app::LimitationOfDemand(reader, demand, world.today(), *rules);
      ASSERT_TRUE(of_demand.ok()) << of_demand.status();
      EXPECT_EQ(of_demand->expires_on,
                view.clocks[static_cast<std::size_t>(demand.debtor_index)].expires_on);
    }
  });
}

TEST(RecoveryViewTest, TheClockBeginsAnewWithTheLastInterruption) {
  HubWorld world;
  TellCase(world);
  const absl::CivilDay known_on = world.today();
  world.clock().Advance(absl::Hours(24 * 30));
  app::RecordInterruption command;
  command.pool = world.pool;
  command.demand = DemandTo(world, kTaxiCompany).id;
  command.interruption.date = known_on + 10;
  command.interruption.evidence = "挂号信回执";
  command.interruption.document_sha256 = std::string(32, 'd');
  const auto recorded = world.Run(
      world.fund, [&](app::UnitOfWork& work) { return app::RecordInterruptionOf(command, work); });
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_THAT(recorded->other_demands, IsEmpty()) << "the insurer owes its own part";
  const app::RecoveryView view = View(world);
  EXPECT_EQ(view.recovery.debtors[0].name, kInsurerName);
  EXPECT_EQ(view.clocks[0].started_on, known_on);
  EXPECT_EQ(view.clocks[1].started_on, known_on + 10);
  EXPECT_EQ(view.clocks[1].expires_on, recorded->limitation.expires_on);
  EXPECT_EQ(view.recovery.debtors[1].interruptions.back().document_sha256, std::string(32, 'd'));
}

TEST(RecoveryViewTest, AnInterruptionNamesTheDemandsToJointDebtors) {
  HubWorld world;
  TellCase(world);
  // Both owe the same, for the sake of the test.
  const Id id = TheOnly<domain::Recovery>(world).id.value;
  const auto join = world.Run(world.fund, [&](app::UnitOfWork& work) -> absl::Status {
    RECOUP_ASSIGN_OR_RETURN(domain::Recovery recovery,
                            work.Get<domain::Recovery>(world.pool.value, id));
    recovery.debtors[0].jointly_with = {kTaxiCompany};
    recovery.debtors[1].jointly_with = {kInsurerName};
    work.Put(recovery);
    return absl::OkStatus();
  });
  ASSERT_TRUE(join.ok()) << join;
  app::RecordInterruption command;
  command.pool = world.pool;
  command.demand = DemandTo(world, kTaxiCompany).id;
  command.interruption.date = world.today();
  command.interruption.evidence = "挂号信回执";
  const auto recorded = world.Run(
      world.fund, [&](app::UnitOfWork& work) { return app::RecordInterruptionOf(command, work); });
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_THAT(recorded->other_demands, ElementsAre(DemandTo(world, kInsurerName).id));
}

TEST(RecoveryViewTest, AShareIsThatOfTheLiabilityAndNoneForCompulsoryCover) {
  HubWorld world;
  TellCase(world);
  const std::vector<domain::Debtor> debtors = View(world).recovery.debtors;
  ASSERT_THAT(debtors, SizeIs(2));
  EXPECT_EQ(debtors[0].share_basis_points, std::nullopt);
  EXPECT_EQ(debtors[1].share_basis_points, 10'000);
}

TEST(RecoveryViewTest, WhatIsOpenedIsAnsweredWithItsAdvancesDemandsAndShares) {
  HubWorld world;
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  app::OpenRecovery command;
  command.pool = world.pool;
  command.advances = {TheOnly<domain::Advance>(world).id};
  command.accident_on = absl::CivilDay(2025, 6, 1);
  domain::Debtor debtor;
  debtor.kind = domain::DebtorKind::kCompany;
  debtor.name = kTaxiCompany;
  debtor.credit_code = "91310000MA1FL0000X";
  command.shares = {{debtor, 7'000}};
  command.reason = "书面认可";
  command.document_sha256 = std::string(32, '\x01');
  const auto opened = world.Run(
      world.fund, [&](app::UnitOfWork& work) { return app::OpenRecoveryOf(command, work); });
  ASSERT_TRUE(opened.ok()) << opened.status();
  ASSERT_THAT(opened->advances, SizeIs(1));
  EXPECT_EQ(opened->advances[0].amount, Yuan("44800"));
  ASSERT_THAT(opened->demands, SizeIs(1));
  EXPECT_EQ(opened->demands[0].amount, Yuan("31360"));
  EXPECT_EQ(opened->demands[0].debtor_credit_code, debtor.credit_code);
  ASSERT_THAT(opened->clocks, SizeIs(1));
  EXPECT_EQ(opened->clocks[0].started_on, world.today());
  EXPECT_EQ(opened->recovery.debtors[0].share_basis_points, 7'000);
  EXPECT_EQ(opened->recovery.debtors[0].credit_code, debtor.credit_code);
  EXPECT_THAT(opened->recovery.timeline[0].text,
              ::testing::HasSubstr(absl::StrCat("SHA-256 ", "0101")));
}

std::string ToldOf(const domain::TimelineEntry& entry) {
  return absl::StrCat(std::string(ToString(entry.kind)), " ", entry.subject,
                      entry.amount ? " " + entry.amount->ToYuan() : "");
}

TEST(TimelineTest, EachEntrySaysWhatHappenedToWhatAndHowMuch) {
  HubWorld world;
  TellCase(world);
  const domain::Recovery recovery = TheOnly<domain::Recovery>(world);
  const std::string insurer = app::NameOf(world.pool, DemandTo(world, kInsurerName).id);
  const std::string taxi = app::NameOf(world.pool, DemandTo(world, kTaxiCompany).id);
  std::vector<std::string> told;
  for (const domain::TimelineEntry& entry : recovery.timeline) told.push_back(ToldOf(entry));
  EXPECT_THAT(told,
              ElementsAre(absl::StrCat("court_case.closed ",
                                       app::CourtCaseName(recovery.court, *recovery.court_case)),
                          absl::StrCat("recovery.opened ", app::NameOf(world.pool, *recovery.lead),
                                       " 44800.00"),
                          absl::StrCat("demand.drafted ", insurer, " 6800.00"),
                          absl::StrCat("demand.drafted ", taxi, " 38000.00"),
                          absl::StrCat("demand.issued ", insurer, " 6800.00")));
}

TEST(TimelineTest, AClosedRecoverySaysWhen) {
  HubWorld world;
  TellCase(world);
  EXPECT_EQ(TheOnly<domain::Recovery>(world).closed_time, std::nullopt);
  for (const char* debtor : {kInsurerName, kTaxiCompany}) {
    const domain::Demand demand = DemandTo(world, debtor);
    if (!demand.is_issued()) {
      app::IssueDemand issue;
      issue.pool = world.pool;
      issue.demand = demand.id;
      ASSERT_TRUE(world
                      .Run(world.fund,
                           [&](app::UnitOfWork& work) { return app::IssueDemandOf(issue, work); })
                      .ok());
    }
    app::Relinquish command;
    command.pool = world.pool;
    command.of = demand.id;
    command.amount = demand.amount;
    command.reason = "执行终结";
    const auto asked = world.Run(
        world.fund, [&](app::UnitOfWork& work) { return app::RelinquishOf(command, work); });
    ASSERT_TRUE(asked.ok()) << asked.status();
    ASSERT_TRUE(asked->approval.has_value());
    ASSERT_TRUE(world
                    .Run(world.other_officer,
                         [&](app::UnitOfWork& work) {
                           return app::DecideApprovalOf(
                               {world.pool, asked->approval->id, true, "已核对"}, work);
                         })
                    .ok());
  }
  const domain::Recovery closed = TheOnly<domain::Recovery>(world);
  EXPECT_EQ(closed.state, domain::RecoveryState::kClosed);
  EXPECT_EQ(closed.closed_time, world.clock().Now());
  EXPECT_EQ(closed.timeline.back().kind, domain::TimelineKind::kRecoveryClosed);
}

TEST(ApprovalThresholdTest, IsWhatOnePersonMayDecide) {
  HubWorld world;
  TellCase(world);
  app::Relinquish command;
  command.pool = world.pool;
  command.of = DemandTo(world, kInsurerName).id;
  command.amount = Yuan("1000.01");
  command.reason = "执行终结";
  const auto asked = world.Run(
      world.fund, [&](app::UnitOfWork& work) { return app::RelinquishOf(command, work); });
  ASSERT_TRUE(asked.ok()) << asked.status();
  ASSERT_TRUE(asked->approval.has_value());
  EXPECT_EQ(TheOnly<domain::Approval>(world).threshold, Yuan("1000"));
  EXPECT_EQ(TheOnly<domain::Recovery>(world).timeline.back().kind,
            domain::TimelineKind::kApprovalAsked);
}

TEST(LetterTest, NamesItsAddresseeAndItsDemandNamesIt) {
  HubWorld world;
  TellCase(world);
  const domain::Letter letter = TheOnly<domain::Letter>(world);
  EXPECT_EQ(letter.addressee_party, world.insurer.party);
  EXPECT_EQ(DemandTo(world, kInsurerName).letter, letter.id);
  EXPECT_EQ(DemandTo(world, kTaxiCompany).letter, std::nullopt);
}

}  // namespace
}  // namespace recoup::testing

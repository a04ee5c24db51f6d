// What the fund's officers and the operator decide: leads, giving up, approvals, interruptions,
// recoveries without a judgment, policy data, parties.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/app/decide_approval.h"
#include "hub/app/demands.h"
#include "hub/app/leads.h"
#include "hub/app/put_policy_datum.h"
#include "hub/app/record_interruption.h"
#include "hub/app/recoveries.h"
#include "hub/app/register_party.h"
#include "hub/app/relinquish.h"
#include "hub/base/error.h"
#include "hub/domain/policy_data.h"
#include "tests/app/case_story.h"

namespace recoup::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kTwoPersons[] = "relinquish.two_person_limit_fen";

// The Pudong case, all of it issued: 6,800 of the insurer, 38,000 of the taxi company.
void TellPudongCase(HubWorld& world) {
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  ASSERT_TRUE(Push(world, Signed(world, PudongCase(), "e1"), true).ok());
  for (const char* debtor : {kInsurerName, kTaxiCompany}) {
    app::IssueDemand command;
    command.pool = world.pool;
    command.demand = DemandTo(world, debtor).id;
    ASSERT_TRUE(world
                    .Run(world.fund,
                         [&](app::UnitOfWork& work) { return app::IssueDemandOf(command, work); })
                    .ok());
  }
}

absl::StatusOr<app::RelinquishAnswer> GiveUp(HubWorld& world, const char* debtor,
                                             const char* amount) {
  app::Relinquish command;
  command.pool = world.pool;
  command.of = DemandTo(world, debtor).id;
  command.amount = Yuan(amount);
  command.reason = "执行终结，无财产可供执行";
  command.kind = domain::RelinquishReason::kNotRecoverable;
  return world.Run(world.fund,
                   [&](app::UnitOfWork& work) { return app::RelinquishOf(command, work); });
}

absl::StatusOr<domain::Approval> Decide(HubWorld& world, const app::Caller& caller,
                                        domain::ApprovalId approval, bool approve) {
  const app::DecideApproval command{world.pool, approval, approve, "已核对"};
  return world.Run(caller,
                   [&](app::UnitOfWork& work) { return app::DecideApprovalOf(command, work); });
}

// Two people of one name; the judgment gives no number.
domain::Lead LeadInReview(HubWorld& world) {
  for (const auto& [number, settlement] :
       {std::pair(kPatientNumber, "S-1"), std::pair("310115197003020045", "S-2")}) {
    app::ReportSettlement report = PudongSettlement(world);
    report.settlement.patient.id_number = number;
    report.settlement.settlement_id = settlement;
    report.settlement.visit_id = settlement;
    EXPECT_TRUE(Report(world, report).ok());
  }
  domain::CourtCase by_name = PudongCase();
  by_name.injured[0].id_number.clear();
  EXPECT_TRUE(Push(world, Signed(world, by_name, "e1"), true).ok());
  const auto leads = world.All<domain::Lead>(world.pool.value);
  EXPECT_THAT(leads, SizeIs(1));
  return leads.empty() ? domain::Lead() : leads.front();
}

TEST(LeadTest, APersonConfirmsOneOfTwoCandidates) {
  HubWorld world;
  const domain::Lead lead = LeadInReview(world);
  ASSERT_THAT(lead.candidates, SizeIs(2));
  const app::ConfirmLead command{world.pool, lead.id, 1, "电话核实"};
  const auto confirmed = world.Run(
      world.fund, [&](app::UnitOfWork& work) { return app::ConfirmLeadOf(command, work); });
  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  EXPECT_EQ(confirmed->lead.state, domain::LeadState::kConfirmed);
  EXPECT_EQ(confirmed->lead.decided_by, world.fund.actor);
  EXPECT_EQ(confirmed->opened.recovery.injured.id_number, lead.candidates[1].person.id_number);
  EXPECT_THAT(confirmed->opened.demands, SizeIs(2));
  // Only the chosen person's advance is on the books.
  for (const auto& advance : world.All<domain::Advance>(world.pool.value)) {
    const bool chosen = advance.id == lead.candidates[1].advances.front();
    EXPECT_EQ(advance.state,
              chosen ? domain::AdvanceState::kOpen : domain::AdvanceState::kCandidate);
  }
  EXPECT_EQ(
      ReasonOf(world
                   .Run(world.fund,
                        [&](app::UnitOfWork& work) { return app::ConfirmLeadOf(command, work); })
                   .status()),
      Reason::kIllegalTransition);
}

TEST(LeadTest, ARejectedLeadOpensNothingAndNoCandidateIsMadeUp) {
  HubWorld world;
  const domain::Lead lead = LeadInReview(world);
  const app::ConfirmLead third{world.pool, lead.id, 2, "没有这个人"};
  EXPECT_EQ(
      ReasonOf(world
                   .Run(world.fund,
                        [&](app::UnitOfWork& work) { return app::ConfirmLeadOf(third, work); })
                   .status()),
      Reason::kInvalidArgument);
  const app::RejectLead reject{world.pool, lead.id, "均非本人"};
  const auto rejected =
      world.Run(world.fund, [&](app::UnitOfWork& work) { return app::RejectLeadOf(reject, work); });
  ASSERT_TRUE(rejected.ok()) << rejected.status();
  EXPECT_THAT(world.All<domain::Recovery>(world.pool.value), IsEmpty());
}

TEST(RelinquishTest, UpToTheLimitAtOnceAndAboveItNothingMovesYet) {
  HubWorld world;
  TellPudongCase(world);
  const auto small = GiveUp(world, kTaxiCompany, "1000.00");
  ASSERT_TRUE(small.ok()) << small.status();
  EXPECT_EQ(small->relinquished, Yuan("1000"));
  EXPECT_EQ(DemandTo(world, kTaxiCompany).open(), Yuan("37000"));

  const auto large = GiveUp(world, kTaxiCompany, "1000.01");
  ASSERT_TRUE(large.ok()) << large.status();
  EXPECT_TRUE(large->relinquished.is_zero());
  ASSERT_TRUE(large->approval.has_value());
  EXPECT_EQ(DemandTo(world, kTaxiCompany).open(), Yuan("37000"));
  EXPECT_EQ(ReasonOf(GiveUp(world, kTaxiCompany, "37000.01").status()), Reason::kAmountExceedsOpen);
}

TEST(RelinquishTest, TheLimitCannotBeSplit) {
  HubWorld world;
  TellPudongCase(world);
  for (const char* part : {"400.00", "600.00"}) {
    const auto small = GiveUp(world, kTaxiCompany, part);
    ASSERT_TRUE(small.ok()) << small.status();
    EXPECT_EQ(small->relinquished, Yuan(part));
  }
  const auto one_fen = GiveUp(world, kTaxiCompany, "0.01");
  ASSERT_TRUE(one_fen.ok()) << one_fen.status();
  ASSERT_TRUE(one_fen->approval.has_value());
  EXPECT_EQ(one_fen->approval->amount, Yuan("0.01"));
  EXPECT_EQ(DemandTo(world, kTaxiCompany).relinquished(), Yuan("1000"));
  // Of another demand nothing was given up.
  EXPECT_FALSE(GiveUp(world, kInsurerName, "1000")->approval.has_value());
}

TEST(RelinquishTest, ASecondPersonDecides) {
  HubWorld world;
  TellPudongCase(world);
  const auto asked = GiveUp(world, kTaxiCompany, "38000");
  ASSERT_TRUE(asked.ok() && asked->approval.has_value());
  const domain::ApprovalId approval = asked->approval->id;
  const app::Caller nameless{world.fund.party, world.fund.party.value};
  EXPECT_EQ(ReasonOf(Decide(world, world.fund, approval, true).status()),
            Reason::kSamePersonMayNotApprove);
  EXPECT_EQ(ReasonOf(Decide(world, nameless, approval, true).status()),
            Reason::kSamePersonMayNotApprove);
  EXPECT_EQ(asked->approval->relinquish_reason, domain::RelinquishReason::kNotRecoverable);
  const auto decided = Decide(world, world.other_officer, approval, true);
  ASSERT_TRUE(decided.ok()) << decided.status();
  const domain::Demand demand = DemandTo(world, kTaxiCompany);
  EXPECT_THAT(world.All<domain::Recovery>(world.pool.value).front().timeline.back().text,
              testing::HasSubstr("放弃追偿 38,000.00 元：无法追回，执行终结，无财产可供执行"));
  EXPECT_EQ(demand.relinquished(), Yuan("38000"));
  EXPECT_EQ(demand.state, domain::DemandState::kPaid);
  EXPECT_EQ(ReasonOf(Decide(world, world.other_officer, approval, false).status()),
            Reason::kIllegalTransition);
  // Nothing is left of the other one either: the recovery is done.
  const auto rest = GiveUp(world, kInsurerName, "6800");
  ASSERT_TRUE(rest.ok() && rest->approval.has_value());
  ASSERT_TRUE(Decide(world, world.other_officer, rest->approval->id, true).ok());
  EXPECT_EQ(world.All<domain::Recovery>(world.pool.value).front().state,
            domain::RecoveryState::kClosed);
  EXPECT_EQ(world.All<domain::Advance>(world.pool.value).front().state,
            domain::AdvanceState::kSettled);
}

TEST(RelinquishTest, ARejectedRequestMovesNothing) {
  HubWorld world;
  TellPudongCase(world);
  const auto asked = GiveUp(world, kInsurerName, "6800");
  ASSERT_TRUE(asked.ok() && asked->approval.has_value());
  ASSERT_TRUE(Decide(world, world.other_officer, asked->approval->id, false).ok());
  EXPECT_EQ(DemandTo(world, kInsurerName).open(), Yuan("6800"));
}

TEST(RelinquishTest, WhatNobodyClaimedIsGivenUpOnTheAdvance) {
  HubWorld world;
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  ASSERT_TRUE(Push(world, Signed(world, PudongCase(), "e1"), true).ok());
  app::Relinquish command;
  command.pool = world.pool;
  command.of = world.All<domain::Advance>(world.pool.value).front().id;
  command.amount = Yuan("500");
  command.reason = "金额过小";
  const auto given_up = world.Run(
      world.fund, [&](app::UnitOfWork& work) { return app::RelinquishOf(command, work); });
  ASSERT_TRUE(given_up.ok()) << given_up.status();
  const auto advance = world.All<domain::Advance>(world.pool.value).front();
  EXPECT_EQ(advance.stages.at(domain::Stage::kRelinquished), Yuan("500"));
  EXPECT_EQ(advance.stages.at(domain::Stage::kAdvanced), Yuan("44300"));
}

TEST(InterruptionTest, ProofOfServiceStartsTheClockAnewButNotAfterItsEnd) {
  HubWorld world;
  TellPudongCase(world);
  world.clock().Advance(absl::Hours(24 * 30));
  app::RecordInterruption command;
  command.pool = world.pool;
  command.demand = DemandTo(world, kTaxiCompany).id;
  command.interruption.kind = domain::InterruptionKind::kDemand;
  command.interruption.date = absl::CivilDay(2026, 4, 15);
  command.interruption.evidence = "挂号信回执 XA20260415";
  const auto record = [&] {
    return world.Run(world.fund, [&](app::UnitOfWork& work) {
      return app::RecordInterruptionOf(command, work);
    });
  };
  const auto recorded = record();
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  // 2029-04-15 is a Sunday: the next working day.
  EXPECT_EQ(recorded->limitation.expires_on, absl::CivilDay(2029, 4, 16));
  world.clock().Advance(absl::Hours(24 * 366 * 4));
  command.interruption.date = absl::CivilDay(2029, 4, 17);
  EXPECT_EQ(ReasonOf(record().status()), Reason::kInvalidArgument);
}

TEST(OpenRecoveryTest, AnAcknowledgedShareIsDemandedWithoutAJudgment) {
  HubWorld world;
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  app::OpenRecovery command;
  command.pool = world.pool;
  command.advances = {world.All<domain::Advance>(world.pool.value).front().id};
  command.accident_on = absl::CivilDay(2025, 6, 1);
  domain::Debtor debtor;
  debtor.name = "鲁大川";
  command.shares = {{debtor, 7'000}};
  command.reason = "交警认定书与书面认可";
  const auto open = [&] {
    return world.Run(world.fund,
                     [&](app::UnitOfWork& work) { return app::OpenRecoveryOf(command, work); });
  };
  const auto opened = open();
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_THAT(DemandsOf(world), ElementsAre("鲁大川 31360.00 DRAFT"));
  EXPECT_EQ(ReasonOf(open().status()), Reason::kIllegalTransition);
}

TEST(PolicyDatumTest, AFundsOwnDueDaysHoldFromTheirDayOn) {
  HubWorld world;
  app::PutPolicyDatum command;
  command.pool = world.pool;
  command.datum.key = "demand.due_days";
  command.datum.effective_from = absl::CivilDay(2026, 1, 1);
  command.datum.value = 15;
  command.datum.source = "经办规程";
  const auto put = [&] {
    return world.Run(world.fund,
                     [&](app::UnitOfWork& work) { return app::PutPolicyDatumOf(command, work); });
  };
  const auto first = put();
  ASSERT_TRUE(first.ok()) << first.status();
  TellPudongCase(world);
  EXPECT_EQ(DemandTo(world, kInsurerName).due_on, world.today() + 15);
  EXPECT_EQ(ReasonOf(put().status()), Reason::kEtagMismatch);
  command.etag = "v1";
  EXPECT_TRUE(put().ok());
  command.datum.effective_from = absl::CivilDay(2027, 1, 1);
  EXPECT_EQ(ReasonOf(put().status()), Reason::kEtagMismatch) << "nothing is there yet";
  command.datum.key = "demand.due_dayz";
  EXPECT_EQ(ReasonOf(put().status()), Reason::kInvalidArgument);
}

class PutPolicyDatumTest : public ::testing::Test {
 protected:
  absl::StatusOr<app::PolicyDatumAnswer> Put(const app::Caller& caller, const domain::PoolId& pool,
                                             const char* key, std::int64_t value,
                                             const char* etag = "") {
    app::PutPolicyDatum command;
    command.pool = pool;
    command.datum.key = key;
    command.datum.effective_from = world_.today();
    command.datum.value = value;
    command.datum.source = "内控制度";
    command.etag = etag;
    return world_.Run(caller,
                      [&](app::UnitOfWork& work) { return app::PutPolicyDatumOf(command, work); });
  }

  HubWorld world_;
  const app::Caller operator_{{"operator/hub"}, "operator/hub/chen"};
};

TEST_F(PutPolicyDatumTest, EachSetsWhatIsItsOwn) {
  EXPECT_TRUE(Put(world_.fund, world_.pool, "demand.due_days", 45).ok());
  EXPECT_EQ(ReasonOf(Put(world_.fund, {}, "demand.due_days", 45).status()), Reason::kNotAllowed);
  EXPECT_TRUE(Put(operator_, {}, "ctp.medical_limit_fen", 2'000'000).ok());
  EXPECT_EQ(ReasonOf(Put(operator_, world_.pool, kTwoPersons, 200'000).status()),
            Reason::kNotAllowed);
  EXPECT_THAT(FaultyFields(Put(operator_, {}, kTwoPersons, 200'000).status()),
              ElementsAre("policy_datum.pool"));
}

TEST_F(PutPolicyDatumTest, AValueFitsItsKey) {
  struct Row {
    const char* key;
    std::int64_t least;
    std::int64_t most;
  };
  for (const Row& row : {Row{"demand.due_days", 0, 3'660},
                         {"limitation.years", 1, 100},
                         {"mediation.instalment_months_max", 1, 600},
                         {"ctp.medical_limit_fen", 0, 1'000'000'000'000},
                         {"traffic.no_fault_share_max_basis_points", 0, 10'000},
                         {"trace.bill_confidence_percent", 0, 100},
                         {"split.answer_seconds", 1, 86'400},
                         {"insurer.silence_accepts", 0, 1},
                         {"fund_pay_type.777777", 0, 1},
                         {"calendar.day", 0, 2}}) {
    SCOPED_TRACE(row.key);
    for (const std::int64_t wrong : {row.least - 1, row.most + 1}) {
      EXPECT_THAT(FaultyFields(Put(world_.fund, world_.pool, row.key, wrong).status()),
                  ElementsAre("policy_datum.value"));
    }
    EXPECT_TRUE(Put(world_.fund, world_.pool, row.key, row.least).ok());
    EXPECT_TRUE(Put(world_.fund, world_.pool, row.key, row.most, "v1").ok());
  }
}

TEST_F(PutPolicyDatumTest, WhatOnePersonMayDoTwoPersonsDecide) {
  TellPudongCase(world_);
  const auto asked = Put(world_.fund, world_.pool, kTwoPersons, 1'000'000);
  ASSERT_TRUE(asked.ok()) << asked.status();
  ASSERT_TRUE(asked->approval.has_value());
  EXPECT_EQ(asked->approval->action, domain::ApprovalAction::kPolicyDatum);
  EXPECT_TRUE(GiveUp(world_, kTaxiCompany, "5000")->approval.has_value()) << "nothing holds yet";

  EXPECT_EQ(ReasonOf(Decide(world_, world_.fund, asked->approval->id, true).status()),
            Reason::kSamePersonMayNotApprove);
  ASSERT_TRUE(Decide(world_, world_.other_officer, asked->approval->id, true).ok());
  EXPECT_EQ(GiveUp(world_, kTaxiCompany, "5000")->relinquished, Yuan("5000"));
  EXPECT_TRUE(GiveUp(world_, kTaxiCompany, "5000.01")->approval.has_value());
}

TEST_F(PutPolicyDatumTest, OfTwoThatWereAskedForTheSecondIsAskedAnew) {
  const auto first = Put(world_.fund, world_.pool, kTwoPersons, 200'000);
  const auto second = Put(world_.fund, world_.pool, kTwoPersons, 300'000);
  ASSERT_TRUE(first.ok() && second.ok());
  ASSERT_TRUE(Decide(world_, world_.other_officer, first->approval->id, true).ok());
  EXPECT_EQ(ReasonOf(Decide(world_, world_.other_officer, second->approval->id, true).status()),
            Reason::kEtagMismatch);
  EXPECT_TRUE(Decide(world_, world_.other_officer, second->approval->id, false).ok());
  EXPECT_EQ(ReasonOf(Put(world_.fund, world_.pool, kTwoPersons, 300'000).status()),
            Reason::kEtagMismatch);
  EXPECT_TRUE(Put(world_.fund, world_.pool, kTwoPersons, 300'000, "v1").ok());
}

TEST(PolicyBoundsTest, EveryRuleThatShipsIsWithinThem) {
  for (const domain::PolicyRule& rule : domain::NationalPolicyData().rules()) {
    SCOPED_TRACE(rule.key);
    const domain::PolicyBounds bounds = domain::BoundsOfPolicyValue(rule.key);
    const std::int64_t value = std::get<std::int64_t>(rule.value);
    EXPECT_GE(value, bounds.least);
    EXPECT_LE(value, bounds.most);
    // What no row of the table bounds is a yes or no.
    if (bounds.most == 1) {
      EXPECT_TRUE(rule.key.starts_with("fund_pay_type.") ||
                  rule.key.find("silence") != rule.key.npos);
    }
  }
}

TEST(PolicyBoundsTest, OnlyRemindersMayBeBelowZero) {
  EXPECT_EQ(domain::BoundsOfPolicyValue("insurer.remind_days_before").least, -1);
  EXPECT_EQ(domain::BoundsOfPolicyValue("demand.due_days").least, 0);
}

TEST(RegisterPartyTest, AKeyLeftOutIsRevokedAndSignsNoMore) {
  HubWorld world;
  const app::Caller operator_caller{{"operator/hub"}, "operator/hub/chen"};
  app::RegisterParty command;
  command.party.party = world.court.party;
  command.fields = {"signing_keys"};
  const auto change = [&] {
    return world.Run(operator_caller,
                     [&](app::UnitOfWork& work) { return app::RegisterPartyOf(command, work); });
  };
  EXPECT_EQ(ReasonOf(change().status()), Reason::kEtagMismatch);
  command.etag = "v1";
  const auto changed = change();
  ASSERT_TRUE(changed.ok()) << changed.status();
  ASSERT_THAT(changed->keys, SizeIs(1));
  EXPECT_TRUE(changed->keys.front().revoked);
  EXPECT_EQ(changed->keys.front().revoked_time, world.clock().Now());
  EXPECT_EQ(ReasonOf(Push(world, Signed(world, PudongCase(), "e1"), true).status()),
            Reason::kSignatureInvalid);
}

TEST(RegisterPartyTest, ContactAccountsAndCreditCodeAreKeptAndChanged) {
  HubWorld world;
  const app::Caller operator_caller{{"operator/hub"}, "operator/hub/chen"};
  app::RegisterParty command;
  command.party.party = {"insurer/anxin"};
  command.party.display_name = "安信财险";
  command.party.credit_code = "91310000MA1FL0000X";
  command.party.accounts = {"31001000000000001"};
  command.party.contact = "上海市浦东新区测试路1号";
  const auto run = [&] {
    return world.Run(operator_caller,
                     [&](app::UnitOfWork& work) { return app::RegisterPartyOf(command, work); });
  };
  ASSERT_TRUE(run().ok());
  const auto same = run();
  ASSERT_TRUE(same.ok()) << "the same again is no other content: " << same.status();
  EXPECT_EQ(same->credit_code, command.party.credit_code);
  EXPECT_EQ(same->accounts, command.party.accounts);
  EXPECT_EQ(same->contact, command.party.contact);
  command.party.contact = "021-00000000";
  EXPECT_EQ(ReasonOf(run().status()), Reason::kAlreadyExistsWithOtherContent);
  command.fields = {"contact"};
  command.party.accounts.clear();
  command.etag = "v1";
  const auto changed = run();
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->contact, "021-00000000");
  EXPECT_EQ(changed->accounts, same->accounts) << "what is not named stays";
}

TEST(RegisterPartyTest, TwoPartiesMayNotShareAName) {
  HubWorld world;
  const app::Caller operator_caller{{"operator/hub"}, "operator/hub/chen"};
  app::RegisterParty command;
  command.party.party = {"insurer/other"};
  command.party.display_name = kInsurerName;  // An alias of the first one.
  EXPECT_EQ(
      ReasonOf(world
                   .Run(operator_caller,
                        [&](app::UnitOfWork& work) { return app::RegisterPartyOf(command, work); })
                   .status()),
      Reason::kAlreadyExistsWithOtherContent);
}

}  // namespace
}  // namespace recoup::testing

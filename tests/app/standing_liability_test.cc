#include "hub/app/standing_liability.h"

#include <gtest/gtest.h>

#include "hub/domain/creditor_reference.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/recovery.h"
#include "tests/app/split_story.h"

namespace recoup::app {
namespace {

using domain::Money;
using domain::SplitAnswer;
using domain::SplitQuote;

class StandingLiabilityTest : public SplitStory {
 protected:
  void State(const domain::RegisteredPolicy& policy, int days_ago, bool accepted,
             std::int64_t share_basis_points = 0, const std::string& accident = "") {
    UpdatePolicyUsage usage;
    usage.insurer = policy.insurer;
    usage.policy = policy.id;
    usage.use.accident_on = world_.today() - days_ago;
    usage.use.accident = accident;
    usage.use.liability_accepted = accepted;
    usage.use.liable_share_basis_points = share_basis_points;
    usage.use.claim_number = "C-77";
    const auto stated = world_.Run(
        world_.insurer, [&](UnitOfWork& work) { return UpdatePolicyUsageOf(usage, work); });
    ASSERT_TRUE(stated.ok()) << stated.status();
  }

  // A demand on the policy of which the insurer accepted 100.00 yuan.
  void AcceptedDemand(const domain::RegisteredPolicy& policy, const domain::Person& injured,
                      int days_ago) {
    const auto put =
        world_.Run(world_.fund, [&](UnitOfWork& work) -> absl::StatusOr<domain::Demand> {
          domain::Recovery recovery;
          recovery.id = work.NewId<domain::RecoveryId>();
          recovery.pool = world_.pool;
          recovery.injured = injured;
          recovery.accident_on = world_.today() - days_ago;
          domain::Demand demand;
          demand.id = work.NewId<domain::DemandId>();
          demand.pool = world_.pool;
          demand.recovery = recovery.id;
          demand.state = domain::DemandState::kAgreed;
          demand.debtor_party = policy.insurer;
          demand.policy = policy.id;
          demand.reference = domain::CreditorReference::Make("3101153100001")->text();
          domain::Advance advance;
          advance.id = work.NewId<domain::AdvanceId>();
          advance.pool = world_.pool;
          domain::DemandLine line;
          line.advance = advance.id;
          line.amount = Money::Fen(10'000);
          RECOUP_RETURN_IF_ERROR(line.stages.Add(domain::Stage::kAgreed, line.amount));
          demand.lines.push_back(line);
          demand.amount = line.amount;
          recovery.demands = {demand.id};
          domain::IndexEntries keys;
          demand.Index(keys);
          EXPECT_FALSE(keys.lookup.empty());
          work.Put(recovery);
          work.Put(demand);
          return demand;
        });
    ASSERT_TRUE(put.ok()) << put.status();
  }
};

TEST_F(StandingLiabilityTest, AStatedAcceptanceReservesWithoutAsking) {
  State(ctp_, 2, true);
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok()) << quote.status();
  ASSERT_EQ(quote->parts.size(), 1u);
  EXPECT_EQ(quote->parts[0].answer, SplitAnswer::kAccepted);
  EXPECT_EQ(quote->parts[0].claim_number, "C-77");
  EXPECT_NE(quote->parts[0].text.find("申报"), std::string::npos);
  EXPECT_EQ(quote->parts[0].amount.fen(), 1'800'000);
  EXPECT_FALSE(quote->answer_due_time.has_value());
}

TEST_F(StandingLiabilityTest, AnotherDayOrAnUndecidedSecondAccidentIsAsked) {
  State(ctp_, 3, true);
  ASSERT_EQ(Quote(Asked())->parts[0].answer, SplitAnswer::kAsked);
  State(ctp_, 2, true, 0, "A1");
  State(ctp_, 2, false, 0, "A2");
  RaiseFlag("V2");
  EXPECT_EQ(Quote(Asked("V2"))->parts[0].answer, SplitAnswer::kAsked);
}

TEST_F(StandingLiabilityTest, ACommercialPolicyAcceptsWithItsShare) {
  const auto commercial = Register(domain::PolicyKind::kCommercial, "COM-1", "沪AD1234");
  UpdatePolicyUsage usage;
  usage.insurer = commercial.insurer;
  usage.policy = commercial.id;
  usage.use.accident_on = world_.today() - 2;
  usage.use.liability_accepted = true;
  const auto without_share = world_.Run(
      world_.insurer, [&](UnitOfWork& work) { return UpdatePolicyUsageOf(usage, work); });
  EXPECT_EQ(DetailOf(without_share.status()).faults.size(), 1u);
  State(ctp_, 2, true);
  State(commercial, 2, true, 7'000);
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok()) << quote.status();
  ASSERT_EQ(quote->parts.size(), 2u);
  EXPECT_EQ(quote->parts[1].amount.fen(), 140'000);  // 70 % of the 2,000 that CTP leaves.
  EXPECT_FALSE(quote->answer_due_time.has_value());
}

TEST_F(StandingLiabilityTest, AnAcceptedDemandForThePersonAndAccidentCounts) {
  AcceptedDemand(ctp_, flag_.patient, 2);
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok()) << quote.status();
  EXPECT_EQ(quote->parts[0].answer, SplitAnswer::kAccepted);
  EXPECT_NE(quote->parts[0].text.find("追偿函 RF"), std::string::npos);
}

TEST_F(StandingLiabilityTest, ADemandOfAnotherAccidentOrPersonDoesNotCount) {
  AcceptedDemand(ctp_, flag_.patient, 30);
  EXPECT_EQ(Quote(Asked())->parts[0].answer, SplitAnswer::kAsked);
}

TEST_F(StandingLiabilityTest, ADemandOfAnotherPersonDoesNotCount) {
  domain::Person other = flag_.patient;
  other.id_token = "somebody else";
  AcceptedDemand(ctp_, other, 2);
  EXPECT_EQ(Quote(Asked())->parts[0].answer, SplitAnswer::kAsked);
}

TEST_F(StandingLiabilityTest, WhatIsAcceptedAfterTheQuestionCountsWhenAskedAgainOrSettled) {
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok());
  State(ctp_, 2, true);
  const auto again = Quote(Asked());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->id, quote->id);
  EXPECT_EQ(again->fund_part.fen(), 120'000);
  const auto settled = Settle(*quote, "S1");
  ASSERT_TRUE(settled.ok());
  EXPECT_EQ(settled->parts[0].answer, SplitAnswer::kAccepted);
}

// By default who is silent pays nothing (SplitsTest.NobodyWaits); a pool may rule otherwise.
class SilenceTest : public StandingLiabilityTest {
 protected:
  void SetUp() override {
    StandingLiabilityTest::SetUp();
    const auto put =
        world_.Run(world_.fund, [&](UnitOfWork& work) -> absl::StatusOr<domain::PolicyDatum> {
          domain::PolicyDatum datum;
          datum.id = work.NewId<domain::PolicyDatumId>();
          datum.key = "split.silence_accepts_ctp";
          datum.pool = world_.pool.value;
          datum.effective_from = world_.today() - 10;
          datum.value = 1;
          datum.source = "沪医保规〔2026〕8号";
          work.Put(datum);
          return datum;
        });
    ASSERT_TRUE(put.ok()) << put.status();
  }
};

TEST_F(SilenceTest, ACompulsoryInsurersSilenceAcceptsOnlyOnceItsTimeIsOver) {
  const auto quote = Quote(Asked());
  ASSERT_TRUE(quote.ok());
  world_.clock().Advance(absl::Seconds(119));
  EXPECT_EQ(Quote(Asked())->parts[0].answer, SplitAnswer::kAsked);
  world_.clock().Advance(absl::Seconds(1));
  const auto silent = Quote(Asked());
  ASSERT_TRUE(silent.ok());
  EXPECT_EQ(silent->parts[0].answer, SplitAnswer::kAccepted);
  EXPECT_TRUE(silent->parts[0].by_silence);
  EXPECT_EQ(silent->fund_part.fen(), 120'000);
  const auto settled = Settle(*quote, "S1");
  ASSERT_TRUE(settled.ok());
  EXPECT_EQ(settled->parts[0].amount.fen(), 1'800'000);
}

TEST_F(SilenceTest, ABillSettledBeforeTheTimeIsOverIsPaidByTheFund) {
  const auto quote = Quote(Asked());
  const auto settled = Settle(*quote, "S1");
  ASSERT_TRUE(settled.ok());
  EXPECT_EQ(settled->parts[0].answer, SplitAnswer::kLapsed);
  EXPECT_EQ(settled->fund_part.fen(), 1'200'000);
}

TEST_F(SilenceTest, SilenceIsNoAcceptanceOfTheNextBillAndNoneOfCommercialCover) {
  const auto commercial = Register(domain::PolicyKind::kCommercial, "COM-1", "沪AD1234");
  ASSERT_TRUE(Quote(Asked()).ok());
  world_.clock().Advance(absl::Seconds(121));
  const auto silent = Quote(Asked());
  ASSERT_TRUE(silent.ok());
  EXPECT_EQ(silent->parts[0].answer, SplitAnswer::kAccepted);
  EXPECT_EQ(silent->parts[1].answer, SplitAnswer::kAsked);
  RaiseFlag("V2");
  EXPECT_EQ(Quote(Asked("V2"))->parts[0].answer, SplitAnswer::kAsked);
}

}  // namespace
}  // namespace recoup::app

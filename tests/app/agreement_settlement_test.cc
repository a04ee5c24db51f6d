// What an agreement in force does to demands: money, state, explanation, letter, clocks.
#include "hub/app/agreement_settlement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/app/demand_answers.h"
#include "hub/app/insurer_clocks.h"
#include "hub/app/policy_book.h"
#include "hub/base/error.h"
#include "tests/app/agreement_story.h"

namespace recoup::testing {
namespace {

using domain::Agreement;
using domain::Demand;
using domain::DemandState;
using domain::Stage;
using ::testing::HasSubstr;

constexpr absl::CivilDay kAccident(2025, 11, 3);

std::string Timeline(const domain::Recovery& recovery) {
  std::string all;
  for (const domain::TimelineEntry& entry : recovery.timeline) {
    absl::StrAppend(&all, entry.text, "\n");
  }
  return all;
}

TEST(AgreementSettlementTest, AMatchingDemandSettlesAsItIsIssued) {
  AgreementStory story;
  const auto agreement = story.Conclude(story.Terms());
  ASSERT_TRUE(agreement.ok()) << agreement.status();
  const Demand demand = story.Issue(story.DraftOf({10'000, 5'001}, kAccident));
  EXPECT_EQ(demand.state, DemandState::kAgreed);
  // 60 % of 150.01 are 90.006: 90.01; 10,000 : 5,001 by the largest remainder.
  EXPECT_EQ(demand.Sum(Stage::kAgreed), Fen(9'001));
  EXPECT_EQ(demand.Sum(Stage::kRelinquished), Fen(6'000));
  EXPECT_EQ(demand.lines[0].stages.at(Stage::kAgreed), Fen(6'000));
  EXPECT_EQ(demand.lines[1].stages.at(Stage::kAgreed), Fen(3'001));
  EXPECT_EQ(demand.agreement, agreement->id);

  const Agreement after = story.Stored(*agreement);
  EXPECT_EQ(after.settled_demands, 1);
  EXPECT_EQ(after.accepted, Fen(9'001));
  EXPECT_EQ(after.relinquished, Fen(6'000));

  ASSERT_GE(demand.explanation.steps.size(), 2u);
  const domain::ExplanationStep& given_up = demand.explanation.steps.back();
  EXPECT_EQ(given_up.rule_id, "agreement.rest");
  EXPECT_EQ(given_up.result, Fen(6'000));
  EXPECT_THAT(given_up.source, HasSubstr(agreement->id.ToString()));

  const domain::Recovery recovery = story.RecoveryOf(demand);
  EXPECT_THAT(Timeline(recovery), HasSubstr("支付 90.01 元，基金放弃 60.00 元"));
  EXPECT_EQ(recovery.debtors[0].interruptions.back().kind,
            domain::InterruptionKind::kAcknowledgement);
  EXPECT_EQ(story.NoticesTo(story.insurer.party).back(), "demand.agreed");

  // The letter asks for what is left to pay, and says why.
  const auto letters = story.All<domain::Letter>(story.pool.value);
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].content->amount, Fen(9'001));
  EXPECT_EQ(letters[0].content->lines[0].amount + letters[0].content->lines[1].amount, Fen(9'001));
  EXPECT_THAT(letters[0].text, HasSubstr("定额分摊协议"));

  // The clock that runs is the one of payment (保险法 23); nothing is left to decide.
  story.Read([&](app::RecordReader& reader) {
    const auto rules = app::LoadPolicyData(reader);
    ASSERT_TRUE(rules.ok());
    const auto clocks = app::ClocksOf(reader.view(), demand, *rules);
    ASSERT_TRUE(clocks.ok()) << clocks.status();
    ASSERT_FALSE(clocks->empty());
    EXPECT_EQ(clocks->front().kind, app::InsurerClockKind::kPay);
    EXPECT_EQ(clocks->front().started_on, story.today());
    EXPECT_EQ(clocks->front().amount, Fen(9'001));
  });
}

struct SettlementRow {
  const char* what;
  absl::CivilDay accident_on;
  std::int64_t fen;
  bool settles;
};

// The day of the accident decides, whenever the demand is sent.
TEST(AgreementSettlementTest, BoundariesOfDaysAndCap) {
  const SettlementRow rows[] = {
      {"first day", absl::CivilDay(2025, 1, 1), 100'000, true},
      {"the day before", absl::CivilDay(2024, 12, 31), 100'000, false},
      {"last day", absl::CivilDay(2025, 12, 31), 100'000, true},
      {"the day after, though sent meanwhile", absl::CivilDay(2026, 1, 1), 100'000, false},
      {"the cap", kAccident, 100'000, true},
      {"one fen above the cap", kAccident, 100'001, false},
  };
  for (const SettlementRow& row : rows) {
    SCOPED_TRACE(row.what);
    AgreementStory story;
    domain::AgreementTerms terms = story.Terms();
    terms.effective_until = absl::CivilDay(2025, 12, 31);
    ASSERT_TRUE(story.Conclude(terms).ok());
    ASSERT_GT(story.today(), absl::CivilDay(2026, 1, 1));
    const Demand demand = story.Issue(story.DraftOf({row.fen}, row.accident_on));
    EXPECT_EQ(demand.state, row.settles ? DemandState::kAgreed : DemandState::kIssued);
    EXPECT_EQ(demand.Sum(Stage::kClaimed), row.settles ? Fen(0) : Fen(row.fen));
    const bool above = row.fen > 100'000;
    EXPECT_EQ(Timeline(story.RecoveryOf(demand)).find("超过定额分摊协议") != std::string::npos,
              above);
  }
}

TEST(AgreementSettlementTest, OutOfScopeGoesTheOrdinaryWay) {
  AgreementStory story;
  ASSERT_TRUE(story.Conclude(story.Terms()).ok());
  const Demand other_insurer = story.Issue(story.DraftOf({100}, kAccident, "insurer/taiping"));
  EXPECT_EQ(other_insurer.state, DemandState::kIssued);
  const Demand other_peril = story.IssueNew("insurer/huaan");
  EXPECT_EQ(other_peril.state, DemandState::kIssued);
  const Demand person = story.Issue(story.DraftOf({100}, kAccident, ""));
  EXPECT_EQ(person.state, DemandState::kIssued);
}

// Proposed is not agreed, and what was ended covers the accidents of its days.
TEST(AgreementSettlementTest, OnlyOnceBothConsentedAndAlsoAfterItEnded) {
  AgreementStory story;
  const auto proposed = story.Propose(story.insurer, story.Terms());
  ASSERT_TRUE(proposed.ok());
  EXPECT_EQ(story.Issue(story.DraftOf({100}, kAccident)).state, DemandState::kIssued);
  ASSERT_TRUE(story.Answer(story.fund, *proposed, domain::AgreementAnswer::kAccept).ok());
  EXPECT_EQ(story.Issue(story.DraftOf({100}, kAccident)).state, DemandState::kIssued);
  ASSERT_TRUE(story.DecidePending(story.other_officer, true).ok());
  ASSERT_TRUE(story.End(story.fund, *proposed, story.today()).ok());
  EXPECT_EQ(story.Issue(story.DraftOf({100}, story.today())).state, DemandState::kAgreed);
  EXPECT_EQ(story.Issue(story.DraftOf({100}, kAccident)).state, DemandState::kAgreed);
  EXPECT_EQ(story.Issue(story.DraftOf({100}, story.today() + 1)).state, DemandState::kIssued);
}

TEST(AgreementSettlementTest, DemandsThatWaitSettleWhenItComesIntoForce) {
  AgreementStory story;
  const Demand waiting = story.Issue(story.DraftOf({10'000, 5'001}, kAccident));
  const Demand other_day = story.Issue(story.DraftOf({10'000}, absl::CivilDay(2024, 11, 3)));
  const Demand answered = story.Issue(story.DraftOf({10'000}, kAccident));
  const auto accepted = story.Run(story.insurer, [&](app::UnitOfWork& work) {
    return app::AcceptDemandOf({.pool = story.pool,
                                .demand = answered.id,
                                .etag = "",
                                .happened = work.now(),
                                .amount = std::nullopt,
                                .text = ""},
                               work);
  });
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  const auto agreement = story.Conclude(story.Terms());
  ASSERT_TRUE(agreement.ok()) << agreement.status();
  EXPECT_EQ(agreement->settled_demands, 1);
  EXPECT_EQ(story.Stored(waiting).state, DemandState::kAgreed);
  EXPECT_EQ(story.Stored(waiting).Sum(Stage::kAgreed), Fen(9'001));
  EXPECT_EQ(story.Stored(other_day).state, DemandState::kIssued);
  // What the insurer accepted in full before is not taken back.
  EXPECT_EQ(story.Stored(answered).Sum(Stage::kAgreed), Fen(10'000));
}

// Whatever the amounts: HubWorld checks the five laws after every command, and both parts sum to
// the whole. A line whose share rounds to nothing is given up as a whole.
TEST(AgreementSettlementTest, LawsHoldForRandomDemands) {
  AgreementStory story;
  domain::AgreementTerms terms = story.Terms();
  terms.cap = Fen(10'000'000);
  terms.quota_basis_points = 3'337;
  ASSERT_TRUE(story.Conclude(terms).ok());
  SeededRandom random(20260322);
  for (int i = 0; i < 60; ++i) {
    std::vector<std::int64_t> lines;
    for (std::uint64_t n = random.Next() % 6 + 1; n > 0; --n) {
      lines.push_back(static_cast<std::int64_t>(random.Next() % (n % 2 == 0 ? 9 : 900'000)) + 1);
    }
    const Demand draft = story.DraftOf(lines, kAccident);
    const Demand demand = story.Issue(draft);
    SCOPED_TRACE(draft.amount.ToYuan());
    const auto expected = draft.amount.Times({3'337, 10'000});
    ASSERT_TRUE(expected.ok());
    if (expected->is_zero()) {
      EXPECT_EQ(demand.state, DemandState::kIssued);
      continue;
    }
    EXPECT_EQ(demand.state, DemandState::kAgreed);
    EXPECT_EQ(demand.Sum(Stage::kAgreed), *expected);
    EXPECT_EQ(demand.Sum(Stage::kRelinquished), draft.amount - *expected);
    EXPECT_EQ(demand.open(), *expected);
  }
}

}  // namespace
}  // namespace recoup::testing

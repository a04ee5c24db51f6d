// The fund's answers to disputed lines, with the money they move.
#include "hub/app/dispute_answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/app/demand_answers.h"
#include "hub/base/error.h"
#include "tests/app/debtor_story.h"

namespace recoup::testing {
namespace {

using domain::Demand;
using domain::DemandState;
using domain::DisputeDecision;
using domain::Stage;

struct DisputeStory : DebtorStory {
  // Of each line, `disputed[i]` is disputed and the rest accepted.
  Demand Disputed(std::vector<std::int64_t> lines, std::vector<std::int64_t> disputed) {
    const Demand demand = IssueNew("insurer/huaan", std::move(lines));
    app::DisputeDemand command;
    command.pool = pool;
    command.demand = demand.id;
    command.happened = clock().Now();
    for (std::size_t i = 0; i < disputed.size(); ++i) {
      if (disputed[i] == 0) continue;
      command.parts.push_back({.advance = demand.lines[i].advance,
                               .amount = Fen(disputed[i]),
                               .ground = domain::DisputeReason::kNotCausedByAccident,
                               .text = "慢性病治疗"});
    }
    const auto done =
        Run(insurer, [&](app::UnitOfWork& work) { return app::DisputeDemandOf(command, work); });
    EXPECT_TRUE(done.ok()) << done.status();
    return done.value_or(Demand());
  }
  static domain::DisputeAnswer To(const Demand& demand, std::size_t line, DisputeDecision decision,
                                  std::int64_t yielded = 0) {
    domain::DisputeAnswer answer;
    answer.advance = demand.lines[line].advance;
    answer.decision = decision;
    answer.yielded = Fen(yielded);
    answer.text = "经复核";
    return answer;
  }
  absl::StatusOr<app::DisputeAnswered> Answer(const Demand& demand,
                                              std::vector<domain::DisputeAnswer> answers) {
    return Run(fund, [&](app::UnitOfWork& work) {
      return app::AnswerDisputeOf(
          {.pool = pool, .demand = demand.id, .etag = "", .answers = answers}, work);
    });
  }
};

TEST(DisputeAnswersTest, UpholdAndAskMoveNothing) {
  DisputeStory story;
  const Demand demand = story.Disputed({10'000, 5'001}, {4'000, 1'000});
  const auto answered = story.Answer(demand, {story.To(demand, 0, DisputeDecision::kUphold),
                                              story.To(demand, 1, DisputeDecision::kAsk)});
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(answered->demand.state, DemandState::kDisputed);
  EXPECT_EQ(answered->demand.Sum(Stage::kDisputed), Fen(5'000));
  ASSERT_EQ(answered->demand.dispute_answers.size(), 2u);
  EXPECT_EQ(answered->demand.dispute_answers[0].answered_by, story.fund.actor);
  EXPECT_EQ(story.NoticesTo(story.insurer.party).back(), "demand.dispute_answered");
}

TEST(DisputeAnswersTest, YieldInPartAndThenTheRest) {
  DisputeStory story;
  const Demand demand = story.Disputed({10'000, 5'001}, {4'000, 1'000});
  const auto part = story.Answer(demand, {story.To(demand, 0, DisputeDecision::kYield, 2'500)});
  ASSERT_TRUE(part.ok()) << part.status();
  EXPECT_EQ(part->demand.state, DemandState::kDisputed);
  EXPECT_EQ(part->demand.lines[0].stages.at(Stage::kDisputed), Fen(1'500));
  EXPECT_EQ(part->demand.lines[0].stages.at(Stage::kRelinquished), Fen(2'500));
  const auto rest = story.Answer(demand, {story.To(demand, 0, DisputeDecision::kYield, 1'500),
                                          story.To(demand, 1, DisputeDecision::kYield, 1'000)});
  ASSERT_TRUE(rest.ok()) << rest.status();
  // Nothing is disputed any more: what was accepted waits for its money.
  EXPECT_EQ(rest->demand.state, DemandState::kAgreed);
  EXPECT_EQ(rest->demand.Sum(Stage::kAgreed), Fen(10'001));
  EXPECT_EQ(rest->demand.Sum(Stage::kRelinquished), Fen(5'000));
  EXPECT_EQ(rest->demand.dispute_answers.size(), 3u);
}

TEST(DisputeAnswersTest, WhereNothingWasAcceptedYieldingAllClosesTheDemand) {
  DisputeStory story;
  const Demand demand = story.Disputed({10'000}, {10'000});
  const auto answered =
      story.Answer(demand, {story.To(demand, 0, DisputeDecision::kYield, 10'000)});
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(answered->demand.state, DemandState::kPaid);
  EXPECT_TRUE(answered->demand.open().is_zero());
}

TEST(DisputeAnswersTest, AboveTheLimitASecondOfficerDecidesAboutTheYieldingOnly) {
  DisputeStory story;
  const Demand demand = story.Disputed({200'000, 200'000}, {150'000, 150'000});
  const auto answered =
      story.Answer(demand, {story.To(demand, 0, DisputeDecision::kUphold),
                            story.To(demand, 1, DisputeDecision::kYield, 100'001)});
  ASSERT_TRUE(answered.ok()) << answered.status();
  ASSERT_TRUE(answered->approval.has_value());
  EXPECT_EQ(answered->demand.Sum(Stage::kRelinquished), Fen(0));
  ASSERT_EQ(answered->demand.dispute_answers.size(), 1u);
  EXPECT_EQ(ReasonOf(story.DecidePending(story.fund, true).status()),
            Reason::kSamePersonMayNotApprove);
  ASSERT_TRUE(story.DecidePending(story.other_officer, true).ok());
  const Demand after = story.Stored(demand);
  EXPECT_EQ(after.lines[1].stages.at(Stage::kRelinquished), Fen(100'001));
  EXPECT_EQ(after.lines[0].stages.at(Stage::kRelinquished), Fen(0));
  EXPECT_EQ(after.dispute_answers.size(), 2u);
  // At the limit itself one officer is enough.
  const Demand other = story.Disputed({200'000}, {150'000});
  EXPECT_FALSE(story.Answer(other, {story.To(other, 0, DisputeDecision::kYield, 100'000)})
                   ->approval.has_value());
}

TEST(DisputeAnswersTest, TheLimitCannotBeSplitOverAnswers) {
  DisputeStory story;
  const Demand demand = story.Disputed({200'000, 200'000}, {150'000, 150'000});
  EXPECT_FALSE(story.Answer(demand, {story.To(demand, 0, DisputeDecision::kYield, 60'000)})
                   ->approval.has_value());
  EXPECT_TRUE(story.Answer(demand, {story.To(demand, 1, DisputeDecision::kYield, 40'001)})
                  ->approval.has_value());
  // Upholding gives up nothing.
  EXPECT_FALSE(
      story.Answer(demand, {story.To(demand, 1, DisputeDecision::kUphold)})->approval.has_value());
}

// The insurer accepted meanwhile: the approval finds nothing to give up.
TEST(DisputeAnswersTest, AnApprovalThatComesTooLateChangesNothing) {
  DisputeStory story;
  const Demand demand = story.Disputed({200'000}, {150'000});
  ASSERT_TRUE(story.Answer(demand, {story.To(demand, 0, DisputeDecision::kYield, 150'000)}).ok());
  const auto accepted = story.Run(story.insurer, [&](app::UnitOfWork& work) {
    return app::AcceptDemandOf({.pool = story.pool,
                                .demand = demand.id,
                                .etag = "",
                                .happened = work.now(),
                                .amount = std::nullopt,
                                .text = ""},
                               work);
  });
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  EXPECT_EQ(ReasonOf(story.DecidePending(story.other_officer, true).status()),
            Reason::kIllegalTransition);
  EXPECT_EQ(story.Stored(demand).Sum(Stage::kAgreed), Fen(200'000));
}

TEST(DisputeAnswersTest, Refusals) {
  DisputeStory story;
  const Demand demand = story.Disputed({10'000, 5'001}, {4'000, 0});
  const Demand calm = story.IssueNew("insurer/huaan");
  const domain::DisputeAnswer uphold = story.To(demand, 0, DisputeDecision::kUphold);
  struct DisputeRow {
    const char* what;
    Demand demand;
    std::vector<domain::DisputeAnswer> answers;
    Reason reason;
  };
  const DisputeRow rows[] = {
      {"twice", demand, {uphold, uphold}, Reason::kInvalidArgument},
      {"a line that is not disputed",
       demand,
       {story.To(demand, 1, DisputeDecision::kUphold)},
       Reason::kInvalidArgument},
      {"a line of another demand",
       demand,
       {story.To(calm, 0, DisputeDecision::kUphold)},
       Reason::kInvalidArgument},
      {"one fen too much",
       demand,
       {story.To(demand, 0, DisputeDecision::kYield, 4'001)},
       Reason::kAmountExceedsOpen},
      {"no dispute",
       calm,
       {story.To(calm, 0, DisputeDecision::kUphold)},
       Reason::kIllegalTransition},
  };
  for (const DisputeRow& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(ReasonOf(story.Answer(row.demand, row.answers).status()), row.reason);
  }
  EXPECT_TRUE(story.Stored(demand).dispute_answers.empty());
}

}  // namespace
}  // namespace recoup::testing

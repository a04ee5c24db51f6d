#include "hub/app/demand_answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/app/policies.h"
#include "hub/app/remittance_advices.h"
#include "hub/base/error.h"
#include "tests/app/debtor_story.h"

namespace recoup::testing {
namespace {

using domain::Demand;
using domain::DemandState;
using domain::Stage;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

app::AcceptDemand Accept(const Demand& demand, std::optional<domain::Money> amount = std::nullopt,
                         std::string text = "") {
  return {.pool = demand.pool,
          .demand = demand.id,
          .etag = "",
          .happened = absl::FromCivil(absl::CivilSecond(2026, 3, 20, 9, 0, 0), ChinaTimeZone()),
          .amount = amount,
          .text = std::move(text)};
}

absl::StatusOr<Demand> RunAccept(DebtorStory& story, const app::Caller& caller,
                                 const app::AcceptDemand& command) {
  return story.Run(caller,
                   [&](app::UnitOfWork& work) { return app::AcceptDemandOf(command, work); });
}

TEST(AcceptDemandTest, TheWholeDemandWaitsForItsMoneyAndInterruptsTheLimitation) {
  DebtorStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const auto accepted = RunAccept(story, story.insurer, Accept(demand));
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  EXPECT_EQ(accepted->state, DemandState::kAgreed);
  EXPECT_EQ(accepted->Sum(Stage::kAgreed), demand.amount);
  const auto interruptions = story.RecoveryOf(demand).debtors[0].interruptions;
  ASSERT_FALSE(interruptions.empty());
  EXPECT_EQ(interruptions.back().kind, domain::InterruptionKind::kAcknowledgement);
  EXPECT_THAT(interruptions.back().evidence, HasSubstr(demand.id.ToString()));
  EXPECT_EQ(story.NoticesTo(story.insurer.party).back(), "demand.agreed");
}

struct PartRow {
  std::int64_t accepted;
  std::int64_t first_line;
  std::int64_t second_line;
};

// 100.00 and 50.01 yuan: largest remainder, no line above what it holds.
TEST(AcceptDemandTest, APartIsSpreadOverTheLinesAndTheRestIsDisputed) {
  for (const PartRow& row : {PartRow{1, 1, 0}, PartRow{2, 1, 1}, PartRow{7'500, 5'000, 2'500},
                             PartRow{15'000, 9'999, 5'001}}) {
    SCOPED_TRACE(row.accepted);
    DebtorStory story;
    const Demand demand = story.IssueNew("insurer/huaan");
    const auto part =
        RunAccept(story, story.insurer, Accept(demand, Fen(row.accepted), "伤残部分无关"));
    ASSERT_TRUE(part.ok()) << part.status();
    EXPECT_EQ(part->state, DemandState::kDisputed);
    EXPECT_EQ(part->lines[0].stages.at(Stage::kAgreed), Fen(row.first_line));
    EXPECT_EQ(part->lines[1].stages.at(Stage::kAgreed), Fen(row.second_line));
    EXPECT_EQ(part->Sum(Stage::kDisputed), demand.amount - Fen(row.accepted));
    // The rest later: nothing is left open to dispute.
    const auto rest = RunAccept(story, story.insurer, Accept(demand));
    ASSERT_TRUE(rest.ok()) << rest.status();
    EXPECT_EQ(rest->state, DemandState::kAgreed);
    EXPECT_EQ(rest->Sum(Stage::kAgreed), demand.amount);
  }
}

TEST(AcceptDemandTest, Refusals) {
  DebtorStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  app::AcceptDemand stale = Accept(demand);
  stale.etag = "v1";
  struct Row {
    const char* what;
    app::Caller caller;
    app::AcceptDemand command;
    Reason reason;
  };
  const Row rows[] = {
      {"another insurer", story.other_insurer, Accept(demand), Reason::kNotFound},
      {"the fund", story.fund, Accept(demand), Reason::kNotFound},
      {"stale etag", story.insurer, stale, Reason::kEtagMismatch},
      {"one fen too much", story.insurer, Accept(demand, Fen(15'002), "x"),
       Reason::kAmountExceedsOpen},
      {"a part without words", story.insurer, Accept(demand, Fen(15'000)),
       Reason::kInvalidArgument},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(ReasonOf(RunAccept(story, row.caller, row.command).status()), row.reason);
    EXPECT_EQ(story.Stored(demand).state, DemandState::kIssued);
  }
  ASSERT_TRUE(RunAccept(story, story.insurer, Accept(demand)).ok());
  const auto again = RunAccept(story, story.insurer, Accept(demand)).status();
  EXPECT_EQ(ReasonOf(again), Reason::kIllegalTransition);
  // The refusal names what is possible instead.
  ASSERT_FALSE(DetailOf(again).metadata.empty());
  bool names_mediation = false;
  for (const auto& [key, value] : DetailOf(again).metadata)
    names_mediation = names_mediation || value.find("OPEN_MEDIATION") != std::string::npos;
  EXPECT_TRUE(names_mediation);
}

app::DisputeDemand Dispute(const Demand& demand, std::size_t line, std::int64_t fen) {
  return {.pool = demand.pool,
          .demand = demand.id,
          .etag = "",
          .happened = absl::FromCivil(absl::CivilSecond(2026, 3, 20, 9, 0, 0), ChinaTimeZone()),
          .parts = {{.advance = demand.lines[line].advance,
                     .amount = Fen(fen),
                     .ground = domain::DisputeReason::kNotCausedByAccident,
                     .text = "慢性病治疗"}},
          .text = ""};
}

TEST(DisputeDemandTest, WhatIsNotDisputedIsAccepted) {
  DebtorStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const auto disputed = story.Run(story.insurer, [&](app::UnitOfWork& work) {
    return app::DisputeDemandOf(Dispute(demand, 1, 2'000), work);
  });
  ASSERT_TRUE(disputed.ok()) << disputed.status();
  EXPECT_EQ(disputed->state, DemandState::kDisputed);
  EXPECT_EQ(disputed->lines[0].stages.at(Stage::kAgreed), Fen(10'000));
  EXPECT_EQ(disputed->lines[1].stages.at(Stage::kAgreed), Fen(3'001));
  EXPECT_EQ(disputed->lines[1].stages.at(Stage::kDisputed), Fen(2'000));
  EXPECT_EQ(disputed->lines[1].dispute_ground, domain::DisputeReason::kNotCausedByAccident);
  EXPECT_FALSE(disputed->lines[0].dispute_ground.has_value());
}

TEST(DisputeDemandTest, Refusals) {
  DebtorStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const Demand other = story.IssueNew("insurer/huaan");
  app::DisputeDemand twice = Dispute(demand, 0, 1);
  twice.parts.push_back(twice.parts.front());
  app::DisputeDemand foreign = Dispute(demand, 0, 1);
  foreign.parts[0].advance = other.lines[0].advance;
  const std::pair<app::DisputeDemand, Reason> rows[] = {
      {Dispute(demand, 1, 5'002), Reason::kAmountExceedsOpen},
      {twice, Reason::kInvalidArgument},
      {foreign, Reason::kInvalidArgument},
  };
  for (const auto& [command, reason] : rows) {
    const auto refused = story.Run(
        story.insurer, [&](app::UnitOfWork& work) { return app::DisputeDemandOf(command, work); });
    EXPECT_EQ(ReasonOf(refused.status()), reason);
  }
}

TEST(AcknowledgeDemandTest, IsNoAcceptanceAndHappensOnce) {
  DebtorStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const auto acknowledge = [&] {
    return story.Run(story.insurer, [&](app::UnitOfWork& work) {
      return app::AcknowledgeDemandOf({.pool = demand.pool,
                                       .demand = demand.id,
                                       .etag = "",
                                       .happened = work.now(),
                                       .claim_number = "PA-7"},
                                      work);
    });
  };
  const auto done = acknowledge();
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(done->state, DemandState::kAcknowledged);
  EXPECT_EQ(done->claim_number, "PA-7");
  EXPECT_EQ(done->Sum(Stage::kClaimed), demand.amount);
  EXPECT_EQ(ReasonOf(acknowledge().status()), Reason::kIllegalTransition);
}

TEST(ConfirmRepaymentTest, TheAmountMustBeWhatTheHubShows) {
  DebtorStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const auto confirm = [&](std::int64_t fen) {
    return story.Run(story.insurer, [&](app::UnitOfWork& work) {
      return app::ConfirmRepaymentOf({.pool = demand.pool,
                                      .demand = demand.id,
                                      .etag = "",
                                      .happened = work.now(),
                                      .received = Fen(fen)},
                                     work);
    });
  };
  EXPECT_EQ(ReasonOf(confirm(1).status()), Reason::kIllegalTransition);
  EXPECT_TRUE(confirm(0).ok());
}

app::SendRemittanceAdvice Advice(const DebtorStory& story, std::vector<domain::AdviceLine> lines,
                                 std::int64_t total, std::string end_to_end_id = "E2E-1") {
  app::SendRemittanceAdvice command;
  command.pool = story.pool;
  command.advice.end_to_end_id = std::move(end_to_end_id);
  command.advice.paid_on = absl::CivilDay(2026, 3, 20);
  command.advice.total = Fen(total);
  command.advice.lines = std::move(lines);
  return command;
}

TEST(RemittanceAdviceTest, LinesByNameOrReferenceOfOwnDemands) {
  DebtorStory story;
  const Demand first = story.IssueNew("insurer/huaan");
  const Demand second = story.IssueNew("insurer/huaan");
  const Demand foreign = story.IssueNew("insurer/taiping");
  const domain::AdviceLine by_name{first.id, "", Fen(100)};
  const domain::AdviceLine by_reference{{}, second.reference, Fen(50)};
  const auto send = [&](const app::SendRemittanceAdvice& command) {
    return story.Run(story.insurer, [&](app::UnitOfWork& work) {
      return app::SendRemittanceAdviceOf(command, work);
    });
  };
  struct Row {
    const char* what;
    app::SendRemittanceAdvice command;
    Reason reason;
    const char* named;
  };
  app::SendRemittanceAdvice other_pool = Advice(story, {by_name, by_reference}, 150);
  other_pool.pool = domain::PoolId{"310115-390"};
  other_pool.advice.lines = {by_reference};
  other_pool.advice.total = Fen(50);
  const Row rows[] = {
      {"sum", Advice(story, {by_name, by_reference}, 149), Reason::kInvalidArgument, "amount_fen"},
      {"twice", Advice(story, {by_name, by_name}, 200), Reason::kInvalidArgument, "lines[1]"},
      {"other pool", other_pool, Reason::kInvalidArgument, "lines[0]"},
      {"foreign by name", Advice(story, {by_name, {foreign.id, "", Fen(1)}}, 101),
       Reason::kNotFound, "lines[1]"},
      {"foreign by reference", Advice(story, {{{}, foreign.reference, Fen(1)}}, 1),
       Reason::kNotFound, "lines[0]"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto refused = send(row.command).status();
    EXPECT_EQ(ReasonOf(refused), row.reason);
    const ErrorDetail detail = DetailOf(refused);
    const std::string where =
        detail.faults.empty() ? std::string(refused.message()) : detail.faults.front().field;
    EXPECT_THAT(where, HasSubstr(row.named));
  }
  // All of them at once, also where others are found.
  const ErrorDetail all = DetailOf(
      send(Advice(story, {{foreign.id, "", Fen(1)}, by_name, by_name, {{}, "RF00NONE", Fen(2)}}, 7))
          .status());
  EXPECT_EQ(all.reason, Reason::kNotFound);
  ASSERT_EQ(all.faults.size(), 4u);
  EXPECT_EQ(all.faults[0].field, "remittance_advice.lines[0]");
  EXPECT_EQ(all.faults[1].field, "remittance_advice.lines[2]");
  EXPECT_EQ(all.faults[2].field, "remittance_advice.lines[3]");
  EXPECT_EQ(all.faults[2].description, "no such demand");
  EXPECT_EQ(all.faults[3].field, "remittance_advice.amount_fen");
  const auto sent = send(Advice(story, {by_name, by_reference}, 150));
  ASSERT_TRUE(sent.ok()) << sent.status();
  EXPECT_EQ(sent->lines[0].reference, first.reference);
  EXPECT_EQ(sent->lines[1].demand, second.id);
  // Under another request id: the same answer, or a refusal when it says something else.
  EXPECT_EQ(send(Advice(story, {by_name, by_reference}, 150))->id, sent->id);
  EXPECT_EQ(ReasonOf(send(Advice(story, {by_name}, 100)).status()),
            Reason::kAlreadyExistsWithOtherContent);
  EXPECT_EQ(story.All<domain::RemittanceAdvice>(story.pool.value).size(), 1u);
}

TEST(PolicyTest, LimitsAreOfTheDayOfTheAccident) {
  DebtorStory story;
  app::RegisterPolicy command;
  command.policy.policy_number = "JQ-1";
  command.policy.kind = domain::PolicyKind::kCtp;
  command.policy.valid_from = absl::CivilDay(2020, 1, 1);
  command.policy.valid_until = absl::CivilDay(2026, 1, 1);
  const auto registered = [&] {
    return story.Run(story.insurer,
                     [&](app::UnitOfWork& work) { return app::RegisterPolicyOf(command, work); });
  };
  const auto policy = registered();
  ASSERT_TRUE(policy.ok()) << policy.status();
  EXPECT_EQ(registered()->policy.id, policy->policy.id);
  command.policy.plate = "沪A00001";
  EXPECT_EQ(ReasonOf(registered().status()), Reason::kAlreadyExistsWithOtherContent);

  const auto use = [&](const app::Caller& caller, absl::CivilDay day, std::int64_t medical,
                       std::string etag) {
    return story.Run(caller, [&](app::UnitOfWork& work) {
      app::UpdatePolicyUsage update;
      update.insurer = story.insurer.party;
      update.policy = policy->policy.id;
      update.etag = etag;
      update.use.accident_on = day;
      update.use.medical = Fen(medical);
      update.use.total = Fen(medical);
      return app::UpdatePolicyUsageOf(update, work);
    });
  };
  struct Row {
    app::Caller caller;
    absl::CivilDay day;
    std::int64_t medical;
    std::string etag;
    std::optional<Reason> refused;
  };
  // 10,000 yuan until 18 September 2020, 18,000 from then on.
  const Row rows[] = {
      {story.insurer, absl::CivilDay(2020, 9, 18), 1'000'001, "", Reason::kAmountExceedsLimit},
      {story.insurer, absl::CivilDay(2025, 3, 1), 1'800'001, "", Reason::kAmountExceedsLimit},
      {story.insurer, absl::CivilDay(2026, 1, 2), 1, "", Reason::kInvalidArgument},
      {story.insurer, absl::CivilDay(2025, 3, 1), 1, "v0", Reason::kEtagMismatch},
      {story.other_insurer, absl::CivilDay(2025, 3, 1), 1, "", Reason::kNotFound},
      {story.insurer, absl::CivilDay(2020, 9, 18), 1'000'000, "v1", std::nullopt},
      {story.insurer, absl::CivilDay(2025, 3, 1), 1'800'000, "v2", std::nullopt},
      {story.insurer, absl::CivilDay(2025, 3, 1), 1'700'000, "v3", std::nullopt},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(absl::StrCat(absl::FormatCivilTime(row.day), " ", row.medical));
    const auto answer = use(row.caller, row.day, row.medical, row.etag);
    if (row.refused) {
      EXPECT_EQ(ReasonOf(answer.status()), *row.refused) << answer.status();
    } else {
      EXPECT_TRUE(answer.ok()) << answer.status();
    }
  }
  // The later figures of an accident replace the earlier ones.
  const auto stored =
      story.Get<domain::RegisteredPolicy>(story.insurer.party.value, policy->policy.id.value);
  ASSERT_EQ(stored.uses.size(), 2u);
  EXPECT_EQ(stored.uses[1].medical, Fen(1'700'000));
}

}  // namespace
}  // namespace recoup::testing

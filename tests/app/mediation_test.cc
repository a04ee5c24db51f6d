#include "hub/app/mediation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "hub/app/deadlines.h"
#include "hub/app/demand_answers.h"
#include "hub/app/policy_book.h"
#include "hub/base/error.h"
#include "tests/app/mediation_story.h"

namespace recoup::testing {
namespace {

using domain::AgreedDemand;
using domain::Demand;
using domain::DemandState;
using domain::Mediation;
using domain::MediationState;
using domain::Stage;

TEST(MediationTest, AnAgreementWithinTheLimitTakesEffectAtOnce) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const auto opened = story.Open(story.mediator, {demand.id});
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(story.Stored(demand).Sum(Stage::kMediating), demand.amount);
  const std::vector<AgreedDemand> terms = {
      Term(demand, 12'000, 3'001,
           {Due(absl::CivilDay(2026, 4, 1), 5'000), Due(absl::CivilDay(2026, 5, 1), 7'000)})};
  ASSERT_TRUE(story.Offer(story.insurer, *opened, terms).ok());
  const auto agreed = story.Agree(*opened, terms);
  ASSERT_TRUE(agreed.ok()) << agreed.status();
  EXPECT_EQ(agreed->state, MediationState::kEffective);
  EXPECT_EQ(agreed->confirmation_due_on, kMediationDay + 30);
  story.Read([&](app::RecordReader& reader) {
    const auto rules = app::LoadPolicyData(reader);
    const auto deadlines =
        app::DeadlinesOf(reader, story.pool, kMediationDay, kMediationDay + 30, *rules);
    ASSERT_TRUE(deadlines.ok()) << deadlines.status();
    const auto found =
        std::find_if(deadlines->begin(), deadlines->end(), [](const app::Deadline& one) {
          return one.kind == app::DeadlineKind::kJudicialConfirmation;
        });
    ASSERT_NE(found, deadlines->end());
    EXPECT_EQ(found->amount, Fen(12'000)) << "what is agreed is at stake";
  });
  const Demand stored = story.Stored(demand);
  EXPECT_EQ(stored.state, DemandState::kAgreed);
  EXPECT_EQ(stored.Sum(Stage::kAgreed), Fen(12'000));
  EXPECT_EQ(stored.relinquished(), Fen(3'001));
  EXPECT_EQ(stored.due_on, absl::CivilDay(2026, 4, 1));
  ASSERT_EQ(stored.instalments.size(), 2u);
  const auto interruptions = story.RecoveryOf(demand).debtors[0].interruptions;
  ASSERT_GE(interruptions.size(), 2u);
  EXPECT_EQ(interruptions.back().kind, domain::InterruptionKind::kInstalmentPromise);
  EXPECT_EQ(interruptions[interruptions.size() - 2].ended_on, kMediationDay);
}

// An insurer has ten days to pay what is agreed (保险法 23), and no less than the demand gave it;
// they run from the approval, without which nothing is to be paid.
TEST(MediationTest, WithoutAPlanThereIsTimeToPay) {
  struct Row {
    const char* what;
    int demand_due;       // Days from the agreement.
    bool needs_approval;  // Given a day after the agreement.
    int due;
  };
  for (const Row& row :
       {Row{"the demand gives longer", 30, false, 30},
        Row{"the demand is due before", 5, false, 10}, Row{"the same day", 10, false, 10},
        Row{"overdue already", -8, false, 10}, Row{"approved a day later", 5, true, 11}}) {
    SCOPED_TRACE(row.what);
    MediationStory story;
    const Demand demand = story.IssueNew("insurer/huaan", {200'000, 100'000});
    const auto set = story.Run(story.fund, [&](app::UnitOfWork& work) -> absl::Status {
      RECOUP_ASSIGN_OR_RETURN(Demand due, work.Get<Demand>(demand.pool.value, demand.id.value));
      due.due_on = kMediationDay + row.demand_due;
      work.Put(due);
      return absl::OkStatus();
    });
    ASSERT_TRUE(set.ok()) << set;
    const auto opened = story.Open(story.fund, {demand.id}, story.mediator.party);
    ASSERT_TRUE(opened.ok()) << opened.status();
    const std::int64_t given_up = row.needs_approval ? 100'001 : 1;
    const std::vector<AgreedDemand> terms = {Term(demand, 300'000 - given_up, given_up)};
    ASSERT_TRUE(story.Offer(story.insurer, *opened, terms).ok());
    const auto agreed = story.Agree(*opened, terms);
    ASSERT_TRUE(agreed.ok()) << agreed.status();
    if (row.needs_approval) {
      story.clock().Advance(absl::Hours(24));
      ASSERT_TRUE(story.DecidePending(story.other_officer, true).ok());
    }
    EXPECT_EQ(story.Stored(demand).due_on, kMediationDay + row.due);
  }
}

TEST(MediationTest, ADemandIsDueWithItsFirstUnpaidInstalment) {
  const absl::CivilDay april(2026, 4, 1);
  const absl::CivilDay may(2026, 5, 1);
  struct Row {
    const char* what;
    std::vector<domain::Instalment> instalments;
    absl::CivilDay due_on;
  };
  const Row rows[] = {
      {"none agreed", {}, absl::CivilDay(2026, 3, 9)},
      {"nothing paid", {{april, Fen(2), Fen(0)}, {may, Fen(2), Fen(0)}}, april},
      {"a part of the first", {{april, Fen(2), Fen(1)}, {may, Fen(2), Fen(0)}}, april},
      {"the first", {{april, Fen(2), Fen(2)}, {may, Fen(2), Fen(0)}}, may},
      {"both", {{april, Fen(2), Fen(2)}, {may, Fen(2), Fen(2)}}, may},
      {"not in order", {{may, Fen(2), Fen(0)}, {april, Fen(2), Fen(0)}}, april},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    Demand demand;
    demand.due_on = absl::CivilDay(2026, 3, 9);
    demand.instalments = row.instalments;
    EXPECT_EQ(demand.next_due_on(), row.due_on);
  }
}

TEST(MediationTest, AReductionAboveTheLimitWaitsForASecondPerson) {
  // 1,000 yuan is the limit; one fen more needs approval.
  for (const std::int64_t given_up : {100'000, 100'001}) {
    SCOPED_TRACE(given_up);
    MediationStory story;
    const Demand demand = story.IssueNew("insurer/huaan", {200'000, 100'000});
    const auto opened = story.Open(story.fund, {demand.id}, story.mediator.party);
    ASSERT_TRUE(opened.ok()) << opened.status();
    const std::vector<AgreedDemand> terms = {Term(demand, 300'000 - given_up, given_up)};
    ASSERT_TRUE(story.Offer(story.insurer, *opened, terms).ok());
    const auto agreed = story.Agree(*opened, terms);
    ASSERT_TRUE(agreed.ok()) << agreed.status();
    if (given_up == 100'000) {
      EXPECT_EQ(agreed->state, MediationState::kEffective);
      continue;
    }
    EXPECT_EQ(agreed->state, MediationState::kPendingApproval);
    EXPECT_EQ(story.Stored(demand).Sum(Stage::kMediating), demand.amount);
    const auto approvals = story.All<domain::Approval>(story.pool.value);
    ASSERT_EQ(approvals.size(), 1u);
    EXPECT_EQ(approvals[0].amount, Fen(given_up));
    EXPECT_EQ(approvals[0].threshold, Fen(100'000));
    EXPECT_EQ(approvals[0].requested_by, story.fund.actor);
    EXPECT_FALSE(approvals[0].two_officers);

    ASSERT_TRUE(story
                    .Decide(*agreed,
                            [](app::UnitOfWork& work, Mediation& mediation) {
                              return app::RejectAgreement(work, mediation, "减免过多");
                            })
                    .ok());
    EXPECT_EQ(story.Stored(*agreed).state, MediationState::kOpen);
    EXPECT_EQ(story.Stored(demand).Sum(Stage::kMediating), demand.amount);

    ASSERT_TRUE(story.Offer(story.insurer, *opened, terms).ok());
    ASSERT_TRUE(story.Agree(*opened, terms).ok());
    const absl::Status completed = story.Decide(*agreed, app::CompleteAgreement);
    ASSERT_TRUE(completed.ok()) << completed;
    EXPECT_EQ(story.Stored(*agreed).state, MediationState::kEffective);
    EXPECT_EQ(story.Stored(demand).relinquished(), Fen(given_up));
    // Twice is once too often.
    EXPECT_EQ(ReasonOf(story.Decide(*agreed, app::CompleteAgreement)), Reason::kIllegalTransition);
  }
}

// Money arrives while the agreement waits for approval: it counts as paid on the agreed part.
TEST(MediationTest, MoneyReceivedBeforeTheApprovalIsTakenOffTheOldestInstalment) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan", {300'000});
  const auto opened = story.Open(story.mediator, {demand.id});
  const std::vector<AgreedDemand> terms = {
      Term(demand, 150'000, 150'000,
           {Due(absl::CivilDay(2026, 4, 1), 50'000), Due(absl::CivilDay(2026, 5, 1), 100'000)})};
  ASSERT_TRUE(story.Offer(story.insurer, *opened, terms).ok());
  ASSERT_TRUE(story.Agree(*opened, terms).ok());
  ASSERT_TRUE(story.Pay(demand, 60'000).ok());
  const absl::Status completed = story.Decide(*opened, app::CompleteAgreement);
  ASSERT_TRUE(completed.ok()) << completed;
  const Demand stored = story.Stored(demand);
  EXPECT_EQ(stored.Sum(Stage::kAgreed), Fen(90'000));
  EXPECT_EQ(stored.relinquished(), Fen(150'000));
  EXPECT_EQ(stored.instalments[0].paid, Fen(50'000));
  EXPECT_EQ(stored.instalments[1].paid, Fen(10'000));
  EXPECT_EQ(stored.next_due_on(), stored.instalments[1].due_on);
}

TEST(MediationTest, AnAgreementThatNoLongerFitsIsNotPutIntoEffect) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan", {300'000});
  const auto opened = story.Open(story.mediator, {demand.id});
  const std::vector<AgreedDemand> terms = {Term(demand, 100'000, 200'000)};
  ASSERT_TRUE(story.Offer(story.insurer, *opened, terms).ok());
  ASSERT_TRUE(story.Agree(*opened, terms).ok());
  // One fen more than was agreed has been paid.
  const absl::Status paid = story.Pay(demand, 100'001);
  ASSERT_TRUE(paid.ok()) << paid;
  EXPECT_EQ(ReasonOf(story.Decide(*opened, app::CompleteAgreement)), Reason::kAmountExceedsOpen);
  EXPECT_EQ(story.Stored(*opened).state, MediationState::kPendingApproval);
}

TEST(MediationTest, TermsThatAreRefused) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const Demand other = story.IssueNew("insurer/huaan");
  const Demand outside = story.IssueNew("insurer/huaan");
  const auto opened = story.Open(story.mediator, {demand.id, other.id});
  ASSERT_TRUE(opened.ok()) << opened.status();
  const AgreedDemand whole = Term(other, 15'001, 0);
  ASSERT_TRUE(story.Offer(story.insurer, *opened, {whole}).ok());
  struct Row {
    const char* what;
    std::vector<AgreedDemand> terms;
    Reason reason;
  };
  const Row rows[] = {
      {"one fen short", {Term(demand, 15'000, 0), whole}, Reason::kInvalidArgument},
      {"one fen too much", {Term(demand, 15'001, 1), whole}, Reason::kAmountExceedsOpen},
      {"a demand without terms", {whole}, Reason::kInvalidArgument},
      {"a demand twice", {whole, whole}, Reason::kInvalidArgument},
      {"a demand outside",
       {Term(demand, 15'001, 0), whole, Term(outside, 1, 0)},
       Reason::kInvalidArgument},
      {"instalments that do not sum",
       {Term(demand, 15'001, 0, {Due(kMediationDay, 15'000)}), whole},
       Reason::kInvalidArgument},
      {"instalments that do not ascend",
       {Term(demand, 15'001, 0, {Due(kMediationDay, 15'000), Due(kMediationDay, 1)}), whole},
       Reason::kInvalidArgument},
      {"an instalment before the agreement",
       {Term(demand, 15'001, 0, {Due(kMediationDay - 1, 15'001)}), whole},
       Reason::kInvalidArgument},
      {"an instalment after 24 months",
       {Term(demand, 15'001, 0, {Due(absl::CivilDay(2028, 3, 21), 15'001)}), whole},
       Reason::kInvalidArgument},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(ReasonOf(story.Agree(*opened, row.terms).status()), row.reason);
    EXPECT_EQ(story.Stored(*opened).state, MediationState::kOffered);
  }
  EXPECT_EQ(ReasonOf(story.Agree(*opened, {Term(demand, 15'000, 1), whole}, "").status()),
            Reason::kInvalidArgument);
  const std::vector<AgreedDemand> last_day = {
      Term(demand, 15'001, 0, {Due(kMediationDay, 1), Due(absl::CivilDay(2028, 3, 20), 15'000)}),
      whole};
  ASSERT_TRUE(story.Offer(story.insurer, *opened, last_day).ok());
  EXPECT_TRUE(story.Agree(*opened, last_day).ok());
}

TEST(MediationTest, FailingMakesTheDemandsDisputedAndDropsThePendingApproval) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan", {200'000});
  const auto opened = story.Open(story.mediator, {demand.id});
  ASSERT_TRUE(opened.ok()) << opened.status();
  const std::vector<AgreedDemand> terms = {Term(demand, 0, 200'000)};
  ASSERT_TRUE(story.Offer(story.insurer, *opened, terms).ok());
  ASSERT_TRUE(story.Agree(*opened, terms).ok());
  const auto failed = story.Fail(*opened);
  ASSERT_TRUE(failed.ok()) << failed.status();
  EXPECT_EQ(story.Stored(demand).state, DemandState::kDisputed);
  EXPECT_EQ(story.Stored(demand).Sum(Stage::kDisputed), demand.amount);
  EXPECT_EQ(story.All<domain::Approval>(story.pool.value)[0].state,
            domain::ApprovalState::kRejected);
  EXPECT_EQ(ReasonOf(story.Decide(*opened, app::CompleteAgreement)), Reason::kIllegalTransition);
  EXPECT_TRUE(story.RecoveryOf(demand).debtors[0].interruptions.back().ended_on.has_value());
}

TEST(MediationTest, GivingUpEverythingClosesTheDemand) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan", {90'000});
  const auto opened = story.Open(story.mediator, {demand.id});
  const std::vector<AgreedDemand> terms = {Term(demand, 0, 90'000)};
  ASSERT_TRUE(story.Offer(story.insurer, *opened, terms).ok());
  const auto agreed = story.Agree(*opened, terms);
  ASSERT_TRUE(agreed.ok()) << agreed.status();
  EXPECT_EQ(story.Stored(demand).state, DemandState::kPaid);
  EXPECT_EQ(story.Stored(demand).relinquished(), Fen(90'000));
}

TEST(MediationTest, WhoMayOpenWhat) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const Demand stranger = story.IssueNew("insurer/taiping");
  const Demand person = story.IssueNew("");
  EXPECT_EQ(ReasonOf(story.Open(story.mediator, {demand.id, stranger.id}).status()),
            Reason::kInvalidArgument);
  EXPECT_EQ(ReasonOf(story.Open(story.mediator, {demand.id, person.id}).status()),
            Reason::kInvalidArgument);
  EXPECT_EQ(ReasonOf(story.Open(story.mediator, {demand.id, demand.id}).status()),
            Reason::kInvalidArgument);
  EXPECT_EQ(ReasonOf(story.Open(story.mediator, {domain::DemandId{}}).status()), Reason::kNotFound);
  EXPECT_EQ(ReasonOf(story.Open(story.fund, {demand.id}).status()), Reason::kInvalidArgument);
  EXPECT_EQ(ReasonOf(story.Open(story.mediator, {demand.id}, story.other_mediator.party).status()),
            Reason::kInvalidArgument);
  EXPECT_EQ(ReasonOf(story.Open(story.fund, {demand.id}, story.other_mediator.party).status()),
            Reason::kInvalidArgument);  // Not registered.
  ASSERT_TRUE(story.Open(story.mediator, {demand.id}).ok());
  const auto again = story.Open(story.mediator, {demand.id}).status();
  EXPECT_EQ(ReasonOf(again), Reason::kIllegalTransition);
}

TEST(MediationTest, OthersDoNotSeeIt) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const auto opened = story.Open(story.mediator, {demand.id});
  ASSERT_TRUE(opened.ok()) << opened.status();
  const std::vector<AgreedDemand> terms = {Term(demand, 15'001, 0)};
  for (const app::Caller& caller : {story.other_insurer, story.other_mediator, story.court})
    EXPECT_EQ(ReasonOf(story.Offer(caller, *opened, terms).status()), Reason::kNotFound);
  EXPECT_EQ(ReasonOf(story.Agree(*opened, terms).status()),
            Reason::kIllegalTransition);  // No offer yet.
}

TEST(MediationTest, ARulingIsRecordedOnce) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const auto opened = story.Open(story.mediator, {demand.id});
  const std::vector<AgreedDemand> terms = {Term(demand, 15'001, 0)};
  domain::JudicialRuling ruling{.case_number = "(2026)沪0115诉前调确12号",
                                .court_name = "浦东新区人民法院",
                                .decided_on = kMediationDay,
                                .confirmed = true,
                                .document_sha256 = ""};
  const auto record = [&] {
    return story.Run(story.mediator, [&](app::UnitOfWork& work) {
      return app::RecordJudicialConfirmationOf(
          {.pool = story.pool, .mediation = opened->id, .ruling = ruling}, work);
    });
  };
  EXPECT_EQ(ReasonOf(record().status()), Reason::kIllegalTransition);  // Not agreed yet.
  ASSERT_TRUE(story.Offer(story.insurer, *opened, terms).ok());
  ASSERT_TRUE(story.Agree(*opened, terms).ok());
  EXPECT_TRUE(record().ok());
  EXPECT_TRUE(record().ok());
  ruling.confirmed = false;
  EXPECT_EQ(ReasonOf(record().status()), Reason::kAlreadyExistsWithOtherContent);
}

}  // namespace
}  // namespace recoup::testing

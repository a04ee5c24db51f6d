// A sum offered for all that is open: who may, how long it stands, what accepting it does.
#include "hub/app/offers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/app/deadlines.h"
#include "hub/app/demand_answers.h"
#include "hub/app/policy_book.h"
#include "hub/app/relinquish.h"
#include "hub/base/error.h"
#include "tests/app/debtor_story.h"

namespace recoup::testing {
namespace {

using domain::Demand;
using domain::DemandState;
using domain::OfferState;
using domain::Stage;

struct OfferStory : DebtorStory {
  absl::StatusOr<Demand> Offer(const app::Caller& caller, const Demand& demand, std::int64_t fen,
                               int days = 10) {
    return Run(caller, [&](app::UnitOfWork& work) {
      return app::OfferSettlementOf({.pool = pool,
                                     .demand = demand.id,
                                     .etag = "",
                                     .amount = Fen(fen),
                                     .valid_until = work.today() + days,
                                     .text = "责任比例有争议"},
                                    work);
    });
  }
  absl::StatusOr<app::OfferAnswer> Answer(const Demand& demand, bool accept,
                                          std::size_t offer = 0) {
    return Run(fund, [&](app::UnitOfWork& work) {
      return app::AnswerOfferOf({.pool = pool,
                                 .demand = demand.id,
                                 .etag = "",
                                 .offer = offer,
                                 .accept = accept,
                                 .text = "诉讼成本高于差额"},
                                work);
    });
  }
  OfferState StateToday(const Demand& demand) {
    const Demand stored = Stored(demand);
    return stored.offers.back().StateOn(today(), stored.open(), stored.Sum(Stage::kAgreed));
  }
  std::vector<app::Deadline> Deadlines() {
    std::vector<app::Deadline> offers;
    Read([&](app::RecordReader& reader) {
      const auto rules = app::LoadPolicyData(reader);
      ASSERT_TRUE(rules.ok());
      const auto all = app::DeadlinesOf(reader, pool, today(), today() + 365, *rules);
      ASSERT_TRUE(all.ok()) << all.status();
      for (const app::Deadline& one : *all) {
        if (one.kind == app::DeadlineKind::kOffer) offers.push_back(one);
      }
    });
    return offers;
  }
};

TEST(OffersTest, AcceptedWithinTheLimitTheRestIsGivenUp) {
  OfferStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const auto offered = story.Offer(story.insurer, demand, 12'000);
  ASSERT_TRUE(offered.ok()) << offered.status();
  EXPECT_EQ(offered->state, DemandState::kIssued);
  EXPECT_EQ(offered->Sum(Stage::kClaimed), demand.amount);  // Nothing has moved.
  ASSERT_EQ(story.Deadlines().size(), 1u);
  EXPECT_EQ(story.Deadlines()[0].due_on, story.today() + 10);

  const auto accepted = story.Answer(demand, true);
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  EXPECT_FALSE(accepted->approval.has_value());
  const Demand after = story.Stored(demand);
  EXPECT_EQ(after.state, DemandState::kAgreed);
  EXPECT_EQ(after.Sum(Stage::kAgreed), Fen(12'000));
  EXPECT_EQ(after.Sum(Stage::kRelinquished), Fen(3'001));
  EXPECT_EQ(after.offers[0].state, OfferState::kAccepted);
  EXPECT_EQ(after.offers[0].answered_by, story.fund.actor);
  EXPECT_TRUE(story.Deadlines().empty());
  EXPECT_EQ(story.NoticesTo(story.insurer.party).back(), "demand.offer_accepted");
  EXPECT_EQ(story.RecoveryOf(demand).debtors[0].interruptions.back().kind,
            domain::InterruptionKind::kAcknowledgement);
}

// What was accepted before stays accepted; the disputed part bears what is given up.
TEST(OffersTest, AfterAPartialAcceptance) {
  OfferStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const auto part = story.Run(story.insurer, [&](app::UnitOfWork& work) {
    return app::AcceptDemandOf({.pool = story.pool,
                                .demand = demand.id,
                                .etag = "",
                                .happened = work.now(),
                                .amount = Fen(9'000),
                                .text = "其余与事故无关"},
                               work);
  });
  ASSERT_TRUE(part.ok()) << part.status();
  EXPECT_EQ(ReasonOf(story.Offer(story.insurer, demand, 8'999).status()), Reason::kInvalidArgument);
  ASSERT_TRUE(story.Offer(story.insurer, demand, 10'000).ok());
  ASSERT_TRUE(story.Answer(demand, true).ok());
  const Demand after = story.Stored(demand);
  EXPECT_EQ(after.Sum(Stage::kAgreed), Fen(10'000));
  EXPECT_EQ(after.Sum(Stage::kRelinquished), Fen(5'001));
  EXPECT_EQ(after.state, DemandState::kAgreed);
}

// 1,000.00 yuan may be given up by one officer (relinquish.two_person_limit_fen).
TEST(OffersTest, AboveTheLimitASecondOfficerDecides) {
  for (const bool approve : {true, false}) {
    SCOPED_TRACE(approve);
    OfferStory story;
    const Demand demand = story.IssueNew("insurer/huaan", {300'000});
    ASSERT_TRUE(story.Offer(story.insurer, demand, 199'999).ok());
    const auto accepted = story.Answer(demand, true);
    ASSERT_TRUE(accepted.ok()) << accepted.status();
    ASSERT_TRUE(accepted->approval.has_value());
    EXPECT_EQ(story.Stored(demand).Sum(Stage::kClaimed), Fen(300'000));
    EXPECT_EQ(story.StateToday(demand), OfferState::kPendingApproval);
    EXPECT_EQ(ReasonOf(story.DecidePending(story.fund, approve).status()),
              Reason::kSamePersonMayNotApprove);
    ASSERT_TRUE(story.DecidePending(story.other_officer, approve).ok());
    const Demand after = story.Stored(demand);
    EXPECT_EQ(after.Sum(Stage::kRelinquished), approve ? Fen(100'001) : Fen(0));
    EXPECT_EQ(story.StateToday(demand), approve ? OfferState::kAccepted : OfferState::kOpen);
    if (!approve) {
      EXPECT_TRUE(story.Answer(demand, false).ok());
    }
  }
  OfferStory story;
  const Demand demand = story.IssueNew("insurer/huaan", {300'000});
  ASSERT_TRUE(story.Offer(story.insurer, demand, 200'000).ok());
  EXPECT_FALSE(story.Answer(demand, true)->approval.has_value());
}

TEST(OffersTest, WhatWasGivenUpBeforeCountsTowardsTheLimit) {
  OfferStory story;
  const Demand demand = story.IssueNew("insurer/huaan", {300'000});
  const auto given_up = story.Run(story.fund, [&](app::UnitOfWork& work) {
    return app::RelinquishOf({story.pool, demand.id, "", Fen(90'000), "查无财产"}, work);
  });
  ASSERT_TRUE(given_up.ok()) << given_up.status();
  ASSERT_TRUE(story.Offer(story.insurer, demand, 199'999).ok());  // Of 2,100.00.
  EXPECT_TRUE(story.Answer(demand, true)->approval.has_value());
}

TEST(OffersTest, LapsesAfterItsLastDayWithoutAnybodyWritingAnything) {
  OfferStory story;
  const Demand demand = story.IssueNew("insurer/huaan", {300'000});
  ASSERT_TRUE(story.Offer(story.insurer, demand, 100'000, 1).ok());
  story.clock().Advance(absl::Hours(24));
  EXPECT_EQ(story.StateToday(demand), OfferState::kOpen);  // The last day itself.
  ASSERT_TRUE(story.Answer(demand, true).ok());            // Waits for the second officer.
  story.clock().Advance(absl::Hours(24));
  EXPECT_EQ(story.StateToday(demand), OfferState::kLapsed);
  EXPECT_TRUE(story.Deadlines().empty());
  EXPECT_EQ(ReasonOf(story.Answer(demand, false).status()), Reason::kIllegalTransition);
  EXPECT_EQ(ReasonOf(story.DecidePending(story.other_officer, true).status()),
            Reason::kIllegalTransition);
  EXPECT_EQ(story.Stored(demand).Sum(Stage::kClaimed), Fen(300'000));
  // The next offer leaves the lapsed one in the history.
  const auto next = story.Offer(story.insurer, demand, 120'000);
  ASSERT_TRUE(next.ok()) << next.status();
  ASSERT_EQ(next->offers.size(), 2u);
  EXPECT_EQ(next->offers[0].state, OfferState::kLapsed);
  EXPECT_EQ(next->offers[1].state, OfferState::kOpen);
}

// It was made for what was open then.
TEST(OffersTest, LapsesWhenSomethingElseSettlesPartOfTheDemand) {
  OfferStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  ASSERT_TRUE(story.Offer(story.insurer, demand, 12'000).ok());
  const auto given_up = story.Run(story.fund, [&](app::UnitOfWork& work) {
    return app::RelinquishOf(
        {.pool = demand.pool, .of = demand.id, .etag = "", .amount = Fen(1), .reason = "尾差"},
        work);
  });
  ASSERT_TRUE(given_up.ok());
  EXPECT_EQ(story.StateToday(demand), OfferState::kLapsed);
  EXPECT_EQ(ReasonOf(story.Answer(demand, true).status()), Reason::kIllegalTransition);
}

// Who accepts more than it offered has answered; what it accepted cannot be given up for the offer.
TEST(OffersTest, LapsesWhenMoreThanItIsAccepted) {
  struct Row {
    const char* what;
    std::int64_t accepted_fen;  // Of 15,001.
    OfferState state;
  };
  for (const Row& row :
       {Row{"less", 11'999, OfferState::kOpen}, Row{"as much", 12'000, OfferState::kOpen},
        Row{"a fen more", 12'001, OfferState::kLapsed}, Row{"all", 15'001, OfferState::kLapsed}}) {
    SCOPED_TRACE(row.what);
    OfferStory story;
    const Demand demand = story.IssueNew("insurer/huaan");
    ASSERT_EQ(demand.amount, Fen(15'001));
    ASSERT_TRUE(story.Offer(story.insurer, demand, 12'000).ok());
    const auto accepted = story.Run(story.insurer, [&](app::UnitOfWork& work) {
      app::AcceptDemand command{.pool = story.pool,
                                .demand = demand.id,
                                .etag = "",
                                .happened = work.now(),
                                .amount = Fen(row.accepted_fen),
                                .text = "其余与事故无关"};
      if (row.accepted_fen == 15'001) command.amount.reset();
      return app::AcceptDemandOf(command, work);
    });
    ASSERT_TRUE(accepted.ok()) << accepted.status();
    EXPECT_EQ(story.StateToday(demand), row.state);
    EXPECT_EQ(story.Deadlines().empty(), row.state == OfferState::kLapsed);
    const auto answer = story.Answer(demand, true);
    if (row.state == OfferState::kLapsed) {
      EXPECT_EQ(ReasonOf(answer.status()), Reason::kIllegalTransition);
      EXPECT_EQ(story.Stored(demand).Sum(Stage::kAgreed), Fen(row.accepted_fen));
    } else {
      ASSERT_TRUE(answer.ok()) << answer.status();
      EXPECT_EQ(story.Stored(demand).Sum(Stage::kAgreed), Fen(12'000));
    }
  }
}

TEST(OffersTest, RefusedAndOfferedAnew) {
  OfferStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  ASSERT_TRUE(story.Offer(story.insurer, demand, 1'000).ok());
  // One at a time, and nobody takes an offer back (民法典 476).
  EXPECT_EQ(ReasonOf(story.Offer(story.insurer, demand, 2'000).status()),
            Reason::kIllegalTransition);
  ASSERT_TRUE(story.Answer(demand, false).ok());
  EXPECT_EQ(story.Stored(demand).offers[0].state, OfferState::kRefused);
  EXPECT_EQ(ReasonOf(story.Answer(demand, true).status()), Reason::kIllegalTransition);
  ASSERT_TRUE(story.Offer(story.insurer, demand, 2'000).ok());
  EXPECT_EQ(ReasonOf(story.Answer(demand, true, 0).status()), Reason::kIllegalTransition);
  EXPECT_EQ(ReasonOf(story.Answer(demand, true, 2).status()), Reason::kNotFound);
  EXPECT_TRUE(story.Answer(demand, true, 1).ok());
}

struct RefusalRow {
  const char* what;
  app::Caller caller;
  std::int64_t fen;
  int days;
  Reason reason;
};

TEST(OffersTest, Refusals) {
  OfferStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const RefusalRow rows[] = {
      {"another insurer", story.other_insurer, 100, 1, Reason::kNotFound},
      {"the fund", story.fund, 100, 1, Reason::kNotFound},
      {"all that is open", story.insurer, 15'001, 1, Reason::kInvalidArgument},
      {"more than is open", story.insurer, 15'002, 1, Reason::kAmountExceedsOpen},
      {"yesterday", story.insurer, 100, -1, Reason::kInvalidArgument},
      {"in two years", story.insurer, 100, 730, Reason::kInvalidArgument},
  };
  for (const RefusalRow& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(ReasonOf(story.Offer(row.caller, demand, row.fen, row.days).status()), row.reason);
  }
  EXPECT_TRUE(story.Offer(story.insurer, demand, 100, 0).ok());  // Today is a day.
}

}  // namespace
}  // namespace recoup::testing

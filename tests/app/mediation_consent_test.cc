// Whose consent an agreement needs, what it says by a share, and what follows a failure.
#include "hub/app/mediation_consent.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/app/policy_book.h"
#include "hub/app/record_lawsuit.h"
#include "hub/app/relinquish.h"
#include "hub/app/worklist.h"
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

// Nobody gives up money of the fund but the fund.
TEST(MediationConsentTest, WhatAMediationBodyRecordsGivesUpNothingWithoutTheFundsOfficers) {
  struct Row {
    std::int64_t given_up;
    bool two_officers;
  };
  for (const Row& row : {Row{1, false}, Row{100'000, false}, Row{100'001, true}}) {
    SCOPED_TRACE(row.given_up);
    MediationStory story;
    const Demand demand = story.IssueNew("insurer/huaan", {300'000});
    const std::vector<AgreedDemand> terms = {Term(demand, 300'000 - row.given_up, row.given_up)};
    const Mediation opened = story.Offered(terms, {demand.id});
    const auto agreed = story.AgreeByProtocol(opened, terms);
    ASSERT_TRUE(agreed.ok()) << agreed.status();
    EXPECT_EQ(agreed->state, MediationState::kPendingApproval);
    EXPECT_TRUE(story.Stored(demand).relinquished().is_zero());
    EXPECT_EQ(story.Waiting().two_officers, row.two_officers);

    ASSERT_TRUE(story.DecidePending(story.fund, true).ok());
    EXPECT_EQ(story.Stored(demand).relinquished().fen(), row.two_officers ? 0 : row.given_up);
    if (!row.two_officers) continue;
    EXPECT_EQ(story.Stored(opened).state, MediationState::kPendingApproval);
    EXPECT_EQ(story.Waiting().first_approved_by, story.fund.actor);
    EXPECT_EQ(ReasonOf(story.DecidePending(story.fund, true).status()),
              Reason::kSamePersonMayNotApprove);
    ASSERT_TRUE(story.DecidePending(story.other_officer, true).ok());
    EXPECT_EQ(story.Stored(opened).state, MediationState::kEffective);
    EXPECT_EQ(story.Stored(demand).relinquished().fen(), row.given_up);
  }
}

TEST(MediationConsentTest, TheSecondOfficerMayStillRejectWhatTheFirstApproved) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan", {300'000});
  const std::vector<AgreedDemand> terms = {Term(demand, 100'000, 200'000)};
  const Mediation opened = story.Offered(terms, {demand.id});
  ASSERT_TRUE(story.AgreeByProtocol(opened, terms).ok());
  ASSERT_TRUE(story.DecidePending(story.fund, true).ok());
  ASSERT_TRUE(story.DecidePending(story.other_officer, false).ok());
  EXPECT_EQ(story.Stored(opened).state, MediationState::kOpen);
  EXPECT_TRUE(story.Stored(demand).relinquished().is_zero());
  EXPECT_FALSE(story.Stored(opened).protocol.has_value());
}

TEST(MediationConsentTest, WhatGivesUpNothingNeedsNoOfficer) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const std::vector<AgreedDemand> terms = {Term(demand, 15'001, 0)};
  const Mediation opened = story.Offered(terms, {demand.id});
  const auto agreed = story.AgreeByProtocol(opened, terms);
  ASSERT_TRUE(agreed.ok()) << agreed.status();
  EXPECT_EQ(agreed->state, MediationState::kEffective);
  EXPECT_EQ(story.Stored(opened).protocol->number, "浦调〔2026〕31号");
}

// A certificate that names no person is nobody's consent.
TEST(MediationConsentTest, AFundsMachineIsNoOfficer) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const std::vector<AgreedDemand> terms = {Term(demand, 15'000, 1)};
  const Mediation opened = story.Offered(terms, {demand.id});
  const app::Caller machine{story.fund.party, story.fund.party.value};
  const auto agreed = story.AgreeAs(machine, opened, terms, std::nullopt);
  ASSERT_TRUE(agreed.ok()) << agreed.status();
  EXPECT_EQ(agreed->state, MediationState::kPendingApproval);
}

TEST(MediationConsentTest, BothSidesMustHaveSaidTheSame) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const std::vector<AgreedDemand> terms = {Term(demand, 15'001, 0)};
  const std::vector<AgreedDemand> parts = {
      Term(demand, 15'001, 0, {Due(kMediationDay, 1), Due(kMediationDay + 1, 15'000)})};
  const auto opened = story.Open(story.mediator, {demand.id});
  // Neither the fund nor the mediation body speaks for the insurer.
  ASSERT_TRUE(story.Offer(story.fund, *opened, terms).ok());
  ASSERT_TRUE(story.Offer(story.mediator, *opened, terms).ok());
  EXPECT_EQ(ReasonOf(story.Agree(*opened, terms).status()), Reason::kIllegalTransition);
  EXPECT_EQ(ReasonOf(story.AgreeAs(story.mediator, *opened, terms, std::nullopt).status()),
            Reason::kIllegalTransition);
  // The insurer offers other terms, then these, then others again: its last word counts.
  ASSERT_TRUE(story.Offer(story.insurer, *opened, parts).ok());
  EXPECT_EQ(ReasonOf(story.Agree(*opened, terms).status()), Reason::kIllegalTransition);
  ASSERT_TRUE(story.Offer(story.insurer, *opened, terms).ok());
  ASSERT_TRUE(story.Offer(story.insurer, *opened, parts).ok());
  EXPECT_EQ(ReasonOf(story.Agree(*opened, terms).status()), Reason::kIllegalTransition);
  EXPECT_EQ(story.Stored(demand).state, DemandState::kMediating);
  EXPECT_TRUE(story.RecoveryOf(demand).debtors[0].interruptions.back().kind ==
              domain::InterruptionKind::kMediation);
  ASSERT_TRUE(story.Offer(story.insurer, *opened, terms).ok());
  EXPECT_TRUE(story.AgreeAs(story.mediator, *opened, terms, std::nullopt).ok());
  EXPECT_EQ(story.Stored(demand).state, DemandState::kAgreed);
}

TEST(MediationConsentTest, AnOfferThatHasLapsedIsNoConsent) {
  for (const int days : {0, -1}) {
    SCOPED_TRACE(days);
    MediationStory story;
    const Demand demand = story.IssueNew("insurer/huaan");
    const auto opened = story.Open(story.mediator, {demand.id});
    const absl::Status offered = story.Run(story.insurer, [&](app::UnitOfWork& work) {
      domain::Offer offer;
      offer.offered_time = work.now();
      offer.valid_until = kMediationDay;
      offer.terms = {Term(demand, 15'001, 0)};
      return app::MakeOfferOf({story.pool, opened->id, offer}, work).status();
    });
    ASSERT_TRUE(offered.ok()) << offered;
    story.clock().Advance(absl::Hours(24));
    const absl::CivilDay agreed_on = kMediationDay - days;
    const absl::Status agreed = story.Run(story.fund, [&](app::UnitOfWork& work) {
      return app::AgreeMediationOf({.pool = story.pool,
                                    .mediation = opened->id,
                                    .terms = {Term(demand, 15'001, 0)},
                                    .reason = "",
                                    .agreed_on = agreed_on,
                                    .protocol = std::nullopt},
                                   work)
          .status();
    });
    EXPECT_EQ(agreed.ok(), days == 0) << agreed;
  }
}

// The debtor of this demand is no party: its side is proven on paper.
TEST(MediationConsentTest, ADebtorOutsideTheHub) {
  MediationStory story;
  const Demand demand = story.IssueNew("");
  const std::vector<AgreedDemand> terms = {Term(demand, 15'001, 0)};
  const auto opened = story.Open(story.mediator, {demand.id});
  ASSERT_TRUE(story.Offer(story.fund, *opened, terms).ok());
  EXPECT_EQ(ReasonOf(story.AgreeAs(story.mediator, *opened, terms, std::nullopt).status()),
            Reason::kIllegalTransition);
  EXPECT_EQ(
      ReasonOf(story
                   .AgreeAs(story.fund, *opened, terms,
                            domain::MediationProtocol{
                                .number = "1", .debtor_signatory = "钱二", .document_sha256 = ""})
                   .status()),
      Reason::kInvalidArgument);
  EXPECT_EQ(ReasonOf(story.Agree(*opened, {Term(demand, 15'000, 1)}).status()),
            Reason::kIllegalTransition);  // Nobody has offered that.
  EXPECT_TRUE(story.Agree(*opened, terms).ok());
}

// What one officer gave up of the demand before counts.
TEST(MediationConsentTest, TheLimitCannotBeSplit) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan", {300'000});
  const auto first = story.Run(story.fund, [&](app::UnitOfWork& work) {
    return app::RelinquishOf({story.pool, demand.id, "", Fen(60'000), "查无财产"}, work);
  });
  ASSERT_TRUE(first.ok()) << first.status();
  const std::vector<AgreedDemand> terms = {Term(demand, 199'999, 40'001)};
  const Mediation opened = story.Offered(terms, {demand.id});
  const auto agreed = story.Agree(opened, terms);
  ASSERT_TRUE(agreed.ok()) << agreed.status();
  EXPECT_EQ(agreed->state, MediationState::kPendingApproval);
}

TEST(MediationConsentTest, AShareIsRoundedOnceAndTheRestGivenUp) {
  struct Row {
    std::int64_t ratio_bp, agreed, relinquished;
  };
  // 150.01 yuan are open.
  for (const Row& row : {Row{7'000, 10'501, 4'500}, Row{5'000, 7'501, 7'500}, Row{1, 2, 14'999},
                         Row{10'000, 15'001, 0}}) {
    SCOPED_TRACE(row.ratio_bp);
    MediationStory story;
    const Demand demand = story.IssueNew("insurer/huaan");
    AgreedDemand term = Term(demand, 0, 0);
    term.ratio_bp = row.ratio_bp;
    const Mediation opened = story.Offered({term}, {demand.id});
    EXPECT_EQ(story.Stored(opened).offers[0].terms[0].agreed.fen(), row.agreed);
    const auto agreed = story.Agree(opened, {term});
    ASSERT_TRUE(agreed.ok()) << agreed.status();
    EXPECT_EQ(story.Stored(demand).Sum(Stage::kAgreed).fen(), row.agreed);
    EXPECT_EQ(story.Stored(demand).relinquished().fen(), row.relinquished);
  }
}

// A payment between offer and agreement changes the amounts of a share, not what was offered.
TEST(MediationConsentTest, AShareIsOfWhatIsOpenOnTheDayOfTheAgreement) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan", {100'000});
  AgreedDemand term = Term(demand, 0, 0);
  term.ratio_bp = 6'000;
  const Mediation opened = story.Offered({term}, {demand.id});
  ASSERT_TRUE(story.Pay(demand, 50'000).ok());
  const auto agreed = story.Agree(opened, {term});
  ASSERT_TRUE(agreed.ok()) << agreed.status();
  EXPECT_EQ(story.Stored(demand).Sum(Stage::kAgreed), Fen(30'000));
  EXPECT_EQ(story.Stored(demand).relinquished(), Fen(20'000));
}

TEST(MediationConsentTest, WhoMediatesIsOnRecord) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const auto opened = story.Open(story.mediator, {demand.id});
  ASSERT_EQ(story.Stored(*opened).panel.size(), 2u);
  EXPECT_EQ(story.Stored(*opened).panel[0].name, "何静");
  EXPECT_EQ(story.Stored(*opened).panel[0].role, "首席调解员");
}

std::vector<app::WorkKind> WorkOf(MediationStory& story) {
  std::vector<app::WorkKind> kinds;
  story.Read([&](app::RecordReader& reader) {
    const auto data = app::LoadPolicyData(reader);
    ASSERT_TRUE(data.ok()) << data.status();
    const auto list =
        app::WorklistOf(reader, {story.pool, story.today(), "fund/pudong/nobody", {}, 100}, *data);
    ASSERT_TRUE(list.ok()) << list.status();
    for (const app::WorkItem& item : list->items) kinds.push_back(item.kind);
  });
  return kinds;
}

// The call to have an agreement confirmed ends when its demands are mediated anew.
TEST(MediationConsentTest, OnlyTheMediationThatStandsIsToBeConfirmed) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const std::vector<AgreedDemand> terms = {Term(demand, 15'001, 0)};
  const Mediation opened = story.Offered(terms, {demand.id});
  ASSERT_TRUE(story.Agree(opened, terms).ok());
  EXPECT_THAT(WorkOf(story), ::testing::ElementsAre(app::WorkKind::kJudicialConfirmation));
  ASSERT_TRUE(story.Open(story.mediator, {demand.id}).ok());
  EXPECT_THAT(WorkOf(story), ::testing::IsEmpty());
}

// After a failed mediation the demand is to be sued for, until it is.
TEST(MediationConsentTest, AFailedMediationLeadsToASuit) {
  MediationStory story;
  const Demand demand = story.IssueNew("insurer/huaan");
  const auto sue = [&](domain::Lawsuit suit) {
    return story.Run(story.fund, [&](app::UnitOfWork& work) {
      return app::RecordLawsuitOf({story.pool, demand.id, suit}, work);
    });
  };
  const auto opened = story.Open(story.mediator, {demand.id});
  EXPECT_FALSE(story.Stored(demand).mediation_failed_on.has_value());
  ASSERT_TRUE(story.Fail(*opened).ok());
  EXPECT_EQ(story.Stored(demand).mediation_failed_on, kMediationDay);
  const auto again = story.Open(story.mediator, {demand.id});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_FALSE(story.Stored(demand).mediation_failed_on.has_value());
  ASSERT_TRUE(story.Fail(*again).ok());
  EXPECT_THAT(WorkOf(story), ::testing::ElementsAre(app::WorkKind::kLitigation));

  domain::Lawsuit suit{.court_name = "浦东新区人民法院",
                       .case_number = "（2026）沪0115民初1234号",
                       .filed_on = *story.Stored(demand).issued_on - 1,
                       .evidence = "受理案件通知书"};
  EXPECT_EQ(ReasonOf(sue(suit).status()), Reason::kInvalidArgument);  // Before it was issued.
  suit.filed_on = kMediationDay;
  const auto sued = sue(suit);
  ASSERT_TRUE(sued.ok()) << sued.status();
  EXPECT_FALSE(story.Stored(demand).mediation_failed_on.has_value());
  EXPECT_EQ(story.Stored(demand).lawsuit, suit);
  EXPECT_THAT(WorkOf(story), ::testing::IsEmpty());
  const domain::Interruption last = story.RecoveryOf(demand).debtors[0].interruptions.back();
  EXPECT_EQ(last.kind, domain::InterruptionKind::kSuit);
  EXPECT_EQ(last.date, kMediationDay);
  EXPECT_THAT(last.evidence, ::testing::HasSubstr("民初1234号"));
  const std::size_t interruptions = story.RecoveryOf(demand).debtors[0].interruptions.size();
  EXPECT_TRUE(sue(suit).ok());
  EXPECT_EQ(story.RecoveryOf(demand).debtors[0].interruptions.size(), interruptions);
  suit.case_number = "（2026）沪0115民初9号";
  EXPECT_EQ(ReasonOf(sue(suit).status()), Reason::kIllegalTransition);
}

}  // namespace
}  // namespace recoup::testing

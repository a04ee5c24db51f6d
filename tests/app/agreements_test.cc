// Flat-quota agreements: who proposes, who consents, how they end and replace one another.
#include "hub/app/agreements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/base/error.h"
#include "tests/app/agreement_story.h"

namespace recoup::testing {
namespace {

using domain::Agreement;
using domain::AgreementAnswer;
using domain::AgreementState;
using domain::AgreementTerms;

TEST(AgreementsTest, AnInsurersProposalNeedsTwoOfficers) {
  AgreementStory story;
  const auto proposed = story.Propose(story.insurer, story.Terms());
  ASSERT_TRUE(proposed.ok()) << proposed.status();
  EXPECT_EQ(proposed->state, AgreementState::kProposed);
  EXPECT_EQ(proposed->insurer, story.insurer.party);

  const auto consented = story.Answer(story.fund, *proposed, AgreementAnswer::kAccept);
  ASSERT_TRUE(consented.ok()) << consented.status();
  EXPECT_EQ(consented->state, AgreementState::kPendingApproval);
  EXPECT_EQ(ReasonOf(story.DecidePending(story.fund, true).status()),
            Reason::kSamePersonMayNotApprove);
  ASSERT_TRUE(story.DecidePending(story.other_officer, true).ok());
  const Agreement in_force = story.Stored(*proposed);
  EXPECT_EQ(in_force.state, AgreementState::kInForce);
  ASSERT_EQ(in_force.changes.size(), 3u);
  EXPECT_EQ(in_force.changes[1].actor, story.fund.actor);
  EXPECT_EQ(in_force.changes[2].actor, story.other_officer.actor);
}

TEST(AgreementsTest, AFundsProposalIsShownOnlyOnceASecondOfficerApproved) {
  AgreementStory story;
  const auto drafted = story.Propose(story.fund, story.Terms());
  ASSERT_TRUE(drafted.ok()) << drafted.status();
  EXPECT_EQ(drafted->state, AgreementState::kDrafted);
  EXPECT_FALSE(app::MaySeeAgreement(story.insurer.party, *drafted));
  EXPECT_EQ(ReasonOf(story.Answer(story.insurer, *drafted, AgreementAnswer::kAccept).status()),
            Reason::kNotFound);
  EXPECT_EQ(ReasonOf(story.DecidePending(story.fund, true).status()),
            Reason::kSamePersonMayNotApprove);
  ASSERT_TRUE(story.DecidePending(story.other_officer, true).ok());
  EXPECT_EQ(story.Stored(*drafted).state, AgreementState::kProposed);
  EXPECT_TRUE(app::MaySeeAgreement(story.insurer.party, story.Stored(*drafted)));
  EXPECT_FALSE(app::MaySeeAgreement(story.other_insurer.party, story.Stored(*drafted)));

  const auto confirmed = story.Answer(story.insurer, *drafted, AgreementAnswer::kAccept);
  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  EXPECT_EQ(confirmed->state, AgreementState::kInForce);
}

TEST(AgreementsTest, ASecondOfficersNo) {
  AgreementStory story;
  const auto drafted = story.Propose(story.fund, story.Terms());
  ASSERT_TRUE(drafted.ok());
  ASSERT_TRUE(story.DecidePending(story.other_officer, false).ok());
  EXPECT_EQ(story.Stored(*drafted).state, AgreementState::kDeclined);

  const auto proposed = story.Propose(story.insurer, story.Terms());
  ASSERT_TRUE(proposed.ok());
  ASSERT_TRUE(story.Answer(story.fund, *proposed, AgreementAnswer::kAccept).ok());
  ASSERT_TRUE(story.DecidePending(story.other_officer, false).ok());
  // The insurer still offers it: another officer may be convinced, or declines.
  EXPECT_EQ(story.Stored(*proposed).state, AgreementState::kProposed);
  EXPECT_EQ(story.Answer(story.fund, *proposed, AgreementAnswer::kDecline)->state,
            AgreementState::kDeclined);
}

TEST(AgreementsTest, ADraftWithdrawnBeforeTheSecondOfficerLooked) {
  AgreementStory story;
  const auto drafted = story.Propose(story.fund, story.Terms());
  ASSERT_TRUE(drafted.ok());
  ASSERT_TRUE(story.Answer(story.fund, *drafted, AgreementAnswer::kWithdraw).ok());
  EXPECT_EQ(ReasonOf(story.DecidePending(story.other_officer, true).status()),
            Reason::kIllegalTransition);
  EXPECT_TRUE(story.DecidePending(story.other_officer, false).ok());
  EXPECT_EQ(story.Stored(*drafted).state, AgreementState::kDeclined);
}

TEST(AgreementsTest, WhoMayAnswer) {
  AgreementStory story;
  const auto proposed = story.Propose(story.insurer, story.Terms());
  ASSERT_TRUE(proposed.ok());
  struct AnswerRow {
    const char* what;
    app::Caller caller;
    AgreementAnswer answer;
    Reason reason;
  };
  const AnswerRow rows[] = {
      {"its own proposal", story.insurer, AgreementAnswer::kAccept, Reason::kIllegalTransition},
      {"declines its own", story.insurer, AgreementAnswer::kDecline, Reason::kIllegalTransition},
      {"withdraws another's", story.fund, AgreementAnswer::kWithdraw, Reason::kIllegalTransition},
      {"another insurer", story.other_insurer, AgreementAnswer::kDecline, Reason::kNotFound},
  };
  for (const AnswerRow& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(ReasonOf(story.Answer(row.caller, *proposed, row.answer).status()), row.reason);
  }
  EXPECT_EQ(story.Answer(story.insurer, *proposed, AgreementAnswer::kWithdraw)->state,
            AgreementState::kDeclined);
}

TEST(AgreementsTest, OnlyWithAnInsurerThatIsKnownAndOnesOwn) {
  AgreementStory story;
  const auto with = [&](const app::Caller& caller, const char* insurer) {
    app::CreateAgreement command = story.Proposal(story.Terms());
    command.insurer = {insurer};
    return story.Propose(caller, command).status();
  };
  EXPECT_EQ(ReasonOf(with(story.fund, "insurer/nobody")), Reason::kNotFound);
  EXPECT_EQ(ReasonOf(with(story.fund, "hospital/renji")), Reason::kNotFound);
  EXPECT_EQ(ReasonOf(with(story.other_insurer, "insurer/huaan")), Reason::kNotFound);
  EXPECT_TRUE(with(story.insurer, "insurer/huaan").ok());
}

TEST(AgreementsTest, NoTwoForTheSameAccidents) {
  AgreementStory story;
  ASSERT_TRUE(story.Conclude(story.Terms()).ok());
  AgreementTerms later = story.Terms();
  later.effective_from = *story.Terms().effective_until;
  EXPECT_EQ(ReasonOf(story.Propose(story.insurer, later).status()), Reason::kIllegalTransition);
  later.effective_from += 1;
  later.effective_until.reset();
  EXPECT_TRUE(story.Propose(story.insurer, later).ok());
  AgreementTerms other_peril = story.Terms();
  other_peril.third_party_kind = domain::ThirdPartyKind::kAnimal;
  EXPECT_TRUE(story.Propose(story.insurer, other_peril).ok());
}

// Two proposals may lie side by side; the second that both sides agree to is refused.
TEST(AgreementsTest, OverlapIsCheckedAgainWhenAnAgreementComesIntoForce) {
  AgreementStory story;
  const auto first = story.Propose(story.insurer, story.Terms());
  const auto second = story.Propose(story.insurer, story.Terms());
  ASSERT_TRUE(first.ok() && second.ok());
  ASSERT_TRUE(story.Answer(story.fund, *second, AgreementAnswer::kAccept).ok());
  ASSERT_TRUE(story.DecidePending(story.other_officer, true).ok());
  EXPECT_EQ(ReasonOf(story.Answer(story.fund, *first, AgreementAnswer::kAccept).status()),
            Reason::kIllegalTransition);
  EXPECT_EQ(story.Stored(*first).state, AgreementState::kProposed);
}

struct EndRow {
  const char* what;
  int notice;
  int last_day;  // Days from today.
  bool ends;
};

TEST(AgreementsTest, EndsWithTheAgreedNotice) {
  for (const EndRow& row : {EndRow{"today", 0, 0, true}, EndRow{"yesterday", 0, -1, false},
                            EndRow{"a day short", 30, 29, false}, EndRow{"on notice", 30, 30, true},
                            EndRow{"after the agreed last day", 0, 1'000, false}}) {
    SCOPED_TRACE(row.what);
    AgreementStory story;
    AgreementTerms terms = story.Terms();
    terms.notice_days = row.notice;
    const auto agreement = story.Conclude(terms);
    ASSERT_TRUE(agreement.ok()) << agreement.status();
    const auto ended = story.End(story.insurer, *agreement, story.today() + row.last_day);
    EXPECT_EQ(ended.ok(), row.ends) << ended.status();
    if (!row.ends) {
      EXPECT_EQ(ReasonOf(ended.status()), Reason::kInvalidArgument);
      continue;
    }
    EXPECT_EQ(ended->state, AgreementState::kEnded);
    EXPECT_EQ(ended->terms.effective_until, story.today() + row.last_day);
    EXPECT_EQ(ReasonOf(story.End(story.fund, *agreement, story.today() + 40).status()),
              Reason::kIllegalTransition);
  }
}

TEST(AgreementsTest, OneReplacesAnotherFromItsFirstDay) {
  AgreementStory story;
  const auto old = story.Conclude(story.Terms());
  ASSERT_TRUE(old.ok()) << old.status();
  app::CreateAgreement command = story.Proposal(story.Terms());
  command.replaces = old->id;
  command.terms.quota_basis_points = 6'000;
  // Not from the same day: nothing would be left of the one that is replaced.
  EXPECT_EQ(ReasonOf(story.Propose(story.insurer, command).status()), Reason::kInvalidArgument);
  command.terms.effective_from = absl::CivilDay(2025, 12, 1);
  const auto proposed = story.Propose(story.insurer, command);
  ASSERT_TRUE(proposed.ok()) << proposed.status();
  EXPECT_EQ(story.Stored(*old).state, AgreementState::kInForce);
  ASSERT_TRUE(story.Answer(story.fund, *proposed, AgreementAnswer::kAccept).ok());
  ASSERT_TRUE(story.DecidePending(story.other_officer, true).ok());
  EXPECT_EQ(story.Stored(*old).state, AgreementState::kEnded);
  EXPECT_EQ(story.Stored(*old).terms.effective_until, absl::CivilDay(2025, 11, 30));
  EXPECT_EQ(story.Stored(*proposed).state, AgreementState::kInForce);
}

}  // namespace
}  // namespace recoup::testing

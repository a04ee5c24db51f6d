// Recoveries without a judgment under one compulsory limit of 18,000: agreed shares divide it by
// losses, in whatever order they come, beside judgments and beside policies that come later.
#include "hub/app/agreed_shares.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/app/demands.h"
#include "hub/app/recoveries.h"
#include "tests/app/limit_story.h"

namespace recoup::testing {
namespace {

using domain::Money;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Asked DraftOf(const char* yuan) {
  return {.draft = Yuan(yuan), .issued = {}, .paid = {}, .accepted = {}};
}

TEST(AgreedSharesTest, TwoVictimsDivideWhatIsLeftByTheirShares) {
  struct Row {
    const char* name;
    const char* first_fund;
    const char* second_fund;
    LimitStory::Agreement first;
    LimitStory::Agreement second;
    const char* used;
    const char* first_asked;
    const char* second_asked;
  };
  const absl::CivilDay other_day(2024, 6, 1);
  const Row rows[] = {
      {"alike", "12000", "12000", {}, {}, "0", "9000", "9000"},
      {"two to one", "20000", "10000", {}, {}, "0", "12000", "6000"},
      {"one names the policy", "20000", "10000", {}, {.names_policy = true}, "0", "12000", "6000"},
      {"both name it",
       "20000",
       "10000",
       {.names_policy = true},
       {.names_policy = true},
       "0",
       "12000",
       "6000"},
      {"all of it fits", "20000", "10000", {6'000}, {6'000}, "0", "12000", "6000"},
      {"a yuan too much", "20000", "10000", {6'000}, {6'001}, "0", "11999.33", "6000.67"},
      {"a thousand is left", "12000", "12000", {}, {}, "17000", "500", "500"},
      {"and does not divide", "20000", "10000", {}, {}, "17000", "666.67", "333.33"},
      {"a fen is left", "12000", "6000", {}, {}, "17999.99", "0.01", "0"},
      {"nothing is left", "12000", "12000", {}, {}, "18000", "0", "0"},
      {"one is of another day",
       "20000",
       "10000",
       {.accident_on = other_day},
       {},
       "0",
       "20000",
       "10000"},
  };
  for (const Row& row : rows) {
    for (const bool first_comes_first : {true, false}) {
      SCOPED_TRACE(absl::StrCat(row.name, first_comes_first ? "" : ", the other way round"));
      LimitStory story;
      const Victim first = FirstVictim("0", row.first_fund);
      const Victim second = SecondVictim("0", row.second_fund);
      story.Admit(first);
      story.Admit(second);
      story.RegisterPolicy();
      story.State(Yuan(row.used));
      if (first_comes_first) story.Agree(first, row.first);
      story.Agree(second, row.second);
      if (!first_comes_first) story.Agree(first, row.first);
      EXPECT_EQ(story.AskedFor(first), DraftOf(row.first_asked));
      EXPECT_EQ(story.AskedFor(second), DraftOf(row.second_asked));
      EXPECT_THAT(story.OpenBreaks(), IsEmpty());
    }
  }
}

TEST(AgreedSharesTest, AnotherVehiclesPolicyLimitsNothing) {
  LimitStory story;
  const Victim victim = FirstVictim("0", "20000");
  story.Admit(victim);
  story.RegisterPolicy("沪B·99999");
  story.Agree(victim);
  EXPECT_EQ(story.AskedFor(victim), DraftOf("20000"));
  EXPECT_EQ(story.DemandsTo(victim).front().policy, std::nullopt);
}

// Three, of which one has a debtor beside the insurer, and a limit that does not divide.
TEST(AgreedSharesTest, TheOrderOfArrivalChangesNothing) {
  const Victim beside_another = SecondVictim("0", "31000.01");
  ExpectTheSameInEveryOrder(
      [&](LimitStory& story, const Victim& victim) {
        const bool with_taxi = victim.name == beside_another.name;
        story.Agree(victim, {.basis_points = 7'000, .of_taxi = with_taxi ? 3'000 : 0});
      },
      [&](LimitStory& story) { EXPECT_EQ(story.AskedOfTaxi(beside_another), Yuan("9300.00")); });
}

TEST(AgreedSharesTest, AnIssuedDemandFollowsVisibly) {
  LimitStory story;
  const Victim first = FirstVictim("0", "20000");
  const Victim second = SecondVictim("0", "10000");
  story.Admit(first);
  story.Admit(second);
  story.RegisterPolicy();
  story.Agree(first);
  EXPECT_THAT(story.TimelineOf(first),
              HasSubstr("交强险限额余 18,000.00 元，应承担的 20,000.00 元只主张 18,000.00 元"));
  story.Issue(first);
  const domain::Demand before = story.DemandsTo(first).front();
  story.Agree(second);
  const domain::Demand after = story.DemandsTo(first).front();
  EXPECT_EQ(after.id, before.id);
  EXPECT_EQ(after.reference, before.reference);
  EXPECT_EQ(after.amount, Yuan("12000"));
  ASSERT_THAT(after.revisions, SizeIs(1));
  EXPECT_EQ(after.revisions[0].amount, Yuan("18000"));
  EXPECT_THAT(after.revisions[0].reason, HasSubstr("按损失比例重新计算"));
  EXPECT_THAT(story.All<domain::Letter>(story.pool.value), SizeIs(2));
  EXPECT_EQ(story.AskedFor(second), DraftOf("6000"));
  EXPECT_THAT(story.TimelineOf(second), HasSubstr("另有 1 名受害人，余额按损失比例分配"));
}

TEST(AgreedSharesTest, WhatWasAcceptedOrPaidStands) {
  for (const bool paid : {false, true}) {
    SCOPED_TRACE(paid ? "paid" : "accepted");
    LimitStory story;
    const Victim first = FirstVictim("0", "20000");
    const Victim second = SecondVictim("0", "20000");
    story.Admit(first);
    story.Admit(second);
    story.RegisterPolicy();
    story.Agree(first);
    story.Issue(first);
    story.Accept(first, Yuan("15000"));
    if (paid) story.Pay(first, Yuan("15000"));
    story.Agree(second);
    EXPECT_EQ(story.AskedFor(first).issued, Yuan("15000"));
    EXPECT_EQ(story.AskedFor(second), DraftOf("3000"));
    EXPECT_THAT(story.OpenBreaks(), IsEmpty());
    story.State(Yuan("17000"));
    if (paid) {
      EXPECT_EQ(story.AskedFor(second), DraftOf("1000"));
      EXPECT_THAT(story.OpenBreaks(), IsEmpty());
    } else {
      EXPECT_EQ(story.AskedFor(first).issued, Yuan("15000"));
      EXPECT_EQ(story.AskedFor(second), DraftOf("0"));
      EXPECT_THAT(story.OpenBreaks(), ElementsAre("POLICY_LIMIT_MISMATCH 14000.00"));
      story.State(Yuan("3000"));
      EXPECT_THAT(story.OpenBreaks(), IsEmpty());
    }
  }
}

// A limit that is used up asks for nothing, and says so; what becomes free is asked for.
TEST(AgreedSharesTest, AVictimCutToNothingComesBack) {
  for (const bool issued : {false, true}) {
    SCOPED_TRACE(issued ? "issued" : "draft");
    LimitStory story;
    const Victim first = FirstVictim("0", "12000");
    const Victim second = SecondVictim("0", "12000");
    story.Admit(first);
    story.Admit(second);
    story.RegisterPolicy();
    story.Agree(first);
    if (issued) story.Issue(first);
    story.State(Yuan("18000"));
    story.Agree(second);
    EXPECT_EQ(story.AskedFor(first), Asked());
    EXPECT_EQ(story.AskedFor(second), Asked());
    EXPECT_THAT(story.RecoveryOf(first).obstacle, HasSubstr("限额已用完"));
    EXPECT_THAT(story.RecoveryOf(second).obstacle, HasSubstr("限额已用完"));
    EXPECT_THAT(story.TimelineOf(second), HasSubstr("限额余 0.00 元"));
    story.State(Yuan("17000"));
    EXPECT_EQ(story.AskedFor(first), DraftOf("500"));
    EXPECT_EQ(story.AskedFor(second), DraftOf("500"));
    EXPECT_THAT(story.RecoveryOf(first).obstacle, IsEmpty());
    story.TakeBack(second);
    EXPECT_EQ(story.AskedFor(first), DraftOf("1000"));
    story.State(Yuan("0"));
    EXPECT_EQ(story.AskedFor(first), DraftOf("12000"));
    EXPECT_EQ(story.AskedFor(second), Asked());
  }
}

TEST(AgreedSharesTest, AJudgmentAndAnAgreementShareByLosses) {
  for (const bool judged_first : {true, false}) {
    SCOPED_TRACE(judged_first ? "judged first" : "agreed first");
    LimitStory story;
    const Victim judged = FirstVictim("0", "20000");
    const Victim agreed = SecondVictim("0", "20000");
    story.Admit(judged);
    story.Admit(agreed);
    story.RegisterPolicy();
    if (judged_first) story.Judge(judged);
    story.Agree(agreed, {.basis_points = 5'000});
    if (!judged_first) story.Judge(judged);
    EXPECT_EQ(story.AskedFor(judged), DraftOf("12000"));
    EXPECT_EQ(story.AskedOfTaxi(judged), Yuan("8000"));
    EXPECT_EQ(story.AskedFor(agreed), DraftOf("6000"));
    story.Withdraw(judged);
    EXPECT_EQ(story.AskedFor(agreed), DraftOf("10000"));
  }
}

TEST(AgreedSharesTest, APolicyRegisteredLaterBindsWhatWasAsked) {
  for (const bool issued : {false, true}) {
    SCOPED_TRACE(issued ? "issued" : "draft");
    LimitStory story;
    const Victim first = FirstVictim("0", "20000");
    const Victim second = SecondVictim("0", "10000");
    const Victim elsewhere = ThirdVictim("0", "50000");
    story.Admit(first);
    story.Admit(second);
    story.Admit(elsewhere, "沪B·E4321");
    story.Agree(first);
    story.Agree(second);
    story.Agree(elsewhere);
    EXPECT_EQ(story.AskedFor(first), DraftOf("20000"));
    if (issued) {
      story.Issue(first);
      story.Issue(second);
    }
    const std::string reference = story.DemandsTo(first).front().reference;
    story.RegisterPolicy();
    EXPECT_EQ(story.AskedFor(first).all(), Yuan("12000"));
    EXPECT_EQ(story.AskedFor(second).all(), Yuan("6000"));
    EXPECT_EQ(story.AskedFor(elsewhere), DraftOf("50000"));
    ASSERT_THAT(story.DemandsTo(first), SizeIs(1));
    const domain::Demand bound = story.DemandsTo(first).front();
    EXPECT_EQ(bound.policy, story.policy().id);
    EXPECT_EQ(bound.policy_kind, domain::PolicyKind::kCtp);
    EXPECT_EQ(bound.is_issued(), issued);
    if (issued) {
      EXPECT_EQ(bound.reference, reference);
    }
    EXPECT_THAT(story.OpenBreaks(), IsEmpty());
  }
}

TEST(AgreedSharesTest, WhatWasAcceptedBeforeThePolicyWasKnownWaitsForAPerson) {
  LimitStory story;
  const Victim first = FirstVictim("0", "20000");
  const Victim second = SecondVictim("0", "10000");
  story.Admit(first);
  story.Admit(second);
  story.Agree(first);
  story.Agree(second);
  story.Issue(first);
  story.Accept(first, Yuan("19000"));
  story.RegisterPolicy();
  EXPECT_EQ(story.AskedFor(first).issued, Yuan("19000"));
  EXPECT_EQ(story.AskedFor(second), DraftOf("0"));
  EXPECT_THAT(story.OpenBreaks(), ElementsAre("POLICY_LIMIT_MISMATCH 1000.00"));
}

// Compulsory cover first, whichever policy is registered first.
TEST(AgreedSharesTest, CommercialCoverPaysWhatCompulsoryCoverLeaves) {
  for (const bool compulsory_first : {true, false}) {
    for (const bool registered_first : {true, false}) {
      SCOPED_TRACE(absl::StrCat(compulsory_first, registered_first));
      LimitStory story;
      const Victim first = FirstVictim("0", "60000");
      const Victim second = SecondVictim("0", "42000");
      story.Admit(first);
      story.Admit(second);
      const auto agree = [&] {
        story.Agree(first);
        story.Agree(second);
      };
      if (!registered_first) agree();
      if (compulsory_first) story.RegisterPolicy();
      story.RegisterCommercial(Yuan("28000"));
      if (!compulsory_first) story.RegisterPolicy();
      if (registered_first) agree();
      // As judgments do: 60 and 42 parts of 18,000, and of 28,000.
      EXPECT_EQ(story.AskedFor(first), DraftOf("27058.83"));
      EXPECT_EQ(story.AskedFor(second), DraftOf("18941.17"));
      EXPECT_THAT(story.DemandsTo(first), SizeIs(2));
    }
  }
}

TEST(AgreedSharesTest, OfTwoVehiclesOfOneInsurerThePolicyIsNamed) {
  LimitStory story;
  const Victim victim = FirstVictim("0", "40000");
  story.Admit(victim);
  story.Admit(victim, "沪B·E4321");
  story.RegisterPolicy();
  const domain::PolicyId one = story.policy().id;
  story.RegisterPolicy("沪B·E4321", "PDZA2026");
  const domain::PolicyId other = story.policy().id;
  EXPECT_THAT(FaultyFields(story.TryAgree(victim, {}).status()),
              ElementsAre("shares.debtor.policy"));

  app::OpenRecovery command;
  command.pool = story.pool;
  for (const auto& advance : story.All<domain::Advance>(story.pool.value)) {
    command.advances.push_back(advance.id);
  }
  command.accident_on = LimitStory::kAccident;
  command.reason = "书面认可";
  const auto share = [&](std::optional<domain::PolicyId> policy, std::int32_t basis_points) {
    domain::Debtor debtor;
    debtor.kind = domain::DebtorKind::kInsurer;
    debtor.name = kInsurerName;
    debtor.party = story.insurer.party;
    debtor.policy = policy;
    command.shares.push_back({debtor, basis_points});
  };
  const auto open = [&] {
    return story.Run(story.fund,
                     [&](app::UnitOfWork& work) { return app::OpenRecoveryOf(command, work); });
  };
  share(one, 5'000);
  share(one, 2'000);
  EXPECT_THAT(FaultyFields(open().status()), Not(IsEmpty()));
  command.shares.clear();
  share(one, 5'000);
  share(other, 2'000);
  ASSERT_TRUE(open().ok()) << open().status();
  // Of 80,000: 40,000 and 16,000, under 18,000 each; one limit moves one demand.
  EXPECT_EQ(story.AskedFor(victim), DraftOf("34000"));
  story.State(Yuan("17000"));
  EXPECT_EQ(story.AskedFor(victim), DraftOf("19000"));
}

// Of a time when agreed shares were not stored.
TEST(AgreedSharesTest, AnEarlierAgreementStaysAsItIs) {
  LimitStory story;
  const Victim earlier = FirstVictim("0", "12000");
  const Victim later = SecondVictim("0", "12000");
  story.Admit(earlier);
  story.Admit(later);
  story.RegisterPolicy();
  story.Agree(earlier);
  const domain::RecoveryId id = story.RecoveryOf(earlier).id;
  const absl::Status stored = story.Run(story.fund, [&](app::UnitOfWork& work) -> absl::Status {
    domain::Recovery recovery = *work.Get<domain::Recovery>(story.pool.value, id.value);
    recovery.agreed_shares.clear();
    recovery.limit_claims.at(0).loss = recovery.limit_claims.at(0).fund_loss = Money();
    work.Put(recovery);
    return absl::OkStatus();
  });
  ASSERT_TRUE(stored.ok()) << stored;
  story.Agree(later);
  EXPECT_EQ(story.AskedFor(earlier), DraftOf("12000"));
  EXPECT_EQ(story.AskedFor(later), DraftOf("6000"));
  story.State(Yuan("12000"));
  EXPECT_EQ(story.AskedFor(earlier), DraftOf("12000"));
  EXPECT_EQ(story.AskedFor(later), DraftOf("0"));
}

}  // namespace
}  // namespace recoup::testing

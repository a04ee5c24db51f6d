// One compulsory limit of 18,000 and several victims of the accident: who is asked how much, what
// counts as used, and what happens to demands that were issued before.
#include "hub/app/share_limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "absl/strings/str_cat.h"
#include "hub/app/demands.h"
#include "hub/app/relinquish.h"
#include "tests/app/limit_story.h"

namespace recoup::testing {
namespace {

using domain::DemandState;
using domain::Money;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Asked Draft(const char* yuan) {
  return {.draft = Yuan(yuan), .issued = {}, .paid = {}, .accepted = {}};
}

// What is known of use, in the orders in which it becomes known.
TEST(ShareLimitsTest, APolicyWithoutStatedUseHidesNothingThatJudgmentsUsed) {
  for (const bool registered_first : {true, false}) {
    SCOPED_TRACE(registered_first ? "registered first" : "registered afterwards");
    LimitStory story;
    Victim own = FirstVictim("4000");
    own.ordered = Yuan("4000");
    story.Admit(own);
    if (registered_first) story.RegisterPolicy();
    story.Judge(own);
    EXPECT_EQ(story.AskedFor(own), Draft("14000"));
    // A victim for whom no fund paid, whose judgment comes later.
    Victim sibling = SecondVictim();
    sibling.ordered = Yuan("7200");
    story.Judge(sibling);
    if (!registered_first) story.RegisterPolicy();
    EXPECT_EQ(story.AskedFor(own), Draft("6800"));
    EXPECT_EQ(story.DemandsTo(own).front().policy, story.policy().id);
    EXPECT_EQ(story.AskedOfTaxi(own), Yuan("38000"));
    EXPECT_THAT(story.OpenBreaks(), IsEmpty());
  }
}

TEST(ShareLimitsTest, WhatTheJudgmentSaysIsLeftCountsBesideAPolicyWithoutStatedUse) {
  LimitStory story;
  const Victim victim = FirstVictim();
  story.Admit(victim);
  story.RegisterPolicy();
  domain::CourtCase court_case = story.CaseOf(victim);
  court_case.policies[0].medical_remaining = Yuan("6800");
  story.Judge(court_case);
  EXPECT_EQ(story.AskedFor(victim), Draft("6800"));
  EXPECT_THAT(story.OpenBreaks(), IsEmpty());  // The insurer has stated nothing that differs.
  story.State(Yuan("13000"));
  EXPECT_EQ(story.AskedFor(victim), Draft("5000"));
  EXPECT_THAT(story.OpenBreaks(), ElementsAre("POLICY_LIMIT_MISMATCH 1800.00"));
  story.State(Yuan("11200"));
  EXPECT_EQ(story.AskedFor(victim), Draft("6800"));
  EXPECT_THAT(story.OpenBreaks(), IsEmpty());
  // The insurer knows of less: nobody is asked for more, and a person is told.
  story.State(Yuan("5000"));
  EXPECT_EQ(story.AskedFor(victim), Draft("6800"));
  EXPECT_THAT(story.OpenBreaks(), ElementsAre("POLICY_LIMIT_MISMATCH 6200.00"));
}

// What a judgment says was left before it holds what the first victim's fund had received by then.
TEST(ShareLimitsTest, AUseIsNotCountedTwice) {
  LimitStory story;
  const Victim first = FirstVictim("0", "11200");
  const Victim second = SecondVictim();
  story.Admit(first);
  story.Admit(second);
  story.RegisterPolicy();
  story.Judge(first);
  story.Issue(first);
  story.Pay(first, Yuan("11200"));
  domain::CourtCase later = story.CaseOf(second);
  later.closed_on = story.today() + 1;
  later.policies[0].medical_remaining = Yuan("6800");
  story.Judge(later);
  EXPECT_EQ(story.AskedFor(second), Draft("6800"));
  // The insurer says the same in its own words.
  EXPECT_THAT(story.State(Yuan("11200")).breaks, IsEmpty());
  EXPECT_EQ(story.AskedFor(second), Draft("6800"));
  EXPECT_THAT(story.OpenBreaks(), IsEmpty());
}

TEST(ShareLimitsTest, IdenticalVictimsGetTheSame) {
  for (const char* own : {"0", "12600"}) {
    SCOPED_TRACE(own);
    LimitStory story;
    const Victim first = FirstVictim(own);
    const Victim second = SecondVictim(own);
    story.Admit(first);
    story.Admit(second);
    story.RegisterPolicy();
    story.Judge(first);
    EXPECT_EQ(story.AskedFor(first), Draft("18000"));
    story.Judge(second);
    EXPECT_EQ(story.AskedFor(first), Draft("9000"));
    EXPECT_EQ(story.AskedFor(second), Draft("9000"));
    EXPECT_THAT(story.TimelineOf(first), HasSubstr("按损失比例重新计算"));
  }
}

TEST(ShareLimitsTest, SharesOfThreeSumToTheFen) {
  LimitStory story;
  const Victim victims[] = {FirstVictim("0", "31000.01"), SecondVictim("500", "31000.01"),
                            ThirdVictim("7", "31000.01")};
  for (const Victim& victim : victims) story.Admit(victim);
  story.RegisterPolicy();
  story.State(Yuan("0.01"));
  Money sum;
  for (const Victim& victim : victims) story.Judge(victim);
  for (const Victim& victim : victims) {
    const Money part = story.AskedFor(victim).draft;
    EXPECT_GE(part, Yuan("5999.99"));
    EXPECT_LE(part, Yuan("6000.00"));
    sum += part;
  }
  EXPECT_EQ(sum, Yuan("17999.99"));
}

// GROSS and NET are measured by what each claims of the limit: A + C, and C.
TEST(ShareLimitsTest, EachBasisIsMeasuredByWhatItClaims) {
  LimitStory story;
  const Victim gross = FirstVictim("10000", "20000");
  const Victim net = SecondVictim("5000", "30000");
  story.Admit(gross);
  story.Admit(net);
  story.RegisterPolicy();
  domain::CourtCase gross_case = story.CaseOf(gross);
  gross_case.basis = domain::Basis::kGross;
  story.Judge(gross_case);
  story.Judge(net);
  // 9,000 of the limit each; two thirds of the first's are the fund's.
  EXPECT_EQ(story.AskedFor(gross), Draft("6000"));
  EXPECT_EQ(story.AskedFor(net), Draft("9000"));
}

TEST(ShareLimitsTest, WithoutARegisteredPolicyTheAccidentTellsWhoShares) {
  LimitStory story;
  const Victim first = FirstVictim();
  const Victim second = SecondVictim("0", "22400");
  story.Admit(first, "");
  story.Admit(second, "");
  story.Judge(first);
  story.Judge(second);
  EXPECT_EQ(story.AskedFor(first), Draft("12000"));
  EXPECT_EQ(story.AskedFor(second), Draft("6000"));
}

// One insurer, one taxi company, one day, two vehicles.
TEST(ShareLimitsTest, AnotherVehiclesPolicyIsNotShared) {
  LimitStory story;
  const Victim first = FirstVictim();
  const Victim second = SecondVictim();
  story.Admit(first);
  story.Admit(second, "沪B·E4321");
  story.RegisterPolicy();
  story.RegisterPolicy("沪B·E4321", "PDZA2026");
  story.Judge(first);
  story.Judge(second);
  EXPECT_EQ(story.AskedFor(first), Draft("18000"));
  EXPECT_EQ(story.AskedFor(second), Draft("18000"));
}

TEST(ShareLimitsTest, VictimsOfOneJudgmentShareToo) {
  LimitStory story;
  const Victim first = FirstVictim();
  const Victim second = SecondVictim();
  story.Admit(first, "");
  story.Admit(second, "");
  domain::CourtCase both = story.CaseOf(first);
  both.injured.push_back(story.CaseOf(second).injured[0]);
  both.fund_paid.reset();
  both.self_paid.reset();
  story.Judge(both);
  EXPECT_EQ(story.AskedFor(first), Draft("9000"));
  EXPECT_EQ(story.AskedFor(second), Draft("9000"));
}

TEST(ShareLimitsTest, AnIssuedDemandOfAnotherVictimFollowsVisibly) {
  LimitStory story;
  const Victim first = FirstVictim();
  const Victim second = SecondVictim();
  story.Admit(first);
  story.Admit(second);
  story.RegisterPolicy();
  story.Judge(first);
  story.Issue(first);
  const domain::Demand before = story.DemandsTo(first).front();
  story.Judge(second);
  const domain::Demand after = story.DemandsTo(first).front();
  EXPECT_EQ(after.id, before.id);
  EXPECT_EQ(after.reference, before.reference);
  EXPECT_EQ(after.amount, Yuan("9000"));
  ASSERT_THAT(after.revisions, SizeIs(1));
  EXPECT_EQ(after.revisions[0].amount, Yuan("18000"));
  EXPECT_EQ(story.AskedOfTaxi(first), Yuan("35800"));
  EXPECT_EQ(story.AskedFor(second), Draft("9000"));
  EXPECT_THAT(story.All<domain::Letter>(story.pool.value), SizeIs(2));
  EXPECT_THAT(story.OpenBreaks(), IsEmpty());
}

// Nobody takes back what an insurer accepted or paid: the newcomer gets the rest.
TEST(ShareLimitsTest, WhatWasAcceptedOrPaidStands) {
  for (const bool paid : {false, true}) {
    SCOPED_TRACE(paid ? "paid" : "accepted");
    LimitStory story;
    const Victim first = FirstVictim();
    const Victim second = SecondVictim();
    story.Admit(first);
    story.Admit(second);
    story.RegisterPolicy();
    story.Judge(first);
    story.Issue(first);
    story.Accept(first, Yuan("15000"));
    if (paid) story.Pay(first, Yuan("15000"));
    story.Judge(second);
    EXPECT_EQ(story.AskedFor(first).issued, Yuan("15000"));
    EXPECT_EQ(story.AskedFor(second), Draft("3000"));
    EXPECT_THAT(story.OpenBreaks(), IsEmpty());
    // Now more is asked than is left, and only a person can change it.
    const auto answer = story.State(Yuan("17000"));
    if (paid) {
      EXPECT_EQ(story.AskedFor(second), Draft("1000"));
      EXPECT_THAT(story.OpenBreaks(), IsEmpty());
    } else {
      EXPECT_EQ(story.AskedFor(first).issued, Yuan("15000"));
      EXPECT_EQ(story.AskedFor(second), Draft("0"));
      EXPECT_THAT(story.OpenBreaks(), ElementsAre("POLICY_LIMIT_MISMATCH 14000.00"));
      EXPECT_THAT(answer.breaks, SizeIs(1));
      story.State(Yuan("3000"));
      EXPECT_THAT(story.OpenBreaks(), IsEmpty());
    }
  }
}

TEST(ShareLimitsTest, AStatementMovesDraftsAndWhatIsIssued) {
  for (const bool issued : {false, true}) {
    SCOPED_TRACE(issued ? "issued" : "draft");
    LimitStory story;
    const Victim victim = FirstVictim();
    story.Admit(victim);
    story.RegisterPolicy();
    story.State(Yuan("11200"));
    story.Judge(victim);
    ASSERT_EQ(story.AskedFor(victim), Draft("6800"));
    if (issued) story.Issue(victim);
    const auto answer = story.State(Yuan("17000"));
    EXPECT_EQ(story.AskedFor(victim).all(), Yuan("1000"));
    EXPECT_EQ(story.AskedFor(victim).issued, issued ? Yuan("1000") : Money());
    EXPECT_EQ(story.AskedOfTaxi(victim), Yuan("43800"));
    EXPECT_THAT(answer.breaks, IsEmpty());
    EXPECT_THAT(story.TimelineOf(victim), HasSubstr("保险公司登记或者申报的限额有变动"));
    // It was an error: nothing is lost.
    story.State(Yuan("11200"));
    EXPECT_EQ(story.AskedFor(victim).all(), Yuan("6800"));
  }
}

TEST(ShareLimitsTest, WhatIsLeftTakesWhatTheDemandsBroughtIn) {
  LimitStory story;
  const Victim victim = FirstVictim();
  story.Admit(victim);
  story.RegisterPolicy();
  const auto left = [&] {
    app::PolicyAnswer answer = story.Claim("C-1");  // Changes no figure.
    return absl::StrCat(app::MedicalLeft(answer.policy.uses[0], answer.figures[0]).ToYuan(), " ",
                        answer.figures[0].received.ToYuan(), " ",
                        answer.figures[0].demanded.ToYuan());
  };
  story.State(Yuan("11200"));
  story.Judge(victim);
  EXPECT_EQ(left(), "6800.00 0.00 0.00");
  story.Issue(victim);
  EXPECT_EQ(left(), "6800.00 0.00 6800.00");
  story.Pay(victim, Yuan("6800"));
  EXPECT_EQ(left(), "0.00 6800.00 0.00");
  // The insurer counts it from now on, or repeats what it said: either way nothing is left.
  story.State(Yuan("18000"));
  EXPECT_EQ(left(), "0.00 6800.00 0.00");
  EXPECT_EQ(story.AskedFor(victim).all(), Yuan("6800"));
}

TEST(ShareLimitsTest, TheSameFigureAgainCountsNothingAnew) {
  LimitStory story;
  const Victim victim = FirstVictim();
  story.Admit(victim);
  story.RegisterPolicy();
  story.State(Yuan("11200"));
  story.Judge(victim);
  story.Issue(victim);
  story.Pay(victim, Yuan("6800"));
  const auto answer = story.State(Yuan("11200"));
  EXPECT_EQ(app::MedicalLeft(answer.policy.uses[0], answer.figures[0]), Money());
  EXPECT_EQ(story.AskedFor(victim).all(), Yuan("6800"));
}

TEST(ShareLimitsTest, ALimitThatFreesAgainIsAskedForAgain) {
  LimitStory story;
  const Victim first = FirstVictim();
  const Victim second = SecondVictim();
  story.Admit(first);
  story.Admit(second);
  story.RegisterPolicy();
  story.Judge(first);
  story.Issue(first);
  story.Judge(second);
  ASSERT_EQ(story.AskedFor(first).all(), Yuan("9000"));
  story.Withdraw(second);
  // The issued part stays, and a supplement is drafted.
  EXPECT_EQ(story.AskedFor(first).issued, Yuan("9000"));
  EXPECT_EQ(story.AskedFor(first).draft, Yuan("9000"));
  EXPECT_EQ(story.AskedOfTaxi(first), Yuan("26800"));
}

TEST(ShareLimitsTest, WhatIsGivenUpOrTakenBackIsThereForTheOthers) {
  for (const bool withdrawn : {true, false}) {
    SCOPED_TRACE(withdrawn ? "withdrawn" : "given up in part");
    LimitStory story;
    const Victim first = FirstVictim();
    const Victim second = SecondVictim();
    story.Admit(first);
    story.Admit(second);
    story.RegisterPolicy();
    story.Judge(first);
    story.Judge(second);
    story.Issue(first);
    const domain::Demand demand = story.DemandsTo(first).front();
    if (withdrawn) {
      const app::WithdrawDemand command{story.pool, demand.id, "", "发函有误"};
      ASSERT_TRUE(
          story
              .Run(story.fund,
                   [&](app::UnitOfWork& work) { return app::WithdrawDemandOf(command, work); })
              .ok());
      EXPECT_EQ(story.AskedFor(second), Draft("18000"));
      continue;
    }
    const auto given_up = story.Run(story.fund, [&](app::UnitOfWork& work) {
      return app::RelinquishOf(
          {.pool = story.pool, .of = demand.id, .etag = "", .amount = Yuan("40"), .reason = "小额"},
          work);
    });
    ASSERT_TRUE(given_up.ok()) << given_up.status();
    ASSERT_EQ(given_up->relinquished, Yuan("40"));
    EXPECT_EQ(story.AskedFor(first).issued, Yuan("8960"));
    EXPECT_EQ(story.AskedFor(second), Draft("9040"));
  }
}

TEST(ShareLimitsTest, AClaimIsRegisteredWithoutUseAndBindsThePolicy) {
  LimitStory story;
  const Victim victim = FirstVictim();
  story.Admit(victim, "");  // No hospital saw the plate.
  story.Judge(victim);
  story.RegisterPolicy();
  EXPECT_EQ(story.DemandsTo(victim).front().policy, std::nullopt);
  // The insured is the liable party, and the claim is of that day.
  app::PolicyAnswer answer = story.Claim("PA-2025-0601");
  ASSERT_THAT(answer.policy.uses, SizeIs(1));
  EXPECT_TRUE(answer.policy.uses[0].only_claim);
  EXPECT_EQ(answer.policy.uses[0].claim_number, "PA-2025-0601");
  EXPECT_EQ(story.DemandsTo(victim).front().policy, story.policy().id);
  EXPECT_EQ(story.AskedFor(victim), Draft("18000"));
  // Use is stated later; the number stays. Another claim number leaves the use.
  answer = story.State(Yuan("11200"));
  EXPECT_EQ(answer.policy.uses[0].claim_number, "PA-2025-0601");
  EXPECT_EQ(story.AskedFor(victim), Draft("6800"));
  answer = story.Claim("PA-2025-0602");
  EXPECT_EQ(answer.policy.uses[0].claim_number, "PA-2025-0602");
  EXPECT_EQ(answer.policy.uses[0].medical, Yuan("11200"));
  EXPECT_FALSE(answer.policy.uses[0].only_claim);
  EXPECT_EQ(story.AskedFor(victim), Draft("6800"));
}

// Everything that several victims, a court, a fund and an insurer may do, in random order.
class RandomLimitStory {
 public:
  // `agreed`: two of the three are without a judgment, under a policy that is known.
  RandomLimitStory(std::uint64_t seed, bool agreed) : random_(seed) {
    victims_ = {FirstVictim("900", "31000.01"), SecondVictim("0", "31000.01"),
                ThirdVictim("2500", "7200")};
    victims_[0].ordered = Yuan("900");
    victims_[2].ordered = Yuan("2500");
    if (agreed) {
      agreed_ = {0, 1};
      story_.RegisterPolicy();
      registered_ = true;
    }
    for (const Victim& victim : victims_) {
      story_.Admit(victim, agreed || Below(2) == 0 ? kPlate : "");
    }
    judged_.resize(victims_.size());
  }

  void Step() {
    const std::size_t who = static_cast<std::size_t>(Below(victims_.size()));
    const Victim& victim = victims_[who];
    const Asked asked = story_.AskedFor(victim);
    constexpr int kSteps[] = {0, 1, 2, 3, 3, 4, 4, 5, 5, 6, 7};
    switch (kSteps[Below(std::size(kSteps))]) {
      case 0:
      case 1:
        if (!judged_[who] && !withdrawn_.contains(who)) {
          log_ += absl::StrCat(agreed_.contains(who) ? " agree" : " judge", who);
          if (agreed_.contains(who)) {
            story_.Agree(victim);
          } else {
            story_.Judge(victim);
          }
          judged_[who] = true;
        }
        return;
      case 2:
        if (!registered_) {
          log_ += " register";
          story_.RegisterPolicy();
          story_.Claim("C-1");
          registered_ = true;
        }
        return;
      case 3: {
        if (!registered_) return;
        elsewhere_ = Money::Fen(Below(2) == 0 ? Below(1'900'000) : 1'600'000 + Below(300'000));
        const Money figure = std::min(elsewhere_ + Paid(), Yuan("18000"));
        elsewhere_ = figure - Paid();
        log_ += absl::StrCat(" state", figure.ToYuan());
        story_.State(figure);
        return;
      }
      case 4:
        if (asked.draft.is_positive()) {
          log_ += absl::StrCat(" issue", who);
          story_.Issue(victim);
        }
        return;
      case 5:
        if (const Money open = asked.issued - asked.accepted; open > Fen(2)) {
          const Money part = Money::Fen(1 + Below(static_cast<std::uint64_t>(open.fen() - 1)));
          log_ += absl::StrCat(" accept", who, "=", part.ToYuan());
          story_.Accept(victim, part);
        }
        return;
      case 6:
        if (const Money open = asked.issued - asked.paid; open > Fen(2)) {
          const Money part = Money::Fen(1 + Below(static_cast<std::uint64_t>(open.fen() - 1)));
          log_ += absl::StrCat(" pay", who, "=", part.ToYuan());
          story_.Pay(victim, part);
        }
        return;
      case 7:
        // Nothing accepted or paid: what then stands is a person's question, not the limit's.
        if (judged_[who] && asked.accepted.is_zero() && Below(3) == 0) {
          // What asks for nothing cannot be taken back.
          if (agreed_.contains(who) && asked.all().is_zero()) return;
          log_ += absl::StrCat(" withdraw", who);
          if (agreed_.contains(who)) {
            story_.TakeBack(victim);
          } else {
            story_.Withdraw(victim);
          }
          judged_[who] = false;
          withdrawn_.insert(who);
        }
        return;
    }
  }

  void Check() {
    SCOPED_TRACE(log_);
    Money ordered;
    Money wanted;
    Money standing;
    Money asked;
    for (std::size_t i = 0; i < victims_.size(); ++i) {
      const Asked of_victim = story_.AskedFor(victims_[i]);
      for (const domain::Demand& demand : story_.DemandsTo(victims_[i])) {
        if (!demand.revisions.empty()) ++moved_;
      }
      asked += of_victim.all();
      standing += of_victim.accepted;
      if (!judged_[i]) continue;
      if (!agreed_.contains(i)) ordered += victims_[i].ordered;
      wanted += victims_[i].fund;
    }
    const Money left = Yuan("18000") - std::min(std::max(ordered, elsewhere_), Yuan("18000"));
    const bool told = ::testing::Value(
        story_.OpenBreaks(), ::testing::Contains(::testing::StartsWith("POLICY_LIMIT_MISMATCH")));
    if (standing <= left) {
      // To the fen: nothing beyond the limit, and nothing of it left lying.
      EXPECT_EQ(asked, std::min(left, std::max(wanted, standing)));
      EXPECT_FALSE(told);
    } else {
      ++beyond_;
      EXPECT_EQ(asked, standing);
      EXPECT_TRUE(told);
    }
  }

  // What the story came across.
  int beyond() const { return beyond_; }
  int moved() const { return moved_; }

 private:
  std::int64_t Below(std::uint64_t n) { return static_cast<std::int64_t>(random_.Next() % n); }
  static Money Fen(std::int64_t fen) { return Money::Fen(fen); }
  Money Paid() {
    Money paid;
    for (const Victim& victim : victims_) paid += story_.AskedFor(victim).paid;
    return paid;
  }

  SeededRandom random_;
  LimitStory story_;
  int beyond_ = 0;
  int moved_ = 0;
  std::vector<Victim> victims_;
  std::vector<bool> judged_;
  std::set<std::size_t> withdrawn_;
  std::set<std::size_t> agreed_;
  bool registered_ = false;
  Money elsewhere_;
  std::string log_;
};

TEST(ShareLimitsTest, WhateverHappensTheLimitHoldsAndNothingIsLost) {
  for (const bool agreed : {false, true}) {
    int beyond = 0;
    int moved = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      SCOPED_TRACE(absl::StrCat("seed ", seed, agreed ? ", two agreed" : ""));
      RandomLimitStory story(seed, agreed);
      for (int step = 0; step < 30 && !::testing::Test::HasFailure(); ++step) {
        story.Step();
        story.Check();
      }
      beyond += story.beyond();
      moved += story.moved();
    }
    // It has seen what it is about.
    EXPECT_GT(beyond, 5);
    EXPECT_GT(moved, 20);
  }
}

// The limit of a commercial policy is shared by what each asks of it after compulsory cover.
TEST(ShareLimitsTest, ACommercialLimitIsSharedToo) {
  LimitStory story;
  const Victim first = FirstVictim("0", "60000");
  const Victim second = SecondVictim("0", "42000");
  story.Admit(first);
  story.Admit(second);
  for (const Victim& victim : {first, second}) {
    domain::CourtCase court_case = story.CaseOf(victim);
    court_case.policies.push_back(
        {kInsurerName, domain::PolicyKind::kCommercial, Yuan("28000"), std::nullopt});
    story.Judge(court_case);
  }
  // Of 18,000: 10,588.24 and 7,411.76. Of the 28,000, for 49,411.76 and 34,588.24: 60 and 42 parts.
  EXPECT_EQ(story.AskedFor(first).draft, Yuan("10588.24") + Yuan("16470.59"));
  EXPECT_EQ(story.AskedFor(second).draft, Yuan("7411.76") + Yuan("11529.41"));
  EXPECT_EQ(story.AskedOfTaxi(first), Yuan("32941.17"));
}

TEST(ShareLimitsTest, TheOrderOfArrivalChangesNothingThatIsNotIssued) {
  ExpectTheSameInEveryOrder([](LimitStory& story, const Victim& victim) { story.Judge(victim); });
}

}  // namespace
}  // namespace recoup::testing

#include "hub/matching/lead.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/base/ids.h"

namespace recoup::matching {
namespace {

using domain::Money;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

const absl::CivilDay kAccident(2025, 5, 1);

CaseFacts Case() {
  CaseFacts facts;
  facts.key = "case-1";
  facts.person_name = "陈小树";
  facts.id_token = "token-1";
  facts.accident_on = kAccident;
  facts.closed_on = absl::CivilDay(2026, 1, 15);
  facts.hospitals = {"青河医院"};
  facts.medical_total = Money::Fen(10000);
  facts.fund_paid = Money::Fen(4000);
  facts.third_party = ThirdPartyKind::kTraffic;
  return facts;
}

Visit MakeVisit(std::string key, int days, std::int64_t fund, std::int64_t total) {
  Visit visit;
  visit.advance_key = std::move(key);
  visit.hospital = "青河医院";
  visit.admitted_on = kAccident + days;
  visit.settled_on = visit.admitted_on + 10;
  visit.fund_paid = Money::Fen(fund);
  visit.total = Money::Fen(total);
  visit.self_paid = Money::Fen(total - fund);
  return visit;
}

Candidate Person(std::string key, std::string token, std::vector<Visit> visits) {
  Candidate candidate;
  candidate.key = std::move(key);
  candidate.person_name = "陈小树";
  candidate.id_token = std::move(token);
  candidate.visits = std::move(visits);
  return candidate;
}

LeadDecision Decide(const CaseFacts& facts, const std::vector<Candidate>& candidates) {
  const absl::StatusOr<LeadDecision> decision = DecideLead(facts, candidates, MatchingPolicy{});
  EXPECT_TRUE(decision.ok()) << decision.status();
  if (!decision.ok()) return {};
  for (const RankedCandidate& ranked : decision->ranked) {
    int sum = 0;
    for (const Reason& reason : ranked.reasons) {
      sum += reason.weight;
      EXPECT_FALSE(reason.text.empty());
    }
    EXPECT_EQ(sum, ranked.score) << "every point of a score has a reason";
  }
  EXPECT_FALSE(decision->explanation.empty());
  return *decision;
}

std::vector<Evidence> EvidenceOf(const RankedCandidate& ranked) {
  std::vector<Evidence> evidence;
  for (const Reason& reason : ranked.reasons) evidence.push_back(reason.evidence);
  return evidence;
}

TEST(LeadTest, TheSameIdNumberIsDecisive) {
  CaseFacts facts = Case();
  facts.fund_paid.reset();
  facts.medical_total.reset();
  facts.hospitals.clear();
  const LeadDecision decision =
      Decide(facts, {Person("p1", "token-1", {MakeVisit("v1", 30, 1, 2)})});
  EXPECT_EQ(decision.verdict, Verdict::kCertain);
  EXPECT_EQ(decision.rule_version, "matching-1");
}

TEST(LeadTest, TheSameIdNumberWithoutAVisitInTheWindowIsNotCertain) {
  for (const int days : {-1, 366}) {
    const LeadDecision decision =
        Decide(Case(), {Person("p1", "token-1", {MakeVisit("v1", days, 4000, 10000)})});
    EXPECT_EQ(decision.verdict, Verdict::kAmbiguous) << days;
    EXPECT_THAT(EvidenceOf(decision.ranked[0]), Contains(Evidence::kAdmittedBeforeAccident));
    EXPECT_THAT(decision.ranked[0].chosen_visits, IsEmpty());
  }
  EXPECT_EQ(Decide(Case(), {Person("p1", "token-1", {MakeVisit("v1", 365, 1, 2)})}).verdict,
            Verdict::kCertain);
}

TEST(LeadTest, AnotherIdNumberExcludesWhateverElseFits) {
  const LeadDecision decision =
      Decide(Case(), {Person("p1", "token-2", {MakeVisit("v1", 0, 4000, 10000)})});
  EXPECT_EQ(decision.verdict, Verdict::kNone);
  ASSERT_EQ(decision.ranked.size(), 1u);
  EXPECT_TRUE(decision.ranked[0].excluded);
  EXPECT_THAT(EvidenceOf(decision.ranked[0]), ElementsAre(Evidence::kOtherIdNumber));
}

TEST(LeadTest, WithoutIdNumberNameTimeHospitalAndAmountAreEnough) {
  const LeadDecision decision =
      Decide(Case(), {Person("p1", "", {MakeVisit("v1", 0, 4000, 10000)})});
  EXPECT_EQ(decision.verdict, Verdict::kCertain);
  EXPECT_THAT(EvidenceOf(decision.ranked[0]),
              ElementsAre(Evidence::kSameName, Evidence::kNearAccident, Evidence::kFundEqual,
                          Evidence::kTotalEqual, Evidence::kHospitalNamed));
}

TEST(LeadTest, TwoPeopleOfOneNameAreAmbiguous) {
  const LeadDecision decision =
      Decide(Case(), {Person("p2", "", {MakeVisit("v2", 0, 4000, 10000)}),
                      Person("p1", "", {MakeVisit("v1", 1, 4000, 10000)})});
  EXPECT_EQ(decision.verdict, Verdict::kAmbiguous);
  EXPECT_EQ(decision.margin, 0);
  EXPECT_EQ(decision.ranked[0].key, "p1");  // Equal scores rank by key.
}

TEST(LeadTest, ANameAloneIsAmbiguousAndNotDropped) {
  CaseFacts facts = Case();
  const LeadDecision decision = Decide(facts, {Person("p1", "", {MakeVisit("v1", 100, 1, 2)})});
  EXPECT_EQ(decision.verdict, Verdict::kAmbiguous);
  Candidate stranger = Person("p1", "", {MakeVisit("v1", 0, 1, 2)});
  stranger.person_name = "周大川";
  EXPECT_EQ(Decide(facts, {stranger}).verdict, Verdict::kNone);
  EXPECT_EQ(Decide(facts, {}).verdict, Verdict::kNone);
}

TEST(LeadTest, ASubsetOfVisitsThatSumsToTheFundAmountIsChosen) {
  const LeadDecision decision =
      Decide(Case(), {Person("p1", "token-1",
                             {MakeVisit("v1", 0, 2500, 6000), MakeVisit("v2", 20, 999, 1500),
                              MakeVisit("v3", 40, 1500, 4000), MakeVisit("v0", -30, 4000, 9000)})});
  EXPECT_EQ(decision.verdict, Verdict::kCertain);
  EXPECT_THAT(decision.ranked[0].chosen_visits, ElementsAre("v1", "v3"));
  EXPECT_THAT(EvidenceOf(decision.ranked[0]), Contains(Evidence::kTotalEqual));
}

TEST(LeadTest, SeveralSubsetsGoToAPersonEvenWithTheSameIdNumber) {
  const LeadDecision decision = Decide(
      Case(),
      {Person("p1", "token-1", {MakeVisit("v1", 0, 4000, 5000), MakeVisit("v2", 1, 4000, 5000)})});
  EXPECT_EQ(decision.verdict, Verdict::kAmbiguous);
  EXPECT_THAT(decision.ranked[0].chosen_visits, ElementsAre("v1", "v2"));
}

TEST(LeadTest, TheToleranceIsExactToTheFen) {
  const auto evidence = [](std::int64_t fund) {
    return EvidenceOf(
        Decide(Case(), {Person("p1", "", {MakeVisit("v1", 0, fund, 9000)})}).ranked[0]);
  };
  EXPECT_THAT(evidence(4000), Contains(Evidence::kFundEqual));
  EXPECT_THAT(evidence(4100), Contains(Evidence::kFundNear));
  EXPECT_THAT(evidence(3900), Contains(Evidence::kFundNear));
  EXPECT_THAT(evidence(4101), testing::Not(Contains(Evidence::kFundNear)));
}

TEST(LeadTest, MoreThanTwentyVisitsAreReported) {
  std::vector<Visit> visits;
  for (int i = 0; i < 21; ++i) visits.push_back(MakeVisit(absl::StrCat("v", i), i, 200, 900));
  EXPECT_THAT(EvidenceOf(Decide(Case(), {Person("p1", "token-1", visits)}).ranked[0]),
              Contains(Evidence::kTooManyVisits));
}

TEST(LeadTest, WhatSpeaksAgainstIsCounted) {
  Visit late = MakeVisit("v1", 0, 4000, 10000);
  late.settled_on = *Case().closed_on + 1;
  late.third_party = ThirdPartyKind::kAnimal;
  Candidate candidate = Person("p1", "", {late});
  candidate.birth_on = kAccident + 1;
  EXPECT_THAT(EvidenceOf(Decide(Case(), {candidate}).ranked[0]),
              testing::IsSupersetOf({Evidence::kSettledAfterJudgment, Evidence::kOtherThirdParty,
                                     Evidence::kBornAfterAccident}));
}

TEST(LeadTest, TheFundAmountFollowsFromTotalAndOwnPart) {
  CaseFacts facts = Case();
  facts.fund_paid.reset();
  facts.self_paid = Money::Fen(6000);
  EXPECT_THAT(
      EvidenceOf(Decide(facts, {Person("p1", "", {MakeVisit("v1", 0, 4000, 10000)})}).ranked[0]),
      Contains(Evidence::kFundEqual));
}

TEST(LeadTest, OrderHasNoEffect) {
  SeededRandom random(20261121);
  for (int round = 0; round < 2'000; ++round) {
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < 1 + random.Next() % 4; ++i) {
      std::vector<Visit> visits;
      for (std::size_t j = 0; j < random.Next() % 5; ++j) {
        visits.push_back(MakeVisit(absl::StrCat(i, "-", j),
                                   static_cast<int>(random.Next() % 500) - 50,
                                   static_cast<std::int64_t>(random.Next() % 5) * 1000, 10000));
      }
      candidates.push_back(
          Person(absl::StrCat("p", i), random.Next() % 3 == 0 ? "token-1" : "", std::move(visits)));
    }
    const LeadDecision first = Decide(Case(), candidates);
    std::reverse(candidates.begin(), candidates.end());
    for (Candidate& c : candidates) std::reverse(c.visits.begin(), c.visits.end());
    ASSERT_TRUE(Decide(Case(), candidates) == first) << "round " << round;
  }
}

TEST(LeadTest, FaultyFactsAreRefused) {
  CaseFacts facts = Case();
  facts.key.clear();
  EXPECT_FALSE(DecideLead(facts, {}, MatchingPolicy{}).ok());
  EXPECT_FALSE(DecideLead(Case(), {Person("p1", "", {}), Person("p1", "", {})}, {}).ok());
  EXPECT_FALSE(DecideLead(Case(), {Person("p1", "", {MakeVisit("v1", 0, -1, 5)})}, {}).ok());
}

}  // namespace
}  // namespace recoup::matching

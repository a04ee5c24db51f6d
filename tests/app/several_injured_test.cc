// A judgment for several injured persons: each one's apportionment uses what was awarded to them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/court_cases.h"
#include "hub/app/leads.h"
#include "hub/base/error.h"
#include "tests/app/limit_story.h"

namespace recoup::testing {
namespace {

using domain::Basis;
using domain::CourtCase;
using domain::CourtObligation;
using domain::DebtorKind;
using domain::LeadState;
using domain::PolicyKind;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;
using ::testing::UnorderedElementsAreArray;

constexpr char kRider[] = "季青峰";
constexpr char kPassengerName[] = "骆闻笛";
constexpr char kFund[] = "上海市浦东新区医疗保障局";

CourtObligation To(const char* creditor, const char* amount, std::optional<const char*> medical,
                   const char* set_off = nullptr) {
  CourtObligation owed;
  owed.debtor = kRider;
  owed.creditor = creditor;
  owed.amount = Yuan(amount);
  if (medical) owed.medical = Yuan(*medical);
  if (set_off != nullptr) owed.medical_set_off = Yuan(set_off);
  return owed;
}

// Both in one case, without insurance; the rider bears 70 % of the first one's loss.
CourtCase CaseOfBoth(const LimitStory& story, const Victim& first, const Victim& second) {
  CourtCase both = story.CaseOf(first);
  both.injured.push_back(story.CaseOf(second).injured[0]);
  both.basis = Basis::kGross;
  both.liability = {{kRider, 7'000}, {first.name, 3'000}};
  both.policies.clear();
  both.medical_total.reset();
  both.fund_paid = first.fund + second.fund;
  both.self_paid = first.own + second.own;
  return both;
}

// "季青峰 42000.00", withdrawn ones left out.
std::vector<std::string> DemandedFor(LimitStory& story, const Victim& victim) {
  std::vector<std::string> demanded;
  for (const domain::DemandId id : story.RecoveryOf(victim).demands) {
    const auto demand = story.Get<domain::Demand>(story.pool.value, id.value);
    if (demand.state == domain::DemandState::kWithdrawn) continue;
    demanded.push_back(absl::StrCat(demand.debtor_name, " ", demand.amount.ToYuan()));
  }
  return demanded;
}

std::vector<domain::Lead> LeadsIn(LimitStory& story, LeadState state) {
  std::vector<domain::Lead> leads = story.All<domain::Lead>(story.pool.value);
  std::erase_if(leads, [&](const domain::Lead& lead) { return lead.state != state; });
  return leads;
}

// Both in one case, admitted both or the first alone.
struct TwoInjured {
  enum class Admitted { kBoth, kFirst };

  explicit TwoInjured(Admitted admitted, Victim first_victim = FirstVictim("40000", "60000"),
                      Victim second_victim = SecondVictim("3000", "2000"))
      : first(std::move(first_victim)),
        second(std::move(second_victim)),
        both(CaseOfBoth(story, first, second)) {
    story.Admit(first, "");
    if (admitted == Admitted::kBoth) story.Admit(second, "");
  }

  LimitStory story;
  const Victim first;
  const Victim second;
  CourtCase both;
};
using Admitted = TwoInjured::Admitted;

std::string RiderOwes(const char* amount) { return absl::StrCat(kRider, " ", amount); }

TEST(SeveralInjuredTest, EachOnesPartComesOfWhatWasAwardedToThem) {
  struct Row {
    const char* what;
    Victim first;
    Victim second;
    const char* awarded;  // B of the elements.
    std::vector<CourtObligation> obligations;
    std::vector<std::string> of_first;
    std::vector<std::string> of_second;
  };
  const Row rows[] = {
      {"70,000 x 60 / 100 and 5,000 x 2 / 5",
       FirstVictim("40000", "60000"),
       SecondVictim("3000", "2000"),
       "75000",
       {To(kPatientName, "70000", "70000"), To(kPassengerName, "5000", "5000")},
       {RiderOwes("42000.00")},
       {RiderOwes("2000.00")}},
      {"the second one's B is more than the first one's A + C",
       FirstVictim("16000", "24000"),
       SecondVictim("40000", "20000"),
       "76000",
       {To(kPatientName, "28000", "28000"), To(kPassengerName, "48000", "48000")},
       {RiderOwes("16800.00")},
       {RiderOwes("16000.00")}},
      {"neither share makes the other's B",
       FirstVictim("16000", "24000"),
       SecondVictim("4000", "6000"),
       "38000",
       {To(kPatientName, "28000", "28000"), To(kPassengerName, "10000", "10000")},
       {RiderOwes("16800.00")},
       {RiderOwes("6000.00")}},
      {"other items beside the medical ones, one of them to both",
       FirstVictim("16000", "24000"),
       SecondVictim("4000", "6000"),
       "38000",
       {To(kPatientName, "90000", "28000"), To(kPassengerName, "10000", "10000"),
        To("邵清禾、骆闻笛", "1200", "0")},
       {RiderOwes("16800.00")},
       {RiderOwes("6000.00")}},
      {"8,000 were paid to the first before; 20,000 are left to withhold",
       FirstVictim("16000", "24000"),
       SecondVictim("4000", "6000"),
       "38000",
       {To(kPatientName, "20000", "20000", "8000"), To(kPassengerName, "10000", "10000")},
       {RiderOwes("16800.00")},
       {RiderOwes("6000.00")}},
      {"names written otherwise, and the elements without B",
       FirstVictim("40000", "60000"),
       SecondVictim("3000", "2000"),
       nullptr,
       {To("邵 清禾", "70000", "70000"), To("骆　闻笛", "5000", "5000")},
       {RiderOwes("42000.00")},
       {RiderOwes("2000.00")}},
      {"the whole of one's bill to the fen",
       FirstVictim("0.01", "0.01"),
       SecondVictim("3000", "2000"),
       "5000.02",
       {To(kPatientName, "0.02", "0.02"), To(kPassengerName, "5000", "5000")},
       {RiderOwes("0.01")},
       {RiderOwes("2000.00")}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    TwoInjured of(Admitted::kBoth, row.first, row.second);
    auto& [story, first, second, both] = of;
    if (row.awarded != nullptr) both.medical_awarded = Yuan(row.awarded);
    both.obligations = row.obligations;
    story.Judge(both);
    EXPECT_THAT(DemandedFor(story, first), UnorderedElementsAreArray(row.of_first));
    EXPECT_THAT(DemandedFor(story, second), UnorderedElementsAreArray(row.of_second));
    EXPECT_THAT(LeadsIn(story, LeadState::kReview), IsEmpty());
    // The C and A of the elements are those of both.
    EXPECT_THAT(story.TimelineOf(first), Not(HasSubstr("结算记录为")));
  }
}

TEST(SeveralInjuredTest, TheOtherOneNeedsNoAdvance) {
  TwoInjured of(Admitted::kFirst);
  auto& [story, first, second, both] = of;
  both.medical_awarded = Yuan("75000");
  both.obligations = {To(kPatientName, "70000", "70000"), To(kPassengerName, "5000", "5000")};
  story.Judge(both);
  EXPECT_THAT(DemandedFor(story, first), ElementsAre(RiderOwes("42000.00")));
}

// The passenger was hurt, too, and claims nothing: B is what the other one was awarded.
TEST(SeveralInjuredTest, WhoAloneIsPaidHasTheWholeOfB) {
  TwoInjured of(Admitted::kBoth);
  auto& [story, first, second, both] = of;
  both.medical_awarded = Yuan("70000");
  both.obligations = {To(kPatientName, "90000", std::nullopt), To(kRider, "5000", std::nullopt)};
  both.obligations[1].debtor = "季小峰";
  story.Judge(both);
  EXPECT_THAT(DemandedFor(story, first), ElementsAre(RiderOwes("42000.00")));
  EXPECT_THAT(LeadsIn(story, LeadState::kReview),
              ElementsAre(Field(&domain::Lead::person_name, kPassengerName)));
}

TEST(SeveralInjuredTest, WhereThePartsAreNotToldNothingIsGuessed) {
  struct Row {
    const char* what;
    std::vector<CourtObligation> obligations;
    std::vector<std::string> in_review;
  };
  const Row rows[] = {
      {"no obligations", {}, {kPatientName, kPassengerName}},
      {"one sum to both", {To("邵清禾、骆闻笛", "75000", "75000")}, {kPatientName, kPassengerName}},
      {"one sum to nobody", {To("", "75000", "75000")}, {kPatientName, kPassengerName}},
      {"to an heir of one of them",
       {To("邵小禾", "70000", "70000"), To(kPassengerName, "5000", "5000")},
       {kPatientName, kPassengerName}},
      {"a part of the first one's sum",
       {To(kPatientName, "90000", std::nullopt), To(kPassengerName, "5000", "5000")},
       {kPatientName}},
      {"a sum to both beside their own",
       {To(kPatientName, "70000", "70000"), To(kPassengerName, "5000", "5000"),
        To("邵清禾、骆闻笛", "1000", std::nullopt)},
       {kPatientName, kPassengerName}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    TwoInjured of(Admitted::kBoth);
    auto& [story, first, second, both] = of;
    both.medical_awarded = Yuan("75000");
    both.obligations = row.obligations;
    story.Judge(both);
    std::vector<std::string> in_review;
    for (const domain::Lead& lead : LeadsIn(story, LeadState::kReview)) {
      in_review.push_back(lead.person_name);
      EXPECT_THAT(lead.verdict, AllOf(HasSubstr("几名受害人合计的医疗赔偿"), HasSubstr("补正")));
    }
    EXPECT_THAT(in_review, UnorderedElementsAreArray(row.in_review));
    EXPECT_THAT(DemandedFor(story, first), IsEmpty());
    // The court completes the elements, and what waited goes on.
    both.obligations = {To(kPatientName, "70000", "70000"), To(kPassengerName, "5000", "5000")};
    story.Amend(both);
    EXPECT_THAT(DemandedFor(story, first), ElementsAre(RiderOwes("42000.00")));
    EXPECT_THAT(DemandedFor(story, second), ElementsAre(RiderOwes("2000.00")));
    EXPECT_THAT(LeadsIn(story, LeadState::kReview), IsEmpty());
  }
}

TEST(SeveralInjuredTest, AnOfficerWhoConfirmsAllTheSameReadsWhatIsMissing) {
  TwoInjured of(Admitted::kFirst);
  auto& [story, first, second, both] = of;
  both.medical_awarded = Yuan("75000");
  both.obligations = {To("邵清禾、骆闻笛", "75000", "75000")};
  story.Judge(both);
  const std::vector<domain::Lead> waiting = LeadsIn(story, LeadState::kReview);
  ASSERT_EQ(waiting.size(), 1u);
  app::ConfirmLead command;
  command.pool = story.pool;
  command.lead = waiting[0].id;
  command.reason = "本人";
  const auto confirmed = story.Run(
      story.fund, [&](app::UnitOfWork& work) { return app::ConfirmLeadOf(command, work); });
  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  EXPECT_THAT(DemandedFor(story, first), IsEmpty());
  EXPECT_THAT(story.RecoveryOf(first).obstacle, HasSubstr("几名受害人合计的医疗赔偿"));
}

TEST(SeveralInjuredTest, FiguresThatDisagreeAreForAPerson) {
  TwoInjured of(Admitted::kFirst);
  auto& [story, first, second, both] = of;
  both.medical_awarded = Yuan("5000");
  both.obligations = {To(kPatientName, "70000", "70000"), To(kPassengerName, "5000", "5000")};
  story.Judge(both);
  EXPECT_THAT(LeadsIn(story, LeadState::kReview),
              ElementsAre(Field(&domain::Lead::verdict,
                                AllOf(HasSubstr("5,000.00"), HasSubstr("75,000.00")))));
  EXPECT_THAT(DemandedFor(story, first), IsEmpty());
}

TEST(SeveralInjuredTest, WhatAFundIsAwardedIsOnesOwnOnlyWhereItIsWhatTheFundPaidForThem) {
  for (const bool own : {true, false}) {
    SCOPED_TRACE(own);
    TwoInjured of(Admitted::kFirst);
    auto& [story, first, second, both] = of;
    both.basis = Basis::kFundAwarded;
    both.obligations = {To(kFund, own ? "60000" : "43400", std::nullopt)};
    story.Judge(both);
    if (own) {
      EXPECT_THAT(DemandedFor(story, first), ElementsAre(RiderOwes("60000.00")));
    } else {
      EXPECT_THAT(LeadsIn(story, LeadState::kReview),
                  ElementsAre(Field(&domain::Lead::verdict, HasSubstr("直接给付基金"))));
    }
  }
}

// A compulsory limit of 18,000: 12,000 are ordered to both, and 6,000 are left for what the fund
// paid for them, in proportion.
TEST(SeveralInjuredTest, ANetJudgmentUsesTheLimitForAllOfThemOnce) {
  for (const bool both_insured : {true, false}) {
    SCOPED_TRACE(both_insured ? "both" : "the first alone");
    TwoInjured of(both_insured ? Admitted::kBoth : Admitted::kFirst, FirstVictim("9000", "10000"),
                  SecondVictim("3000", "5000"));
    auto& [story, first, second, both] = of;
    both.basis = Basis::kNet;
    both.medical_awarded = Yuan("12000");
    both.liability = {{kRider, 10'000}};
    both.policies = {{kInsurerName, PolicyKind::kCtp, std::nullopt, std::nullopt}};
    for (const auto& [name, amount] : {std::pair(kPatientName, "9000"), {kPassengerName, "3000"}}) {
      CourtObligation owed = To(name, amount, amount);
      owed.debtor = kInsurerName;
      owed.debtor_kind = DebtorKind::kInsurer;
      owed.policy_kind = PolicyKind::kCtp;
      both.obligations.push_back(owed);
    }
    story.Judge(both);
    const std::string insurer = absl::StrCat(kInsurerName, " ");
    if (both_insured) {
      EXPECT_THAT(DemandedFor(story, first),
                  UnorderedElementsAre(insurer + "4000.00", RiderOwes("6000.00")));
      EXPECT_THAT(DemandedFor(story, second),
                  UnorderedElementsAre(insurer + "2000.00", RiderOwes("3000.00")));
    } else {
      EXPECT_THAT(DemandedFor(story, first),
                  UnorderedElementsAre(insurer + "6000.00", RiderOwes("4000.00")));
    }
  }
}

// 30 % are the first one's own fault in the own loss: the passenger's fund does not ask them.
TEST(SeveralInjuredTest, OnesOwnShareIsNoDebtToTheOther) {
  for (const bool ordered : {false, true}) {
    SCOPED_TRACE(ordered ? "the judgment orders it" : "nothing is ordered");
    TwoInjured of(Admitted::kBoth, FirstVictim("9000", "10000"), SecondVictim("3000", "5000"));
    auto& [story, first, second, both] = of;
    both.basis = Basis::kNet;
    if (ordered) {
      both.obligations = {To(kPassengerName, "900", "900")};
      both.obligations[0].debtor = kPatientName;
    }
    story.Judge(both);
    EXPECT_THAT(DemandedFor(story, first), ElementsAre(RiderOwes("7000.00")));
    if (ordered) {
      EXPECT_THAT(DemandedFor(story, second),
                  UnorderedElementsAre(RiderOwes("3500.00"), "邵清禾 1500.00"));
    } else {
      EXPECT_THAT(
          LeadsIn(story, LeadState::kReview),
          ElementsAre(Field(&domain::Lead::verdict, HasSubstr("责任比例没有按受害人分列"))));
    }
  }
}

TEST(SeveralInjuredTest, TheOnlyOneIsReckonedAsBefore) {
  LimitStory story;
  const Victim first = FirstVictim("40000", "60000");
  story.Admit(first, "");
  CourtCase alone = CaseOfBoth(story, first, SecondVictim());
  alone.injured.resize(1);
  alone.fund_paid = Yuan("59000");
  alone.medical_awarded = Yuan("70000");
  alone.obligations = {To(kPatientName, "50000", "50000"), To("邵小禾", "20000", "20000")};
  story.Judge(alone);
  EXPECT_THAT(DemandedFor(story, first),
              UnorderedElementsAre(RiderOwes("30000.00"), RiderOwes("12000.00")));
  EXPECT_THAT(story.TimelineOf(first), HasSubstr("基金支付 C：判决为 59,000.00"));
}

absl::StatusOr<app::CourtCaseAnswer> Repay(LimitStory& story, const char* amount,
                                           const char* injured_person) {
  app::ReportPerformance report;
  report.court = story.court.party;
  report.id = story.All<CourtCase>(story.court.party.value).front().id;
  report.performance.reported_on = story.today();
  report.performance.debtor = kRider;
  report.performance.payee = kFund;
  report.performance.to_fund = true;
  report.performance.amount = Yuan(amount);
  report.performance.injured_person = injured_person;
  return story.Run(story.court,
                   [&](app::UnitOfWork& work) { return app::ReportPerformanceOf(report, work); });
}

// 42,000 and 2,000 are owed. What the rider has paid back is taken off once.
TEST(SeveralInjuredTest, WhatCameBackToAFundIsTakenOffOnce) {
  struct Row {
    const char* what;
    const char* injured_person;
    std::vector<std::string> of_first;
    std::vector<std::string> of_second;
  };
  const Row rows[] = {
      {"for the first", kPatientName, {RiderOwes("40500.00")}, {RiderOwes("2000.00")}},
      {"for the second", kPassengerName, {RiderOwes("42000.00")}, {RiderOwes("500.00")}},
      {"the name written otherwise", "骆　闻笛", {RiderOwes("42000.00")}, {RiderOwes("500.00")}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    TwoInjured of(Admitted::kBoth);
    auto& [story, first, second, both] = of;
    both.medical_awarded = Yuan("75000");
    both.obligations = {To(kPatientName, "70000", "70000"), To(kPassengerName, "5000", "5000")};
    story.Judge(both);
    const auto reported = Repay(story, "1500", row.injured_person);
    ASSERT_TRUE(reported.ok()) << reported.status();
    EXPECT_THAT(DemandedFor(story, first), UnorderedElementsAreArray(row.of_first));
    EXPECT_THAT(DemandedFor(story, second), UnorderedElementsAreArray(row.of_second));
  }
}

TEST(SeveralInjuredTest, WhatCameBackForNobodyByNameIsForAPerson) {
  TwoInjured of(Admitted::kBoth);
  auto& [story, first, second, both] = of;
  both.medical_awarded = Yuan("75000");
  both.obligations = {To(kPatientName, "70000", "70000"), To(kPassengerName, "5000", "5000")};
  story.Judge(both);
  ASSERT_TRUE(Repay(story, "1500", "").ok());
  for (const Victim& victim : {first, second}) {
    EXPECT_THAT(DemandedFor(story, victim), IsEmpty()) << "1,500 would be taken off twice";
    EXPECT_THAT(story.RecoveryOf(victim).obstacle, HasSubstr("没有写明为谁退回"));
  }
}

// The fund paid for the first alone, so it is theirs without a word.
TEST(SeveralInjuredTest, WhatCameBackIsTheirsForWhomAloneTheFundPaid) {
  TwoInjured of(Admitted::kFirst);
  auto& [story, first, second, both] = of;
  both.fund_paid = first.fund;
  both.medical_awarded = Yuan("75000");
  both.obligations = {To(kPatientName, "70000", "70000"), To(kPassengerName, "5000", "5000")};
  story.Judge(both);
  ASSERT_TRUE(Repay(story, "1500", "").ok());
  EXPECT_THAT(DemandedFor(story, first), ElementsAre(RiderOwes("40500.00")));
}

TEST(SeveralInjuredTest, WhatCameBackIsForOneOfTheInjured) {
  TwoInjured of(Admitted::kFirst);
  of.both.obligations = {To(kPatientName, "70000", "70000"), To(kPassengerName, "5000", "5000")};
  of.story.Judge(of.both);
  const ErrorDetail refused = DetailOf(Repay(of.story, "1500", "邵小禾").status());
  ASSERT_EQ(refused.faults.size(), 1u);
  EXPECT_EQ(refused.faults[0].field, "performance.injured_person");
}

}  // namespace
}  // namespace recoup::testing

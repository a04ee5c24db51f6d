// The medical part of what a judgment orders is the most that is demanded out of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "hub/domain/records/recovery.h"
#include "tests/app/case_story.h"

namespace recoup::testing {
namespace {

using domain::CourtObligation;
using domain::DebtorKind;
using domain::PolicyKind;
using ::testing::Contains;
using ::testing::UnorderedElementsAreArray;

constexpr char kDriver[] = "鲁大川";

CourtObligation Ordered(const char* debtor, const char* creditor, const char* amount,
                        std::optional<const char*> medical, std::optional<PolicyKind> policy,
                        const char* set_off = nullptr) {
  CourtObligation obligation;
  obligation.debtor = debtor;
  obligation.debtor_kind = policy ? DebtorKind::kInsurer : DebtorKind::kPerson;
  obligation.creditor = creditor;
  obligation.amount = Yuan(amount);
  if (medical) obligation.medical = Yuan(*medical);
  obligation.policy_kind = policy;
  if (set_off != nullptr) obligation.medical_set_off = Yuan(set_off);
  return obligation;
}

// One sum that an insurer owes under whatever cover it has.
CourtObligation OrderedUnderBoth(const char* amount, std::optional<const char*> medical) {
  CourtObligation obligation = Ordered(kInsurerName, kPatientName, amount, medical, std::nullopt);
  obligation.debtor_kind = DebtorKind::kInsurer;
  return obligation;
}

app::ReportSettlement SettlementOf(const HubWorld& world, const char* fund_paid,
                                   const char* self_paid) {
  app::ReportSettlement report = PudongSettlement(world);
  report.settlement.amount = Yuan(fund_paid);
  report.settlement.self_paid = Yuan(self_paid);
  report.settlement.total = Yuan(fund_paid) + Yuan(self_paid);
  return report;
}

std::string DraftOf(const char* debtor, const char* amount) {
  return absl::StrCat(debtor, " ", amount, " DRAFT");
}

// A 60,000, C 40,000, B 75,400, so D = 30,160.
TEST(MedicalPartsTest, AGrossJudgmentIsDrawnOnUpToItsMedicalParts) {
  struct Row {
    const char* what;
    std::vector<CourtObligation> obligations;
    std::vector<std::string> demands;
  };
  const Row rows[] = {
      {"the parts make up B",
       {Ordered(kInsurerName, kPatientName, "120000", "18000", PolicyKind::kCtp),
        Ordered(kDriver, kPatientName, "80000", "57400", std::nullopt)},
       {DraftOf(kInsurerName, "7200.00"), DraftOf(kDriver, "22960.00")}},
      {"50,000 of the driver's part were paid before",
       {Ordered(kInsurerName, kPatientName, "120000", "18000", PolicyKind::kCtp),
        Ordered(kDriver, kPatientName, "30000", "7400", std::nullopt, "50000")},
       {DraftOf(kInsurerName, "18000.00"), DraftOf(kDriver, "7400.00"),
        DraftOf(kPatientName, "4760.00")}},
      {"and go back to the driver",
       {Ordered(kInsurerName, kPatientName, "120000", "18000", PolicyKind::kCtp),
        Ordered(kInsurerName, kPatientName, "30000", "7400", PolicyKind::kCommercial),
        Ordered(kInsurerName, kDriver, "50000", "50000", PolicyKind::kCommercial)},
       {DraftOf(kInsurerName, "18000.00"), DraftOf(kInsurerName, "7400.00"),
        DraftOf(kPatientName, "4760.00")}},
      {"one part is not known: the law's order of payment decides",
       {Ordered(kInsurerName, kPatientName, "120000", "18000", PolicyKind::kCtp),
        Ordered(kDriver, kPatientName, "30000", std::nullopt, std::nullopt)},
       {DraftOf(kInsurerName, "7200.00"), DraftOf(kDriver, "22960.00")}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    HubWorld world;
    ASSERT_TRUE(Report(world, GrossSettlement(world)).ok());
    domain::CourtCase court_case = GrossCase();
    court_case.performances.clear();
    court_case.obligations = row.obligations;
    court_case.policies.push_back(
        {kInsurerName, PolicyKind::kCommercial, Yuan("1000000"), std::nullopt});
    if (row.obligations.size() == 2) court_case.policies.pop_back();
    ASSERT_TRUE(Push(world, Signed(world, court_case, "e1"), true).ok());
    EXPECT_THAT(DemandsOf(world), UnorderedElementsAreArray(row.demands));
  }
}

TEST(MedicalPartsTest, WhatAnInsurerPaidBeforeIsGoneFromItsLimit) {
  for (const auto& [set_off, owed] :
       {std::pair<const char*, const char*>{nullptr, "18000.00"}, {"10000", "8000.00"}}) {
    SCOPED_TRACE(owed);
    HubWorld world;
    ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
    domain::CourtCase court_case = PudongCase();
    court_case.policies[0].medical_remaining.reset();
    court_case.obligations = {
        Ordered(kInsurerName, kPatientName, "50000", "0", PolicyKind::kCtp, set_off)};
    ASSERT_TRUE(Push(world, Signed(world, court_case, "e1"), true).ok());
    EXPECT_THAT(DemandsOf(world), Contains(DraftOf(kInsurerName, owed)));
  }
}

// A 26,201.30, C 32,120.15; the driver bears 70 %. One sum under both covers: the person's own part
// takes of the compulsory limit first, the fund's part what is left of it.
TEST(MedicalPartsTest, OneSumUnderBothCoversTakesTheCompulsoryLimitFirst) {
  struct Row {
    const char* what;
    const char* amount;
    std::optional<const char*> medical;
    const char* left_before;
    std::vector<std::string> demands;
  };
  const Row rows[] = {
      {"all of the limit", "23740.91", "23740.91", "18000", {DraftOf(kInsurerName, "22484.11")}},
      {"the limit by law", "23740.91", "23740.91", nullptr, {DraftOf(kInsurerName, "22484.11")}},
      {"a part of it, among other items",
       "90000",
       "10000",
       "18000",
       {DraftOf(kInsurerName, "8000.00"), DraftOf(kInsurerName, "16884.11")}},
      {"what is medical is not told: B at the most",
       "90000",
       std::nullopt,
       "18000",
       {DraftOf(kInsurerName, "22484.11")}},
      {"a part was used before",
       "10000",
       "10000",
       "12000",
       {DraftOf(kInsurerName, "2000.00"), DraftOf(kInsurerName, "21084.11")}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    HubWorld world;
    ASSERT_TRUE(Report(world, SettlementOf(world, "32120.15", "26201.30")).ok());
    domain::CourtCase court_case = PudongCase();
    court_case.liability = {{kDriver, 7'000}, {kPatientName, 3'000}};
    court_case.medical_awarded = Yuan("23740.91");
    court_case.fund_paid = Yuan("32120.15");
    court_case.self_paid = Yuan("26201.30");
    court_case.policies = {{kInsurerName, PolicyKind::kCtp, std::nullopt, std::nullopt},
                           {kInsurerName, PolicyKind::kCommercial, Yuan("2000000"), std::nullopt}};
    if (row.left_before != nullptr) {
      court_case.policies[0].medical_remaining = Yuan(row.left_before);
    }
    court_case.obligations = {OrderedUnderBoth(row.amount, row.medical)};
    ASSERT_TRUE(Push(world, Signed(world, court_case, "e1"), true).ok());
    EXPECT_THAT(DemandsOf(world), UnorderedElementsAreArray(row.demands));
  }
}

// The sum takes of the commercial limit what compulsory cover does not reach.
TEST(MedicalPartsTest, OneSumUnderBothCoversLeavesTheCommercialLimitTheRest) {
  HubWorld world;
  ASSERT_TRUE(Report(world, SettlementOf(world, "32000", "58000")).ok());
  domain::CourtCase court_case = PudongCase();
  court_case.liability = {{kDriver, 10'000}};
  court_case.medical_awarded = Yuan("58000");
  court_case.fund_paid = Yuan("32000");
  court_case.policies = {{kInsurerName, PolicyKind::kCtp, std::nullopt, Yuan("18000")},
                         {kInsurerName, PolicyKind::kCommercial, Yuan("50000"), std::nullopt}};
  court_case.obligations = {OrderedUnderBoth("58000", "58000")};
  ASSERT_TRUE(Push(world, Signed(world, court_case, "e1"), true).ok());
  // 58,000 - 18,000 = 40,000 of 50,000 are used; the driver owes what is beyond.
  EXPECT_THAT(DemandsOf(world), UnorderedElementsAreArray({DraftOf(kInsurerName, "10000.00"),
                                                           DraftOf(kDriver, "22000.00")}));
}

TEST(MedicalPartsTest, TheExplanationNamesThePart) {
  HubWorld world;
  ASSERT_TRUE(Report(world, GrossSettlement(world)).ok());
  domain::CourtCase court_case = GrossCase();
  court_case.performances.clear();
  court_case.obligations = {
      Ordered(kInsurerName, kPatientName, "120000", "18000", PolicyKind::kCtp),
      Ordered(kDriver, kPatientName, "80000", "57400", std::nullopt)};
  ASSERT_TRUE(Push(world, Signed(world, court_case, "e1"), true).ok());
  const auto recovery = TheOnly<domain::Recovery>(world);
  std::vector<std::string> parts;
  for (const auto& step : recovery.explanation.steps) {
    for (const auto& input : step.inputs) {
      if (input.name == "该义务人应付医疗费") parts.push_back(input.amount->ToYuan());
    }
  }
  EXPECT_THAT(parts, ::testing::ElementsAre("18000.00", "57400.00"));
}

}  // namespace
}  // namespace recoup::testing

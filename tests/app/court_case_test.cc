// From a pushed case to demands, told case by case over a real engine and store.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/app/court_cases.h"
#include "hub/app/demands.h"
#include "hub/app/flag_admission.h"
#include "hub/app/letters.h"
#include "hub/base/error.h"
#include "hub/domain/records/receipts.h"
#include "tests/app/case_story.h"

namespace recoup::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

absl::StatusOr<app::IssuedDemand> Issue(HubWorld& world, const std::string& debtor) {
  app::IssueDemand command;
  command.pool = world.pool;
  command.demand = DemandTo(world, debtor).id;
  return world.Run(world.fund,
                   [command](app::UnitOfWork& work) { return app::IssueDemandOf(command, work); });
}

// Of the insurer, without any use of it.
domain::RegisteredPolicy PolicyOf2025(const HubWorld& world, app::UnitOfWork& work) {
  domain::RegisteredPolicy policy;
  policy.id = work.NewId<domain::PolicyId>();
  policy.insurer = world.insurer.party;
  policy.policy_number = "PDZA2025";
  policy.valid_from = absl::CivilDay(2025, 1, 1);
  policy.valid_until = absl::CivilDay(2025, 12, 31);
  return policy;
}

TEST(CourtCaseTest, PudongCaseGoesFromPushToIssuedDemands) {
  HubWorld world;
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  const auto pushed = Push(world, Signed(world, PudongCase(), "e1"), true);
  ASSERT_TRUE(pushed.ok()) << pushed.status();
  EXPECT_EQ(pushed->persons_with_lead, 1);
  EXPECT_EQ(pushed->grade, domain::Grade::kAdvanceOutstanding);
  EXPECT_THAT(DemandsOf(world),
              UnorderedElementsAre(std::string(kInsurerName) + " 6800.00 DRAFT",
                                   std::string(kTaxiCompany) + " 38000.00 DRAFT"));
  const auto advance = world.All<domain::Advance>(world.pool.value).front();
  EXPECT_EQ(advance.state, domain::AdvanceState::kOpen);
  EXPECT_EQ(advance.stages.at(domain::Stage::kAdvanced), Yuan("44800"));
  EXPECT_EQ(DemandTo(world, kInsurerName).debtor_party, world.insurer.party);

  const auto issued = Issue(world, kInsurerName);
  ASSERT_TRUE(issued.ok()) << issued.status();
  EXPECT_EQ(issued->demand.due_on, world.today() + 30);
  EXPECT_THAT(issued->letter.text, HasSubstr("6,800.00 元"));
  EXPECT_THAT(issued->letter.text, HasSubstr("抄送：浦东新区人民法院"));
  ASSERT_TRUE(Issue(world, kTaxiCompany).ok());
  const auto claimed = world.All<domain::Advance>(world.pool.value).front();
  EXPECT_EQ(claimed.stages.at(domain::Stage::kClaimed), Yuan("44800"));
  const domain::Recovery recovery = TheOnly<domain::Recovery>(world);
  EXPECT_EQ(recovery.state, domain::RecoveryState::kDemanded);
  // The hub serves parties; a letter on paper is served when its proof comes in.
  EXPECT_THAT(recovery.debtors[0].interruptions, SizeIs(1));
  EXPECT_THAT(recovery.debtors[1].interruptions, IsEmpty());
}

// Of the 18,000 the NET judgment took the person's own 10,000; 8,000 are left for the fund, and of
// the other 36,800 the owner bears 70 %.
TEST(CourtCaseTest, AnOwnerWithoutCompulsoryCoverIsAskedLikeItsInsurer) {
  HubWorld world;
  app::ReportSettlement settlement = PudongSettlement(world);
  settlement.settlement.self_paid = Yuan("10000");
  settlement.settlement.total = Yuan("54800");
  ASSERT_TRUE(Report(world, settlement).ok());
  domain::CourtCase court_case = PudongCase();
  court_case.policies.clear();
  court_case.self_paid = Yuan("10000");
  court_case.liability = {{"鲁大川", 7'000, Yuan("18000")}, {kPatientName, 3'000}};
  ASSERT_TRUE(Push(world, Signed(world, court_case, "e1"), true).ok());
  EXPECT_THAT(DemandsOf(world), ElementsAre("鲁大川 33760.00 DRAFT"));
  EXPECT_EQ(DemandTo(world, "鲁大川").debtor_kind, domain::DebtorKind::kPerson);
}

TEST(CourtCaseTest, GrossCaseAsksTheInjuredPersonWhoWasPaid) {
  HubWorld world;
  ASSERT_TRUE(Report(world, GrossSettlement(world)).ok());
  ASSERT_TRUE(Push(world, Signed(world, GrossCase(), "e1"), true).ok());
  EXPECT_THAT(DemandsOf(world), ElementsAre(std::string(kPatientName) + " 30160.00 DRAFT"));
  const auto issued = Issue(world, kPatientName);
  ASSERT_TRUE(issued.ok()) << issued.status();
  EXPECT_EQ(issued->letter.kind, domain::LetterKind::kReturnAndVerification);
  EXPECT_THAT(issued->letter.text, HasSubstr("D = B × C ÷ (A + C)"));
  // What the text says is there as data as well.
  ASSERT_TRUE(issued->letter.content.has_value());
  const domain::LetterContent& content = *issued->letter.content;
  EXPECT_EQ(content.amount, Yuan("30160"));
  EXPECT_EQ(content.injured, kPatientName);
  ASSERT_THAT(content.lines, SizeIs(1));
  EXPECT_EQ(content.lines[0].fund_paid, Yuan("40000"));
  EXPECT_FALSE(content.explanation.steps.empty());
  EXPECT_THAT(issued->letter.text, HasSubstr(content.what_happened));
  EXPECT_EQ(app::PaymentCode(content), content.reference + "\nCNY 30160.00\n" +
                                           absl::FormatCivilTime(content.due_on) + "\n" +
                                           content.sender);
}

TEST(CourtCaseTest, WithoutConsentTheFundSeesNothing) {
  HubWorld world;
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  const auto pushed = Push(world, Signed(world, PudongCase(), "e1"), false);
  ASSERT_TRUE(pushed.ok()) << pushed.status();
  EXPECT_EQ(pushed->persons_with_lead, 0);
  EXPECT_THAT(world.All<domain::Lead>(world.pool.value), IsEmpty());
  EXPECT_THAT(world.All<domain::Recovery>(world.pool.value), IsEmpty());
  EXPECT_EQ(world.All<domain::Advance>(world.pool.value).front().state,
            domain::AdvanceState::kCandidate);

  const app::ChangeCourtCase consent{world.court.party, pushed->court_case.id, ""};
  const auto consented = world.Run(
      world.court, [&](app::UnitOfWork& work) { return app::GiveConsentOf(consent, work); });
  ASSERT_TRUE(consented.ok()) << consented.status();
  EXPECT_EQ(consented->persons_with_lead, 1);
  EXPECT_THAT(DemandsOf(world), SizeIs(2));
  // Consent withdrawn: what is drafted may not go out.
  ASSERT_TRUE(world
                  .Run(world.court,
                       [&](app::UnitOfWork& work) { return app::WithdrawConsentOf(consent, work); })
                  .ok());
  EXPECT_EQ(ReasonOf(Issue(world, kInsurerName).status()), Reason::kIllegalTransition);
}

TEST(CourtCaseTest, RefusesASignatureThatDoesNotFit) {
  HubWorld world;
  domain::CourtCase other_bytes = Signed(world, PudongCase(), "e1");
  other_bytes.elements = "e2";
  EXPECT_EQ(ReasonOf(Push(world, other_bytes, true).status()), Reason::kSignatureInvalid);
  domain::CourtCase other_key = Signed(world, PudongCase(), "e1");
  other_key.signing_key_id = "unknown";
  EXPECT_EQ(ReasonOf(Push(world, other_key, true).status()), Reason::kSignatureInvalid);
}

TEST(CourtCaseTest, TheSameContentIsTheSameCaseAndOtherContentIsRefused) {
  HubWorld world;
  const auto first = Push(world, Signed(world, PudongCase(), "e1"), true);
  const auto again = Push(world, Signed(world, PudongCase(), "e1"), true);
  ASSERT_TRUE(first.ok() && again.ok());
  EXPECT_EQ(first->court_case.id, again->court_case.id);
  EXPECT_EQ(ReasonOf(Push(world, Signed(world, PudongCase(), "e2"), true).status()),
            Reason::kAlreadyExistsWithOtherContent);
}

TEST(CourtCaseTest, ANumberTypedInOtherBracketsIsTheSameCase) {
  HubWorld world;
  ASSERT_TRUE(Push(world, Signed(world, PudongCase(), "e1"), true).ok());
  domain::CourtCase typed = PudongCase();
  typed.case_number = "（2025）沪0115民初80001号";
  EXPECT_EQ(ReasonOf(Push(world, Signed(world, typed, "e2"), true).status()),
            Reason::kAlreadyExistsWithOtherContent);
}

TEST(CourtCaseTest, TwoPeopleOfOneNameWaitForAPerson) {
  HubWorld world;
  for (const auto& [number, settlement] :
       {std::pair("310115198504120022", "S-1"), std::pair("310115197003020045", "S-2")}) {
    app::ReportSettlement report = PudongSettlement(world);
    report.settlement.patient.id_number = number;
    report.settlement.settlement_id = settlement;
    report.settlement.visit_id = settlement;
    ASSERT_TRUE(Report(world, report).ok());
  }
  domain::CourtCase by_name = PudongCase();
  by_name.injured[0].id_number.clear();
  ASSERT_TRUE(Push(world, Signed(world, by_name, "e1"), true).ok());
  const auto leads = world.All<domain::Lead>(world.pool.value);
  ASSERT_THAT(leads, SizeIs(1));
  EXPECT_EQ(leads[0].state, domain::LeadState::kReview);
  EXPECT_THAT(leads[0].candidates, SizeIs(2));
  EXPECT_THAT(DemandsOf(world), IsEmpty());
}

TEST(CourtCaseTest, ASettlementAfterTheJudgmentIsLinked) {
  HubWorld world;
  ASSERT_TRUE(Push(world, Signed(world, PudongCase(), "e1"), true).ok());
  EXPECT_THAT(DemandsOf(world), IsEmpty());
  const auto reported = Report(world, PudongSettlement(world));
  ASSERT_TRUE(reported.ok()) << reported.status();
  EXPECT_EQ(reported->decision, app::BooksDecision::kClaimedByLead);
  EXPECT_THAT(DemandsOf(world), SizeIs(2));
}

TEST(CourtCaseTest, AmendingReplacesDraftsAndSaysWhatChanged) {
  HubWorld world;
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  const auto pushed = Push(world, Signed(world, PudongCase(), "e1"), true);
  ASSERT_TRUE(pushed.ok());
  app::AmendCourtCase amend{world.court.party, pushed->court_case.id, PudongCase(), "更正裁定"};
  amend.court_case.policies[0].medical_remaining = Yuan("5000");
  amend.court_case.fund_paid = Yuan("44900");
  amend.court_case = Signed(world, amend.court_case, "e2");
  const auto amended = world.Run(
      world.court, [&](app::UnitOfWork& work) { return app::AmendCourtCaseOf(amend, work); });
  ASSERT_TRUE(amended.ok()) << amended.status();
  EXPECT_EQ(amended->court_case.case_version, 2);
  EXPECT_THAT(DemandsOf(world),
              UnorderedElementsAre(std::string(kInsurerName) + " 5000.00 DRAFT",
                                   std::string(kTaxiCompany) + " 39800.00 DRAFT"));
  std::string told;
  for (const auto& entry : TheOnly<domain::Recovery>(world).timeline) told += entry.text + "\n";
  EXPECT_THAT(told, HasSubstr("基金支付由 44,800.00 元 改为 44,900.00 元"));
}

TEST(CourtCaseTest, ARetrialWithItsOwnNumberTakesTheRecoveryOver) {
  HubWorld world;
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  const auto pushed = Push(world, Signed(world, PudongCase(), "e1"), true);
  ASSERT_TRUE(pushed.ok());
  app::AmendCourtCase amend{world.court.party, pushed->court_case.id, PudongCase(), "再审改判"};
  amend.court_case.case_number = "(2026)沪0115民再7号";
  amend.court_case = Signed(world, amend.court_case, "e2");
  ASSERT_TRUE(world
                  .Run(world.court,
                       [&](app::UnitOfWork& work) { return app::AmendCourtCaseOf(amend, work); })
                  .ok());
  const domain::Recovery recovery = TheOnly<domain::Recovery>(world);
  EXPECT_EQ(recovery.case_number, "(2026)沪0115民再7号");
  std::string told;
  for (const auto& entry : recovery.timeline) told += entry.text + "\n";
  EXPECT_THAT(told, HasSubstr("改为 (2026)沪0115民再7号"));
}

TEST(CourtCaseTest, WithdrawingADemandGivesTheMoneyBackAndCompletesAReversal) {
  HubWorld world;
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  ASSERT_TRUE(Push(world, Signed(world, PudongCase(), "e1"), true).ok());
  ASSERT_TRUE(Issue(world, kTaxiCompany).ok());
  const app::ReverseSettlement reversal{world.pool, "S-1", "M-9", world.clock().Now(), "作废"};
  ASSERT_TRUE(
      world
          .Run(world.hospital,
               [&](app::UnitOfWork& work) { return app::ReverseSettlementOf(reversal, work); })
          .ok());
  EXPECT_EQ(world.All<domain::Advance>(world.pool.value).front().state,
            domain::AdvanceState::kReversalPending);
  const app::WithdrawDemand withdraw{world.pool, DemandTo(world, kTaxiCompany).id, "", "结算撤销"};
  ASSERT_TRUE(world
                  .Run(world.fund,
                       [&](app::UnitOfWork& work) { return app::WithdrawDemandOf(withdraw, work); })
                  .ok());
  EXPECT_EQ(world.All<domain::Advance>(world.pool.value).front().state,
            domain::AdvanceState::kReversed);
  EXPECT_EQ(world.All<domain::Break>(world.pool.value).front().state,
            domain::BreakState::kResolved);
}

TEST(CourtCaseTest, WhatCannotBeComputedSaysWhatToMend) {
  HubWorld world;
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  domain::CourtCase nobody = PudongCase();
  nobody.liability.clear();
  nobody.policies.clear();
  ASSERT_TRUE(Push(world, Signed(world, nobody, "e1"), true).ok());
  EXPECT_THAT(DemandsOf(world), IsEmpty());
  EXPECT_THAT(TheOnly<domain::Recovery>(world).obstacle, HasSubstr("没有责任人和责任比例"));
}

// An agreement says who pays and not who answers for which share.
TEST(CourtCaseTest, TheOnlyPayerOfAnAgreementAnswersForTheWhole) {
  domain::CourtCase agreement = PudongCase();
  agreement.liability.clear();
  agreement.policies.clear();
  domain::CourtObligation owed;
  owed.debtor = "鲁大川";
  owed.debtor_kind = domain::DebtorKind::kPerson;
  owed.creditor = kPatientName;
  owed.amount = Yuan("12000");
  agreement.obligations = {owed};
  {
    HubWorld world;
    ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
    agreement.document_type = domain::DocumentType::kMediationDocument;
    ASSERT_TRUE(Push(world, Signed(world, agreement, "m1"), true).ok());
    EXPECT_EQ(DemandTo(world, "鲁大川").amount, Yuan("44800"));
  }
  // Of a judgment the court must say it; and of two who pay nobody knows who answers for what.
  HubWorld judged;
  ASSERT_TRUE(Report(judged, PudongSettlement(judged)).ok());
  agreement.document_type = domain::DocumentType::kJudgment;
  ASSERT_TRUE(Push(judged, Signed(judged, agreement, "m2"), true).ok());
  EXPECT_THAT(DemandsOf(judged), IsEmpty());
  HubWorld two;
  ASSERT_TRUE(Report(two, PudongSettlement(two)).ok());
  agreement.document_type = domain::DocumentType::kMediationDocument;
  owed.debtor = "马小军";
  agreement.obligations.push_back(owed);
  ASSERT_TRUE(Push(two, Signed(two, agreement, "m3"), true).ok());
  EXPECT_THAT(DemandsOf(two), IsEmpty());
}

// Insurer and court may each type the number's brackets in their own way.
TEST(CourtCaseTest, LimitsThatDisagreeAreABreakAndTheSmallerCounts) {
  for (const char* typed :
       {"(2025)沪0115民初80001号", "（2025）沪0115民初80001号", "〔2025〕沪0115民初80001号"}) {
    SCOPED_TRACE(typed);
    HubWorld world;
    const auto registered = world.Run(world.insurer, [&](app::UnitOfWork& work) -> absl::Status {
      domain::RegisteredPolicy policy = PolicyOf2025(world, work);
      domain::PolicyUse use;
      use.accident_on = absl::CivilDay(2025, 6, 1);
      use.accident = "（2025）沪0115民初80001号";
      use.medical = Yuan("13000");
      use.medical_limit = Yuan("18000");
      policy.uses = {use};
      work.Put(policy);
      return absl::OkStatus();
    });
    ASSERT_TRUE(registered.ok()) << registered;
    ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
    domain::CourtCase court_case = PudongCase();
    court_case.case_number = typed;
    ASSERT_TRUE(Push(world, Signed(world, court_case, "e1"), true).ok());
    EXPECT_THAT(DemandsOf(world),
                UnorderedElementsAre(std::string(kInsurerName) + " 5000.00 DRAFT",
                                     std::string(kTaxiCompany) + " 39800.00 DRAFT"));
    const auto breaks = world.All<domain::Break>(world.pool.value);
    ASSERT_THAT(breaks, SizeIs(1));
    EXPECT_EQ(breaks[0].kind, domain::BreakKind::kPolicyLimitMismatch);
    EXPECT_EQ(breaks[0].amount, Yuan("1800"));
  }
}

// Two victims of one accident, with a case each and one compulsory policy of 18,000.
struct TwoVictims {
  HubWorld world;

  TwoVictims() {
    const auto registered = world.Run(world.insurer, [&](app::UnitOfWork& work) -> absl::Status {
      domain::RegisteredPolicy policy = PolicyOf2025(world, work);
      for (const char* number : {"(2025)沪0115民初80001号", "(2025)沪0115民初80002号"}) {
        domain::PolicyUse use;
        use.accident_on = absl::CivilDay(2025, 6, 1);
        use.accident = number;
        use.medical_limit = Yuan("18000");
        policy.uses.push_back(use);
      }
      work.Put(policy);
      return absl::OkStatus();
    });
    EXPECT_TRUE(registered.ok()) << registered;
    EXPECT_TRUE(Report(world, PudongSettlement(world)).ok());
    app::ReportSettlement other = PudongSettlement(world);
    other.settlement.visit_id = "V-2";
    other.settlement.settlement_id = "S-2";
    other.settlement.patient.name = "骆闻笛";
    other.settlement.patient.id_number = "310115197907150037";
    other.settlement.amount = Yuan("22400");
    other.settlement.total = Yuan("22400");
    EXPECT_TRUE(Report(world, other).ok());
  }

  void PushFirst() {
    domain::CourtCase court_case = PudongCase();
    court_case.policies[0].medical_remaining.reset();
    ASSERT_TRUE(Push(world, Signed(world, court_case, "e1"), true).ok());
  }
  void PushSecond() {
    domain::CourtCase court_case = PudongCase();
    court_case.case_number = "(2025)沪0115民初80002号";
    court_case.injured[0].name = "骆闻笛";
    court_case.injured[0].id_number = "310115197907150037";
    court_case.fund_paid = Yuan("22400");
    court_case.policies[0].medical_remaining.reset();
    ASSERT_TRUE(Push(world, Signed(world, court_case, "e2"), true).ok());
  }
};

// Losses of 44,800 and 22,400 share 18,000 as two to one.
TEST(CourtCaseTest, AnotherVictimOfTheAccidentSharesTheLimitWithWhatIsOnlyDrafted) {
  TwoVictims story;
  story.PushFirst();
  EXPECT_THAT(DemandsOf(story.world),
              UnorderedElementsAre(std::string(kInsurerName) + " 18000.00 DRAFT",
                                   std::string(kTaxiCompany) + " 26800.00 DRAFT"));
  story.PushSecond();
  EXPECT_THAT(DemandsOf(story.world),
              UnorderedElementsAre(std::string(kInsurerName) + " 12000.00 DRAFT",
                                   std::string(kTaxiCompany) + " 32800.00 DRAFT",
                                   std::string(kInsurerName) + " 6000.00 DRAFT",
                                   std::string(kTaxiCompany) + " 16400.00 DRAFT"));
}

TEST(CourtCaseTest, WhatWasIssuedToTheFirstFollowsAnotherVictim) {
  TwoVictims story;
  story.PushFirst();
  ASSERT_TRUE(Issue(story.world, kInsurerName).ok());
  story.PushSecond();
  EXPECT_THAT(DemandsOf(story.world),
              UnorderedElementsAre(std::string(kInsurerName) + " 12000.00 ISSUED",
                                   std::string(kTaxiCompany) + " 32800.00 DRAFT",
                                   std::string(kInsurerName) + " 6000.00 DRAFT",
                                   std::string(kTaxiCompany) + " 16400.00 DRAFT"));
}

}  // namespace
}  // namespace recoup::testing

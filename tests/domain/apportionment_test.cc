#include "hub/domain/apportionment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/base/error.h"
#include "hub/base/ids.h"

namespace recoup::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Money Yuan(const char* text) { return *Money::FromYuan(text); }

LiableParty Party(const char* name, std::int64_t share, DebtorKind kind = DebtorKind::kPerson) {
  return {.name = name,
          .kind = kind,
          .share_basis_points = share,
          .answered_for_by = std::nullopt,
          .joint_group = 0,
          .no_fault = false};
}

InsurancePolicy Policy(const char* insurer, PolicyKind kind, std::optional<Money> limit,
                       const char* used = "0", std::size_t party = 0) {
  return {.insurer = insurer,
          .kind = kind,
          .party = party,
          .limit = limit,
          .used = Yuan(used),
          .other_victims = {},
          .victim_key = "own",
          .stands = Money()};
}

JudgedObligation Obligation(const char* name, const char* amount) {
  return {
      .name = name, .kind = DebtorKind::kInsurer, .amount = Yuan(amount), .policy = std::nullopt};
}

ApportionmentInput Input(Basis basis, const char* own, const char* fund) {
  ApportionmentInput input;
  input.pool = "310115-310";
  input.accident_date = absl::CivilDay(2025, 3, 1);
  input.basis = basis;
  input.advances = {{.id = "a1", .own_paid = Yuan(own), .fund_paid = Yuan(fund), .bill_total = {}}};
  return input;
}

// "insurer 6800.00", and so on: what a test compares.
std::vector<std::string> Owed(const ApportionmentInput& input) {
  const auto result = Apportion(input, NationalPolicyData());
  if (!result.ok()) return {"refused: " + std::string(result.status().message())};
  std::vector<std::string> owed;
  for (const DebtorAmount& debtor : result->debtors) {
    owed.push_back(debtor.name + " " + debtor.amount.ToYuan());
  }
  return owed;
}

// Only C stands in the law's example cases, so A is zero where the case speaks of a loss.
TEST(ApportionmentTest, PudongFirstCase) {
  ApportionmentInput input = Input(Basis::kNet, "0", "44800");
  input.parties = {Party("taxi company", 10'000, DebtorKind::kCompany)};
  input.policies = {Policy("insurer", PolicyKind::kCtp, std::nullopt, "11200")};  // Of 18,000.
  EXPECT_THAT(Owed(input), ElementsAre("insurer 6800.00", "taxi company 38000.00"));
}

TEST(ApportionmentTest, CompulsoryLimitPartlyUsedThenHalfOfTheRest) {
  // Loss 18,104.20; of the limit of 2013 (10,000) another victim took 3,318.26.
  ApportionmentInput input = Input(Basis::kNet, "0", "18104.20");
  input.accident_date = absl::CivilDay(2013, 6, 1);
  input.parties = {Party("driver", 5'000)};
  input.policies = {Policy("ctp", PolicyKind::kCtp, std::nullopt, "3318.26"),
                    Policy("commercial", PolicyKind::kCommercial, Yuan("1000000"))};
  EXPECT_THAT(Owed(input), ElementsAre("ctp 6681.74", "commercial 5711.23"));  // 12,392.97.
}

TEST(ApportionmentTest, FaultShareIsNotAppliedInsideTheCompulsoryLimit) {
  ApportionmentInput input = Input(Basis::kNet, "0", "9693");
  input.accident_date = absl::CivilDay(2017, 6, 1);
  input.parties = {Party("driver", 7'000)};
  input.policies = {Policy("ctp", PolicyKind::kCtp, std::nullopt)};
  EXPECT_THAT(Owed(input), ElementsAre("ctp 9693.00"));
}

TEST(ApportionmentTest, CompulsoryThenCommercialThenDriver) {
  ApportionmentInput input = Input(Basis::kNet, "0", "654695");
  input.parties = {Party("driver", 10'000)};
  input.policies = {Policy("ctp", PolicyKind::kCtp, Yuan("112000")),
                    Policy("commercial", PolicyKind::kCommercial, Yuan("300000"))};
  EXPECT_THAT(Owed(input),
              ElementsAre("ctp 112000.00", "commercial 300000.00", "driver 242695.00"));
}

// 道交解释 16: inside the limit without regard to the share, above it by the share, in one sum.
TEST(ApportionmentTest, WhoBoughtNoCompulsoryCoverPaysLikeItsInsurer) {
  struct Case {
    const char* fund;
    const char* used;  // Of 18,000.
    std::int64_t share;
    const char* owed;
  };
  const Case cases[] = {
      {"20000", "0", 7'000, "owner 19400.00"},      // 18,000 + 2,000 × 70 %.
      {"20000", "10000", 7'000, "owner 16400.00"},  // 8,000 + 12,000 × 70 %.
      {"20000", "18000", 7'000, "owner 14000.00"},  // By the share alone.
      {"20000", "18000.01", 7'000, "owner 14000.00"}, {"18000", "0", 7'000, "owner 18000.00"},
      {"5000", "0", 3'000, "owner 5000.00"},          {"20000", "0", 10'000, "owner 20000.00"},
  };
  for (const Case& c : cases) {
    ApportionmentInput input = Input(Basis::kNet, "0", c.fund);
    input.parties = {Party("owner", c.share)};
    input.parties[0].uninsured_used = Yuan(c.used);
    EXPECT_THAT(Owed(input), ElementsAre(c.owed)) << c.fund << " " << c.used;
  }
  ApportionmentInput input = Input(Basis::kNet, "0", "20000");
  input.parties = {Party("owner", 0), Party("driver", 7'000)};
  input.parties[0].uninsured_used = Money();
  EXPECT_THAT(Owed(input), ElementsAre("owner 18000.00", "driver 1400.00"));
  // Two vehicles, one of them insured: by their limits.
  input.parties = {Party("owner", 5'000), Party("other", 5'000)};
  input.parties[0].uninsured_used = Money();
  input.policies = {Policy("ctp", PolicyKind::kCtp, std::nullopt, "0", 1)};
  EXPECT_THAT(Owed(input), ElementsAre("ctp 10000.00", "owner 10000.00"));
}

TEST(ApportionmentTest, FundAwardedIsAsJudged) {
  ApportionmentInput input = Input(Basis::kFundAwarded, "3488.90", "22751.41");
  input.obligations = {Obligation("tortfeasor", "22751.41")};
  EXPECT_THAT(Owed(input), ElementsAre("tortfeasor 22751.41"));
  // The formula of GROSS on the whole gives the same.
  input.basis = Basis::kGross;
  input.obligations.clear();
  input.judged_medical = Yuan("26240.31");
  input.paid_to_injured_person = true;
  input.injured_person = "patient";
  EXPECT_THAT(Owed(input), ElementsAre("patient 22751.41"));
}

TEST(ApportionmentTest, GrossRoundsOnce) {
  for (const auto& [judged, owed] : {std::pair{"18265.31", "patient 5978.39"},  // 70 %
                                     {"20874.64", "patient 6832.44"},           // 80 %
                                     {"0.01", "refused"}}) {
    ApportionmentInput input = Input(Basis::kGross, "17552.75", "8540.55");
    input.judged_medical = Yuan(judged);
    input.paid_to_injured_person = true;
    input.injured_person = "patient";
    if (std::string_view(owed) == "refused") {
      EXPECT_THAT(Owed(input), IsEmpty()) << "0.33 fen rounds to nothing";
    } else {
      EXPECT_THAT(Owed(input), ElementsAre(owed));
    }
  }
}

// A 60,000, C 40,000, 70 %, limit 18,000. The defendant side pays 75,400 in both worlds; only the
// split and the debtor differ.
TEST(ApportionmentTest, DefendantSidePaysTheSameInBothWorlds) {
  ApportionmentInput gross = Input(Basis::kGross, "60000", "40000");
  gross.parties = {Party("driver", 7'000)};
  gross.policies = {Policy("ctp", PolicyKind::kCtp, std::nullopt)};
  gross.paid_to_injured_person = true;
  gross.injured_person = "patient";
  EXPECT_THAT(Owed(gross), ElementsAre("patient 30160.00"));
  gross.judged_medical = Yuan("75400");
  EXPECT_THAT(Owed(gross), ElementsAre("patient 30160.00"));

  ApportionmentInput net = gross;
  net.basis = Basis::kNet;
  net.judged_medical = Yuan("47400");  // 18,000 + 42,000 × 70 %: the person's own part.
  net.paid_to_injured_person = false;
  net.policies[0].used = Yuan("18000");
  EXPECT_THAT(Owed(net), ElementsAre("driver 28000.00"));
}

TEST(ApportionmentTest, GrossNotYetPaidIsWithheldByThosePayingTheJudgment) {
  ApportionmentInput input = Input(Basis::kGross, "60000", "40000");
  input.obligations = {Obligation("ctp", "18000"), Obligation("driver", "57400")};
  EXPECT_THAT(Owed(input), ElementsAre("ctp 7200.00", "driver 22960.00"));  // 30,160.00.
}

TEST(ApportionmentTest, SeveralVehiclesShareByTheirLimits) {
  // Art. 18: below the sum of the limits by limit, 18,000 : 1,800 for the one without fault.
  ApportionmentInput input = Input(Basis::kNet, "0", "11000");
  input.parties = {Party("driver 1", 9'000), Party("driver 2", 1'000)};
  input.parties[1].no_fault = true;
  input.policies = {Policy("ctp 1", PolicyKind::kCtp, std::nullopt, "0", 0),
                    Policy("ctp 2", PolicyKind::kCtp, std::nullopt, "0", 1)};
  EXPECT_THAT(Owed(input), ElementsAre("ctp 1 10000.00", "ctp 2 1000.00"));
  // Above the sum: all limits, the rest by share.
  input.advances[0].fund_paid = Yuan("29800");
  EXPECT_THAT(Owed(input), ElementsAre("ctp 1 18000.00", "ctp 2 1800.00", "driver 1 9000.00",
                                       "driver 2 1000.00"));
  // What a used cover cannot take goes to the other.
  input.advances[0].fund_paid = Yuan("11000");
  input.policies[1].used = Yuan("1500");
  EXPECT_THAT(Owed(input), ElementsAre("ctp 1 10700.00", "ctp 2 300.00"));
}

TEST(ApportionmentTest, SeveralVictimsShareOneLimitByLoss) {
  ApportionmentInput input = Input(Basis::kNet, "0", "30000");
  input.parties = {Party("driver", 10'000)};
  input.policies = {Policy("ctp", PolicyKind::kCtp, std::nullopt)};
  input.policies[0].other_victims = {{"other", Yuan("60000"), Money()}};
  EXPECT_THAT(Owed(input), ElementsAre("ctp 6000.00", "driver 24000.00"));
  // There is enough for all: nobody's part is cut.
  input.advances[0].fund_paid = Yuan("10000");
  input.policies[0].other_victims = {{"other", Yuan("8000"), Money()}};
  EXPECT_THAT(Owed(input), ElementsAre("ctp 10000.00"));
}

// What was accepted or paid stands, alone or beside others, and what is claimed is told before it.
TEST(ApportionmentTest, WhatStandsOfALimitIsNotTakenBack) {
  ApportionmentInput input = Input(Basis::kNet, "5000", "30000");
  input.parties = {Party("driver", 10'000)};
  input.policies = {Policy("ctp", PolicyKind::kCtp, std::nullopt, "17000")};
  input.policies[0].stands = Yuan("6800");
  EXPECT_THAT(Owed(input), ElementsAre("ctp 6800.00", "driver 23200.00"));
  input.policies[0].used = Yuan("0");
  input.policies[0].other_victims = {{"other", Yuan("30000"), Yuan("14000")}};
  EXPECT_THAT(Owed(input), ElementsAre("ctp 6800.00", "driver 23200.00"));
  input.policies[0].stands = Yuan("0");
  EXPECT_THAT(Owed(input), ElementsAre("ctp 4000.00", "driver 26000.00"));
  const auto result = Apportion(input, NationalPolicyData());
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_THAT(result->claimed, ElementsAre(Yuan("30000")));
}

TEST(ApportionmentTest, SeveralVictimsShareACommercialLimitByWhatTheyAskOfIt) {
  ApportionmentInput input = Input(Basis::kNet, "0", "50000");
  input.parties = {Party("driver", 8'000)};
  input.policies = {Policy("commercial", PolicyKind::kCommercial, Yuan("30000"))};
  input.policies[0].other_victims = {{"other", Yuan("20000"), Money()}};
  // 40,000 and 20,000 of 30,000.
  EXPECT_THAT(Owed(input), ElementsAre("commercial 20000.00", "driver 20000.00"));
  const auto result = Apportion(input, NationalPolicyData());
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_THAT(result->claimed, ElementsAre(Yuan("40000")));
}

TEST(ApportionmentTest, EmployerAnswersForItsDriver) {
  ApportionmentInput input = Input(Basis::kNet, "0", "50000");
  input.parties = {Party("driver", 8'000), Party("employer", 0, DebtorKind::kCompany)};
  input.parties[0].answered_for_by = 1;
  input.policies = {Policy("commercial", PolicyKind::kCommercial, Yuan("10000"))};
  EXPECT_THAT(Owed(input), ElementsAre("commercial 10000.00", "employer 30000.00"));
}

TEST(ApportionmentTest, JointDebtorsOweOneAmount) {
  ApportionmentInput input = Input(Basis::kNet, "0", "1000");
  input.parties = {Party("x", 3'000), Party("y", 2'000), Party("z", 4'000)};
  input.parties[0].joint_group = 1;
  input.parties[2].joint_group = 1;
  const auto result = Apportion(input, NationalPolicyData());
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(result->debtors.size(), 2u);
  EXPECT_EQ(result->debtors[0].amount, Yuan("700"));
  EXPECT_THAT(result->debtors[0].jointly_with, ElementsAre("z"));
  EXPECT_EQ(result->debtors[1].amount, Yuan("200"));
  EXPECT_THAT(result->debtors[1].jointly_with, IsEmpty());
}

TEST(ApportionmentTest, WithoutJudgmentByShareOrByAgreedQuota) {
  ApportionmentInput input = Input(Basis::kNone, "0", "40000");
  input.parties = {Party("driver", 7'000)};
  EXPECT_THAT(Owed(input), ElementsAre("driver 28000.00"));
  input.agreed_quota_basis_points = 5'000;
  EXPECT_THAT(Owed(input), ElementsAre("driver 20000.00"));
  input.policies = {Policy("ctp", PolicyKind::kCtp, std::nullopt)};
  EXPECT_THAT(Owed(input), ElementsAre("ctp 18000.00", "driver 2000.00"));
}

AgreedShare Agreed(const char* name, std::int64_t basis_points,
                   std::vector<std::size_t> policies = {}) {
  return {.name = name,
          .kind = policies.empty() ? DebtorKind::kPerson : DebtorKind::kInsurer,
          .basis_points = basis_points,
          .policies = std::move(policies)};
}

// Of C itself, not of what compulsory cover leaves.
TEST(ApportionmentTest, AgreedSharesAreOwedByTheirPoliciesInTurnUpToTheirLimits) {
  ApportionmentInput input = Input(Basis::kNone, "500", "40000");
  input.agreed_shares = {Agreed("insurer", 7'000, {0, 1}), Agreed("driver", 2'000)};
  input.policies = {Policy("insurer", PolicyKind::kCtp, Yuan("18000"), "8000"),
                    Policy("insurer", PolicyKind::kCommercial, Yuan("15000"))};
  EXPECT_THAT(Owed(input), ElementsAre("insurer 10000.00", "insurer 15000.00", "driver 8000.00"));
  auto result = Apportion(input, NationalPolicyData());
  // What each policy is claimed for: the share, and what compulsory cover leaves of it.
  EXPECT_THAT(result->claimed, ElementsAre(Yuan("28000"), Yuan("18000")));
  // Another victim claims as much of the compulsory limit; the commercial one takes the rest.
  input.policies[0].other_victims = {{.key = "z", .loss = Yuan("28000"), .stands = Money()}};
  input.policies[1].limit = Yuan("1000000");
  EXPECT_THAT(Owed(input), ElementsAre("insurer 5000.00", "insurer 23000.00", "driver 8000.00"));
  // What the commercial policy has paid or accepted is not asked of the compulsory one as well: the
  // other 1,500 compete with 28,000 for its 10,000.
  input.policies[1].stands = Yuan("26500");
  EXPECT_THAT(Owed(input), ElementsAre("insurer 508.47", "insurer 27491.53", "driver 8000.00"));
  // Nothing left.
  input.policies.pop_back();
  input.agreed_shares = {Agreed("insurer", 7'000, {0})};
  input.policies[0].used = Yuan("18000");
  EXPECT_THAT(Owed(input), IsEmpty());
}

TEST(ApportionmentTest, AgreedSharesOfTheWholeSumToTheWhole) {
  ApportionmentInput input = Input(Basis::kNone, "0", "0.01");
  input.agreed_shares = {Agreed("one", 5'000), Agreed("other", 5'000)};
  EXPECT_THAT(Owed(input), ElementsAre("one 0.01"));
  input.agreed_shares.push_back(Agreed("third", 1));
  EXPECT_THAT(Owed(input), ElementsAre(::testing::StartsWith("refused")));
}

TEST(ApportionmentTest, EarlierRepaymentsAreDeductedFromTheirDebtor) {
  ApportionmentInput input = Input(Basis::kNet, "0", "44800");
  input.parties = {Party("taxi company", 10'000, DebtorKind::kCompany)};
  input.policies = {Policy("insurer", PolicyKind::kCtp, std::nullopt, "11200")};
  input.repayments = {{"insurer", Yuan("6800")}, {"taxi company", Yuan("0.01")}};
  EXPECT_THAT(Owed(input), ElementsAre("taxi company 37999.99"));
  input.repayments[0].amount = Yuan("6800.01");
  EXPECT_EQ(DetailOf(Apportion(input, NationalPolicyData()).status()).faults,
            (std::vector<FieldFault>{{"repayments[0].amount", "is more than this debtor owes"}}));
}

TEST(ApportionmentTest, ExplainsEachFigureWithInputsRuleAndVersion) {
  ApportionmentInput input = Input(Basis::kNet, "0", "44800");
  input.parties = {Party("taxi company", 10'000, DebtorKind::kCompany)};
  input.policies = {Policy("insurer", PolicyKind::kCtp, std::nullopt, "11200")};
  const auto result = Apportion(input, NationalPolicyData());
  ASSERT_TRUE(result.ok());
  const auto& steps = result->explanation.steps;
  ASSERT_GE(steps.size(), 2u);
  EXPECT_EQ(steps[0].rule_id, "ctp.medical_limit_fen");
  EXPECT_EQ(steps[0].rule_version, "CN-2020-09-19");
  EXPECT_THAT(steps[0].inputs, ElementsAre(AmountInput("责任限额", Yuan("18000")),
                                           AmountInput("已用限额", Yuan("11200"))));
  EXPECT_EQ(steps[0].result, Yuan("6800"));
  for (const ExplanationStep& step : steps) {
    EXPECT_FALSE(step.label.empty() || step.formula.empty() || step.inputs.empty() ||
                 step.rule_id.empty() || step.rule_version.empty() || step.source.empty())
        << step.label;
    EXPECT_TRUE(step.result.has_value()) << step.label;
  }
}

std::vector<std::string> FaultFields(const ApportionmentInput& input) {
  std::vector<std::string> fields;
  for (const FieldFault& fault : DetailOf(Apportion(input, NationalPolicyData()).status()).faults) {
    fields.push_back(fault.field);
  }
  return fields;
}

TEST(ApportionmentTest, GuardsNameEveryFault) {
  ApportionmentInput input;
  EXPECT_THAT(FaultFields(input), ElementsAre("advances", "parties"));

  input = Input(Basis::kGross, "0", "0");
  EXPECT_THAT(FaultFields(input), ElementsAre("advances", "obligations")) << "A + C = 0";

  input = Input(Basis::kGross, "100", "50");
  input.judged_medical = Yuan("150.01");
  input.paid_to_injured_person = true;
  input.injured_person = "patient";
  EXPECT_THAT(FaultFields(input), ElementsAre("judged_medical")) << "B > A + C";
  input.judged_medical = Yuan("-1");
  EXPECT_THAT(FaultFields(input), ElementsAre("judged_medical"));
  input.judged_medical = Yuan("150");
  EXPECT_THAT(FaultFields(input), IsEmpty());
  input.advances[0].bill_total = Yuan("149.99");
  EXPECT_THAT(FaultFields(input), ElementsAre("advances[0].bill_total")) << "C > total";

  input = Input(Basis::kNet, "-1", "-0.01");
  input.parties = {Party("", 10'001), Party("x", -1, DebtorKind::kInsurer)};
  input.parties[1].answered_for_by = 1;
  input.policies = {Policy("", PolicyKind::kCommercial, std::nullopt, "-1", 2),
                    Policy("p", PolicyKind::kCtp, Yuan("5"), "5.01")};
  EXPECT_THAT(FaultFields(input),
              ElementsAre("advances[0].own_paid", "advances[0].fund_paid", "parties[0].name",
                          "parties[0].share_basis_points", "parties[1].kind",
                          "parties[1].share_basis_points", "parties[1].answered_for_by",
                          "policies[0].insurer", "policies[0].party", "policies[0].used",
                          "policies[0].limit", "policies[1].used"));

  input = Input(Basis::kNet, "0", "100");
  input.parties = {Party("x", 6'000), Party("y", 4'001)};
  EXPECT_THAT(FaultFields(input), ElementsAre("parties")) << "more than the whole";
  input.parties[1].share_basis_points = 4'000;
  input.parties[1].no_fault = true;
  EXPECT_THAT(FaultFields(input), ElementsAre("parties[1].share_basis_points"));

  input = Input(Basis::kFundAwarded, "0", "100");
  EXPECT_THAT(FaultFields(input), ElementsAre("obligations"));
  input.obligations = {Obligation("x", "100.01")};
  EXPECT_THAT(FaultFields(input), ElementsAre("obligations")) << "more than the fund paid";

  input = Input(Basis::kNet, "0", "100");
  input.parties = {Party("x", 6'000)};
  input.agreed_quota_basis_points = 0;
  EXPECT_THAT(FaultFields(input),
              ElementsAre("agreed_quota_basis_points", "agreed_quota_basis_points"));
}

TEST(ApportionmentTest, MissingLimitIsNamed) {
  ApportionmentInput input = Input(Basis::kNet, "0", "100");
  input.accident_date = absl::CivilDay(2006, 6, 30);
  input.parties = {Party("driver", 10'000)};
  input.policies = {Policy("ctp", PolicyKind::kCtp, std::nullopt)};
  const auto result = Apportion(input, NationalPolicyData());
  EXPECT_EQ(ReasonOf(result.status()), Reason::kPolicyDataMissing);
}

// Whatever the case: nothing is lost or made, nobody owes below zero or a cover above its limit.
TEST(ApportionmentTest, EveryFenIsAllocatedOnce) {
  SeededRandom random(20261121);
  const auto below = [&](std::uint64_t n) { return static_cast<std::int64_t>(random.Next() % n); };
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    ApportionmentInput input = Input(AllOf<Basis>()[static_cast<std::size_t>(below(4))], "0", "0");
    input.advances.clear();
    for (std::int64_t i = 1 + below(4); i > 0; --i) {
      input.advances.push_back({.id = std::to_string(i),
                                .own_paid = Money::Fen(below(5'000'000)),
                                .fund_paid = Money::Fen(below(5'000'000)),
                                .bill_total = std::nullopt});
    }
    std::int64_t shares_left = kBasisPoints;
    for (std::int64_t i = 1 + below(3); i > 0; --i) {
      const std::int64_t share = below(static_cast<std::uint64_t>(shares_left) + 1);
      shares_left -= share;
      input.parties.push_back(Party(std::to_string(i).c_str(), share));
      input.parties.back().joint_group = static_cast<int>(below(3));
    }
    for (std::int64_t i = below(4); i > 0; --i) {
      input.policies.push_back(Policy("p",
                                      below(2) == 0 ? PolicyKind::kCtp : PolicyKind::kCommercial,
                                      Money::Fen(below(3'000'000)), "0",
                                      static_cast<std::size_t>(below(input.parties.size()))));
      input.policies.back().used =
          Money::Fen(below(static_cast<std::uint64_t>(input.policies.back().limit->fen()) + 1));
      if (below(2) == 0) {
        input.policies.back().other_victims = {{"other", Money::Fen(below(3'000'000)), Money()}};
      }
    }
    if (input.basis == Basis::kFundAwarded) input.obligations = {Obligation("x", "0.07")};
    if (input.basis == Basis::kNone && below(2) == 0) {
      input.agreed_quota_basis_points = 1 + below(10'000);
    }
    const auto result = Apportion(input, NationalPolicyData());
    ASSERT_TRUE(result.ok()) << result.status() << " round " << round;
    ++accepted;
    std::vector<Money> columns(input.advances.size());
    Money total;
    for (const DebtorAmount& debtor : result->debtors) {
      ASSERT_TRUE(debtor.amount.is_positive());
      if (debtor.policy) {
        const InsurancePolicy& policy = input.policies[*debtor.policy];
        ASSERT_LE(debtor.amount, *policy.limit - policy.used);
      }
      Money row;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        ASSERT_FALSE(debtor.per_advance[i].is_negative());
        row += debtor.per_advance[i];
        columns[i] += debtor.per_advance[i];
      }
      ASSERT_EQ(row, debtor.amount);
      total += row;
    }
    ASSERT_EQ(total, result->total);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      ASSERT_LE(columns[i], input.advances[i].fund_paid);
    }
  }
  EXPECT_EQ(accepted, 20'000);
}

}  // namespace
}  // namespace recoup::domain

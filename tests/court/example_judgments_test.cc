// The judgments of the demonstration, read to the fen: what follows from them in the demonstration
// rests on these figures.
#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "adapters/court/extract.h"
#include "gmock/gmock.h"

namespace recoup::court {
namespace {

using domain::Money;
using testing::ElementsAre;
using testing::HasSubstr;

JudgmentElements ReadExample(const std::string& name) {
  std::ifstream in(absl::StrCat(RECOUP_SOURCE_DIR "/examples/pudong/court/", name),
                   std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const absl::StatusOr<RuleBook> rules = RuleBook::BuiltIn();
  absl::StatusOr<JudgmentElements> elements = ReadPlainText(bytes, rules.value());
  return elements.value();
}

TEST(ExampleJudgment, NetLeavesTheFundToPursueTheInsurerAndTheTaxiCompany) {
  const JudgmentElements found = ReadExample("net-taxi.txt");
  const std::string insurer = "华岸财产保险股份有限公司上海分公司";
  const std::string taxi = "上海浦江出租汽车有限公司";
  EXPECT_EQ(found.accident_on, absl::CivilDay(2025, 3, 1));
  EXPECT_THAT(found.injured_persons, ElementsAre(InjuredPerson{"王建国", "310115196803151014"}));
  EXPECT_EQ(found.medical_expense_total, Money::Fen(57'400'00));
  EXPECT_EQ(found.fund_paid, Money::Fen(44'800'00));
  EXPECT_EQ(found.self_paid, Money::Fen(12'600'00));
  EXPECT_EQ(found.medical_expense_awarded, Money::Fen(12'600'00));
  EXPECT_EQ(found.basis, Basis::kNet);
  EXPECT_EQ(found.grade, Grade::kAdvanceOutstanding);
  EXPECT_EQ(found.third_party_kind, ThirdPartyKind::kTraffic);
  EXPECT_THAT(found.liability, ElementsAre(LiabilityShare{taxi, Percent{10000}}));
  EXPECT_THAT(found.obligations,
              ElementsAre(Obligation{insurer, PartyKind::kInsurer, "王建国", Money::Fen(16'300'00),
                                     PolicyKind::kCompulsory},
                          Obligation{taxi, PartyKind::kCompany, "王建国", Money::Fen(1'400'00),
                                     std::nullopt}));
  EXPECT_THAT(found.policies,
              ElementsAre(Policy{insurer, PolicyKind::kCompulsory, std::nullopt, std::nullopt}));
  EXPECT_THAT(found.hospitals, ElementsAre("东岸人民医院"));
}

TEST(ExampleJudgment, GrossLeavesTheInjuredPersonToRefund) {
  const JudgmentElements found = ReadExample("gross.txt");
  const std::string insurer = "安澜财产保险股份有限公司上海分公司";
  EXPECT_THAT(found.injured_persons, ElementsAre(InjuredPerson{"李秀英", "310115197206082043"}));
  EXPECT_EQ(found.accident_on, absl::CivilDay(2025, 4, 10));
  EXPECT_EQ(found.medical_expense_total, Money::Fen(100'000'00));
  EXPECT_EQ(found.fund_paid, Money::Fen(40'000'00));
  EXPECT_EQ(found.self_paid, Money::Fen(60'000'00));
  EXPECT_EQ(found.medical_expense_awarded, Money::Fen(75'400'00));
  EXPECT_EQ(found.basis, Basis::kGross);
  EXPECT_EQ(found.grade, Grade::kAdvanceOutstanding);  // Paid to her, not to the fund.
  EXPECT_THAT(found.liability, ElementsAre(LiabilityShare{"陆志强", Percent{7000}},
                                           LiabilityShare{"李秀英", Percent{3000}}));
  EXPECT_THAT(found.obligations,
              ElementsAre(Obligation{insurer, PartyKind::kInsurer, "李秀英", Money::Fen(18'000'00),
                                     PolicyKind::kCompulsory},
                          Obligation{"陆志强", PartyKind::kPerson, "李秀英", Money::Fen(57'400'00),
                                     std::nullopt}));
  EXPECT_THAT(found.policies, ElementsAre(Policy{insurer, PolicyKind::kCompulsory, std::nullopt,
                                                 Money::Fen(18'000'00)}));
  // What she must refund: B × C / (A + C).
  EXPECT_EQ(found.medical_expense_awarded->Times({40'000, 100'000}).value(), Money::Fen(30'160'00));
}

TEST(ExampleJudgment, ACashPayerIsNoAdvance) {
  const JudgmentElements found = ReadExample("no-fund.txt");
  EXPECT_EQ(found.grade, Grade::kNoAdvance);
  EXPECT_EQ(found.basis, Basis::kNone);
  EXPECT_EQ(found.fund_paid, Money());
  EXPECT_EQ(found.self_paid, Money::Fen(8'600'00));
}

TEST(ExampleJudgment, TheTwoOfOneNameCannotBeToldApartByTheText) {
  const JudgmentElements found = ReadExample("ambiguous.txt");
  EXPECT_THAT(found.injured_persons, ElementsAre(InjuredPerson{"周伟", std::nullopt}));
  EXPECT_EQ(found.accident_on, absl::CivilDay(2025, 6, 1));
  EXPECT_EQ(found.fund_paid, Money::Fen(5'300'00));  // Neither of 5,200 and 5,350.
  EXPECT_EQ(found.self_paid, Money::Fen(2'400'00));
  EXPECT_EQ(found.medical_expense_awarded, Money::Fen(2'400'00));
  EXPECT_EQ(found.basis, Basis::kNet);
  EXPECT_EQ(found.grade, Grade::kAdvanceOutstanding);
  EXPECT_THAT(found.warnings, Contains(HasSubstr("约数")));
}

TEST(ExampleJudgment, WhatIsStatedIsNotWarnedOf) {
  // The items of the ruling say that they are for medical expense: nothing was worked out.
  EXPECT_THAT(ReadExample("gross.txt").warnings, ::testing::IsEmpty());
  // The text names no medical limit, so the statutory one was inferred, and nothing else.
  EXPECT_THAT(ReadExample("net-taxi.txt").warnings, ElementsAre(HasSubstr("赔偿限额")));
}

}  // namespace
}  // namespace recoup::court

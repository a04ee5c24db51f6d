// Money that goes back undoes exactly the applications it made, or nothing.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/reconcile/world.h"

namespace recoup::reconcile {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Lines Undone(const Result& result) {
  Lines lines;
  for (const Undo& u : result.undone) {
    lines.push_back(std::string(u.return_entry_key) + " undoes " +
                    std::string(u.original_entry_key) + ">" + std::string(u.demand_key) + " " +
                    std::to_string(u.amount.fen()));
  }
  return lines;
}

// e1 paid 1000 in an earlier run: 600 to d1, 300 to d2, 100 not applied.
Facts WithHistory(BankEntry debit) {
  OpenDemand second = Demand("d2", 300, kReferenceB);
  Facts facts = World({std::move(debit)}, {Paid(Demand("d1", 600, kReferenceA)), Paid(second)});
  BankEntry earlier = Credit("e1", 1000);
  earlier.end_to_end_id = "E2E-1";
  earlier.bank_reference = "BANK-1";
  facts.earlier_entries = {earlier};
  facts.earlier_applications = {{"e1", "d1", Money::Fen(600)}, {"e1", "d2", Money::Fen(300)}};
  return facts;
}

TEST(ReturnTest, AWholeReturnUndoesEverythingHoweverItNamesThePayment) {
  BankEntry by_id = Debit("r1", 1000);
  by_id.end_to_end_id = "E2E-1";
  BankEntry by_reference = Debit("r1", 1000);
  by_reference.return_info = {true, "AC04", "BANK-1"};
  BankEntry by_text = Debit("r1", 1000, "退回 BANK-1");
  BankEntry by_amount = Debit("r1", 1000);
  by_amount.reversal = true;
  for (const BankEntry& debit : {by_id, by_reference, by_text, by_amount}) {
    const Result result = Decide(WithHistory(debit));
    EXPECT_THAT(Undone(result),
                ElementsAre("r1 undoes e1> 100", "r1 undoes e1>d1 600", "r1 undoes e1>d2 300"));
    EXPECT_THAT(Breaks(result), ElementsAre("RETURNED_PAYMENT r1 100", "RETURNED_PAYMENT r1 d1 600",
                                            "RETURNED_PAYMENT r1 d2 300"));
  }
}

// Limits of compulsory insurance are paid thousands of times by the same insurer.
TEST(ReturnTest, AmongThousandsOfOneAmountOnlyTheNamedPaymentGoesBack) {
  Facts facts = World({}, {});
  for (int i = 0; i < 3'000; ++i) {
    facts.entries.push_back(Credit("e" + std::to_string(i), 1'800'000));
    facts.entries.back().bank_reference = "BANK" + std::to_string(i);
  }
  for (int i = 0; i < 3'000; i += 3) {
    BankEntry debit = Debit("r" + std::to_string(i), 1'800'000);
    const std::string name = "BANK" + std::to_string(i);
    if (i % 2 == 0) {
      debit.return_info = {true, "AC04", name};
    } else {
      debit.free_text = "退回 bank" + std::to_string(i) + " 账号不符";
    }
    facts.entries.push_back(std::move(debit));
  }
  const Result result = Decide(facts);
  ASSERT_EQ(result.undone.size(), 1'000U);
  for (const Undo& undo : result.undone) {
    EXPECT_EQ(undo.original_entry_key.substr(1), undo.return_entry_key.substr(1));
    EXPECT_EQ(undo.amount, Money::Fen(1'800'000));
  }
}

TEST(ReturnTest, AnUnnamedReturnAmongManyOfItsAmountIsAPersonsToDecide) {
  BankEntry debit = Debit("r1", 1000);
  debit.return_info.is_return = true;
  const Result two = Decide(World({Credit("e2", 1000), Credit("e1", 1000), debit}, {}));
  EXPECT_THAT(Undone(two), IsEmpty());
  ASSERT_FALSE(two.breaks.empty());
  const auto returned = std::find_if(two.breaks.begin(), two.breaks.end(), [](const Break& b) {
    return b.kind == BreakKind::kReturnedPayment;
  });
  ASSERT_NE(returned, two.breaks.end());
  EXPECT_THAT(returned->candidates, ElementsAre("e1", "e2"));
  EXPECT_THAT(Undone(Decide(World({Credit("e1", 1000), Credit("e2", 999), debit}, {}))),
              ElementsAre("r1 undoes e1> 1000"));
}

TEST(ReturnTest, APartUndoesUnappliedMoneyFirstThenOnlyWhatIsUnique) {
  struct Case {
    std::int64_t fen;
    Lines undone;
  };
  for (const Case& c :
       {Case{50, {"r1 undoes e1> 50"}}, Case{100, {"r1 undoes e1> 100"}},
        Case{600, {"r1 undoes e1>d1 600"}}, Case{400, {"r1 undoes e1> 100", "r1 undoes e1>d2 300"}},
        Case{250, {}},      // No parts have this sum: a person decides.
        Case{1001, {}}}) {  // More than ever came.
    BankEntry debit = Debit("r1", c.fen);
    debit.return_info = {true, "", "E2E-1"};
    const Result result = Decide(WithHistory(debit));
    EXPECT_EQ(Undone(result), c.undone) << c.fen;
    EXPECT_FALSE(result.breaks.empty()) << c.fen;
  }
}

TEST(ReturnTest, AReopenedDemandTakesTheNextPaymentOfTheSameRun) {
  BankEntry debit = Debit("r1", 1000);
  debit.end_to_end_id = "E2E-1";
  Facts facts = WithHistory(debit);
  facts.entries.push_back(Credit("e2", 600, kReferenceA));
  const Result result = Decide(facts);
  EXPECT_THAT(Applied(result), ElementsAre("e2>d1 600 REFERENCE_IN_TEXT"));
}

TEST(ReturnTest, ACreditReturnedInTheSameRunIsNeverApplied) {
  BankEntry credit = Credit("e1", 1000, kReferenceA);
  credit.end_to_end_id = "E2E-9";
  BankEntry debit = Debit("r1", 1000);
  debit.end_to_end_id = "E2E-9";
  const Result result = Decide(World({credit, debit}, {Demand("d1", 1000, kReferenceA)}));
  EXPECT_THAT(Applied(result), IsEmpty());
  EXPECT_THAT(Undone(result), ElementsAre("r1 undoes e1> 1000"));
}

TEST(ReturnTest, AnUnmarkedDebitOfTheSameAmountIsAskedAboutNotGuessed) {
  const Result result = Decide(WithHistory(Debit("r1", 1000)));
  EXPECT_THAT(Undone(result), IsEmpty());
  ASSERT_THAT(Breaks(result), ElementsAre("RETURNED_PAYMENT r1 1000"));
  EXPECT_THAT(result.breaks[0].candidates, ElementsAre("e1"));
}

TEST(ReturnTest, OtherDebitsAreOurOwnPayments) {
  BankEntry debit = Debit("r1", 777);
  debit.counterparty_name = "统筹基金专户";
  const Result result = Decide(WithHistory(debit));
  EXPECT_THAT(result.outgoing, ElementsAre("r1"));
  EXPECT_THAT(result.breaks, IsEmpty());
}

TEST(ReturnTest, AReversedDebitIsNoPayment) {
  BankEntry credit = Credit("e2", 600, kReferenceA);
  credit.reversal = true;
  const Result result = Decide(World({credit}, {Demand("d1", 600, kReferenceA)}));
  EXPECT_THAT(Applied(result), IsEmpty());
  EXPECT_THAT(Breaks(result), ElementsAre("UNKNOWN_PAYMENT e2 600"));
}

TEST(ReturnTest, TwoReturnsOfOnePaymentDoNotUndoItTwice) {
  BankEntry first = Debit("r1", 1000);
  first.end_to_end_id = "E2E-1";
  BankEntry second = first;
  second.key = "r2";
  second.reversal = true;
  Facts facts = WithHistory(first);
  facts.entries.push_back(second);
  const Result result = Decide(facts);
  EXPECT_EQ(result.undone.size(), 3u);
  EXPECT_EQ(result.breaks.size(), 4u);
}

}  // namespace
}  // namespace recoup::reconcile

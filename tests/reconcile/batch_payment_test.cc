// The rung of settlement batches: what pays a batch, what does not, and that its checker proves the
// one and refuses the other.
#include "hub/reconcile/batch_payment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/domain/creditor_reference.h"

namespace recoup::reconcile {
namespace {

using domain::Money;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string ReferenceFrom(const std::string& body) {
  return domain::CreditorReference::Make(body)->text();
}

const std::string& BatchReference() {
  static const std::string reference = ReferenceFrom("SB0123456789ABCDEF");
  return reference;
}

BatchFact BatchOf(std::int64_t yuan) {
  return {.key = "settlementBatches/huaan.1",
          .reference = BatchReference(),
          .net = Money::Fen(yuan * 100),
          .awaits_payment = true,
          .collects_here = true};
}

BankEntry BatchEntry(const std::string& key, std::int64_t yuan, const std::string& text) {
  BankEntry entry;
  entry.key = key;
  entry.amount = Money::Fen(yuan * 100);
  entry.booked_on = absl::CivilDay(2026, 3, 20);
  entry.free_text = text;
  return entry;
}

struct BatchRow {
  const char* name;
  BatchFact batch;
  std::vector<BankEntry> entries;
  BatchVerdict verdict;
};

TEST(BatchPaymentTest, EveryVerdict) {
  BatchFact paid = BatchOf(800);
  paid.awaits_payment = false;
  BatchFact elsewhere = BatchOf(800);
  elsewhere.collects_here = false;
  BankEntry refunded = BatchEntry("a", 810, BatchReference());
  refunded.returned_before = Money::Fen(1000);
  const std::vector<BatchRow> table = {
      {"exact", BatchOf(800), {BatchEntry("a", 800, BatchReference())}, BatchVerdict::kPaid},
      {"exact in two",
       BatchOf(800),
       {BatchEntry("a", 799, BatchReference()), BatchEntry("b", 1, BatchReference())},
       BatchVerdict::kPaid},
      {"one fen less",
       BatchOf(800),
       {BatchEntry("a", 799, BatchReference())},
       BatchVerdict::kTooLittle},
      {"more", BatchOf(800), {BatchEntry("a", 801, BatchReference())}, BatchVerdict::kTooMuch},
      {"more, but sent back", BatchOf(800), {refunded}, BatchVerdict::kPaid},
      {"paid before", paid, {BatchEntry("a", 800, BatchReference())}, BatchVerdict::kPaidBefore},
      {"another account",
       elsewhere,
       {BatchEntry("a", 800, BatchReference())},
       BatchVerdict::kElsewhere},
      {"two references",
       BatchOf(800),
       {BatchEntry("a", 800, BatchReference() + " " + ReferenceFrom("310115310ABC"))},
       BatchVerdict::kMixed},
  };
  for (const BatchRow& row : table) {
    SCOPED_TRACE(row.name);
    const BatchDecision decision = DecideBatch(row.batch, row.entries);
    EXPECT_EQ(decision.verdict, row.verdict);
    EXPECT_TRUE(VerifyBatchDecision(row.batch, row.entries, decision).ok());
    if (row.verdict == BatchVerdict::kPaid) continue;
    EXPECT_THAT(BatchExplanation(decision), HasSubstr(BatchReference()));
    EXPECT_FALSE(BatchSuggestion(decision).empty());
  }
}

TEST(BatchPaymentTest, TheOrderOfTheEntriesDecidesNothing) {
  const BankEntry a = BatchEntry("a", 500, BatchReference());
  const BankEntry b = BatchEntry("b", 300, BatchReference());
  EXPECT_EQ(DecideBatch(BatchOf(800), {a, b}), DecideBatch(BatchOf(800), {b, a}));
  EXPECT_THAT(DecideBatch(BatchOf(800), {b, a}).entry_keys, ElementsAre("a", "b"));
}

TEST(BatchPaymentTest, AReferenceIsFoundWhereverTheBankPutsIt) {
  BankEntry structured = BatchEntry("a", 800, "");
  structured.creditor_reference = BatchReference();
  BankEntry end_to_end = BatchEntry("b", 800, "");
  end_to_end.end_to_end_id = BatchReference();
  EXPECT_THAT(ReferencesOf(structured), ElementsAre(BatchReference()));
  EXPECT_THAT(ReferencesOf(end_to_end), ElementsAre(BatchReference()));
  EXPECT_THAT(ReferencesOf(BatchEntry("c", 800, "货款")), IsEmpty());
}

TEST(BatchPaymentTest, TheCheckerRefusesWhatDoesNotPayTheBatch) {
  const std::vector<BankEntry> exact = {BatchEntry("a", 800, BatchReference())};
  const BatchDecision decision = DecideBatch(BatchOf(800), exact);
  ASSERT_TRUE(VerifyBatchDecision(BatchOf(800), exact, decision).ok());

  BatchFact paid = BatchOf(800);
  paid.awaits_payment = false;
  BankEntry debit = exact[0];
  debit.direction = Direction::kDebit;
  BatchDecision other = decision;
  other.entry_keys = {"b"};
  EXPECT_FALSE(VerifyBatchDecision(BatchOf(801), exact, decision).ok());
  EXPECT_FALSE(VerifyBatchDecision(paid, exact, decision).ok());
  EXPECT_FALSE(VerifyBatchDecision(BatchOf(800), {BatchEntry("a", 800, "货款")}, decision).ok());
  EXPECT_FALSE(VerifyBatchDecision(BatchOf(800), {debit}, decision).ok());
  EXPECT_FALSE(VerifyBatchDecision(BatchOf(1600), {exact[0], exact[0]}, decision).ok());
  EXPECT_FALSE(VerifyBatchDecision(BatchOf(800), exact, other).ok());
}

}  // namespace
}  // namespace recoup::reconcile

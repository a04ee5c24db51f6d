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

std::string ReferenceOf(const std::string& body) {
  return domain::CreditorReference::Make(body)->text();
}

const std::string& BatchReference() {
  static const std::string reference = ReferenceOf("SB0123456789ABCDEF");
  return reference;
}

BatchFact Batch(std::int64_t yuan) {
  return {.key = "settlementBatches/huaan.1",
          .reference = BatchReference(),
          .net = Money::Fen(yuan * 100),
          .awaits_payment = true,
          .collects_here = true};
}

BankEntry Entry(const std::string& key, std::int64_t yuan, const std::string& text) {
  BankEntry entry;
  entry.key = key;
  entry.amount = Money::Fen(yuan * 100);
  entry.booked_on = absl::CivilDay(2026, 3, 20);
  entry.free_text = text;
  return entry;
}

struct Row {
  const char* name;
  BatchFact batch;
  std::vector<BankEntry> entries;
  BatchVerdict verdict;
};

TEST(BatchPaymentTest, EveryVerdict) {
  BatchFact paid = Batch(800);
  paid.awaits_payment = false;
  BatchFact elsewhere = Batch(800);
  elsewhere.collects_here = false;
  BankEntry refunded = Entry("a", 810, BatchReference());
  refunded.returned_before = Money::Fen(1000);
  const std::vector<Row> table = {
      {"exact", Batch(800), {Entry("a", 800, BatchReference())}, BatchVerdict::kPaid},
      {"exact in two",
       Batch(800),
       {Entry("a", 799, BatchReference()), Entry("b", 1, BatchReference())},
       BatchVerdict::kPaid},
      {"one fen less", Batch(800), {Entry("a", 799, BatchReference())}, BatchVerdict::kTooLittle},
      {"more", Batch(800), {Entry("a", 801, BatchReference())}, BatchVerdict::kTooMuch},
      {"more, but sent back", Batch(800), {refunded}, BatchVerdict::kPaid},
      {"paid before", paid, {Entry("a", 800, BatchReference())}, BatchVerdict::kPaidBefore},
      {"another account", elsewhere, {Entry("a", 800, BatchReference())}, BatchVerdict::kElsewhere},
      {"two references",
       Batch(800),
       {Entry("a", 800, BatchReference() + " " + ReferenceOf("310115310ABC"))},
       BatchVerdict::kMixed},
  };
  for (const Row& row : table) {
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
  const BankEntry a = Entry("a", 500, BatchReference());
  const BankEntry b = Entry("b", 300, BatchReference());
  EXPECT_EQ(DecideBatch(Batch(800), {a, b}), DecideBatch(Batch(800), {b, a}));
  EXPECT_THAT(DecideBatch(Batch(800), {b, a}).entry_keys, ElementsAre("a", "b"));
}

TEST(BatchPaymentTest, AReferenceIsFoundWhereverTheBankPutsIt) {
  BankEntry structured = Entry("a", 800, "");
  structured.creditor_reference = BatchReference();
  BankEntry end_to_end = Entry("b", 800, "");
  end_to_end.end_to_end_id = BatchReference();
  EXPECT_THAT(ReferencesOf(structured), ElementsAre(BatchReference()));
  EXPECT_THAT(ReferencesOf(end_to_end), ElementsAre(BatchReference()));
  EXPECT_THAT(ReferencesOf(Entry("c", 800, "货款")), IsEmpty());
}

TEST(BatchPaymentTest, TheCheckerRefusesWhatDoesNotPayTheBatch) {
  const std::vector<BankEntry> exact = {Entry("a", 800, BatchReference())};
  const BatchDecision decision = DecideBatch(Batch(800), exact);
  ASSERT_TRUE(VerifyBatchDecision(Batch(800), exact, decision).ok());

  BatchFact paid = Batch(800);
  paid.awaits_payment = false;
  BankEntry debit = exact[0];
  debit.direction = Direction::kDebit;
  BatchDecision other = decision;
  other.entry_keys = {"b"};
  EXPECT_FALSE(VerifyBatchDecision(Batch(801), exact, decision).ok());
  EXPECT_FALSE(VerifyBatchDecision(paid, exact, decision).ok());
  EXPECT_FALSE(VerifyBatchDecision(Batch(800), {Entry("a", 800, "货款")}, decision).ok());
  EXPECT_FALSE(VerifyBatchDecision(Batch(800), {debit}, decision).ok());
  EXPECT_FALSE(VerifyBatchDecision(Batch(1600), {exact[0], exact[0]}, decision).ok());
  EXPECT_FALSE(VerifyBatchDecision(Batch(800), exact, other).ok());
}

}  // namespace
}  // namespace recoup::reconcile

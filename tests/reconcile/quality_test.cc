// How well the engine decides, measured on invented payments whose truth is known.
#include <gtest/gtest.h>

#include <iostream>

#include "absl/time/clock.h"
#include "hub/reconcile/reconcile.h"
#include "hub/reconcile/verify.h"
#include "tests/reconcile/corpus.h"

namespace recoup::reconcile {
namespace {

constexpr std::uint64_t kSeed = 20261121;

class QualityTest : public testing::TestWithParam<Shape> {};

TEST_P(QualityTest, AHundredThousandPaymentsAreDecidedAsTheyWereMeant) {
  const Corpus corpus = MakeCorpus(100'000, kSeed, GetParam());
  const ReconcilePolicy policy;
  const absl::Time begun = absl::Now();
  const auto result = Reconcile(corpus.facts, policy);
  ASSERT_TRUE(result.ok()) << result.status();
  const absl::Time decided = absl::Now();
  const absl::Status proof = VerifyResult(corpus.facts, policy, *result);
  EXPECT_TRUE(proof.ok()) << proof;
  std::cout << "decided in " << decided - begun << ", proven in " << absl::Now() - decided << "\n";
  const Quality quality = Measure(corpus, *result);
  std::cout << "seed " << kSeed << "\nentries decidable found wrong guessed kind\n";
  for (const auto& [kind, of] : quality.by_kind) {
    std::cout << of.entries << " " << of.decidable << " " << of.found << " " << of.wrong << " "
              << of.guessed << " " << kind << "\n";
  }
  std::cout << "precision " << quality.precision() << ", recall " << quality.recall() << "\n";
  EXPECT_GE(quality.precision(), 0.9999);
  EXPECT_GE(quality.recall(), 0.98);
  EXPECT_EQ(quality.total.guessed, 0) << "what nobody can tell goes to a person";
  EXPECT_EQ(quality.by_kind.size(), 23u) << "every kind of payment must occur";
}

INSTANTIATE_TEST_SUITE_P(Shapes, QualityTest, testing::Values(Shape::kWide, Shape::kEven),
                         [](const auto& shape) {
                           return shape.param == Shape::kWide ? "Wide" : "Even";
                         });

TEST(CorpusTest, TheEvenShapeHasAsManyDemandsAsEntries) {
  const Corpus corpus = MakeCorpus(20'000, kSeed, Shape::kEven);
  const double ratio = static_cast<double>(corpus.facts.demands.size()) /
                       static_cast<double>(corpus.facts.entries.size());
  EXPECT_GE(ratio, 1.0);
  EXPECT_LE(ratio, 1.05);
}

TEST(CorpusTest, TheSameSeedGivesTheSameCorpus) {
  const Corpus one = MakeCorpus(500, 7);
  const Corpus two = MakeCorpus(500, 7);
  ASSERT_EQ(one.facts.entries.size(), two.facts.entries.size());
  for (std::size_t i = 0; i < one.facts.entries.size(); ++i) {
    EXPECT_EQ(one.facts.entries[i].free_text, two.facts.entries[i].free_text);
    EXPECT_EQ(one.facts.entries[i].amount, two.facts.entries[i].amount);
  }
  EXPECT_NE(MakeCorpus(500, 8).facts.entries.front().amount, one.facts.entries.front().amount);
}

}  // namespace
}  // namespace recoup::reconcile

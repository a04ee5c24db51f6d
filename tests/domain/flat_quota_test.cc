// Which demands a flat-quota agreement covers and how it divides them: boundaries by hand.
#include "hub/domain/flat_quota.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>

namespace recoup::domain {
namespace {

AgreementTerms Terms() {
  AgreementTerms terms;
  terms.third_party_kind = ThirdPartyKind::kTraffic;
  terms.policy_kind = PolicyKind::kCommercial;
  terms.quota_basis_points = 5'500;
  terms.cap = Money::Fen(500'000);
  terms.effective_from = absl::CivilDay(2026, 1, 1);
  terms.effective_until = absl::CivilDay(2026, 12, 31);
  return terms;
}

QuotaFacts Facts() {
  QuotaFacts facts;
  facts.third_party_kind = ThirdPartyKind::kTraffic;
  facts.policy_kind = PolicyKind::kCommercial;
  facts.accident_on = absl::CivilDay(2026, 6, 1);
  facts.amount = Money::Fen(100'000);
  facts.asked_of_insurer = Money::Fen(100'000);
  return facts;
}

struct QuotaRow {
  const char* what;
  std::function<void(AgreementTerms&, QuotaFacts&)> change;
  QuotaCover cover;
};

TEST(FlatQuotaTest, WhatIsCovered) {
  using enum QuotaCover;
  const QuotaRow rows[] = {
      {"as agreed", [](auto&, auto&) {}, kCovered},
      {"first day", [](auto&, auto& f) { f.accident_on = absl::CivilDay(2026, 1, 1); }, kCovered},
      {"the day before", [](auto&, auto& f) { f.accident_on = absl::CivilDay(2025, 12, 31); },
       kOutsideDays},
      {"last day", [](auto&, auto& f) { f.accident_on = absl::CivilDay(2026, 12, 31); }, kCovered},
      {"the day after", [](auto&, auto& f) { f.accident_on = absl::CivilDay(2027, 1, 1); },
       kOutsideDays},
      {"no last day",
       [](auto& t, auto& f) {
         t.effective_until.reset();
         f.accident_on = absl::CivilDay(2039, 1, 1);
       },
       kCovered},
      {"no day of the accident", [](auto&, auto& f) { f.accident_on.reset(); }, kNoAccidentDay},
      {"exactly the cap", [](auto&, auto& f) { f.asked_of_insurer = Money::Fen(500'000); },
       kCovered},
      {"one fen above", [](auto&, auto& f) { f.asked_of_insurer = Money::Fen(500'001); },
       kAboveCap},
      {"another peril", [](auto&, auto& f) { f.third_party_kind = ThirdPartyKind::kAnimal; },
       kOtherThirdParty},
      {"another policy", [](auto&, auto& f) { f.policy_kind = PolicyKind::kCtp; }, kOtherPolicy},
      {"policy unknown", [](auto&, auto& f) { f.policy_kind.reset(); }, kOtherPolicy},
      {"any policy",
       [](auto& t, auto& f) {
         t.policy_kind.reset();
         f.policy_kind.reset();
       },
       kCovered},
      {"judged", [](auto&, auto& f) { f.judged = true; }, kJudged},
      {"judged cases too",
       [](auto& t, auto& f) {
         t.judged = true;
         f.judged = true;
       },
       kCovered},
      {"less than half a fen",
       [](auto& t, auto& f) {
         t.quota_basis_points = 4'999;
         f.amount = Money::Fen(1);
       },
       kNothingToPay},
      {"half a fen",
       [](auto& t, auto& f) {
         t.quota_basis_points = 5'000;
         f.amount = Money::Fen(1);
       },
       kCovered},
  };
  for (const QuotaRow& row : rows) {
    SCOPED_TRACE(row.what);
    AgreementTerms terms = Terms();
    QuotaFacts facts = Facts();
    row.change(terms, facts);
    EXPECT_EQ(CoverOf(terms, facts), row.cover) << ToString(CoverOf(terms, facts));
  }
}

struct ShareRow {
  std::int64_t quota;
  std::int64_t amount;
  std::int64_t accepted;
};

// Rounded half up, once; the rest is what remains.
TEST(FlatQuotaTest, Shares) {
  for (const ShareRow& row :
       {ShareRow{5'500, 100'000, 55'000}, ShareRow{5'000, 15'001, 7'501}, ShareRow{3'333, 100, 33},
        ShareRow{3'350, 10, 3}, ShareRow{10'000, 12'345, 12'345}, ShareRow{1, 5'000, 1},
        ShareRow{1, 4'999, 0}, ShareRow{6'000, 1, 1}}) {
    SCOPED_TRACE(row.quota);
    AgreementTerms terms = Terms();
    terms.quota_basis_points = row.quota;
    const auto share = ShareOf(terms, Money::Fen(row.amount));
    ASSERT_TRUE(share.ok()) << share.status();
    EXPECT_EQ(share->accepted, Money::Fen(row.accepted));
    EXPECT_EQ(share->accepted + share->relinquished, Money::Fen(row.amount));
  }
}

TEST(FlatQuotaTest, OverlapIsOfDaysPerilAndPolicy) {
  const AgreementTerms base = Terms();
  const QuotaRow rows[] = {
      {"the same", [](auto&, auto&) {}, QuotaCover::kCovered},
      {"from the last day on",
       [](auto& t, auto&) {
         t.effective_from = absl::CivilDay(2026, 12, 31);
         t.effective_until.reset();
       },
       QuotaCover::kCovered},
      {"from the day after",
       [](auto& t, auto&) {
         t.effective_from = absl::CivilDay(2027, 1, 1);
         t.effective_until.reset();
       },
       QuotaCover::kOutsideDays},
      {"until the day before",
       [](auto& t, auto&) {
         t.effective_from = absl::CivilDay(2025, 1, 1);
         t.effective_until = absl::CivilDay(2025, 12, 31);
       },
       QuotaCover::kOutsideDays},
      {"any policy", [](auto& t, auto&) { t.policy_kind.reset(); }, QuotaCover::kCovered},
      {"the other policy", [](auto& t, auto&) { t.policy_kind = PolicyKind::kCtp; },
       QuotaCover::kOtherPolicy},
      {"another peril", [](auto& t, auto&) { t.third_party_kind = ThirdPartyKind::kSchool; },
       QuotaCover::kOtherThirdParty},
  };
  for (const QuotaRow& row : rows) {
    SCOPED_TRACE(row.what);
    AgreementTerms other = base;
    QuotaFacts unused;
    row.change(other, unused);
    EXPECT_EQ(Overlap(base, other), row.cover == QuotaCover::kCovered);
    EXPECT_EQ(Overlap(other, base), row.cover == QuotaCover::kCovered);
  }
}

}  // namespace
}  // namespace recoup::domain

#include "hub/domain/flat_quota.h"

#include "hub/base/status.h"
#include "hub/domain/apportionment.h"

namespace recoup::domain {

QuotaCover CoverOf(const AgreementTerms& terms, const QuotaFacts& facts) {
  if (facts.third_party_kind != terms.third_party_kind) return QuotaCover::kOtherThirdParty;
  if (terms.policy_kind && facts.policy_kind != terms.policy_kind) return QuotaCover::kOtherPolicy;
  if (facts.judged && !terms.judged) return QuotaCover::kJudged;
  if (!facts.accident_on) return QuotaCover::kNoAccidentDay;
  if (*facts.accident_on < terms.effective_from ||
      (terms.effective_until && *facts.accident_on > *terms.effective_until)) {
    return QuotaCover::kOutsideDays;
  }
  if (facts.asked_of_insurer > terms.cap) return QuotaCover::kAboveCap;
  const absl::StatusOr<QuotaShare> share = ShareOf(terms, facts.amount);
  const bool pays = share.ok() && share->accepted.is_positive();
  return pays ? QuotaCover::kCovered : QuotaCover::kNothingToPay;
}

absl::StatusOr<QuotaShare> ShareOf(const AgreementTerms& terms, Money amount) {
  QuotaShare share;
  RECOUP_ASSIGN_OR_RETURN(share.accepted, amount.Times({terms.quota_basis_points, kBasisPoints}));
  share.relinquished = amount - share.accepted;
  return share;
}

bool Overlap(const AgreementTerms& a, const AgreementTerms& b) {
  if (a.third_party_kind != b.third_party_kind) return false;
  if (a.policy_kind && b.policy_kind && a.policy_kind != b.policy_kind) return false;
  const bool a_first = !a.effective_until || *a.effective_until >= b.effective_from;
  const bool b_first = !b.effective_until || *b.effective_until >= a.effective_from;
  return a_first && b_first;
}

}  // namespace recoup::domain

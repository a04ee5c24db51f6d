// What a flat-quota agreement does to a demand: whether it covers it, and how it divides it. Pure.
//
// The accident's day decides which agreement holds, as it decides which policy and which limit does
// (Teilungsabkommen speak of Schadenfälle within their term); when the demand is sent does not
// matter. An amount above the cap is not cut: the whole demand goes the ordinary way, since the two
// sides agreed to leave large cases to law and facts.
#ifndef RECOUP_HUB_DOMAIN_FLAT_QUOTA_H_
#define RECOUP_HUB_DOMAIN_FLAT_QUOTA_H_

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "hub/domain/enum.h"
#include "hub/domain/enums.h"
#include "hub/domain/money.h"
#include "hub/domain/records/agreement.h"

namespace recoup::domain {

// What decides, of one demand.
struct QuotaFacts {
  ThirdPartyKind third_party_kind = ThirdPartyKind::kUnknown;
  std::optional<PolicyKind> policy_kind;
  bool judged = false;
  std::optional<absl::CivilDay> accident_on;
  Money amount;
  Money asked_of_insurer;  // In the recovery, over all its demands that are not withdrawn.
};

#define RECOUP_QUOTA_COVERS(X)                                  \
  X(kCovered, 1, "COVERED", "适用")                             \
  X(kOtherThirdParty, 2, "OTHER_THIRD_PARTY", "第三方情形不同") \
  X(kOtherPolicy, 3, "OTHER_POLICY", "保单种类不同")            \
  X(kJudged, 4, "JUDGED", "已有判决")                           \
  X(kNoAccidentDay, 5, "NO_ACCIDENT_DAY", "事故日期不明")       \
  X(kOutsideDays, 6, "OUTSIDE_DAYS", "事故日期不在协议期间")    \
  X(kAboveCap, 7, "ABOVE_CAP", "超过协议上限")                  \
  X(kNothingToPay, 8, "NOTHING_TO_PAY", "按比例不足一分")
RECOUP_ENUM(QuotaCover, RECOUP_QUOTA_COVERS)

// The first reason why the terms do not cover the demand, or kCovered.
QuotaCover CoverOf(const AgreementTerms& terms, const QuotaFacts& facts);

struct QuotaShare {
  Money accepted;
  Money relinquished;
};
// The quota of the amount, rounded half up to whole fen once, over the demand as a whole; the rest
// is what remains, so that both always sum to the amount.
absl::StatusOr<QuotaShare> ShareOf(const AgreementTerms& terms, Money amount);

// Whether one accident could fall under both: an agreement must be the only one for its case.
bool Overlap(const AgreementTerms& a, const AgreementTerms& b);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_FLAT_QUOTA_H_

// The checker: proves a reconciliation again from the facts alone.
//
// Shares only Compact (reference_scan.h) with the engine: references are searched by plain
// substring, uniqueness of sums is counted by another method. Near-linear in the facts (checker.h).
// Errors are kInternal with the first law that is broken. Safe from any thread.
#ifndef RECOUP_HUB_RECONCILE_VERIFY_H_
#define RECOUP_HUB_RECONCILE_VERIFY_H_

#include <cstddef>

#include "absl/status/status.h"
#include "hub/reconcile/facts.h"
#include "hub/reconcile/result.h"

namespace recoup::reconcile {

// The certificate of result.applications[index]. The amounts open at its time follow from the
// undone and the earlier applications of the result, which are assumed to be right (VerifyResult).
absl::Status VerifyCertificate(const Facts& facts, const ReconcilePolicy& policy,
                               const Result& result, std::size_t index);

// Every certificate, and the laws of the whole: no entry is applied beyond its amount, no demand
// beyond its open amount, a return undoes no more than was there, and every fen of a credit that
// was not applied is explained by a break.
absl::Status VerifyResult(const Facts& facts, const ReconcilePolicy& policy, const Result& result);

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_VERIFY_H_

// Reconcile: bank entries and remittance advices against demands.
//
// The ladder, from the strongest evidence to the weakest; each rung is tried for all entries before
// the next, so that a sum guessed for one payer never takes a demand that another entry names:
//   1 structured creditor reference     2 reference or case number in the text
//   3 a reference with one slip in it   4 remittance advice      5 several references, exact sum
//   6 payer and exact amount, unique    7 payer, equal amounts, paired by date with a margin
//   8 payer and exact sum of demands    9 payer and exact sum of payments
//   10 everything the payer sent is everything he owes
// What no rung proves becomes a break; no entry is dropped and nothing is guessed. From rung 6 on
// all payments of a payer are decided together: which of them came first decides nothing.
//
// - Rungs 1 to 5 rest on the payer's word: they pay up to the open amount and the rest is OVERPAID
//   (DUPLICATE_PAYMENT when everything named was paid before). A rest is never spread by amount.
//   Rung 3 needs a second fact: the payer is the debtor, or the amount is exact.
// - When an advice with the same end-to-end id exists, it limits what rungs 1 to 3 apply; when the
//   two contradict each other, the entry is AMBIGUOUS_PAYMENT.
// - Rungs 6 to 10 are barred when the entry names a reference or case number that nobody knows, and
//   pass over demands issued long after the money came.
// - Payers that share no demand are decided apart, in two parts (payer_group.h); the decisions
// stand
//   in the order of the payers all the same.
// - Sums are searched exactly within a bound (hub/matching/subset_sum.h). What is beyond the bound,
//   has several solutions, or may fit by accident (chance.h) is AMBIGUOUS_PAYMENT with the nearest
//   candidates.
// - Work is near-linear in entries and demands: what an entry says is looked up (demand_index.h).
// - UNDERPAID: a demand received money in this run, is still open, and either its due date (with
//   instalments: that of an instalment still open) lies before `as_of`, or the payer said that the
//   payment is final. Paying in parts before the due date is normal and no break.
// - LATE_PAYMENT: applied, with the days between due date and value date (booking date without).
// - Returns come first. They undo exactly the earlier applications of the payment they name,
//   unapplied money first; when the parts are not certain, nothing is undone and the break lists
//   candidates.
//
// Pure and deterministic: the same facts in any order give the same result. Facts that contradict
// themselves (empty or repeated keys, amounts not positive, more applied than came in) are refused
// with all faults. Safe from any thread.
#ifndef RECOUP_HUB_RECONCILE_RECONCILE_H_
#define RECOUP_HUB_RECONCILE_RECONCILE_H_

#include "absl/status/statusor.h"
#include "hub/reconcile/both.h"
#include "hub/reconcile/facts.h"
#include "hub/reconcile/packed_facts.h"
#include "hub/reconcile/result.h"

namespace recoup::reconcile {

absl::StatusOr<Result> Reconcile(const Facts& facts, const ReconcilePolicy& policy);
// The same; for runs so large that their facts are packed while they are read. The result keeps the
// facts. What can be done at once is given to `both`.
absl::StatusOr<Result> Reconcile(PackedFacts facts, const ReconcilePolicy& policy,
                                 const Both& both = InTurn);

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_RECONCILE_H_

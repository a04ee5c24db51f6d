// The movements of recovery money, each as the postings it makes and the stages it changes.
//
// These functions are the only place that knows which accounts a business fact touches. They change
// the advance and the demand line in step with the postings they append, so law 1 holds by
// construction; an amount that a stage does not hold is refused before anything has changed.
#ifndef RECOUP_HUB_LEDGER_MOVEMENTS_H_
#define RECOUP_HUB_LEDGER_MOVEMENTS_H_

#include <vector>

#include "absl/status/status.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/demand.h"
#include "hub/ledger/journal.h"

namespace recoup::ledger {

using Postings = std::vector<Posting>;

// The advance comes onto the books with its whole amount.
absl::Status BookAdvance(domain::Advance& advance, Postings& out);
// It leaves the books: everything must still be in stage ADVANCED.
absl::Status UnbookAdvance(domain::Advance& advance, Postings& out);

// What nobody was asked for is given up: advanced → relinquished.
absl::Status RelinquishUnclaimed(domain::Advance& advance, domain::Money amount, Postings& out);

// A demand line is claimed: advanced → claimed.
absl::Status Claim(domain::Advance& advance, domain::DemandLine& line, domain::DemandId demand,
                   Postings& out);
// A withdrawn demand's line goes back: its open stages → advanced.
absl::Status Unclaim(domain::Advance& advance, domain::DemandLine& line, domain::DemandId demand,
                     Postings& out);
// A demand asks for less: part of what is open goes back, claimed first and agreed last. The caller
// lowers the line's amount.
absl::Status UnclaimPart(domain::Advance& advance, domain::DemandLine& line,
                         domain::DemandId demand, domain::Money amount, Postings& out);
// Between two stages of a demand line (dispute, mediate, agree, relinquish).
absl::Status MoveStage(domain::Advance& advance, domain::DemandLine& line, domain::DemandId demand,
                       domain::Stage from, domain::Stage to, domain::Money amount, Postings& out);

// Money arrives: bank ← payer, not yet applied to anything.
void Receive(domain::StatementEntryId entry, domain::Money amount, Postings& out);
// Money for a demand of this pool that lies in the account of the pool that collects a settlement
// batch: bank ← payer, and in the same command applied and passed on, so that it never lies in this
// pool's account. Names no bank entry.
void ReceiveCollected(domain::Money amount, Postings& out);
// The exact opposite: the payment went back from the account that had collected it.
void ReturnCollected(domain::Money amount, Postings& out);
// Part of it is applied to a demand line: cash unapplied → applied, tracking `from` → recovered.
absl::Status Apply(domain::Advance& advance, domain::DemandLine& line, domain::DemandId demand,
                   domain::Stage from, domain::StatementEntryId entry, domain::Money amount,
                   Postings& out);
// An application is undone: the exact opposite, back to stage `to`.
absl::Status Unapply(domain::Advance& advance, domain::DemandLine& line, domain::DemandId demand,
                     domain::Stage to, domain::StatementEntryId entry, domain::Money amount,
                     Postings& out);
// The bank takes money back, out of what is unapplied.
void TakeBack(domain::StatementEntryId entry, domain::Money amount, Postings& out);
// Money that belongs to the payer: unapplied → refundable, and paid out again: refundable → bank.
void MarkRefundable(domain::StatementEntryId entry, domain::Money amount, Postings& out);
void Refund(domain::StatementEntryId entry, domain::Money amount, Postings& out);
// Refundable money is owed to the payer no more, because it pays what he owes: refundable →
// unapplied.
void SetOff(domain::StatementEntryId entry, domain::Money amount, Postings& out);
// Recovered money goes to the pool: tracking recovered → passed on; cash applied → passed on, bank
// → delivered.
absl::Status PassOn(domain::Advance& advance, domain::DemandLine& line, domain::DemandId demand,
                    domain::Money amount, Postings& out);
// The exact opposite: the pool owes it to the account again.
absl::Status TakeFromPool(domain::Advance& advance, domain::DemandLine& line,
                          domain::DemandId demand, domain::Money amount, Postings& out);

}  // namespace recoup::ledger

#endif  // RECOUP_HUB_LEDGER_MOVEMENTS_H_

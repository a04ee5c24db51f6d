// A person takes a break (差异) up and resolves it, always with a reason.
//
//   APPLY      the money belongs to these demands: applied, with the person as the rule; a rest
//              keeps the break open. Of a debit: it took back what was paid on these demands, also
//              when that was passed on (returned_payments.h), or it pays out what was passed on
//   REFUND     it goes back to the payer: unapplied → refundable; the outgoing debit of the bank
//              then posts refundable → bank when the statement with it is reconciled. Above the
//              pool's limit (refund.two_person_limit_fen) a second person approves first
//   NOT_OURS   it never was the pool's: goes back in the same way
//   WRITE_OFF  what is open of the demand in question is given up; above the pool's limit
//              (relinquish.two_person_limit_fen) a second person approves first
//   EXPLAINED  nothing moves: a debit in question counts as explained, a credit stays unapplied
//   AMEND      the demand in question follows its court case (revise_demands.h), whatever was
//   agreed
//              or paid; what was paid too much becomes a break of its own that is refunded
//   SPLIT      breaks of its own for each part, so that several persons can work on them
#ifndef RECOUP_HUB_APP_RESOLVE_BREAK_H_
#define RECOUP_HUB_APP_RESOLVE_BREAK_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/approval.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {

struct AssignBreak {
  domain::PoolId pool;
  domain::BreakId finding;
  std::string etag;  // Empty: not checked.
  std::string owner;
  std::vector<std::string> evidence;  // Added to what is on file.
};

struct ResolveBreak {
  struct Part {
    domain::DemandId demand;
    domain::Money amount;
  };
  domain::PoolId pool;
  domain::BreakId finding;
  std::string etag;  // Empty: not checked.
  domain::BreakResolution kind = domain::BreakResolution::kExplained;
  std::vector<Part> applications;  // For APPLY.
  // For APPLY of a debit, instead: the batch whose payment it took back.
  std::optional<std::pair<domain::PartyId, domain::SettlementBatchId>> settlement_batch;
  std::string reason;
  std::vector<domain::Money> split;   // For SPLIT; together exactly the amount.
  std::vector<std::string> evidence;  // Added to what is on file.
  bool pays_delivery = false;  // For APPLY of a debit, instead: it pays out what was passed on.
};

struct ResolveBreakAnswer {
  domain::Break finding;
  std::optional<domain::ApprovalId>
      approval;  // What it waits for; the break stays open until then.
};

// NOT_FOUND, ETAG_MISMATCH, ILLEGAL_TRANSITION when resolved.
absl::StatusOr<domain::Break> AssignBreakOf(const AssignBreak& command, UnitOfWork& work);

// The same, and ILLEGAL_TRANSITION when this kind of resolution means nothing for the break (no
// money to apply or refund, no open demand to write off), AMOUNT_EXCEEDS_OPEN, POLICY_DATA_MISSING.
absl::StatusOr<ResolveBreakAnswer> ResolveBreakOf(const ResolveBreak& command, UnitOfWork& work);

// After the second person's approval (which the caller has decided and puts): gives up the amount
// of the approval and resolves its break. AMOUNT_EXCEEDS_OPEN when less is open by now.
absl::Status CompleteWriteOff(UnitOfWork& work, const domain::Approval& approval);

// The same for a refund: AMOUNT_EXCEEDS_OPEN when less of the entry is unapplied by now.
absl::Status CompleteRefund(UnitOfWork& work, const domain::Approval& approval);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RESOLVE_BREAK_H_

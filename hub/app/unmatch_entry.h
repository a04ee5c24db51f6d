// Takes a match back (撤回核销) that was made by a rule or a person: the demand is open again, the
// money unapplied, and a break keeps it for a person. No run decides on the entry again: it would
// only make the same match.
#ifndef RECOUP_HUB_APP_UNMATCH_ENTRY_H_
#define RECOUP_HUB_APP_UNMATCH_ENTRY_H_

#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {

struct UnmatchEntry {
  domain::PoolId pool;
  domain::StatementEntryId entry;
  domain::DemandId demand;
  domain::Money amount;  // Zero: all that can be taken back.
  std::string reason;
};

struct UnmatchEntryAnswer {
  domain::StatementEntry entry;
  domain::Break finding;
};

// NOT_FOUND; AMOUNT_EXCEEDS_OPEN when less of the entry's money lies on the demand and in the
// account: what was passed on cannot be taken back.
absl::StatusOr<UnmatchEntryAnswer> UnmatchEntryOf(const UnmatchEntry& command, UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_UNMATCH_ENTRY_H_

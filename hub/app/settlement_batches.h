// Settlement batches (结算批次) from the insurer's side: created by one person, cut by another,
// paid in one sum, or given up.
//
// The cut touches one record per pool, however many lines there are: what was accepted has been
// counted as it was accepted (settlement_lines.h). It is one command among others, so it falls
// between two events of each pool: everything before is in, everything after is not.
#ifndef RECOUP_HUB_APP_SETTLEMENT_BATCHES_H_
#define RECOUP_HUB_APP_SETTLEMENT_BATCHES_H_

#include <string>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/settlement.h"

namespace recoup::app {

struct CreateSettlementBatch {
  domain::PoolId collecting_pool;
  std::vector<domain::PoolId> pools;  // Empty: all.
};

struct CloseSettlementBatch {
  domain::PartyId insurer;  // Whose batch the name says it is.
  domain::SettlementBatchId batch;
  std::string etag;
};

struct CancelSettlementBatch {
  domain::PartyId insurer;
  domain::SettlementBatchId batch;
  std::string etag;
  std::string reason;
};

// Shows what the cut would take in now. NOT_FOUND for a pool that the hub does not know.
absl::StatusOr<domain::SettlementBatch> CreateSettlementBatchOf(
    const CreateSettlementBatch& command, UnitOfWork& work);
// NOT_FOUND, ETAG_MISMATCH; SAME_PERSON_MAY_NOT_APPROVE; ILLEGAL_TRANSITION also when there is
// nothing to pay.
absl::StatusOr<domain::SettlementBatch> CloseSettlementBatchOf(const CloseSettlementBatch& command,
                                                               UnitOfWork& work);
// NOT_FOUND, ETAG_MISMATCH, ILLEGAL_TRANSITION once the payment has come. A batch whose payment the
// bank took back is cancelled by two persons: the first asks and changes nothing else, another one
// cancels (SAME_PERSON_MAY_NOT_APPROVE). The lines of a closed
// batch are reserved until their pools have worked it off (settlement_pages.h).
absl::StatusOr<domain::SettlementBatch> CancelSettlementBatchOf(
    const CancelSettlementBatch& command, UnitOfWork& work);

// Fills in what the cut of an OPEN batch would take in of the parts that are collecting, before
// anything is set off; to show, not to store. Nothing for other batches.
void ShowCollecting(const std::vector<domain::SettlementPart>& collecting,
                    domain::SettlementBatch& batch);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_SETTLEMENT_BATCHES_H_

// The line of a demand in a settlement batch (hub/domain/records/settlement.h).
//
// What an insurer has agreed to pay joins the part of its pool that is collecting, in the same
// command. A line of a closed part is reserved: its money stays in AGREED until the batch pays or
// releases it, so that a batch is always paid exactly, however many lines it has.
#ifndef RECOUP_HUB_APP_SETTLEMENT_LINES_H_
#define RECOUP_HUB_APP_SETTLEMENT_LINES_H_

#include "hub/app/unit_of_work.h"
#include "hub/base/status.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/settlement.h"

namespace recoup::app {

// Brings the line in step with what is agreed and not reserved; the caller puts the demand. Nothing
// for demands whose debtor is no insurer of the hub, and for those paid in several instalments,
// which have due dates of their own. ILLEGAL_TRANSITION when less is agreed than is reserved.
absl::Status UpdateSettlementLine(UnitOfWork& work, domain::Demand& demand);

// What of the demand lies in closed batches that are not paid yet. `Records` is a UnitOfWork or a
// RecordReader.
template <typename Records>
absl::StatusOr<domain::Money> ReservedOf(Records& records, const domain::Demand& demand) {
  domain::Money reserved;
  for (const domain::SettlementLine& line : demand.settlement_lines) {
    if (line.paid) continue;
    RECOUP_ASSIGN_OR_RETURN(
        const domain::SettlementPart part,
        records.template Get<domain::SettlementPart>(demand.pool.value, line.part.value));
    if (part.state != domain::SettlementPartState::kCollecting) reserved += line.amount;
  }
  return reserved;
}

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_SETTLEMENT_LINES_H_

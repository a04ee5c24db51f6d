// A demand with everything that money paid on it, or taken back, changes: its recovery and the
// advances of its lines (one advance may have several lines).
#ifndef RECOUP_HUB_APP_AFFECTED_DEMAND_H_
#define RECOUP_HUB_APP_AFFECTED_DEMAND_H_

#include <map>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/base/status.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/recovery.h"
#include "hub/ledger/movements.h"

namespace recoup::app {

struct AffectedDemand {
  domain::Demand demand;
  domain::Recovery recovery;
  std::map<domain::AdvanceId, domain::Advance> advances;

  std::vector<domain::Advance*> pointers();
};

// NOT_FOUND when the pool has no such demand.
absl::StatusOr<AffectedDemand> LoadAffected(UnitOfWork& work, const domain::PoolId& pool,
                                            domain::DemandId id);

// Posts, brings advances and recovery in line (finished.h) and puts everything.
absl::Status StoreAffected(UnitOfWork& work, AffectedDemand& affected,
                           const ledger::Postings& postings);

// AMOUNT_EXCEEDS_OPEN.
absl::Status ExceedsOpen(domain::Money wanted, domain::Money open);

// Moves `amount` out of stage `from` of the lines, in proportion to what each holds there (largest
// remainder): move(advance, line, part of the amount).
template <typename Move>
absl::Status SpreadStage(AffectedDemand& affected, domain::Stage from, domain::Money amount,
                         Move move) {
  std::vector<std::int64_t> weights;
  for (const domain::DemandLine& line : affected.demand.lines)
    weights.push_back(line.stages.at(from).fen());
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Money> parts, domain::Split(amount, weights));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].is_zero()) continue;
    domain::DemandLine& line = affected.demand.lines[i];
    RECOUP_RETURN_IF_ERROR(move(affected.advances.at(line.advance), line, parts[i]));
  }
  return absl::OkStatus();
}

// A payment, in whole or in part, interrupts the limitation period towards the demand's debtor
// (民法典 195; 法释〔2020〕17号 art. 14).
void InterruptByPayment(AffectedDemand& affected, absl::CivilDay paid_on, std::string evidence);

// Money goes to the oldest instalment first.
void PayInstalments(domain::Demand& demand, domain::Money amount);
// The youngest was paid last, so it opens first. Money above the instalments is taken from nobody.
void UnpayInstalments(domain::Demand& demand, domain::Money amount);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_AFFECTED_DEMAND_H_

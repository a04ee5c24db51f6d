// Demands (追偿函): issuing and withdrawing them, and how a use case loads one with what belongs to
// it.
//
// Issuing claims the money of every line (advanced → claimed), fixes the due date, freezes the
// letter and, when the debtor is a party of the hub, interrupts the limitation period, because a
// data message has arrived once it entered the addressee's system (民法典 137, 195). Withdrawing
// gives the money back and completes the reversal of advances that waited for it.
#ifndef RECOUP_HUB_APP_DEMANDS_H_
#define RECOUP_HUB_APP_DEMANDS_H_

#include <optional>
#include <string>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/letter.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// A demand with its recovery and the advance of each line. Change the members, then StoreDemand.
struct LoadedDemand {
  domain::Demand demand;
  domain::Recovery recovery;
  std::vector<domain::Advance> advances;  // advances[i] is that of demand.lines[i].

  // For PostMovement.
  std::vector<domain::Advance*> advance_pointers();
};

// NOT_FOUND when the pool has no such demand.
absl::StatusOr<LoadedDemand> LoadDemand(UnitOfWork& work, const domain::PoolId& pool,
                                        domain::DemandId id);
void StoreDemand(UnitOfWork& work, LoadedDemand& loaded);

// Advances whose reversal waited for this demand, and of which nothing is claimed any more, leave
// the books. Call after money went back, before StoreDemand.
absl::Status CompleteReversals(UnitOfWork& work, LoadedDemand& loaded);

// The case behind a recovery, absent when none is. ILLEGAL_TRANSITION when its court has not, or no
// longer, consented: then nothing further is sent out.
absl::StatusOr<std::optional<domain::CourtCase>> ConsentedCase(UnitOfWork& work,
                                                               const domain::Recovery& recovery);

// Until when a letter asks: the day given, which must not be past, else by policy data
// demand.due_days.
absl::StatusOr<absl::CivilDay> DueOn(UnitOfWork& work, const domain::PoolId& pool,
                                     const std::optional<absl::CivilDay>& given);

struct IssueDemand {
  domain::PoolId pool;
  domain::DemandId demand;
  std::string etag;
  std::optional<absl::CivilDay> due_on;  // Absent: by policy data demand.due_days.
};

struct IssuedDemand {
  domain::Demand demand;
  domain::Letter letter;
  domain::Limitation limitation;  // Towards its debtor, as it now is.
};

struct WithdrawDemand {
  domain::PoolId pool;
  domain::DemandId demand;
  std::string etag;
  std::string reason;
};

// ILLEGAL_TRANSITION also when the court has not (or no longer) consented; AMOUNT_EXCEEDS_OPEN when
// an advance no longer holds what a line claims.
absl::StatusOr<IssuedDemand> IssueDemandOf(const IssueDemand& command, UnitOfWork& work);
// ILLEGAL_TRANSITION also when money was paid or relinquished on it.
absl::StatusOr<domain::Demand> WithdrawDemandOf(const WithdrawDemand& command, UnitOfWork& work);
// The same for a use case that holds the demand; the caller stores it.
absl::Status Withdraw(UnitOfWork& work, LoadedDemand& loaded, const std::string& reason);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_DEMANDS_H_

#include "hub/app/recovery_state.h"

#include <vector>

#include "hub/app/timeline.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

absl::StatusOr<bool> AllIsPaid(UnitOfWork& work, const domain::Recovery& recovery,
                               const domain::Demand& changed) {
  std::vector<bool> paid(recovery.debtors.size(), false);
  bool any = false;
  for (const domain::DemandId& id : recovery.demands) {
    const domain::Demand* demand = &changed;
    if (id != changed.id) {
      RECOUP_ASSIGN_OR_RETURN(demand, work.Find<domain::Demand>(recovery.pool.value, id.value));
    }
    if (demand == nullptr || demand->state == domain::DemandState::kWithdrawn) continue;
    if (demand->state != domain::DemandState::kPaid) return false;
    any = true;
    const auto debtor = static_cast<std::size_t>(demand->debtor_index);
    if (debtor < paid.size()) paid[debtor] = true;
  }
  for (std::size_t i = 0; i < paid.size(); ++i) {
    if (!paid[i] && recovery.debtors[i].amount.is_positive()) return false;
  }
  return any;
}

}  // namespace

absl::Status UpdateRecoveryState(UnitOfWork& work, domain::Recovery& recovery,
                                 const domain::Demand& changed) {
  RECOUP_ASSIGN_OR_RETURN(const bool done, AllIsPaid(work, recovery, changed));
  if (done && recovery.state != domain::RecoveryState::kClosed) {
    RECOUP_ASSIGN_OR_RETURN(recovery.state,
                            domain::Next(recovery.state, domain::RecoveryCommand::kClose));
    AddTimeline(work, recovery, work.now(), "全部追偿函已结清，本案结案");
  } else if (!done && recovery.state == domain::RecoveryState::kClosed) {
    // Back to where its demands put it.
    RECOUP_ASSIGN_OR_RETURN(recovery.state,
                            domain::Next(recovery.state, domain::RecoveryCommand::kReopen));
    RECOUP_ASSIGN_OR_RETURN(recovery.state,
                            domain::Next(recovery.state, domain::RecoveryCommand::kDemand));
    AddTimeline(work, recovery, work.now(), "追偿函恢复未付，本案重新打开");
  }
  return absl::OkStatus();
}

}  // namespace recoup::app

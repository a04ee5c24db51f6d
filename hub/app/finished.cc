#include "hub/app/finished.h"

#include <algorithm>

#include "hub/app/timeline.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::AdvanceCommand;
using domain::AdvanceState;
using domain::Demand;
using domain::DemandState;
using domain::Recovery;
using domain::RecoveryCommand;
using domain::RecoveryState;
using domain::Stage;

bool NothingLeft(const Advance& advance) {
  return advance.stages.at(Stage::kAdvanced).is_zero() && advance.stages.open().is_zero();
}

absl::StatusOr<bool> AllAdvancesSettled(UnitOfWork& work, const std::vector<Advance*>& in_hand,
                                        const Recovery& recovery) {
  for (const domain::AdvanceId id : recovery.advances) {
    const auto mine = std::find_if(in_hand.begin(), in_hand.end(),
                                   [&](const Advance* advance) { return advance->id == id; });
    const Advance* advance = mine == in_hand.end() ? nullptr : *mine;
    if (advance == nullptr) {
      RECOUP_ASSIGN_OR_RETURN(advance, work.Find<Advance>(recovery.pool.value, id.value));
    }
    if (advance != nullptr && !NothingLeft(*advance)) return false;
  }
  return !recovery.advances.empty();
}

absl::StatusOr<bool> AllDemandsPaid(UnitOfWork& work, const Demand* in_hand,
                                    const Recovery& recovery) {
  std::vector<bool> paid(recovery.debtors.size(), false);
  bool any = false;
  for (const domain::DemandId& id : recovery.demands) {
    const Demand* demand = in_hand;
    if (demand == nullptr || id != demand->id) {
      RECOUP_ASSIGN_OR_RETURN(demand, work.Find<Demand>(recovery.pool.value, id.value));
    }
    if (demand == nullptr || demand->state == DemandState::kWithdrawn) continue;
    if (demand->state != DemandState::kPaid) return false;
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

absl::Status SettleAdvance(Advance& advance) {
  const bool done = NothingLeft(advance);
  if (done && advance.state == AdvanceState::kOpen) {
    RECOUP_ASSIGN_OR_RETURN(advance.state, domain::Next(advance.state, AdvanceCommand::kSettle));
  } else if (!done && advance.state == AdvanceState::kSettled) {
    RECOUP_ASSIGN_OR_RETURN(advance.state, domain::Next(advance.state, AdvanceCommand::kReopen));
  }
  return absl::OkStatus();
}

absl::Status SettleFinished(UnitOfWork& work, const std::vector<Advance*>& advances,
                            const Demand* demand, Recovery& recovery) {
  for (Advance* advance : advances) RECOUP_RETURN_IF_ERROR(SettleAdvance(*advance));
  RECOUP_ASSIGN_OR_RETURN(bool done, AllAdvancesSettled(work, advances, recovery));
  if (!done) {
    RECOUP_ASSIGN_OR_RETURN(done, AllDemandsPaid(work, demand, recovery));
  }
  if (done && recovery.state != RecoveryState::kClosed) {
    RECOUP_ASSIGN_OR_RETURN(recovery.state, domain::Next(recovery.state, RecoveryCommand::kClose));
    recovery.closed_time = work.now();
    AddTimeline(work, recovery, {domain::TimelineKind::kRecoveryClosed}, work.now(),
                "全部追偿已收回或已放弃，本案结案");
  } else if (!done && recovery.state == RecoveryState::kClosed) {
    // Back to where its demands put it.
    RECOUP_ASSIGN_OR_RETURN(recovery.state, domain::Next(recovery.state, RecoveryCommand::kReopen));
    recovery.closed_time.reset();
    RECOUP_ASSIGN_OR_RETURN(recovery.state, domain::Next(recovery.state, RecoveryCommand::kDemand));
    AddTimeline(work, recovery, {domain::TimelineKind::kRecoveryReopened}, work.now(),
                "追偿函恢复未付，本案重新打开");
  }
  return absl::OkStatus();
}

}  // namespace recoup::app

#include "hub/app/limitation_clocks.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "hub/app/debtor_clock.h"
#include "hub/app/record_scan.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::Money;

const std::vector<OpenDemand>& OfRecovery(const OpenDemands& open, domain::RecoveryId recovery) {
  static const auto& none = *new std::vector<OpenDemand>();
  const auto found = open.find(recovery);
  return found == open.end() ? none : found->second;
}

}  // namespace

void AddOpenDemand(const Demand& demand, OpenDemands& open) {
  if (!demand.open().is_positive()) return;
  open[demand.recovery].push_back({.id = demand.id,
                                   .debtor_index = demand.debtor_index,
                                   .open = demand.open(),
                                   .reference = demand.reference,
                                   .issued_on = demand.issued_on,
                                   .acknowledged = demand.acknowledged_time.has_value() ||
                                                   demand.state != domain::DemandState::kIssued,
                                   .last_instalment_due = LastInstalmentDue(demand)});
}

absl::StatusOr<OpenDemands> ReadOpenDemands(RecordReader& reader, const domain::PoolId& pool) {
  OpenDemands open;
  RECOUP_RETURN_IF_ERROR(ForEachBy<Demand>(reader, domain::LookupKind::kDemandOpen,
                                           domain::Key({pool.value}), [&](const Demand& demand) {
                                             AddOpenDemand(demand, open);
                                             return absl::OkStatus();
                                           }));
  return open;
}

absl::StatusOr<std::vector<Demand>> DraftsOf(RecordReader& reader, const domain::Recovery& recovery,
                                             const OpenDemands& open) {
  const std::vector<OpenDemand>& known = OfRecovery(open, recovery.id);
  std::vector<Demand> drafts;
  for (const domain::DemandId& id : recovery.demands) {
    const bool is_open = std::any_of(known.begin(), known.end(),
                                     [&](const OpenDemand& demand) { return demand.id == id; });
    if (is_open) continue;
    RECOUP_ASSIGN_OR_RETURN(Demand demand, reader.Get<Demand>(recovery.pool.value, id.value));
    if (demand.state == domain::DemandState::kDraft) drafts.push_back(std::move(demand));
  }
  return drafts;
}

absl::StatusOr<std::vector<LimitationClock>> ClocksOfRecovery(
    const domain::Recovery& recovery, const OpenDemands& open, const std::vector<Demand>& drafts,
    absl::CivilDay today, const domain::PolicyData& policy_data) {
  const std::vector<OpenDemand>& demands = OfRecovery(open, recovery.id);
  std::vector<LimitationClock> clocks;
  for (std::size_t i = 0; i < recovery.debtors.size(); ++i) {
    const domain::Debtor& debtor = recovery.debtors[i];
    LimitationClock clock;
    InstalmentsEnd end;
    for (const OpenDemand& demand : demands) {
      if (static_cast<std::size_t>(demand.debtor_index) != i) continue;
      clock.open += demand.open;
      clock.reference = demand.reference;
      end.Add(demand.last_instalment_due);
    }
    for (const Demand& draft : drafts) {
      if (static_cast<std::size_t>(draft.debtor_index) != i) continue;
      clock.open += draft.amount;
      clock.reference = draft.reference;
      end.Add(LastInstalmentDue(draft));
    }
    // Nothing was drafted for anybody yet: all of what the debtor owes is open.
    const bool undrafted = clock.open.is_zero() && recovery.demands.empty();
    if (undrafted) clock.open = debtor.amount;
    if (!clock.open.is_positive()) continue;
    RECOUP_ASSIGN_OR_RETURN(const domain::Limitation limitation,
                            LimitationOfDebtor(recovery, i, end.day(), today, policy_data));
    clock.recovery = recovery.id;
    clock.debtor_index = i;
    clock.debtor_name = debtor.name;
    clock.expires_on = limitation.expires_on;
    clock.state = limitation.state;
    clock.known_on = recovery.known_on;
    for (const domain::Interruption& interruption : debtor.interruptions) {
      if (interruption.kind == domain::InterruptionKind::kObstacle) continue;
      ++clock.interruptions;
      clock.interrupted_on =
          std::max(clock.interrupted_on.value_or(absl::CivilDay::min()), interruption.date);
    }
    clocks.push_back(std::move(clock));
  }
  return clocks;
}

absl::StatusOr<std::vector<LimitationClock>> LimitationClocksOf(
    RecordReader& reader, const domain::PoolId& pool, absl::CivilDay today,
    const domain::PolicyData& policy_data) {
  RECOUP_ASSIGN_OR_RETURN(const OpenDemands open, ReadOpenDemands(reader, pool));
  std::vector<LimitationClock> all;
  RECOUP_RETURN_IF_ERROR(ForEachBy<domain::Recovery>(
      reader, domain::LookupKind::kRecoveryOpen, domain::Key({pool.value}),
      [&](const domain::Recovery& recovery) -> absl::Status {
        RECOUP_ASSIGN_OR_RETURN(const std::vector<Demand> drafts, DraftsOf(reader, recovery, open));
        RECOUP_ASSIGN_OR_RETURN(std::vector<LimitationClock> clocks,
                                ClocksOfRecovery(recovery, open, drafts, today, policy_data));
        std::move(clocks.begin(), clocks.end(), std::back_inserter(all));
        return absl::OkStatus();
      }));
  const auto key = [](const LimitationClock& clock) {
    return std::tuple(clock.expires_on.value_or(absl::CivilDay::max()), clock.recovery,
                      clock.debtor_index);
  };
  std::sort(all.begin(), all.end(),
            [&](const LimitationClock& a, const LimitationClock& b) { return key(a) < key(b); });
  return all;
}

}  // namespace recoup::app

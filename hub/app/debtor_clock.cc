#include "hub/app/debtor_clock.h"

#include <algorithm>
#include <utility>

#include "hub/base/check.h"

namespace recoup::app {

void InstalmentsEnd::Add(const std::optional<absl::CivilDay>& last_due) {
  if (!last_due) {
    unplanned_ = true;
  } else {
    earliest_ = std::min(earliest_.value_or(*last_due), *last_due);
  }
}

std::optional<absl::CivilDay> LastInstalmentDue(const domain::Demand& demand) {
  std::optional<absl::CivilDay> last;
  for (const domain::Instalment& instalment : demand.instalments) {
    last = std::max(last.value_or(instalment.due_on), instalment.due_on);
  }
  return last;
}

bool IsUnsettled(const domain::Demand& demand) {
  return demand.state == domain::DemandState::kDraft || demand.open().is_positive();
}

absl::StatusOr<domain::Limitation> LimitationOfDebtor(
    const domain::Recovery& recovery, std::size_t debtor_index,
    const std::optional<absl::CivilDay>& instalments_end, absl::CivilDay today,
    const domain::PolicyData& policy_data) {
  RECOUP_CHECK(debtor_index < recovery.debtors.size());
  const domain::Debtor& debtor = recovery.debtors[debtor_index];
  domain::LimitationInput input;
  input.pool = recovery.pool.value;
  input.debtor = debtor.name;
  input.damage_on = std::min(recovery.accident_on.value_or(recovery.known_on), recovery.known_on);
  input.known_on = recovery.known_on;
  input.last_instalment_due = instalments_end;
  input.jointly_with = debtor.jointly_with;
  // What interrupts the clock of one joint debtor interrupts it for all (法释〔2020〕17号第十五条);
  // an obstacle concerns the claim against one of them only.
  for (const domain::Debtor& other : recovery.debtors) {
    for (const domain::Interruption& event : other.interruptions) {
      if (event.kind != domain::InterruptionKind::kObstacle) {
        input.interruptions.push_back(event);
      } else if (&other == &debtor) {
        input.suspensions.push_back({event.date, event.ended_on, event.evidence});
      }
    }
  }
  input.today = today;
  return domain::LimitationOf(input, policy_data);
}

}  // namespace recoup::app

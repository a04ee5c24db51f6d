#include "hub/app/record_interruption.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/demands.h"
#include "hub/app/timeline.h"
#include "hub/base/check.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {

absl::StatusOr<domain::Limitation> LimitationOfDebtor(const domain::Recovery& recovery,
                                                      std::size_t debtor_index,
                                                      absl::CivilDay today,
                                                      const domain::PolicyData& policy_data) {
  RECOUP_CHECK(debtor_index < recovery.debtors.size());
  const domain::Debtor& debtor = recovery.debtors[debtor_index];
  domain::LimitationInput input;
  input.pool = recovery.pool.value;
  input.debtor = debtor.name;
  input.damage_on = std::min(recovery.accident_on.value_or(recovery.known_on), recovery.known_on);
  input.known_on = recovery.known_on;
  input.jointly_with = debtor.jointly_with;
  // What interrupts the clock of one joint debtor interrupts it for all (法释〔2020〕17号第十五条).
  for (const domain::Debtor& other : recovery.debtors) {
    input.interruptions.insert(input.interruptions.end(), other.interruptions.begin(),
                               other.interruptions.end());
  }
  input.today = today;
  return domain::LimitationOf(input, policy_data);
}

namespace {

// Of those who owe the same jointly with the debtor (法释〔2020〕17号第十五条).
absl::StatusOr<std::vector<domain::DemandId>> DemandsOfJointDebtors(
    UnitOfWork& work, const domain::Recovery& recovery, const domain::Debtor& debtor) {
  std::vector<domain::DemandId> found;
  for (const domain::DemandId id : recovery.demands) {
    RECOUP_ASSIGN_OR_RETURN(const domain::Demand demand,
                            work.Get<domain::Demand>(recovery.pool.value, id.value));
    const bool joint = std::find(debtor.jointly_with.begin(), debtor.jointly_with.end(),
                                 demand.debtor_name) != debtor.jointly_with.end();
    if (joint && demand.state != domain::DemandState::kWithdrawn) found.push_back(id);
  }
  return found;
}

}  // namespace

absl::StatusOr<InterruptionAnswer> RecordInterruptionOf(const RecordInterruption& command,
                                                        UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, command.pool, command.demand));
  const auto index = static_cast<std::size_t>(loaded.demand.debtor_index);
  RECOUP_CHECK(index < loaded.recovery.debtors.size());
  domain::Debtor& debtor = loaded.recovery.debtors[index];
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  RECOUP_ASSIGN_OR_RETURN(const domain::Limitation before,
                          LimitationOfDebtor(loaded.recovery, index, work.today(), *policy_data));
  if (before.expires_on && command.interruption.date > *before.expires_on) {
    Faults faults;
    faults.Add("interruption.happened_on",
               absl::StrCat("the period expired on ", absl::FormatCivilTime(*before.expires_on)));
    return faults.ToStatus();
  }
  domain::Interruption interruption = command.interruption;
  interruption.debtor = debtor.name;
  debtor.interruptions.push_back(interruption);
  InterruptionAnswer answer;
  RECOUP_ASSIGN_OR_RETURN(answer.limitation,
                          LimitationOfDebtor(loaded.recovery, index, work.today(), *policy_data));
  answer.pool = command.pool;
  answer.debtor = debtor;
  RECOUP_ASSIGN_OR_RETURN(answer.other_demands,
                          DemandsOfJointDebtors(work, loaded.recovery, debtor));
  AddTimeline(
      work, loaded.recovery, About(domain::TimelineKind::kInterrupted, loaded.demand),
      absl::FromCivil(interruption.date, ChinaTimeZone()),
      absl::StrCat(
          "对", debtor.name, "的诉讼时效中断（", std::string(ChineseName(interruption.kind)),
          "）：", interruption.evidence,
          answer.limitation.expires_on
              ? absl::StrCat("；时效至 ", absl::FormatCivilTime(*answer.limitation.expires_on))
              : std::string()));
  work.Put(loaded.recovery);
  return answer;
}

}  // namespace recoup::app

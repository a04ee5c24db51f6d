#include "hub/app/recovery_view.h"

#include <utility>

#include "hub/app/debtor_clock.h"
#include "hub/base/check.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

template <typename Records>
absl::StatusOr<RecoveryView> GatherView(Records& records, domain::Recovery recovery,
                                        absl::CivilDay today,
                                        const domain::PolicyData& policy_data) {
  RecoveryView view;
  const std::string& pool = recovery.pool.value;
  for (const domain::AdvanceId id : recovery.advances) {
    RECOUP_ASSIGN_OR_RETURN(domain::Advance advance,
                            records.template Get<domain::Advance>(pool, id.value));
    view.advances.push_back(std::move(advance));
  }
  for (const domain::DemandId id : recovery.demands) {
    RECOUP_ASSIGN_OR_RETURN(domain::Demand demand,
                            records.template Get<domain::Demand>(pool, id.value));
    view.demands.push_back(std::move(demand));
  }
  for (std::size_t i = 0; i < recovery.debtors.size(); ++i) {
    InstalmentsEnd end;
    for (const domain::Demand& demand : view.demands) {
      if (static_cast<std::size_t>(demand.debtor_index) == i && IsUnsettled(demand)) {
        end.Add(LastInstalmentDue(demand));
      }
    }
    RECOUP_ASSIGN_OR_RETURN(domain::Limitation clock,
                            LimitationOfDebtor(recovery, i, end.day(), today, policy_data));
    view.clocks.push_back(std::move(clock));
  }
  view.recovery = std::move(recovery);
  return view;
}

}  // namespace

absl::StatusOr<RecoveryView> ViewOf(UnitOfWork& work, domain::Recovery recovery) {
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  return GatherView(work, std::move(recovery), work.today(), *policy_data);
}

absl::StatusOr<RecoveryView> ViewOf(RecordReader& reader, domain::Recovery recovery,
                                    absl::CivilDay today, const domain::PolicyData& policy_data) {
  return GatherView(reader, std::move(recovery), today, policy_data);
}

absl::StatusOr<domain::Limitation> LimitationOfDemand(RecordReader& reader,
                                                      const domain::Demand& demand,
                                                      absl::CivilDay today,
                                                      const domain::PolicyData& policy_data) {
  RECOUP_ASSIGN_OR_RETURN(const domain::Recovery recovery,
                          reader.Get<domain::Recovery>(demand.pool.value, demand.recovery.value));
  const auto index = static_cast<std::size_t>(demand.debtor_index);
  // A withdrawn draft may be of a computation that a later one with fewer debtors replaced.
  if (index >= recovery.debtors.size()) return domain::Limitation{};
  return ReadLimitationOfDebtor(reader, recovery, index, today, policy_data);
}

}  // namespace recoup::app

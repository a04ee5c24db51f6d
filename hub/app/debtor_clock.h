// The limitation clock (诉讼时效) towards one debtor of a recovery, from its records: what
// interrupted and what obstructed it, and the instalments by which the debtor is to pay.
#ifndef RECOUP_HUB_APP_DEBTOR_CLOCK_H_
#define RECOUP_HUB_APP_DEBTOR_CLOCK_H_

#include <cstddef>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "hub/base/status.h"
#include "hub/domain/limitation.h"
#include "hub/domain/policy_data.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// The last due date of a debt that is paid in instalments, from which its limitation period runs
// (民法典 189). Where a debtor owes on several demands, the earliest: before it none is out of
// time. None when something is asked of the debtor that no plan covers.
class InstalmentsEnd {
 public:
  // Adds what is asked of the debtor and not settled: an issued demand with an open amount, or a
  // draft. `last_due` is absent without a plan.
  void Add(const std::optional<absl::CivilDay>& last_due);
  std::optional<absl::CivilDay> day() const { return unplanned_ ? std::nullopt : earliest_; }

 private:
  bool unplanned_ = false;
  std::optional<absl::CivilDay> earliest_;
};

// By the demand's plan, whatever was paid of it.
std::optional<absl::CivilDay> LastInstalmentDue(const domain::Demand& demand);
// Whether something is asked of the debtor by it and not settled.
bool IsUnsettled(const domain::Demand& demand);

// `records` is a RecordReader or a UnitOfWork.
template <typename Records>
absl::StatusOr<std::optional<absl::CivilDay>> InstalmentsEndOf(Records& records,
                                                               const domain::Recovery& recovery,
                                                               std::size_t debtor_index) {
  InstalmentsEnd end;
  for (const domain::DemandId id : recovery.demands) {
    RECOUP_ASSIGN_OR_RETURN(const domain::Demand demand,
                            records.template Get<domain::Demand>(recovery.pool.value, id.value));
    if (static_cast<std::size_t>(demand.debtor_index) == debtor_index && IsUnsettled(demand)) {
      end.Add(LastInstalmentDue(demand));
    }
  }
  return end.day();
}

// The clock on a day. The damage is that of the accident, or, where its day is not known, the day
// the fund knew.
absl::StatusOr<domain::Limitation> LimitationOfDebtor(
    const domain::Recovery& recovery, std::size_t debtor_index,
    const std::optional<absl::CivilDay>& instalments_end, absl::CivilDay today,
    const domain::PolicyData& policy_data);

// The same, with the demands as `records` has them.
template <typename Records>
absl::StatusOr<domain::Limitation> ReadLimitationOfDebtor(Records& records,
                                                          const domain::Recovery& recovery,
                                                          std::size_t debtor_index,
                                                          absl::CivilDay today,
                                                          const domain::PolicyData& policy_data) {
  RECOUP_ASSIGN_OR_RETURN(const std::optional<absl::CivilDay> end,
                          InstalmentsEndOf(records, recovery, debtor_index));
  return LimitationOfDebtor(recovery, debtor_index, end, today, policy_data);
}

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_DEBTOR_CLOCK_H_

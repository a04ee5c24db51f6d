// The clocks of the law on a debtor's side: until when an insurer must decide on a demand, pay what
// it accepted, and pay what is undisputed. Computed from the records, the transfers and policy data
// at the moment of asking; nothing is stored. Compulsory motor cover has days of its own.
#ifndef RECOUP_HUB_APP_INSURER_CLOCKS_H_
#define RECOUP_HUB_APP_INSURER_CLOCKS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "hub/app/ports.h"
#include "hub/domain/money.h"
#include "hub/domain/policy_data.h"
#include "hub/domain/records/demand.h"

namespace recoup::app {

// Numbers equal recoup.v1.InsurerClockKind.
enum class InsurerClockKind {
  kDecide = 1,          // 保险法 23, 交强险条例 29: from the receipt of the demand.
  kPay = 2,             // 保险法 23, 交强险条例 29: from the acceptance.
  kUndisputedPart = 3,  // 保险法 25: from the receipt, what nobody disputes.
  kInstalment = 4,      // The agreed plan.
  kDue = 5,             // The day the fund set.
};

struct InsurerClock {
  InsurerClockKind kind = InsurerClockKind::kDue;
  domain::PoolId pool;
  domain::DemandId demand;
  absl::CivilDay started_on;  // The day the clock runs from; it is not counted (民法典 201).
  absl::CivilDay due_on;
  domain::Money amount;
  std::string source;  // The rule, for people; empty where the fund or the plan set the day.
  bool operator==(const InsurerClock&) const = default;
};

// The rule that says how many days the debtor has to pay what is accepted or agreed: an insurer's
// by law, anybody else's as for a demand.
std::string_view PayDaysRule(const domain::Demand& demand);

// Of one issued demand, in the order of the kinds; nothing that is paid has a clock. A demand that
// was not acknowledged counts from its issue. POLICY_DATA_MISSING without the days of the law.
absl::StatusOr<std::vector<InsurerClock>> ClocksOf(ReadView& view, const domain::Demand& demand,
                                                   const domain::PolicyData& policy_data);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_INSURER_CLOCKS_H_

// The officer's worklist (待办): what needs a person today, the most urgent first.
//
// Computed from the records and policy data at the moment of asking; nothing is stored. What the
// one who asks may not do, a decision on his own application, is not on his list.
#ifndef RECOUP_HUB_APP_WORKLIST_H_
#define RECOUP_HUB_APP_WORKLIST_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "hub/app/record_reader.h"
#include "hub/domain/money.h"
#include "hub/domain/policy_data.h"

namespace recoup::app {

// Numbers equal recoup.v1.WorkUrgency and WorkKind.
enum class WorkUrgency { kRightAtRisk = 1, kLate = 2, kWaiting = 3 };
enum class WorkKind {
  kLimitation = 1,
  kJudicialConfirmation = 2,
  kOverdue = 3,
  kBreak = 4,
  kApproval = 5,
  kLead = 6,
  kDispute = 7,
  kDelivery = 8,
  kDraft = 9,
  kObstacle = 10,
  kLitigation = 11,
};

struct WorkItem {
  WorkUrgency urgency = WorkUrgency::kWaiting;
  WorkKind kind = WorkKind::kDraft;
  std::optional<absl::CivilDay> due_on;
  absl::CivilDay since;
  domain::Money amount;
  std::string debtor_name;
  std::string subject;  // Resource name.
  std::string command;  // Of recoupctl.
};

struct WorkSum {
  std::int64_t items = 0;
  domain::Money amount;
  std::optional<absl::CivilDay> due_on;  // The earliest.
  bool operator==(const WorkSum&) const = default;
};

struct Worklist {
  std::vector<WorkItem> items;                               // At most as many as asked for.
  std::map<std::pair<WorkUrgency, WorkKind>, WorkSum> sums;  // Of all.
};

struct WorklistOrder {
  domain::PoolId pool;
  absl::CivilDay today;
  std::string actor;         // Who asks.
  std::set<WorkKind> kinds;  // Empty: all.
  std::size_t items_max = 1;
};

absl::StatusOr<Worklist> WorklistOf(RecordReader& reader, const WorklistOrder& order,
                                    const domain::PolicyData& policy_data);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_WORKLIST_H_

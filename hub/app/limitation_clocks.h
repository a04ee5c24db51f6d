// The limitation clocks (诉讼时效) of a pool: one for each debtor of an open recovery of whom
// something is still open, asked or not.
#ifndef RECOUP_HUB_APP_LIMITATION_CLOCKS_H_
#define RECOUP_HUB_APP_LIMITATION_CLOCKS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/app/record_reader.h"
#include "hub/domain/limitation.h"
#include "hub/domain/policy_data.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// What of an open demand its recovery is asked about: a few bytes, so that a pool's open demands
// fit into memory.
struct OpenDemand {
  domain::DemandId id;
  std::int32_t debtor_index = 0;
  domain::Money open;
  std::string reference;
  std::optional<absl::CivilDay> issued_on;
  bool acknowledged = false;
  std::optional<absl::CivilDay> last_instalment_due;
};
using OpenDemands = absl::flat_hash_map<domain::RecoveryId, std::vector<OpenDemand>>;

void AddOpenDemand(const domain::Demand& demand, OpenDemands& open);
absl::StatusOr<OpenDemands> ReadOpenDemands(RecordReader& reader, const domain::PoolId& pool);

// Demands of a recovery that were drafted and not issued.
absl::StatusOr<std::vector<domain::Demand>> DraftsOf(RecordReader& reader,
                                                     const domain::Recovery& recovery,
                                                     const OpenDemands& open);

struct LimitationClock {
  domain::RecoveryId recovery;
  std::size_t debtor_index = 0;
  std::string debtor_name;
  std::optional<absl::CivilDay> expires_on;  // Absent while it stands still.
  domain::LimitationState state = domain::LimitationState::kRunning;
  domain::Money open;
  absl::CivilDay known_on;
  std::optional<absl::CivilDay> interrupted_on;  // An obstacle does not interrupt.
  std::int32_t interruptions = 0;
  std::string reference;  // Of the latest demand; empty when there is none.
};

// The clocks of one recovery.
absl::StatusOr<std::vector<LimitationClock>> ClocksOfRecovery(
    const domain::Recovery& recovery, const OpenDemands& open,
    const std::vector<domain::Demand>& drafts, absl::CivilDay today,
    const domain::PolicyData& policy_data);

// All of the pool, the earliest end first, those that stand still last.
absl::StatusOr<std::vector<LimitationClock>> LimitationClocksOf(
    RecordReader& reader, const domain::PoolId& pool, absl::CivilDay today,
    const domain::PolicyData& policy_data);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_LIMITATION_CLOCKS_H_

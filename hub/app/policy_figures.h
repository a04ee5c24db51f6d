// What the hub's demands take of a policy's limit for one accident.
#ifndef RECOUP_HUB_APP_POLICY_FIGURES_H_
#define RECOUP_HUB_APP_POLICY_FIGURES_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/app/record_reader.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/money.h"
#include "hub/domain/policy_data.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {

struct HubFigures {
  domain::Money received;  // Paid on demands.
  domain::Money demanded;  // Issued and still open.
  // Of splits, as far as the use of the policy asked about cannot have counted them:
  domain::Money split;     // settled since it was recorded;
  domain::Money reserved;  // quoted and not expired.
  bool operator==(const HubFigures&) const = default;
};

// What is left of the medical limit: what was stated as used and what came in since, at the least
// what came in. Splits are not counted: their room is split_room.h's.
domain::Money MedicalLeft(const domain::PolicyUse& use, const HubFigures& figures);
domain::Money TotalLeft(const domain::PolicyUse& use, const HubFigures& figures);

// Sets the use's limits: the policy's own, or of a compulsory policy those of the law on the day.
// POLICY_DATA_MISSING when these are not known.
absl::Status TakeLimits(const domain::RegisteredPolicy& policy,
                        const domain::PolicyData& policy_data, domain::PolicyUse& use);
// The policy, to be shown, with a use also for each day whose accident its insurer has not stated
// but a split draws on.
template <typename Reader>
absl::StatusOr<domain::RegisteredPolicy> WithUnstatedUses(Reader& reader,
                                                          domain::RegisteredPolicy policy,
                                                          const domain::PolicyData& policy_data,
                                                          absl::Time now);

// The issued demands under the policy, of any pool. Reader: UnitOfWork or RecordReader.
template <typename Reader>
absl::StatusOr<std::vector<domain::Demand>> DemandsUnder(Reader& reader, domain::PolicyId policy,
                                                         absl::CivilDay accident_on);
template <typename Reader>
absl::StatusOr<HubFigures> HubFiguresOf(Reader& reader, domain::PolicyId policy,
                                        absl::CivilDay accident_on);
// One for each use of the policy.
template <typename Reader>
absl::StatusOr<std::vector<HubFigures>> FiguresOf(Reader& reader,
                                                  const domain::RegisteredPolicy& policy,
                                                  absl::Time now);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_POLICY_FIGURES_H_

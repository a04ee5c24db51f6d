// Puts a value of a rule from a day on (政策数据). Figures computed before keep the value they were
// computed with.
#ifndef RECOUP_HUB_APP_PUT_POLICY_DATUM_H_
#define RECOUP_HUB_APP_PUT_POLICY_DATUM_H_

#include <optional>
#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/approval.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {

struct PutPolicyDatum {
  domain::PoolId pool;        // Empty: for all pools, which only the operator may set.
  domain::PolicyDatum datum;  // Key, day, value, source.
  std::string etag;
};

struct PolicyDatumAnswer {
  domain::PolicyDatum datum;
  std::optional<domain::Approval> approval;  // Waited for; nothing holds before.
};

// INVALID_ARGUMENT for a key that no built-in rule has or a value outside of its bounds;
// NOT_ALLOWED for who may not set it; ETAG_MISMATCH when a value of that key, pool and day exists
// and the etag is not its present one.
absl::StatusOr<PolicyDatumAnswer> PutPolicyDatumOf(const PutPolicyDatum& command, UnitOfWork& work);

// What was approved holds now. ETAG_MISMATCH when the value changed since it was asked for.
absl::Status CompletePolicyDatum(UnitOfWork& work, const domain::Approval& approval);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_PUT_POLICY_DATUM_H_

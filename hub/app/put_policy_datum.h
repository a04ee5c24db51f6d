// Puts a value of a rule from a day on (政策数据). Figures computed before keep the value they were
// computed with.
#ifndef RECOUP_HUB_APP_PUT_POLICY_DATUM_H_
#define RECOUP_HUB_APP_PUT_POLICY_DATUM_H_

#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {

struct PutPolicyDatum {
  domain::PolicyDatum datum;  // Key, pool ("*" for all), day, value, source.
  std::string etag;
};

// INVALID_ARGUMENT for a key that no built-in rule has; ETAG_MISMATCH when a value of that key,
// pool and day exists and the etag is not its present one.
absl::StatusOr<domain::PolicyDatum> PutPolicyDatumOf(const PutPolicyDatum& command,
                                                     UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_PUT_POLICY_DATUM_H_

// The sum owed for an injury, over all that counts, and its shares by fund; or the gap: what only
// the person who asks can add. Pure.
#ifndef RECOUP_HUB_DOMAIN_INJURY_OWED_H_
#define RECOUP_HUB_DOMAIN_INJURY_OWED_H_

#include <vector>

#include "absl/status/status.h"
#include "hub/domain/explanation.h"
#include "hub/domain/injury_trace.h"
#include "hub/domain/policy_data.h"
#include "hub/domain/records/admission.h"

namespace recoup::domain {

// Fills the sums, the explanation, the shares and the gap of a trace whose visits and bills are
// judged. `assumed`: steps that the explanation begins with. POLICY_DATA_MISSING as Apportion.
absl::Status ComputeOwed(const std::vector<Advance>& advances, const InjuryQuestion& question,
                         const PolicyData& policy_data, const std::vector<ExplanationStep>& assumed,
                         InjuryTrace& trace);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_INJURY_OWED_H_

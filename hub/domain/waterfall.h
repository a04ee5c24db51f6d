// The order in which those who answer for an injury pay a loss (民法典 1213): compulsory motor
// cover without regard to fault, then each party's share of the rest, its commercial cover before
// itself. Internal to apportionment; the input has been validated.
#ifndef RECOUP_HUB_DOMAIN_WATERFALL_H_
#define RECOUP_HUB_DOMAIN_WATERFALL_H_

#include <vector>

#include "absl/status/statusor.h"
#include "hub/domain/apportionment.h"

namespace recoup::domain {

enum class RestRule {
  kByFaultShare,  // Each party bears its share of the rest; the injured person bears what is left.
  kInFull,        // The loss is agreed: the parties bear all of the rest, in proportion.
};

// Fills `debtors` and `claimed`, and appends its steps to the explanation. Amounts of zero are left
// out.
absl::Status RunWaterfall(const ApportionmentInput& input, const PolicyData& policy_data,
                          Money loss, RestRule rule, Apportionment& result);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_WATERFALL_H_

// Shares of C that are agreed, or acknowledged, without a judgment: each is owed as it is, by its
// policies in turn where an insurer answers, up to what is left of their limits. Internal to
// apportionment; the input has been validated.
#ifndef RECOUP_HUB_DOMAIN_AGREED_SHARES_H_
#define RECOUP_HUB_DOMAIN_AGREED_SHARES_H_

#include "absl/status/status.h"
#include "hub/domain/apportionment.h"

namespace recoup::domain {

// Fills `debtors` and `claimed`, and appends its steps to the explanation.
absl::Status ApportionAgreedShares(const ApportionmentInput& input, const PolicyData& policy_data,
                                   Apportionment& result);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_AGREED_SHARES_H_

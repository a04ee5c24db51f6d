// What one insurance cover pays of a victim's loss: what is left of its limit, or this victim's
// part of that where others share it. Internal to apportionment; the input has been validated.
#ifndef RECOUP_HUB_DOMAIN_COVER_H_
#define RECOUP_HUB_DOMAIN_COVER_H_

#include <cstddef>
#include <optional>

#include "absl/status/statusor.h"
#include "hub/domain/apportionment.h"

namespace recoup::domain {

// One compulsory cover: how much of its medical limit this loss may take.
struct Cover {
  std::optional<std::size_t> policy;  // Else the party that failed to buy one.
  std::size_t party = 0;
  Money limit;
  Money available;
};

// The compulsory policy of that index. All append their steps to the explanation.
absl::StatusOr<Cover> CompulsoryCover(const ApportionmentInput& input,
                                      const PolicyData& policy_data, std::size_t index, Money loss,
                                      Explanation& explanation);

// The limit that the party of that index bears itself, having failed to buy compulsory cover.
absl::StatusOr<Cover> UninsuredCover(const ApportionmentInput& input, const PolicyData& policy_data,
                                     std::size_t party, Explanation& explanation);

// What the commercial policy pays of a part that falls to it.
absl::StatusOr<Money> PaidByCommercial(const InsurancePolicy& policy, Money part,
                                       Explanation& explanation);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_COVER_H_

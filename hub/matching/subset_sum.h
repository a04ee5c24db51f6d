// Which of a few amounts sum exactly to a target, and is that the only way?
//
// Exact, so the answer is a proof and never a guess. The amounts are halved and the sums of the two
// halves met in the middle, so with n items at most 2^(⌈n/2⌉+2) steps are taken; more than
// `items_max` items are reported as kTooMany instead of being tried. Pure; safe from any thread.
#ifndef RECOUP_HUB_MATCHING_SUBSET_SUM_H_
#define RECOUP_HUB_MATCHING_SUBSET_SUM_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "hub/domain/money.h"

namespace recoup::matching {

inline constexpr std::size_t kSubsetItemsMax = 20;

enum class SubsetOutcome {
  kNone,     // No subset sums to the target.
  kUnique,   // Exactly one does.
  kSeveral,  // At least two do; equal amounts at different places are different subsets.
  kTooMany,  // More items than may be tried: nothing is known.
};

struct SubsetSum {
  SubsetOutcome outcome = SubsetOutcome::kNone;
  std::vector<std::size_t> chosen;  // Ascending positions of the first solution found.
  std::int64_t steps = 0;
  // How far from the target the nearest other sum lies; empty when every other sum is more than the
  // target away.
  std::optional<domain::Money> nearest;
};

// Amounts and target must be positive; a non-positive amount is never chosen, a non-positive target
// has no solution (the empty subset does not count).
SubsetSum FindSubset(std::span<const domain::Money> amounts, domain::Money target,
                     std::size_t items_max = kSubsetItemsMax);

// The first so many sets with this sum, each as ascending positions: for a person to choose from.
// None where there are more than `items_max` items. The same search, and the same bound.
std::vector<std::vector<std::size_t>> FindSubsets(std::span<const domain::Money> amounts,
                                                  domain::Money target, std::size_t sets_max,
                                                  std::size_t items_max = kSubsetItemsMax);

}  // namespace recoup::matching

#endif  // RECOUP_HUB_MATCHING_SUBSET_SUM_H_

#include "hub/domain/limit_division.h"

#include <algorithm>
#include <utility>

#include "hub/base/status.h"

namespace recoup::domain {
namespace {

using Indices = std::vector<std::size_t>;

Money LossesOf(const Indices& open, const std::vector<LimitClaimant>& claimants) {
  Money sum;
  for (const std::size_t i : open) sum += claimants[i].loss;
  return sum;
}

}  // namespace

absl::StatusOr<std::vector<Money>> DivideLimit(Money available,
                                               const std::vector<LimitClaimant>& claimants) {
  std::vector<Money> parts(claimants.size());
  Money rest = available;
  // Takes out those who keep what stands; true when there were any.
  Indices open;
  const auto keep = [&](const auto& keeps) {
    const auto first =
        std::stable_partition(open.begin(), open.end(), [&](std::size_t i) { return !keeps(i); });
    for (auto it = first; it != open.end(); ++it) {
      parts[*it] = claimants[*it].stands;
      rest = std::max(rest - parts[*it], Money());
    }
    const bool any = first != open.end();
    open.erase(first, open.end());
    return any;
  };
  for (std::size_t i = 0; i < claimants.size(); ++i) open.push_back(i);
  std::sort(open.begin(), open.end(),
            [&](std::size_t a, std::size_t b) { return claimants[a].key < claimants[b].key; });
  keep([&](std::size_t i) { return claimants[i].stands >= claimants[i].loss; });
  while (!open.empty()) {
    if (LossesOf(open, claimants) <= rest) {
      for (const std::size_t i : open) parts[i] = claimants[i].loss;
      break;
    }
    std::vector<std::int64_t> weights;
    for (const std::size_t i : open) weights.push_back(claimants[i].loss.fen());
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> shares, Split(rest, weights));
    for (std::size_t n = 0; n < open.size(); ++n) parts[open[n]] = shares[n];
    if (!keep([&](std::size_t i) { return claimants[i].stands > parts[i]; })) break;
  }
  return parts;
}

}  // namespace recoup::domain

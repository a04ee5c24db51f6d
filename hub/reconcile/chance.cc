#include "hub/reconcile/chance.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace recoup::reconcile {

bool MayBeChance(const std::vector<domain::Money>& amounts, domain::Money sum, std::size_t chosen,
                 const ReconcilePolicy& policy) {
  if (amounts.size() <= policy.subset_items_safe) return false;
  constexpr std::int64_t kMany = 1'000'000'000;
  std::int64_t sets = 0;
  std::int64_t of_size = 1;
  for (std::size_t size = 1; size <= chosen; ++size) {
    of_size = of_size * static_cast<std::int64_t>(amounts.size() - size + 1) /
              static_cast<std::int64_t>(size);
    if (size > 1) sets = std::min(kMany, sets + of_size);
  }
  std::int64_t granularity = sum.fen();
  std::int64_t least = amounts.front().fen();
  std::int64_t most = least;
  for (const domain::Money amount : amounts) {
    granularity = std::gcd(granularity, amount.fen());
    least = std::min(least, amount.fen());
    most = std::max(most, amount.fen());
  }
  const std::int64_t places = (most - least) / granularity;
  return places == 0 || sets * 1'000'000 / places > policy.chance_per_million_max;
}

}  // namespace recoup::reconcile

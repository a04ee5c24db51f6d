#include "hub/matching/subset_sum.h"

#include <algorithm>
#include <utility>

#include "hub/base/check.h"

namespace recoup::matching {
namespace {

using domain::Money;

struct HalfSum {
  std::int64_t fen = 0;
  std::uint64_t mask = 0;  // Of positions.
  auto operator<=>(const HalfSum&) const = default;
};

// Every sum of the positions that can still matter, ascending. What is beyond twice the target is
// neither a solution nor near one. An amount more doubles the sums, and both halves are in order
// already, so that they are merged and never sorted.
std::vector<HalfSum> SumsOf(std::span<const Money> amounts, std::span<const std::size_t> positions,
                            std::int64_t beyond, std::int64_t& steps) {
  std::vector<HalfSum> sums = {HalfSum{}};
  std::vector<HalfSum> with;
  std::vector<HalfSum> merged;
  for (const std::size_t at : positions) {
    const std::int64_t amount = amounts[at].fen();
    with.clear();
    for (const HalfSum& sum : sums) {
      if (sum.fen + amount > beyond) break;
      with.push_back({sum.fen + amount, sum.mask | std::uint64_t{1} << at});
    }
    merged.resize(sums.size() + with.size());
    std::merge(sums.begin(), sums.end(), with.begin(), with.end(), merged.begin());
    sums.swap(merged);
  }
  steps += static_cast<std::int64_t>(sums.size());
  return sums;
}

std::vector<std::size_t> PositionsOf(std::uint64_t mask) {
  std::vector<std::size_t> positions;
  for (std::size_t at = 0; at < 64; ++at) {
    if ((mask >> at & 1u) != 0) positions.push_back(at);
  }
  return positions;
}

class Meeting {
 public:
  Meeting(const std::vector<HalfSum>& low, const std::vector<HalfSum>& high, std::int64_t target)
      : low_(low), high_(high), target_(target) {}

  SubsetSum Run() {
    std::size_t i = 0;
    std::size_t j = high_.size();
    while (i < low_.size() && j > 0) {
      ++result_.steps;
      const std::int64_t sum = low_[i].fen + high_[j - 1].fen;
      if (sum == target_) {
        if (Met(i, j)) break;
        ++i;
        --j;
      } else {
        Near(i, j);
        sum < target_ ? ++i : --j;
      }
    }
    return std::move(result_);
  }

 private:
  // True when a second solution is known, so that nothing more can be learnt.
  bool Met(std::size_t i, std::size_t j) {
    const bool again = (i + 1 < low_.size() && low_[i + 1].fen == low_[i].fen) ||
                       (j > 1 && high_[j - 2].fen == high_[j - 1].fen);
    if (result_.outcome == SubsetOutcome::kNone) {
      result_.outcome = SubsetOutcome::kUnique;
      result_.chosen = PositionsOf(low_[i].mask | high_[j - 1].mask);
    } else {
      result_.outcome = SubsetOutcome::kSeveral;
    }
    if (again) result_.outcome = SubsetOutcome::kSeveral;
    // The walk passes these two by.
    if (i + 1 < low_.size()) Near(i + 1, j);
    if (j > 1) Near(i, j - 1);
    return result_.outcome == SubsetOutcome::kSeveral;
  }

  void Near(std::size_t i, std::size_t j) {
    const std::int64_t sum = low_[i].fen + high_[j - 1].fen;
    if (sum == 0 || sum == target_) return;
    const std::int64_t away = sum < target_ ? target_ - sum : sum - target_;
    if (away > target_) return;
    if (!result_.nearest || away < result_.nearest->fen()) result_.nearest = Money::Fen(away);
  }

  const std::vector<HalfSum>& low_;
  const std::vector<HalfSum>& high_;
  const std::int64_t target_;
  SubsetSum result_;
};

// The sums of both halves of the amounts, each ascending.
struct Halves {
  std::vector<HalfSum> low;
  std::vector<HalfSum> high;
};

Halves HalvesOf(std::span<const Money> amounts, std::int64_t beyond, std::int64_t& steps) {
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    if (amounts[i].is_positive()) positions.push_back(i);
  }
  const std::span<const std::size_t> all(positions);
  const std::size_t half = positions.size() / 2;
  return {SumsOf(amounts, all.first(half), beyond, steps),
          SumsOf(amounts, all.subspan(half), beyond, steps)};
}

}  // namespace

SubsetSum FindSubset(std::span<const Money> amounts, Money target, std::size_t items_max) {
  RECOUP_CHECK(items_max < 64);
  SubsetSum result;
  if (amounts.size() > items_max) {
    result.outcome = SubsetOutcome::kTooMany;
    return result;
  }
  if (!target.is_positive()) return result;
  std::int64_t steps = 0;
  const Halves halves = HalvesOf(amounts, 2 * target.fen(), steps);
  result = Meeting(halves.low, halves.high, target.fen()).Run();
  result.steps += steps;
  return result;
}

std::vector<std::vector<std::size_t>> FindSubsets(std::span<const Money> amounts, Money target,
                                                  std::size_t sets_max, std::size_t items_max) {
  RECOUP_CHECK(items_max < 64);
  std::vector<std::vector<std::size_t>> sets;
  if (amounts.size() > items_max || !target.is_positive()) return sets;
  std::int64_t steps = 0;
  const Halves halves = HalvesOf(amounts, target.fen(), steps);
  for (const HalfSum& low : halves.low) {
    const HalfSum wanted{target.fen() - low.fen, 0};
    for (auto high = std::lower_bound(halves.high.begin(), halves.high.end(), wanted);
         high != halves.high.end() && high->fen == wanted.fen; ++high) {
      if (sets.size() == sets_max) return sets;
      sets.push_back(PositionsOf(low.mask | high->mask));
    }
  }
  return sets;
}

}  // namespace recoup::matching

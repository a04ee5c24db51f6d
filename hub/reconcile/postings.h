// For each of many numbers the positions that belong to it, ascending, in two blocks. Internal to
// hub/reconcile.
#ifndef RECOUP_HUB_RECONCILE_POSTINGS_H_
#define RECOUP_HUB_RECONCILE_POSTINGS_H_

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "hub/reconcile/index_set.h"

namespace recoup::reconcile {

class Postings {
 public:
  // `each(add)` calls add(number, position) for every pair, positions ascending, and does the same
  // each of the two times it is called. A pair that is added twice running counts once.
  template <typename Each>
  static Postings Make(std::size_t numbers, Each each) {
    constexpr Index kNone = 0xFFFFFFFF;
    Postings postings;
    postings.from_.assign(numbers + 1, 0);
    std::vector<Index> last(numbers, kNone);
    each([&](std::uint32_t number, Index position) {
      if (std::exchange(last[number], position) != position) ++postings.from_[number + 1];
    });
    for (std::size_t i = 0; i < numbers; ++i) postings.from_[i + 1] += postings.from_[i];
    postings.positions_.resize(postings.from_[numbers]);
    std::vector<std::uint32_t> next(postings.from_.begin(), postings.from_.end() - 1);
    last.assign(numbers, kNone);
    each([&](std::uint32_t number, Index position) {
      if (std::exchange(last[number], position) != position) {
        postings.positions_[next[number]++] = position;
      }
    });
    return postings;
  }

  std::span<const Index> Of(std::uint32_t number) const {
    return std::span(positions_).subspan(from_[number], from_[number + 1] - from_[number]);
  }

 private:
  std::vector<std::uint32_t> from_;
  std::vector<Index> positions_;
};

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_POSTINGS_H_

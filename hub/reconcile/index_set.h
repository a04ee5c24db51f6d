// A set of a few positions, ascending, in one block: a run holds millions of them.
#ifndef RECOUP_HUB_RECONCILE_INDEX_SET_H_
#define RECOUP_HUB_RECONCILE_INDEX_SET_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace recoup::reconcile {

// Position of a demand, entry or advice in the run.
using Index = std::uint32_t;

class IndexSet {
 public:
  void Insert(Index index) {
    const auto at = std::lower_bound(items_.begin(), items_.end(), index);
    if (at == items_.end() || *at != index) items_.insert(at, index);
  }
  template <typename Range>
  void InsertAll(const Range& range) {
    for (const Index index : range) Insert(index);
  }
  bool Contains(Index index) const {
    return std::binary_search(items_.begin(), items_.end(), index);
  }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  std::size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  Index front() const { return items_.front(); }

 private:
  std::vector<Index> items_;
};

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_INDEX_SET_H_

// A set of a few positions, ascending: a run holds millions of them, most of which have one
// position or none and need no memory of their own.
#ifndef RECOUP_HUB_RECONCILE_INDEX_SET_H_
#define RECOUP_HUB_RECONCILE_INDEX_SET_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace recoup::reconcile {

// Position of a demand, entry or advice in the run.
using Index = std::uint32_t;
inline constexpr Index kNowhere = 0xFFFFFFFF;

class IndexSet {
 public:
  void Insert(Index index) {
    const Index* const at = std::lower_bound(begin(), end(), index);
    if (at != end() && *at == index) return;
    const std::ptrdiff_t place = at - begin();
    if (many_ == nullptr && size_ < few_.size()) {
      std::move_backward(few_.begin() + place, few_.begin() + size_, few_.begin() + size_ + 1);
      few_[static_cast<std::size_t>(place)] = index;
    } else {
      if (many_ == nullptr) {
        many_ = std::make_unique<std::vector<Index>>(few_.begin(), few_.end());
      }
      many_->insert(many_->begin() + place, index);
    }
    ++size_;
  }
  template <typename Range>
  void InsertAll(const Range& range) {
    for (const Index index : range) Insert(index);
  }
  bool Contains(Index index) const { return std::binary_search(begin(), end(), index); }
  const Index* begin() const { return many_ == nullptr ? few_.data() : many_->data(); }
  const Index* end() const { return begin() + size_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  Index front() const { return *begin(); }

 private:
  std::uint32_t size_ = 0;
  std::array<Index, 3> few_{};
  std::unique_ptr<std::vector<Index>> many_;  // All of them, when they are more.
};

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_INDEX_SET_H_

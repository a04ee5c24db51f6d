// Many small texts in few large blocks. What it keeps stays where it is until the arena goes.
// Not thread-safe.
#ifndef RECOUP_HUB_RECONCILE_TEXT_ARENA_H_
#define RECOUP_HUB_RECONCILE_TEXT_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace recoup::reconcile {

class TextArena {
 public:
  std::string_view Keep(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > left_) {
      const std::size_t size = std::max(text.size(), kBlockSize);
      blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
      at_ = blocks_.back().get();
      left_ = size;
    }
    char* const kept = at_;
    std::copy(text.begin(), text.end(), kept);
    at_ += text.size();
    left_ -= text.size();
    return {kept, text.size()};
  }

 private:
  static constexpr std::size_t kBlockSize = std::size_t{1} << 18;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* at_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace recoup::reconcile

#endif  // RECOUP_HUB_RECONCILE_TEXT_ARENA_H_

#include "adapters/court/literals.h"

#include <algorithm>
#include <utility>

namespace recoup::court {

LiteralMatcher::LiteralMatcher(const std::vector<std::string>& literals) {
  std::vector<std::pair<std::u32string, std::uint32_t>> sorted;
  for (const std::string& literal : literals) {
    std::u32string& signs =
        sorted.emplace_back(U"", static_cast<std::uint32_t>(sorted.size())).first;
    for (std::size_t at = 0; at < literal.size();) {
      const Sign sign = SignAt(literal, at);
      signs += sign.code;
      at += sign.bytes;
    }
  }
  std::ranges::sort(sorted);
  // The literals below a node are a range of the sorted ones: those that begin alike.
  struct Range {
    std::size_t begin = 0, end = 0, depth = 0;
  };
  std::vector<Range> nodes = {{0, sorted.size(), 0}};
  signs_ = {0};
  for (std::size_t node = 0; node < nodes.size(); ++node) {
    Range range = nodes[node];
    const bool ends = range.begin < range.end && sorted[range.begin].first.size() == range.depth;
    literals_.push_back(ends ? sorted[range.begin++].second : kNone);
    child_begins_.push_back(static_cast<std::uint32_t>(nodes.size()));
    while (range.begin < range.end) {
      const char32_t sign = sorted[range.begin].first[range.depth];
      std::size_t end = range.begin;
      while (end < range.end && sorted[end].first[range.depth] == sign) ++end;
      if (node == kRoot) {
        openings_.resize(sign + 1, kRoot);
        openings_[sign] = static_cast<std::uint32_t>(nodes.size());
      }
      signs_.push_back(sign);
      nodes.push_back({range.begin, end, range.depth + 1});
      range.begin = end;
    }
  }
  child_begins_.push_back(static_cast<std::uint32_t>(nodes.size()));
}

}  // namespace recoup::court

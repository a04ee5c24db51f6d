// Where literals stand in a text: found in one pass, whatever their number. Immutable after
// building, thread-safe.
#ifndef RECOUP_ADAPTERS_COURT_LITERALS_H_
#define RECOUP_ADAPTERS_COURT_LITERALS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"

namespace recoup::court {

// ASCII letters in lower case.
using LiteralSet = std::vector<std::string>;

// A tree of the literals, a sign an edge. It is walked from every sign of a text, and left again
// after one or two. ASCII letters of the text are read as lower case.
class LiteralMatcher {
 public:
  LiteralMatcher() = default;
  explicit LiteralMatcher(const std::vector<std::string>& literals);

  // Calls visit(index of the literal, its beginning in the text) in the order of the beginnings.
  template <typename Visit>
  void Each(std::string_view text, Visit visit) const {
    for (std::size_t at = 0; at < text.size();) {
      const Sign first = SignAt(text, at);
      const std::size_t begin = at;
      at += first.bytes;
      std::uint32_t node = first.code < openings_.size() ? openings_[first.code] : kRoot;
      for (std::size_t end = at; node != kRoot;) {
        if (literals_[node] != kNone) visit(literals_[node], begin);
        if (end == text.size() || child_begins_[node] == child_begins_[node + 1]) break;
        const Sign next = SignAt(text, end);
        node = ChildOf(node, next.code);
        end += next.bytes;
      }
    }
  }

 private:
  static constexpr std::uint32_t kRoot = 0;  // Nobody's child: also what says "none".
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  struct Sign {
    char32_t code = 0;
    std::size_t bytes = 1;
  };

  // Of valid UTF-8; of other bytes something, inside the text.
  static Sign SignAt(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return {static_cast<char32_t>(absl::ascii_tolower(lead)), 1};
    const std::size_t wanted = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::size_t bytes = std::min(wanted, text.size() - at);
    char32_t code = lead & (0xFFu >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
      code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
    }
    return {code, bytes};
  }

  std::uint32_t ChildOf(std::uint32_t node, char32_t code) const {
    const auto end = signs_.begin() + child_begins_[node + 1];
    const auto child = std::lower_bound(signs_.begin() + child_begins_[node], end, code);
    return child != end && *child == code ? static_cast<std::uint32_t>(child - signs_.begin())
                                          : kRoot;
  }

  // Nodes are numbered by their depth, so that the children of one stand together.
  std::vector<char32_t> signs_;  // By node: of the edge to it, ascending among children.
  std::vector<std::uint32_t> child_begins_;  // By node: its first child; one more at the end.
  std::vector<std::uint32_t> literals_;      // By node: the literal that ends there.
  std::vector<std::uint32_t> openings_;      // By code: the child of the root.
};

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_LITERALS_H_

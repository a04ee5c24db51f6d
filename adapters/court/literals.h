// The literals without which a pattern cannot match, and how they are found in a text.
//
// A reader asks a few hundred patterns about every sentence, and nearly all of them cannot match
// because none of their words stands there. One pass over the text finds where the words stand;
// most questions are then answered without running a pattern. Immutable after building,
// thread-safe.
#ifndef RECOUP_ADAPTERS_COURT_LITERALS_H_
#define RECOUP_ADAPTERS_COURT_LITERALS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace recoup::court {

// Literals of at least one Chinese character, ASCII letters in lower case.
using LiteralSet = std::vector<std::string>;

// Every match of the RE2 pattern contains a literal of each set: of "(?:医保|统筹)[^。]*支付" one
// of the first two and the third. A few sets without common literals; none where there is no such
// set
// ("\d+").
std::vector<LiteralSet> NecessaryLiterals(const std::string& pattern);

// Finds literals in one pass (Aho and Corasick 1975), whatever their number. ASCII letters of the
// text are read as lower case.
class LiteralMatcher {
 public:
  LiteralMatcher() : LiteralMatcher(std::vector<std::string>()) {}
  // All literals together have at most kLiteralBytesMax bytes.
  explicit LiteralMatcher(const std::vector<std::string>& literals);
  static constexpr std::size_t kLiteralBytesMax = (1u << 15) - 2;

  // Calls visit(index of the literal, its end in the text) in the order of the ends.
  template <typename Visit>
  void Each(std::string_view text, Visit visit) const {
    std::uint32_t state = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      const std::uint32_t next = next_[(state << row_bits_) + classes_[byte]];
      state = next & ~kEnds;
      if (state == next) continue;
      for (std::uint32_t i = output_begins_[state]; i < output_begins_[state + 1]; ++i) {
        visit(outputs_[i], at + 1);
      }
    }
  }

 private:
  // The table is walked once a document and should leave the caches to others: two bytes an entry.
  using State = std::uint16_t;
  // Of a state in `next_`: a literal ends there. Most signs end none.
  static constexpr std::uint32_t kEnds = 1u << 15;

  std::array<std::uint8_t, 256> classes_{};   // Bytes that no literal has share class 0.
  std::uint32_t row_bits_ = 0;                // A row of `next_` has a place for each class.
  std::vector<State> next_;                   // [state << row_bits_ | class] → state.
  std::vector<std::uint32_t> output_begins_;  // Per state, into outputs_; one more at the end.
  std::vector<std::uint32_t> outputs_;
};

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_LITERALS_H_

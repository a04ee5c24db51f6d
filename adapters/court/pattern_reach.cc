#include "adapters/court/pattern_reach.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "absl/strings/ascii.h"
#include "adapters/court/source.h"

namespace recoup::court {
namespace {

constexpr char32_t kFullStop = U'。';
constexpr char32_t kLineBreak = U'\n';
constexpr std::size_t kEndless = std::numeric_limits<std::uint32_t>::max();

// What a part of a pattern can match at most.
struct Extent {
  std::size_t bytes = 0;  // kEndless and above: any number.
  bool has_break = false;
  bool has_stop = false;
};

Extent Both(const Extent& a, const Extent& b) {
  return {std::min(kEndless, a.bytes + b.bytes), a.has_break || b.has_break,
          a.has_stop || b.has_stop};
}

Extent Either(const Extent& a, const Extent& b) {
  return {std::max(a.bytes, b.bytes), a.has_break || b.has_break, a.has_stop || b.has_stop};
}

// A recursive descent over the syntax that the rules use. Fails on all other.
class ReachParser {
 public:
  explicit ReachParser(std::string_view pattern) : rest_(pattern) {}

  std::optional<Extent> Parse() {
    const Extent whole = Alternatives(0);
    if (failed_ || !rest_.empty()) return std::nullopt;
    return whole;
  }

 private:
  static constexpr int kDepthMax = 100;

  Extent Fail() {
    failed_ = true;
    return {};
  }
  bool Take(std::string_view sign) {
    if (rest_.substr(0, sign.size()) != sign) return false;
    rest_.remove_prefix(sign.size());
    return true;
  }
  bool At(char c) const { return !rest_.empty() && rest_.front() == c; }

  // The code point at the front, taken.
  char32_t TakeSign() {
    const auto lead = static_cast<unsigned char>(rest_.front());
    const std::size_t size = lead < 0x80 ? 1u : lead < 0xE0 ? 2u : lead < 0xF0 ? 3u : 4u;
    if (size > rest_.size()) {
      failed_ = true;
      rest_ = {};
      return 0;
    }
    char32_t c = size == 1 ? lead : lead & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
      c = c << 6 | (static_cast<unsigned char>(rest_[i]) & 0x3Fu);
    }
    rest_.remove_prefix(size);
    return c;
  }

  static Extent OfRange(char32_t first, char32_t last) {
    char bytes[kUtf8BytesMax];
    return {PutUtf8(last, bytes), first <= kLineBreak && kLineBreak <= last,
            first <= kFullStop && kFullStop <= last};
  }

  // Behind a backslash: a set of signs by its letter, or one sign as it stands.
  Extent Escaped() {
    if (rest_.empty()) return Fail();
    if (Take("p{Han}")) return {kUtf8BytesMax, false, false};
    if (Take("d")) return {1, false, false};
    if (Take("n") || Take("s")) return {1, true, false};
    if (absl::ascii_isalnum(static_cast<unsigned char>(rest_.front()))) return Fail();
    const char32_t c = TakeSign();
    return OfRange(c, c);
  }

  Extent Class() {
    const bool negated = Take("^");
    if (At(']')) return Fail();
    Extent listed;
    while (!failed_ && !Take("]")) {
      if (rest_.empty() || At('[')) return Fail();  // "[:alpha:]", or a bracket not escaped.
      if (Take("\\")) {
        listed = Either(listed, Escaped());
        continue;
      }
      const char32_t first = TakeSign();
      char32_t last = first;
      if (rest_.size() > 1 && At('-') && rest_[1] != ']') {
        rest_.remove_prefix(1);
        if (At('\\')) return Fail();
        last = TakeSign();
      }
      listed = Either(listed, OfRange(first, last));
    }
    if (!negated) return listed;
    return {kUtf8BytesMax, !listed.has_break, !listed.has_stop};
  }

  Extent Atom(int depth) {
    if (Take("(")) {
      if (At('?') && !Take("?:")) return Fail();  // Flags and names.
      const Extent inside = Alternatives(depth + 1);
      return Take(")") ? inside : Fail();
    }
    if (Take("[")) return Class();
    if (Take("\\")) return Escaped();
    if (Take("^") || Take("$")) return {};
    if (Take(".")) return {kUtf8BytesMax, false, true};
    const char32_t c = TakeSign();
    return OfRange(c, c);
  }

  std::optional<std::size_t> TakeNumber() {
    const std::size_t digits = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    constexpr std::size_t kDigitsMax = 4;
    if (digits == 0 || digits > kDigitsMax) return std::nullopt;
    std::size_t value = 0;
    for (const char c : rest_.substr(0, digits)) value = value * 10 + std::size_t(c - '0');
    rest_.remove_prefix(digits);
    return value;
  }

  // How often the atom before may stand, at most.
  std::size_t Repeats() {
    std::size_t times = 1;
    if (Take("*") || Take("+")) {
      times = kEndless;
    } else if (Take("{")) {
      const auto first = TakeNumber();
      auto last = first;
      if (first.has_value() && Take(",")) last = At('}') ? kEndless : TakeNumber();
      if (!last.has_value() || !Take("}")) failed_ = true;
      times = last.value_or(0);
    } else if (!Take("?")) {
      return times;
    }
    Take("?");  // As few as possible.
    if (At('*') || At('+') || At('{')) failed_ = true;
    return times;
  }

  Extent Sequence(int depth) {
    Extent sequence;
    while (!failed_ && !rest_.empty() && !At('|') && !At(')')) {
      Extent atom = Atom(depth);
      const std::size_t times = Repeats();
      // Neither factor is above kEndless, which has 32 bits.
      atom.bytes = std::min(kEndless, atom.bytes * times);
      sequence = Both(sequence, atom);
    }
    return sequence;
  }

  Extent Alternatives(int depth) {
    if (depth > kDepthMax) return Fail();
    Extent all = Sequence(depth);
    while (!failed_ && Take("|")) all = Either(all, Sequence(depth));
    return all;
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace

PatternReach ReachOf(std::string_view pattern) {
  const std::optional<Extent> extent = ReachParser(pattern).Parse();
  if (!extent.has_value()) return {};
  PatternReach reach;
  if (extent->bytes < kEndless) reach.bytes_max = extent->bytes;
  reach.crosses_line = extent->has_break;
  reach.crosses_stop = extent->has_stop;
  return reach;
}

}  // namespace recoup::court

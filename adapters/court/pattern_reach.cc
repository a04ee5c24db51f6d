#include "adapters/court/pattern_reach.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "adapters/court/source.h"

namespace recoup::court {
namespace {

constexpr char32_t kFullStop = U'。';
constexpr char32_t kLineBreak = U'\n';
constexpr std::size_t kEndless = std::numeric_limits<std::uint32_t>::max();
// More cues tell more parts of a text that cannot match, and cost more to look for in every text.
constexpr std::size_t kCuesMax = 4;
constexpr std::size_t kLiteralBytesMin = 3;  // One Chinese character in UTF-8.
// "(?:住院|门诊)(?:医疗)?费用?" is eight words. More are not multiplied out.
constexpr std::size_t kWordsMax = 24;

// What a part of a pattern can match.
struct Extent {
  std::size_t bytes = 0;  // At most. kEndless and above: any number.
  bool has_break = false;
  bool has_stop = false;
  std::set<std::string> words;  // All that it can match, where that can be listed; else none.
  std::vector<Cue> cues;        // Of what cannot.
};

std::size_t SmallestOf(const auto& literals) {
  return std::ranges::min(literals, {}, &std::string::size).size();
}

// Those of the words that are enough to find all of them: "未投保" has "投保" in it.
std::optional<Cue> CueOf(const std::set<std::string>& words) {
  if (SmallestOf(words) < kLiteralBytesMin) return std::nullopt;
  std::vector<std::string> by_size(words.begin(), words.end());
  std::ranges::stable_sort(by_size, {}, &std::string::size);
  Cue cue;
  for (const std::string& word : by_size) {
    std::size_t begin = std::string::npos;
    for (const std::string& literal : cue.literals) begin = std::min(begin, word.find(literal));
    if (begin == std::string::npos) {
      cue.literals.push_back(word);
      begin = 0;
    }
    cue.begin_max = std::max(cue.begin_max, begin);
  }
  return cue;
}

std::vector<Cue> CuesOf(const Extent& extent) {
  if (extent.words.empty()) return extent.cues;
  const std::optional<Cue> cue = CueOf(extent.words);
  return cue.has_value() ? std::vector{*cue} : std::vector<Cue>();
}

// The few that tell most, in their order.
std::vector<Cue> Best(std::vector<Cue> cues, std::size_t count) {
  const auto tells_less = [](const Cue& a, const Cue& b) { return TellsMore(b, a); };
  while (cues.size() > count) cues.erase(std::ranges::min_element(cues, tells_less));
  return cues;
}

// What one alternative tells and the other, so far as both tell something.
std::vector<Cue> EitherCue(const Extent& a, const Extent& b) {
  std::vector<Cue> both = CuesOf(a);
  std::vector<Cue> others = CuesOf(b);
  const std::size_t count = std::min(both.size(), others.size());
  both = Best(std::move(both), count);
  others = Best(std::move(others), count);
  for (std::size_t i = 0; i < count; ++i) {
    std::set<std::string> words(both[i].literals.begin(), both[i].literals.end());
    words.insert(others[i].literals.begin(), others[i].literals.end());
    Cue either = *CueOf(words);
    either.begin_max += std::max(both[i].begin_max, others[i].begin_max);
    both[i] = std::move(either);
  }
  return both;
}

Extent Either(Extent a, const Extent& b) {
  if (!a.words.empty() && !b.words.empty()) {
    a.words.insert(b.words.begin(), b.words.end());
  } else {
    a.cues = EitherCue(a, b);
    a.words.clear();
  }
  a.bytes = std::max(a.bytes, b.bytes);
  a.has_break = a.has_break || b.has_break;
  a.has_stop = a.has_stop || b.has_stop;
  return a;
}

// What parts match one behind the other.
class Chain {
 public:
  void Add(const Extent& part) {
    const std::size_t bytes_before = whole_.bytes;
    whole_.bytes = std::min(kEndless, whole_.bytes + part.bytes);
    whole_.has_break = whole_.has_break || part.has_break;
    whole_.has_stop = whole_.has_stop || part.has_stop;
    if (!part.words.empty()) {
      if (words_.size() * part.words.size() > kWordsMax) Break(bytes_before);
      Multiply(part.words);
      return;
    }
    Break(bytes_before);
    for (const Cue& cue : part.cues) AddCue(cue, bytes_before);
    words_begin_ = whole_.bytes;
  }

  Extent Whole() {
    if (words_begin_ == 0 && whole_.cues.empty()) {
      whole_.words = words_;
    } else {
      Break(whole_.bytes);
    }
    return whole_;
  }

 private:
  // The words end here; others may begin.
  void Break(std::size_t at) {
    if (const std::optional<Cue> cue = CueOf(words_)) AddCue(*cue, words_begin_);
    words_ = {""};
    words_begin_ = at;
  }
  void AddCue(Cue cue, std::size_t bytes_before) {
    cue.begin_max = std::min(kEndless, cue.begin_max + bytes_before);
    whole_.cues.push_back(std::move(cue));
  }
  void Multiply(const std::set<std::string>& endings) {
    std::set<std::string> longer;
    for (const std::string& word : words_) {
      for (const std::string& ending : endings) longer.insert(word + ending);
    }
    words_ = std::move(longer);
  }

  Extent whole_;
  std::set<std::string> words_ = {""};  // All that the parts since words_begin_ can match.
  std::size_t words_begin_ = 0;         // At most so many bytes behind the beginning.
};

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
    Extent extent{PutUtf8(last, bytes),
                  first <= kLineBreak && kLineBreak <= last,
                  first <= kFullStop && kFullStop <= last,
                  {},
                  {}};
    if (last - first >= kWordsMax) return extent;
    for (char32_t c = first; c <= last; ++c) {
      // Literals are in lower case.
      const char32_t sign =
          c < 0x80 ? char32_t(absl::ascii_tolower(static_cast<unsigned char>(c))) : c;
      extent.words.emplace(bytes, PutUtf8(sign, bytes));
    }
    return extent;
  }

  // Behind a backslash: a set of signs by its letter, or one sign as it stands.
  Extent Escaped() {
    if (rest_.empty()) return Fail();
    if (Take("p{Han}")) return {kUtf8BytesMax, false, false, {}, {}};
    if (Take("d")) return {1, false, false, {}, {}};
    if (Take("n")) return OfRange(kLineBreak, kLineBreak);
    if (Take("s")) return {1, true, false, {}, {}};
    if (absl::ascii_isalnum(static_cast<unsigned char>(rest_.front()))) return Fail();
    const char32_t c = TakeSign();
    return OfRange(c, c);
  }

  // A sign of a class, a range of signs, or a set of signs by its letter.
  Extent Listed() {
    if (rest_.empty() || At('[')) return Fail();  // "[:alpha:]", or a bracket not escaped.
    if (Take("\\")) return Escaped();
    const char32_t first = TakeSign();
    if (rest_.size() < 2 || !At('-') || rest_[1] == ']') return OfRange(first, first);
    rest_.remove_prefix(1);
    return At('\\') ? Fail() : OfRange(first, TakeSign());
  }

  Extent Class() {
    const bool negated = Take("^");
    if (At(']')) return Fail();
    Extent listed = Listed();
    while (!failed_ && !Take("]")) listed = Either(std::move(listed), Listed());
    if (!negated) return listed;
    return {kUtf8BytesMax, !listed.has_break, !listed.has_stop, {}, {}};
  }

  Extent Atom(int depth) {
    if (Take("(")) {
      if (At('?') && !Take("?:")) return Fail();  // Flags and names.
      const Extent inside = Alternatives(depth + 1);
      return Take(")") ? inside : Fail();
    }
    if (Take("[")) return Class();
    if (Take("\\")) return Escaped();
    if (Take("^") || Take("$")) return Chain().Whole();
    if (Take(".")) return {kUtf8BytesMax, false, true, {}, {}};
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

  struct Repeats {
    std::size_t min = 1;
    std::size_t max = 1;
  };

  // How often the atom before may stand.
  Repeats TakeRepeats() {
    Repeats times;
    if (Take("*")) {
      times = {0, kEndless};
    } else if (Take("+")) {
      times = {1, kEndless};
    } else if (Take("{")) {
      const auto first = TakeNumber();
      auto last = first;
      if (first.has_value() && Take(",")) last = At('}') ? kEndless : TakeNumber();
      if (!last.has_value() || !Take("}")) failed_ = true;
      times = {first.value_or(0), last.value_or(0)};
    } else if (Take("?")) {
      times = {0, 1};
    } else {
      return times;
    }
    Take("?");  // As few as possible.
    if (At('*') || At('+') || At('{')) failed_ = true;
    return times;
  }

  static Extent Repeated(Extent atom, Repeats times) {
    if (times.min == 1 && times.max == 1) return atom;
    // Neither factor is above kEndless, which has 32 bits.
    atom.bytes = std::min(kEndless, atom.bytes * times.max);
    if (times.min == 0 && times.max == 1 && !atom.words.empty()) {
      atom.words.insert("");
      return atom;
    }
    atom.cues = times.min == 0 ? std::vector<Cue>() : CuesOf(atom);
    atom.words.clear();
    return atom;
  }

  Extent Sequence(int depth) {
    Chain sequence;
    while (!failed_ && !rest_.empty() && !At('|') && !At(')')) {
      const Extent atom = Atom(depth);
      sequence.Add(Repeated(atom, TakeRepeats()));
    }
    return sequence.Whole();
  }

  Extent Alternatives(int depth) {
    if (depth > kDepthMax) return Fail();
    Extent all = Sequence(depth);
    while (!failed_ && Take("|")) all = Either(std::move(all), Sequence(depth));
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
  reach.cues = Best(CuesOf(*extent), kCuesMax);
  return reach;
}

bool TellsMore(const Cue& a, const Cue& b) {
  const std::size_t a_bytes = SmallestOf(a.literals);
  const std::size_t b_bytes = SmallestOf(b.literals);
  if (a_bytes != b_bytes) return a_bytes > b_bytes;
  if (a.begin_max != b.begin_max) return a.begin_max < b.begin_max;
  return a.literals.size() < b.literals.size();
}

}  // namespace recoup::court

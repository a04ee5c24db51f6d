#include "adapters/court/normalise.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "adapters/court/source.h"

namespace recoup::court {
namespace {

struct Letter {
  char32_t c = 0;
  std::uint32_t origin = 0;
};

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool IsSpace(char32_t c) {
  return c == U' ' || c == U'\t' || c == 0xA0 || c == 0x3000 || c == 0x200B || c == 0xFEFF ||
         (c >= 0x2000 && c <= 0x200A);
}
bool IsHan(char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }  // What has one form only.
bool EndsSentence(char32_t c) { return c == U'。' || c == U'；' || c == U'：' || c == U';'; }
bool CannotStartLine(char32_t c) {
  return c == U'。' || c == U'，' || c == U'、' || c == U'；' || c == U'）' || c == U')' ||
         c == U'元';
}

// The half-width twin of a full-width form (U+FF01–U+FF5E), and the odd signs courts type.
char32_t Fold(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c = c - 0xFEE0;
  if (c == U'﹪') return U'%';
  if (c == U'−' || c == U'—' || c == U'–') return U'-';
  if (c == U'﹒') return U'.';
  if (c == U'○' || c == U'◯' || c == U'О') return U'〇';
  return c;
}

// Columns of a line as a terminal shows it; wrapping programs count these.
std::size_t Columns(std::u32string_view line) {
  std::size_t columns = 0;
  for (const char32_t c : line) columns += c < 0x2000 ? 1u : 2u;
  return columns;
}

// The line width a document was wrapped at. Programs count columns or characters, so both are kept.
struct Wrap {
  std::size_t columns = 0;
  std::size_t characters = 0;
  bool IsFull(std::u32string_view line) const {
    constexpr std::size_t kSlackColumns = 4;
    return Columns(line) + kSlackColumns >= columns ||
           line.size() + kSlackColumns / 2 >= characters;
  }
};

// A document is hard-wrapped when a good part of its lines is as wide as the widest.
std::optional<Wrap> FindWrap(const std::vector<std::u32string_view>& lines) {
  constexpr std::size_t kWidestWrap = 130;
  constexpr std::size_t kNarrowestWrap = 12;
  Wrap wrap;
  for (const auto line : lines) {
    if (line.size() > kWidestWrap) return std::nullopt;  // No sign is narrower than a column.
    wrap.columns = std::max(wrap.columns, Columns(line));
    wrap.characters = std::max(wrap.characters, line.size());
  }
  if (wrap.columns > kWidestWrap || wrap.characters < kNarrowestWrap) return std::nullopt;
  std::size_t full = 0;
  for (const auto line : lines) full += wrap.IsFull(line) ? 1u : 0u;
  if (full * 3 < lines.size()) return std::nullopt;
  return wrap;
}

std::vector<std::u32string_view> Lines(std::u32string_view text) {
  std::vector<std::u32string_view> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(U'\n', begin), text.size());
    std::u32string_view line = text.substr(begin, end - begin);
    if (!line.empty() && line.back() == U'\r') line.remove_suffix(1);
    lines.push_back(line);
    begin = end + 1;
  }
  return lines;
}

bool KeepBreak(std::u32string_view line, std::u32string_view next,
               const std::optional<Wrap>& wrap) {
  if (!next.empty() && CannotStartLine(next.front())) return false;
  if (line.empty() || EndsSentence(line.back())) return true;
  return !wrap.has_value() || !wrap->IsFull(line);
}

// "96318.42    55547.36    凭票": a run of spaces behind a number is the border of a column, which
// the numbers must not grow over; "2023  年" is but a wide line.
bool IsColumnBorder(char32_t before, std::size_t spaces, char32_t after) {
  constexpr std::u32string_view kUnitsOfNumbers = U"年月日元万千亿时分号第页份";
  if (spaces < 2 || !IsDigit(Fold(before))) return false;
  return IsDigit(Fold(after)) ||
         (IsHan(after) && kUnitsOfNumbers.find(after) == std::u32string_view::npos);
}

bool IsLatin(char32_t c) {
  const char32_t folded = Fold(c);
  return (folded >= U'A' && folded <= U'Z') || (folded >= U'a' && folded <= U'z');
}

// Without its line breaks in the right places and without spaces, not yet folded. Only between the
// words of a name in Latin letters a space is kept.
std::vector<Letter> Unwrap(const std::u32string& original) {
  const std::vector<std::u32string_view> lines = Lines(original);
  // One single paragraph: the ideographic space that indents paragraphs is all that parts them.
  const bool space_breaks = lines.size() < 5;
  const std::optional<Wrap> wrap = FindWrap(lines);
  std::vector<Letter> letters;
  letters.reserve(original.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::size_t spaces = 0;
    for (const char32_t& c : lines[i]) {
      const auto origin = static_cast<std::uint32_t>(&c - original.data());
      if (spaces == 0 && IsHan(c)) {  // Nearly all of it.
        letters.push_back({c, origin});
        continue;
      }
      if (space_breaks && c == 0x3000) {
        if (!letters.empty() && letters.back().c != U'\n') letters.push_back({U'\n', origin});
      } else if (IsSpace(c)) {
        ++spaces;
      } else if (c != U'\r') {
        if (!letters.empty() && IsColumnBorder(letters.back().c, spaces, c)) {
          letters.push_back({U'│', origin - 1});
        }
        if (spaces > 0 && !letters.empty() && IsLatin(letters.back().c) && IsLatin(c)) {
          letters.push_back({U' ', origin - 1});
        }
        letters.push_back({c, origin});
        spaces = 0;
      }
    }
    if (i + 1 == lines.size() || letters.empty() || letters.back().c == U'\n') continue;
    if (KeepBreak(lines[i], lines[i + 1], wrap)) {
      letters.push_back({U'\n', letters.back().origin});
    }
  }
  return letters;
}

bool DigitsFollow(const std::vector<Letter>& letters, std::size_t from, std::size_t count) {
  if (from + count > letters.size()) return false;
  for (std::size_t i = from; i < from + count; ++i) {
    if (!IsDigit(Fold(letters[i].c))) return false;
  }
  return from + count == letters.size() || !IsDigit(Fold(letters[from + count].c));
}

// Clause punctuation has one form; the full stop and the comma of half-width documents are told
// from decimal points, list numbers and thousands separators by their neighbours.
char32_t FoldInContext(const std::vector<Letter>& letters, std::size_t i) {
  const char32_t raw = letters[i].c;
  const char32_t c = Fold(raw);
  const char32_t before = i > 0 ? Fold(letters[i - 1].c) : U'\0';
  const char32_t after = i + 1 < letters.size() ? Fold(letters[i + 1].c) : U'\n';
  if (c == U',') {
    const bool wide_mismatch = raw != c && IsDigit(letters[i > 0 ? i - 1 : 0].c);
    return !wide_mismatch && IsDigit(before) && DigitsFollow(letters, i + 1, 3) ? U',' : U'，';
  }
  if (c == U'.') return IsDigit(before) && after != U'\n' ? U'.' : U'。';
  if (c == U';') return U'；';
  if (c == U':') return IsDigit(before) && IsDigit(after) ? U':' : U'：';
  if (c == U'〔' || c == U'[') return U'(';
  if (c == U'〕' || c == U']') return U')';
  return c;
}

}  // namespace

Span NormalisedText::InOriginal(Span span) const {
  if (origin.empty() || span.begin >= span.end) return {};
  return {origin[span.begin], static_cast<std::size_t>(origin[span.end - 1]) + 1};
}

NormalisedText Normalise(std::u32string original) {
  NormalisedText out;
  out.original = std::move(original);
  const std::vector<Letter> letters = Unwrap(out.original);
  out.text.resize(letters.size() * kUtf8BytesMax);
  out.origin.resize(out.text.size());
  std::size_t size = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const auto [letter, origin] = letters[i];
    const std::size_t begin = size;
    if (IsHan(letter)) {  // Nearly all of it.
      char* const bytes = out.text.data() + size;
      bytes[0] = static_cast<char>(0xE0 | letter >> 12);
      bytes[1] = static_cast<char>(0x80 | (letter >> 6 & 0x3F));
      bytes[2] = static_cast<char>(0x80 | (letter & 0x3F));
      size += 3;
    } else {
      size += PutUtf8(FoldInContext(letters, i), out.text.data() + size);
    }
    for (std::size_t byte = begin; byte < size; ++byte) out.origin[byte] = origin;
  }
  out.text.resize(size);
  out.origin.resize(size);
  return out;
}

}  // namespace recoup::court

#include "adapters/court/normalise.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "adapters/court/figure_spelling.h"
#include "adapters/court/letters.h"
#include "adapters/court/paragraphs.h"
#include "adapters/court/share_spelling.h"
#include "adapters/court/source.h"

namespace recoup::court {
namespace {

// A row or the frame of a table.
bool IsBordered(std::u32string_view line) {
  return !line.empty() && IsIn(U"|│┃┌├└┏┣┗─━", Fold(line.front()));
}

std::u32string_view Trim(std::u32string_view line) {
  while (!line.empty() && IsSpace(line.front())) line.remove_prefix(1);
  while (!line.empty() && IsSpace(line.back())) line.remove_suffix(1);
  return line;
}

bool EndsSentence(char32_t c) { return c == U'。' || c == U'；' || c == U'：' || c == U';'; }
bool CannotStartLine(char32_t c) {
  return c == U'。' || c == U'，' || c == U'、' || c == U'；' || c == U'）' || c == U')' ||
         c == U'元';
}

// Columns of a line as a terminal shows it; wrapping programs count these. Those that recognise
// print put spaces around numbers, which count as little as they are wide.
struct Width {
  std::size_t columns = 0;
  std::size_t characters = 0;
};

Width WidthOf(std::u32string_view line, bool with_spaces) {
  Width width;
  for (const char32_t c : line) {
    if (!with_spaces && c == U' ') continue;
    width.columns += c < 0x2000 ? 1u : 2u;
    ++width.characters;
  }
  return width;
}

// "住院费   92615.40   38477.64": columns that spaces part.
bool IsRow(std::u32string_view row) {
  const std::u32string_view line = Trim(row);
  const auto is_gap = [](char32_t a, char32_t b) { return IsSpace(a) && IsSpace(b); };
  return line.find(U'\t') != std::u32string_view::npos ||
         std::ranges::adjacent_find(line, is_gap) != line.end();
}

// Headings and signatures are shorter.
constexpr std::size_t kLongLineMin = 24;

bool IsLong(std::u32string_view line) {
  return WidthOf(line, false).characters >= kLongLineMin && !IsRow(line);
}

// The line width a document was wrapped at. Programs count columns or characters, so both are kept.
// By hand lines are broken at no certain width: any long one may go on.
struct Wrap {
  Width width;
  bool with_spaces = true;
  std::size_t slack_columns = 4;
  bool by_hand = false;
  bool IsFull(std::u32string_view line) const {
    if (by_hand && IsLong(line)) return true;
    const Width of_line = WidthOf(line, with_spaces);
    return of_line.columns + slack_columns >= width.columns ||
           of_line.characters + slack_columns / 2 >= width.characters;
  }
};

constexpr std::size_t kWidestWrap = 130;
constexpr std::size_t kNarrowestWrap = 12;

bool IsWrappedAt(const Wrap& wrap, const std::vector<std::u32string_view>& lines) {
  if (wrap.width.columns > kWidestWrap || wrap.width.characters < kNarrowestWrap) return false;
  std::size_t full = 0;
  for (const auto line : lines) full += wrap.IsFull(line) ? 1u : 0u;
  return full * 3 >= lines.size();
}

// Recognised or retyped print: its lines have about the same width, a few stray ones are wider.
std::optional<Wrap> FindRaggedWrap(const std::vector<std::u32string_view>& lines) {
  constexpr std::size_t kLinesMin = 8;
  std::vector<Width> widths;
  for (const auto line : lines) {
    const Width width = WidthOf(line, false);
    if (width.characters > 0) widths.push_back(width);
  }
  if (widths.size() < kLinesMin) return std::nullopt;
  const auto at = static_cast<std::ptrdiff_t>(widths.size() * 9 / 10);
  std::ranges::nth_element(widths, widths.begin() + at, {}, &Width::columns);
  Wrap wrap{widths[static_cast<std::size_t>(at)], false, 8};
  // In columns only: digits are half as wide, and a line may hold any number of them.
  const std::size_t widest = std::ranges::max(widths, {}, &Width::columns).columns;
  wrap.width.characters = wrap.width.columns;
  if (widest * 5 > wrap.width.columns * 6 || !IsWrappedAt(wrap, lines)) return std::nullopt;
  return wrap;
}

// Whether many long lines end amid a sentence. Where each paragraph has a line of its own, a long
// line ends with a full stop.
bool IsBrokenAmidSentences(const std::vector<std::u32string_view>& lines) {
  constexpr std::size_t kUnfinishedMin = 3;
  std::size_t count = 0;
  std::size_t unfinished = 0;
  for (const auto line : lines) {
    if (!IsLong(line)) continue;
    ++count;
    const char32_t last = Fold(line.back());
    if (IsHan(last) || IsDigit(last) || IsIn(U",、", last)) ++unfinished;
  }
  return unfinished >= kUnfinishedMin && unfinished * 5 >= count;
}

// A document is hard-wrapped when a good part of its lines is as wide as the widest, or nearly so.
std::optional<Wrap> FindWrap(const std::vector<std::u32string_view>& lines) {
  Wrap wrap;
  for (const auto line : lines) {
    if (line.size() > kWidestWrap * 2) return std::nullopt;  // No sign is narrower than a column.
    const Width width = WidthOf(line, true);
    wrap.width.columns = std::max(wrap.width.columns, width.columns);
    wrap.width.characters = std::max(wrap.width.characters, width.characters);
  }
  if (wrap.width.columns > kWidestWrap * 2) return std::nullopt;
  std::optional<Wrap> found = IsWrappedAt(wrap, lines) ? wrap : FindRaggedWrap(lines);
  if (wrap.width.columns <= kWidestWrap && IsBrokenAmidSentences(lines)) {
    if (!found.has_value()) found = wrap;
    found->by_hand = true;
  }
  return found;
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

// A blank line behind each line parts nothing.
std::vector<std::u32string_view> LinesOfDoubleSpacing(std::vector<std::u32string_view> lines) {
  constexpr std::size_t kLinesMin = 16;
  const auto is_blank = [](std::u32string_view line) { return Trim(line).empty(); };
  const auto blank = static_cast<std::size_t>(std::ranges::count_if(lines, is_blank));
  if (lines.size() >= kLinesMin && blank * 3 >= lines.size()) std::erase_if(lines, is_blank);
  return lines;
}

// "二〇二五年" and "十月二十日" in two lines, "（2025）沪" and "0115民初1号": one word of the
// caption.
bool PartsAWord(std::u32string_view line, std::u32string_view next) {
  constexpr std::size_t kShort = 24;
  if (line.empty() || next.empty() || line.size() > kShort || next.size() > kShort) return false;
  const auto is_numeral = [](char32_t c) {
    return IsDigit(Fold(c)) || IsIn(U"元正零〇○一二三四五六七八九十", c);
  };
  if (IsIn(U"年月", line.back())) {
    return line.size() > 1 && is_numeral(line[line.size() - 2]) && is_numeral(next.front()) &&
           next.back() == U'日';
  }
  const bool number = line.size() > 5 && IsIn(U"(（〔[【", line[0]) && IsDigit(Fold(line[1]));
  return number && IsIn(U")）〕]】", line[5]) && line.find(U'号') == std::u32string_view::npos &&
         next.back() == U'号';
}

// "被告：鲁大川，男，…", "上诉人(原审被告)某公司，住所地…": the line of a party.
bool BeginsParty(std::u32string_view line) {
  constexpr std::u32string_view kRoles[] = {U"原告",   U"被告",     U"第三人",   U"上诉人",
                                            U"被上诉", U"再审申请", U"被申请",   U"申请人",
                                            U"委托",   U"法定代表", U"法定代理", U"负责人"};
  constexpr std::size_t kRoleMax = 16;
  const bool role = std::ranges::any_of(
      kRoles, [&](std::u32string_view word) { return line.substr(0, word.size()) == word; });
  const std::u32string_view head = line.substr(0, std::min(line.size(), kRoleMax));
  return role && std::ranges::any_of(head, [](char32_t c) { return Fold(c) == U':'; });
}

// `broken`, `following`: as they stand in the document, with their spaces.
bool KeepBreak(std::u32string_view broken, std::u32string_view following,
               const std::optional<Wrap>& wrap) {
  const std::u32string_view line = Trim(broken);
  const std::u32string_view next = Trim(following);
  if (!next.empty() && CannotStartLine(next.front())) return false;
  if (PartsAWord(line, next)) return false;
  if (line.empty() || EndsSentence(line.back())) return true;
  if (BeginsItem(next) && line.back() != U'第') return true;
  if (BeginsParty(next) || IsBordered(line) || IsBordered(next)) return true;
  return !wrap.has_value() || !wrap->IsFull(broken);
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

// A document of fewer lines is one of a single paragraph.
constexpr std::size_t kParagraphLinesMin = 5;

// Without its line breaks in the right places and without spaces, not yet folded. Only between the
// words of a name in Latin letters a space is kept.
std::vector<Letter> Unwrap(const std::u32string& original) {
  std::vector<std::u32string_view> lines = LinesOfDoubleSpacing(Lines(original));
  const std::optional<Wrap> wrap = FindWrap(lines);
  // One single paragraph: an ideographic space that would indent the next one, or the words alone
  // tell where it begins.
  const bool one_paragraph = lines.size() < kParagraphLinesMin;
  if (one_paragraph) lines = PartParagraphs(lines);
  std::vector<Letter> letters;
  letters.reserve(original.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::size_t spaces = 0;
    bool indent = true;
    for (const char32_t& c : lines[i]) {
      const auto origin = static_cast<std::uint32_t>(&c - original.data());
      if (spaces == 0 && IsHan(c)) {  // Nearly all of it.
        letters.push_back({c, origin});
        indent = false;
        continue;
      }
      if (IsSpace(c)) {
        ++spaces;
      } else {
        if (!indent && !letters.empty() && IsColumnBorder(letters.back().c, spaces, c)) {
          letters.push_back({U'│', origin - 1});
        }
        if (spaces > 0 && !letters.empty() && IsLatin(letters.back().c) && IsLatin(c)) {
          letters.push_back({U' ', origin - 1});
        }
        letters.push_back({c, origin});
        spaces = 0;
        indent = false;
      }
    }
    if (i + 1 == lines.size() || letters.empty() || letters.back().c == U'\n') continue;
    if (KeepBreak(lines[i], lines[i + 1], wrap)) {
      letters.push_back({U'\n', letters.back().origin});
    }
  }
  return letters;
}

// Clause punctuation has one form; the full stop and the comma of half-width documents are told
// from decimal points, list numbers and thousands separators (figure_spelling.h) by their
// neighbours.
char32_t FoldInContext(const std::vector<Letter>& letters, std::size_t i) {
  const char32_t raw = letters[i].c;
  const char32_t c = Fold(raw);
  const char32_t before = i > 0 ? Fold(letters[i - 1].c) : U'\0';
  const char32_t after = i + 1 < letters.size() ? Fold(letters[i + 1].c) : U'\n';
  if (c == U',') {
    return raw == c && IsDigit(before) && IsDigit(after) ? U',' : U'，';
  }
  if (c == U'.') return IsDigit(before) && after != U'\n' ? U'.' : U'。';
  if (c == U';') return U'；';
  if (c == U':') return IsDigit(before) && IsDigit(after) ? U':' : U'：';
  if (c == U'〔' || c == U'[') return U'(';
  if (c == U'〕' || c == U']') return U')';
  // "【2025】沪0115民初1号"
  constexpr std::size_t kYearDigits = 4;
  if (c == U'【' && FoldedAt(letters, i + kYearDigits + 1) == U'】' && IsDigit(after)) return U'(';
  if (c == U'】' && i > kYearDigits && FoldedAt(letters, i - kYearDigits - 1) == U'【' &&
      IsDigit(before)) {
    return U')';
  }
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
  std::vector<Letter> letters = Unwrap(out.original);
  SpellFigures(letters);
  SpellSharesAndDays(letters);
  out.text.resize(letters.size() * kUtf8BytesMax);
  out.origin.resize(out.text.size());
  std::size_t size = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char32_t letter = letters[i].c;
    const std::uint32_t origin = letters[i].origin;
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
    if (letters[i].supplied) out.supplied.push_back({begin, size});
  }
  out.text.resize(size);
  out.origin.resize(size);
  return out;
}

}  // namespace recoup::court

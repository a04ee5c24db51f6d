// The characters of a document on their way to one spelling; internal to normalise.cc and
// figure_spelling.cc.
#ifndef RECOUP_ADAPTERS_COURT_LETTERS_H_
#define RECOUP_ADAPTERS_COURT_LETTERS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recoup::court {

struct Letter {
  char32_t c = 0;
  std::uint32_t origin = 0;
  bool supplied = false;  // Not in the original: the unit of a sum that goes without it.
};

inline bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
inline bool IsIn(std::u32string_view signs, char32_t c) {
  return signs.find(c) != std::u32string_view::npos;
}
inline bool IsSpace(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\r' || c == 0xA0 || c == 0x3000 || c == 0x200B ||
         c == 0xFEFF || (c >= 0x2000 && c <= 0x200A);
}
inline bool IsHan(char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }  // What has one form only.

// The half-width twin of a full-width form (U+FF01–U+FF5E), and the odd signs courts type.
inline char32_t Fold(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c = c - 0xFEE0;
  if (c == U'﹪') return U'%';
  if (c == U'−' || c == U'—' || c == U'–') return U'-';
  if (c == U'﹒') return U'.';
  if (c == U'○' || c == U'◯' || c == U'О') return U'〇';
  return c;
}

// Folded; nothing beyond the end.
inline char32_t FoldedAt(const std::vector<Letter>& letters, std::size_t i) {
  return i < letters.size() ? Fold(letters[i].c) : U'\0';
}

// What is to stand instead of the letters from begin to end.
struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::u32string text;
  bool supplied = false;
};

// The edits stand in the order of the text and do not overlap. New letters come from where the
// letters they replace stood, or from the one before.
inline void Apply(const std::vector<Edit>& edits, std::vector<Letter>& letters) {
  if (edits.empty()) return;
  std::vector<Letter> out;
  out.reserve(letters.size() + edits.size());
  std::size_t from = 0;
  for (const Edit& edit : edits) {
    out.insert(out.end(), letters.begin() + static_cast<std::ptrdiff_t>(from),
               letters.begin() + static_cast<std::ptrdiff_t>(edit.begin));
    for (std::size_t i = 0; i < edit.text.size(); ++i) {
      // The last new letter ends where the last old one did, so that spans keep their length.
      const bool last = i + 1 == edit.text.size();
      const std::size_t old = edit.begin == edit.end || last ? edit.end - 1 : edit.begin;
      out.push_back({edit.text[i], letters[old].origin, edit.supplied});
    }
    from = edit.end;
  }
  out.insert(out.end(), letters.begin() + static_cast<std::ptrdiff_t>(from), letters.end());
  letters = std::move(out);
}

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_LETTERS_H_

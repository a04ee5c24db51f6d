// Text → one spelling: the form every rule is written against.
//
// Digits, letters, brackets and % are half-width; clause punctuation is ，；：。 ; spaces are gone;
// a line break stands only where a paragraph ends (breaks inside words and amounts are mended).
// A comma left in half width is a thousands separator. Sums of money are spelled with 元
// (figure_spelling.h). Each byte knows its code point in the
// original, so that evidence can be shown there. Linear time. Stateless, thread-safe.
#ifndef RECOUP_ADAPTERS_COURT_NORMALISE_H_
#define RECOUP_ADAPTERS_COURT_NORMALISE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace recoup::court {

// Bytes of the normalised text, half open.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t size() const { return end - begin; }
  bool operator==(const Span&) const = default;
};

struct NormalisedText {
  std::string text;
  std::vector<std::uint32_t> origin;  // One per byte of `text`: the code point in `original`.
  std::u32string original;
  std::vector<Span> supplied;  // The 元 that the original leaves out, where that is not certain.

  std::string_view view(Span span) const {
    return std::string_view(text).substr(span.begin, span.size());
  }
  // The code points of the original that a span stands for, as begin and end.
  Span InOriginal(Span span) const;
};

NormalisedText Normalise(std::u32string original);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_NORMALISE_H_

// The words of a page as lines of single characters with boxes, so that a label is found wherever
// the words were cut, and what follows it is found by geometry. Plain values; pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_TEXT_LINES_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_TEXT_LINES_H_

#include <string>
#include <vector>

#include "adapters/common/pages/page.h"

namespace recoup::hospital::invoice {

struct Glyph {
  std::string text;    // One character as printed.
  std::string folded;  // As FoldedText writes it.
  adapters::Box box;
  int confidence_percent = 100;
  // Whether so much room is before it that it begins something new.
  bool apart = false;
};

struct TextLine {
  std::vector<Glyph> glyphs;
  double height = 0;  // Of its characters, the median.
  // Whether the characters were recognised in a picture: what the file itself holds is as it is.
  bool recognised = false;
};

// Lines from the top, characters from the left; spaces are left out.
std::vector<TextLine> LinesOf(const adapters::Page& page);

// Characters [from, to) of a line as printed, with a space where they stand apart.
std::string TextOf(const TextLine& line, std::size_t from, std::size_t to);
// The same folded, without spaces.
std::string FoldedOf(const TextLine& line, std::size_t from, std::size_t to);
adapters::Box BoxOf(const TextLine& line, std::size_t from, std::size_t to);
int ConfidenceOf(const TextLine& line, std::size_t from, std::size_t to);

bool IsHan(const Glyph& glyph);

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_TEXT_LINES_H_

// A document as pages of words: what is printed where, and how sure the reading is.
//
// Positions are points (1/72 inch) from the top left corner of the page, whatever the document was:
// a PDF with text, a rendered page or a photograph. Plain values; thread-compatible.
#ifndef RECOUP_ADAPTERS_COMMON_PAGES_PAGE_H_
#define RECOUP_ADAPTERS_COMMON_PAGES_PAGE_H_

#include <cstddef>
#include <string>
#include <vector>

namespace recoup::adapters {

inline constexpr double kPointsPerInch = 72;

struct Box {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;

  double width() const { return right - left; }
  double height() const { return bottom - top; }
  double middle() const { return (top + bottom) / 2; }
};

struct Word {
  std::string text;  // UTF-8, never empty, without spaces and line ends at its edges.
  Box box;
  int confidence_percent = 100;  // Of text that the file itself holds: 100.
  std::size_t line = 0;          // Index of its line, from the top of the page.
};

enum class PageSource {
  kText,        // The file holds the characters.
  kRecognised,  // The characters were recognised in an image.
};

struct Page {
  double width = 0;  // Points.
  double height = 0;
  PageSource source = PageSource::kText;
  std::vector<Word> words;  // In reading order: lines from the top, words from the left.
};

struct PagedDocument {
  std::vector<Page> pages;
};

// Groups words into lines by their height on the page, and puts them into reading order. For text
// set in one column, and for forms whose fields stand beside each other.
void ArrangeInLines(std::vector<Word>& words);

// The words of a page as text, a line each. Words that stand apart are parted by a space; Chinese
// characters that touch are not.
std::string TextOf(const Page& page);

// Mean confidence of the page's words, weighted by their length; 100 for a page without words.
int ConfidenceOf(const Page& page);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_PAGES_PAGE_H_

// The lines of printed pages, and which of them end a paragraph: by where they stand on the page.
//
// Courts set their documents in one column, justified, each paragraph indented by two characters;
// the last line of a paragraph is short. Rows of tables and lines that stand apart end a paragraph
// each. Pages that show no such setting keep all their lines. Stateless, thread-safe, linear time.
#ifndef RECOUP_ADAPTERS_COURT_SOURCES_PAGE_LINES_H_
#define RECOUP_ADAPTERS_COURT_SOURCES_PAGE_LINES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "adapters/common/pages/page.h"

namespace recoup::court {

struct PageLine {
  std::size_t page = 0;
  std::size_t begin = 0;  // Of the page's words, half open.
  std::size_t end = 0;
  adapters::Box box;
  bool has_gap = false;  // Between its words, as between the columns of a table.
  std::u32string text;   // Without spaces.
  bool ends_paragraph = true;
};

// `index`: the place of the page in its document.
std::vector<PageLine> LinesOf(const adapters::Page& page, std::size_t index);

// Sets `ends_paragraph`; the lines are those of a whole document, in order.
void MarkParagraphs(std::vector<PageLine>& lines);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_SOURCES_PAGE_LINES_H_

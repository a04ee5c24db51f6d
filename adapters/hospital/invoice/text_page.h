// A bill as plain text (what a portal shows, copied; what a converter made of a page) as pages of
// words, so that the same questions are put to it as to paper.
//
// A line of the text is a line of the page, two spaces or a tab part what one space does not, and a
// form feed begins a new page. Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_TEXT_PAGE_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_TEXT_PAGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/common/pages/page.h"
#include "adapters/hospital/documents.h"

namespace recoup::hospital::invoice {

// UTF-8, UTF-16 by its mark, GB18030, or any of them damaged a little: as UTF-8. Refused: what
// holds characters that no text has, and texts too long for bills.
absl::StatusOr<std::string> TextFromBytes(std::string_view bytes, std::vector<QualityNote>& notes);

// How wide a Chinese character is beside a Latin one: programs that line columns up with spaces
// count it as one or as two.
enum class HanWidth { kOne, kTwo };

struct TextPage {
  adapters::Page page;
  std::vector<std::size_t> lines;  // Of each line of the page: where it stands in the text, from 1.

  // The line of the text that a box on the page lies on.
  std::size_t LineAt(const adapters::Box& box) const;
};

// Pages that hold anything.
std::vector<TextPage> PagesOfText(std::string_view utf8, HanWidth width);

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_TEXT_PAGE_H_

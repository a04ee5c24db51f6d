// Whatever the bytes, a text is refused or is pages, and what a bill on them answers stands on a
// line of the text.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "adapters/hospital/charset.h"
#include "adapters/hospital/invoice/page_answers.h"
#include "adapters/hospital/invoice/text_page.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace invoice = recoup::hospital::invoice;
  static const auto table = invoice::FieldTable::BuiltIn();
  RECOUP_CHECK(table.ok());
  std::vector<recoup::hospital::QualityNote> notes;
  const auto text = invoice::TextFromBytes({reinterpret_cast<const char*>(data), size}, notes);
  if (!text.ok()) {
    RECOUP_CHECK(!text.status().message().empty());
    return 0;
  }
  RECOUP_CHECK(recoup::hospital::IsValidUtf8(*text));
  const auto lines = static_cast<std::size_t>(std::count(text->begin(), text->end(), '\n')) + 1;
  for (const auto width : {invoice::HanWidth::kOne, invoice::HanWidth::kTwo}) {
    for (const invoice::TextPage& page : invoice::PagesOfText(*text, width)) {
      const auto read = invoice::InvoiceOn(page.page, 1, *table, invoice::Source::kText);
      if (!read) continue;
      for (const invoice::Answer& answer : read->answers) {
        RECOUP_CHECK(answer.spot.has_value() && !answer.text.empty());
        const std::size_t line = page.LineAt(answer.spot->box);
        RECOUP_CHECK(line >= 1 && line <= lines);
      }
    }
  }
  return 0;
}

// OFD: the zip and its parts as they come, and the text objects of a page by themselves, which a
// fuzzer reaches through no checksum.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/hospital/invoice/ofd.h"
#include "adapters/hospital/invoice/ofd_text.h"
#include "adapters/hospital/invoice/page_answers.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace invoice = recoup::hospital::invoice;
  static const auto table = invoice::FieldTable::BuiltIn();
  RECOUP_CHECK(table.ok());
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.starts_with("PK")) {
    const auto ofd = invoice::ReadOfd(bytes);
    RECOUP_CHECK(ofd.ok() || !ofd.status().message().empty());
    return 0;
  }
  pugi::xml_document document;
  if (!document.load_buffer(bytes.data(), bytes.size())) return 0;
  recoup::adapters::Page page{595, 397, recoup::adapters::PageSource::kText, {}};
  invoice::AppendTextObjects(document, page.words);
  recoup::adapters::ArrangeInLines(page.words);
  const auto read = invoice::InvoiceOn(page, 1, *table, invoice::Source::kOfdPage);
  if (read) RECOUP_CHECK(!read->checks.empty());
  return 0;
}

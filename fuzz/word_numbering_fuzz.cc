// Any text as the numbering of a Word document, and as what asks for its numbers.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/court/sources/word_numbering.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string xml(reinterpret_cast<const char*>(data), size);
  const auto numbering = recoup::court::WordNumbering::Read(xml);
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size())) return 0;
  recoup::court::WordNumbering::Counters counters;
  // Each numbering is asked through the element it would be asked with.
  for (const pugi::xml_node& node : document.document_element().children()) {
    RECOUP_CHECK(numbering.Next(node, counters).size() <= 64 * (xml.size() + 1));
  }
  return 0;
}

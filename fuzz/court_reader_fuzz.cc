// Any bytes: the reader refuses them or reads them, and its evidence lies inside the text.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/court/extract.h"
#include "adapters/court/source.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto* const rules =
      new recoup::court::RuleBook(recoup::court::RuleBook::BuiltIn().value());
  const auto text =
      recoup::court::DecodeText(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!text.ok()) return 0;
  const auto elements = recoup::court::ExtractElements(*text, *rules);
  for (const auto& evidence : elements.evidence) {
    RECOUP_CHECK(evidence.begin <= evidence.end && evidence.end <= text->size());
    RECOUP_CHECK(evidence.confidence_percent >= 0 && evidence.confidence_percent <= 100);
  }
  return 0;
}

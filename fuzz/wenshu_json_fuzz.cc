// Any text as the JSON of 裁判文书网.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/court/sources/formats.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto documents = recoup::court::ReadWenshuJson({reinterpret_cast<const char*>(data), size});
  if (!documents.ok()) return 0;
  RECOUP_CHECK(!documents->empty());
  for (const auto& document : *documents) {
    RECOUP_CHECK(documents->size() == 1 || !document.own_bytes.empty());
  }
  return 0;
}

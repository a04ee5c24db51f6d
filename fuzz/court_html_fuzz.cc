// Any text as a page of the courts' site.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/court/sources/formats.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  recoup::court::TextBuilder builder(recoup::court::SourceFormat::kHtml);
  const absl::Status added =
      recoup::court::AddHtml({reinterpret_cast<const char*>(data), size}, "", builder);
  if (!added.ok()) return 0;
  const auto document = builder.Finish();
  RECOUP_CHECK(document.pieces.empty() || document.pieces.back().end <= document.text.size());
  return 0;
}

// Any bytes: an archive opens or is refused, and no entry unpacks to more than the limits allow.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/common/archive/archive.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kEntryMax = 1 << 20;
  auto archive = recoup::adapters::Archive::Open(
      std::string_view(reinterpret_cast<const char*>(data), size),
      {.entries_max = 100, .entry_bytes_max = kEntryMax, .total_bytes_max = 4 * kEntryMax});
  if (!archive.ok()) return 0;
  for (const auto& entry : archive->entries()) {
    const auto content = archive->Read(entry);
    if (content.ok()) RECOUP_CHECK(content->size() <= kEntryMax);
  }
  return 0;
}

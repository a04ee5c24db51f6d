// Any bytes are a signed account or a refusal; one that is read is written and read as the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/insurer/mapping/signed_account.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace mapping = recoup::insurer::mapping;
  const auto file = mapping::ReadSignedFile({reinterpret_cast<const char*>(data), size});
  if (!file.ok()) return 0;
  const auto again = mapping::ReadSignedFile(mapping::WriteSignedFile(*file));
  RECOUP_CHECK(again.ok());
  RECOUP_CHECK(again->comparison == file->comparison && again->signature == file->signature);
  RECOUP_CHECK(again->key_id == file->key_id && again->hub_signature == file->hub_signature);
  return 0;
}

// Any bytes give a profile or a refusal; a profile that is made can be kept and read back.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/insurer/bank/profile_maker.h"
#include "adapters/insurer/bank/profile_toml.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace bank = recoup::insurer::bank;
  const auto made = bank::MakeCsvProfile({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!made.ok()) return 0;
  RECOUP_CHECK(bank::ParseCsvProfile(bank::ProfileAsToml(made->profile), "fuzz").ok());
  return 0;
}

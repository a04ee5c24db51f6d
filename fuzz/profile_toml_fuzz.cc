// Any bytes are a CSV profile or a refusal; what is read can be written and read as the same.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/insurer/bank/csv_profile.h"
#include "adapters/insurer/bank/profile_toml.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace bank = recoup::insurer::bank;
  const auto profile = bank::ParseCsvProfile({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!profile.ok()) return 0;
  const std::string text = bank::ProfileAsToml(*profile);
  const auto again = bank::ParseCsvProfile(text, "fuzz");
  RECOUP_CHECK(again.ok());
  RECOUP_CHECK(bank::ProfileAsToml(*again) == text);
  return 0;
}

// A keyring file is refused or read, and what was read is usable.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hub/base/check.h"
#include "hub/crypto/keyring.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto keyring = recoup::crypto::Keyring::Parse(text);
  if (keyring.ok()) RECOUP_CHECK(keyring->oldest_version() >= 1);
  return 0;
}

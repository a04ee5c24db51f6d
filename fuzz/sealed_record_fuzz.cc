// No bytes open that were not sealed: the fuzzer does not know the key.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hub/base/check.h"
#include "hub/crypto/sealing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static recoup::SeededRandom random(1);
  static const recoup::crypto::Sealer sealer(
      recoup::crypto::Keyring::Parse("1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").value(),
      random);
  const std::string_view sealed(reinterpret_cast<const char*>(data), size);
  RECOUP_CHECK(!sealer.Open("310115-310", "flag/1", sealed).ok());
  return 0;
}

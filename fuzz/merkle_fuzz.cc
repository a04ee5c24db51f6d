// A Merkle frontier is refused or reads back, and no proof of the fuzzer's making is believed.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hub/audit/merkle.h"
#include "hub/base/check.h"
#include "hub/crypto/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace recoup;  // NOLINT: a fuzz target is its own program.
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto frontier = audit::Frontier::Parse(bytes);
  if (frontier.ok()) RECOUP_CHECK(frontier->Serialise() == bytes);

  if (size < 16) return 0;
  const std::uint64_t first = crypto::ReadBigEndian(bytes.substr(0, 8));
  const std::uint64_t second = crypto::ReadBigEndian(bytes.substr(8, 8));
  audit::Proof proof;
  for (std::size_t at = 16; at + 32 <= size; at += 32) {
    proof.push_back(*crypto::DigestFromBytes(bytes.substr(at, 32)));
  }
  const crypto::Digest leaf = audit::LeafHash("leaf");
  const crypto::Digest root = audit::LeafHash("root");
  RECOUP_CHECK(!audit::VerifyInclusion(leaf, first, second, proof, root));
  RECOUP_CHECK(!audit::VerifyConsistency(first, leaf, second, root, proof));
  return 0;
}

// Equality search over sealed values: a keyed, one-way index of a value.
//
// Equal normalised values of one kind have equal indexes; without the key nothing can be guessed or
// tested. What equals what (case, width, spaces) is the caller's normalisation.
#ifndef RECOUP_HUB_CRYPTO_BLIND_INDEX_H_
#define RECOUP_HUB_CRYPTO_BLIND_INDEX_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/sha256.h"

namespace recoup::crypto {

// What is indexed. Each kind has a key of its own, so that a name never meets a case number.
enum class IndexKind { kIdNumber, kName, kCaseNumber };
inline constexpr std::size_t kIndexKindCount = 3;

using IndexValue = std::array<std::uint8_t, 16>;

// Immutable, thread-safe.
class BlindIndex final {
 public:
  // Keyed by the oldest version of the keyring, so that adding a version changes no index. Before
  // that version is removed, every index must be rebuilt; key_id() tells whether it was.
  explicit BlindIndex(const Keyring& keyring);
  // Keyed by the given version, for the rebuild. NOT_FOUND when the keyring does not hold it.
  static absl::StatusOr<BlindIndex> Create(const Keyring& keyring, KeyVersion version);

  IndexValue Of(IndexKind kind, std::string_view normalised) const;

  // Sixteen hex digits that identify the key, to be stored beside the indexes and compared at
  // start.
  const std::string& key_id() const { return key_id_; }

 private:
  explicit BlindIndex(const SecretKey& master);
  std::array<HmacKey, kIndexKindCount> keys_;
  std::string key_id_;
};

}  // namespace recoup::crypto

#endif  // RECOUP_HUB_CRYPTO_BLIND_INDEX_H_

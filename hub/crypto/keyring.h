// The master keys of the hub, by version.
//
// They come from a text file that only its owner may read, one `version=base64` line per key:
//
//   # Comments and empty lines are allowed.
//   1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
//   2=...
//
// A version is 1 to 65535, a key 32 bytes. The highest version is current: it seals; the others
// only open. To rotate, add a line, restart, reseal, then remove the old line.
#ifndef RECOUP_HUB_CRYPTO_KEYRING_H_
#define RECOUP_HUB_CRYPTO_KEYRING_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "hub/base/ids.h"
#include "hub/crypto/sha256.h"

namespace recoup::crypto {

using KeyVersion = std::uint16_t;

// 32 secret bytes, wiped when they go.
class SecretKey final {
 public:
  explicit SecretKey(const Digest& bytes) : bytes_(bytes) {}
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();
  static SecretKey Generate(Random& random);
  std::string_view bytes() const;

 private:
  Digest bytes_;
};

// Immutable, never empty. Errors name the line, never its content.
class Keyring final {
 public:
  static absl::StatusOr<Keyring> Parse(std::string_view text);
  // Refuses a file that others may read or write.
  static absl::StatusOr<Keyring> Load(const std::string& path);

  KeyVersion current_version() const { return keys_.rbegin()->first; }
  KeyVersion oldest_version() const { return keys_.begin()->first; }
  const std::map<KeyVersion, SecretKey>& keys() const { return keys_; }

 private:
  explicit Keyring(std::map<KeyVersion, SecretKey> keys) : keys_(std::move(keys)) {}
  std::map<KeyVersion, SecretKey> keys_;
};

// One line of the file, with its line end.
std::string KeyringLine(KeyVersion version, const SecretKey& key);

}  // namespace recoup::crypto

#endif  // RECOUP_HUB_CRYPTO_KEYRING_H_

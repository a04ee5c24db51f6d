// Ed25519 (RFC 8032): what courts and insurers push, and the hub's receipts and tree heads.
#ifndef RECOUP_HUB_CRYPTO_SIGNING_H_
#define RECOUP_HUB_CRYPTO_SIGNING_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hub/base/ids.h"
#include "hub/crypto/keyring.h"

namespace recoup::crypto {

using Signature = std::array<std::uint8_t, 64>;

// A public key. An immutable value.
class VerifyKey final {
 public:
  using Bytes = std::array<std::uint8_t, 32>;

  explicit VerifyKey(const Bytes& bytes) : bytes_(bytes) {}
  // PEM of a SubjectPublicKeyInfo, as `openssl pkey -pubout` writes it; INVALID_ARGUMENT otherwise.
  static absl::StatusOr<VerifyKey> FromPem(std::string_view pem);
  std::string ToPem() const;

  // False for a signature of any other length, too.
  [[nodiscard]] bool Verify(std::string_view message, std::string_view signature) const;
  [[nodiscard]] bool Verify(std::string_view message, const Signature& signature) const;

  const Bytes& bytes() const { return bytes_; }
  // The first eight bytes of the SHA-256 of the key, in hex: names a key, proves nothing.
  std::string key_id() const;
  bool operator==(const VerifyKey&) const = default;

 private:
  Bytes bytes_;
};

// A private key, wiped when it goes. Immutable, thread-safe.
class SigningKey final {
 public:
  // `random` must be the kernel's except in tests.
  static SigningKey Generate(Random& random);
  static SigningKey FromSeed(const SecretKey& seed);
  // PEM of an unencrypted PKCS#8 key, as `openssl genpkey -algorithm ed25519` writes it.
  static absl::StatusOr<SigningKey> FromPem(std::string_view pem);
  // Refuses a file that others may read or write.
  static absl::StatusOr<SigningKey> Load(const std::string& path);

  std::string ToPem() const;
  // Creates the file with mode 0600; never overwrites a key.
  absl::Status Save(const std::string& path) const;

  Signature Sign(std::string_view message) const;
  const VerifyKey& verify_key() const { return verify_key_; }
  std::string key_id() const { return verify_key_.key_id(); }

 private:
  SigningKey(const SecretKey& seed, const VerifyKey& verify_key)
      : seed_(seed), verify_key_(verify_key) {}
  SecretKey seed_;
  VerifyKey verify_key_;
};

}  // namespace recoup::crypto

#endif  // RECOUP_HUB_CRYPTO_SIGNING_H_

// Seals personal data at rest: AES-256-GCM-SIV (RFC 8452) under a key of its own per context.
//
// A context is what keys are separated by, usually a pool; its data key is derived from the master
// key with HKDF. A sealed record is
//
//   format (1 byte, 0x01) | key version (2, big endian) | nonce (12) | ciphertext and tag (n + 16)
//
// and everything before the ciphertext, the context and the binding are authenticated with it. The
// binding says which record this is ("flag/01h…"), so that a row copied elsewhere does not open.
// GCM-SIV, because a repeated nonce then only shows that two equal plaintexts are equal.
#ifndef RECOUP_HUB_CRYPTO_SEALING_H_
#define RECOUP_HUB_CRYPTO_SEALING_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "hub/base/ids.h"
#include "hub/crypto/keyring.h"

namespace recoup::crypto {

// Thread-safe; no lock is held during cryptography. Derived keys are kept for the life of the
// Sealer, so contexts must be few (pools), never one per record.
class Sealer final {
 public:
  // A sealed record is this much longer than its plaintext.
  static constexpr std::size_t kOverhead = 1 + 2 + 12 + 16;

  // `random` is borrowed, gives the nonces, and is used by this Sealer alone.
  Sealer(const Keyring& keyring, Random& random);
  ~Sealer();
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;

  // With the current key. Cannot fail on input.
  std::string Seal(std::string_view context, std::string_view binding,
                   std::string_view plaintext) const;

  // INVALID_ARGUMENT when it is not a sealed record, FAILED_PRECONDITION when the keyring no longer
  // holds its key version, DATA_LOSS when it was altered or belongs to another context or binding.
  absl::StatusOr<std::string> Open(std::string_view context, std::string_view binding,
                                   std::string_view sealed) const;

  // The same plaintext under the current key; the record as it is when that key sealed it already.
  // Either way the record has been opened, so a damaged one is reported, not carried on.
  absl::StatusOr<std::string> Reseal(std::string_view context, std::string_view binding,
                                     std::string_view sealed) const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

// Which key sealed the record, read without opening it; INVALID_ARGUMENT when it is not one.
absl::StatusOr<KeyVersion> SealedKeyVersion(std::string_view sealed);

}  // namespace recoup::crypto

#endif  // RECOUP_HUB_CRYPTO_SEALING_H_

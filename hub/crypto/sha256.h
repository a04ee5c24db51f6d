// SHA-256 (FIPS 180-4) and what is built on it: HMAC (RFC 2104), HKDF (RFC 5869), and the hex and
// comparison functions for digests.
//
// Everything here is a value: no allocation except for returned strings, no error, no shared state.
#ifndef RECOUP_HUB_CRYPTO_SHA256_H_
#define RECOUP_HUB_CRYPTO_SHA256_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace recoup::crypto {

using Digest = std::array<std::uint8_t, 32>;

Digest Sha256(std::string_view bytes);

// Hashes bytes that arrive in pieces. Copying it copies the state reached so far.
class Sha256Hasher final {
 public:
  Sha256Hasher();
  Sha256Hasher& Update(std::string_view bytes);
  // The digest of everything so far; more may follow.
  Digest Finish() const;

 private:
  // Room for BoringSSL's SHA256_CTX, whose header must not meet OpenSSL's.
  alignas(8) std::array<std::byte, 112> state_;
};

// An HMAC-SHA-256 key with its padded blocks hashed once, so that a short message costs two blocks.
// Immutable after construction, so threads may share it.
class HmacKey final {
 public:
  explicit HmacKey(std::string_view key);
  HmacKey(const HmacKey&) = default;
  HmacKey& operator=(const HmacKey&) = default;
  ~HmacKey();
  Digest Sign(std::string_view message) const;

 private:
  Sha256Hasher inner_;
  Sha256Hasher outer_;
};

Digest HmacSha256(std::string_view key, std::string_view message);

// `size` bytes of key material; at most 255 * 32 (RFC 5869 section 2.3), which is checked.
std::string HkdfSha256(std::string_view secret, std::string_view salt, std::string_view info,
                       std::size_t size);

// Takes time that depends on the lengths only.
bool ConstantTimeEquals(std::string_view a, std::string_view b);

// Lower case.
std::string ToHex(std::string_view bytes);
std::string ToHex(const Digest& digest);
// Nothing when the text is not an even number of hexadecimal digits of either case.
std::optional<std::string> FromHex(std::string_view hex);
std::optional<Digest> DigestFromHex(std::string_view hex);
// Nothing when it is not 32 bytes long.
std::optional<Digest> DigestFromBytes(std::string_view bytes);

}  // namespace recoup::crypto

#endif  // RECOUP_HUB_CRYPTO_SHA256_H_

#include "hub/crypto/sha256.h"

#include <openssl/digest.h>
#include <openssl/hkdf.h>
#include <openssl/mem.h>
#include <openssl/sha.h>

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "hub/base/check.h"
#include "hub/crypto/bytes.h"

namespace recoup::crypto {
namespace {

constexpr std::size_t kBlockSize = SHA256_CBLOCK;

// The context is plain data, so its bytes are its state.
SHA256_CTX Restore(const std::array<std::byte, 112>& state) {
  static_assert(sizeof(SHA256_CTX) == sizeof(state) && alignof(SHA256_CTX) <= 8);
  static_assert(std::is_trivially_copyable_v<SHA256_CTX>);
  SHA256_CTX context;
  std::memcpy(&context, state.data(), sizeof(context));
  return context;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Digest Sha256(std::string_view bytes) {
  Digest digest;
  SHA256(Data(bytes), bytes.size(), digest.data());
  return digest;
}

Sha256Hasher::Sha256Hasher() {
  SHA256_CTX context;
  SHA256_Init(&context);
  std::memcpy(state_.data(), &context, sizeof(context));
}

Sha256Hasher& Sha256Hasher::Update(std::string_view bytes) {
  SHA256_CTX context = Restore(state_);
  SHA256_Update(&context, bytes.data(), bytes.size());
  std::memcpy(state_.data(), &context, sizeof(context));
  return *this;
}

Digest Sha256Hasher::Finish() const {
  SHA256_CTX context = Restore(state_);
  Digest digest;
  SHA256_Final(digest.data(), &context);
  return digest;
}

HmacKey::HmacKey(std::string_view key) {
  std::array<std::uint8_t, kBlockSize> block{};
  if (key.size() > kBlockSize) {
    const Digest hashed = Sha256(key);
    std::copy(hashed.begin(), hashed.end(), block.begin());
  } else {
    std::copy(key.begin(), key.end(), block.begin());
  }
  for (std::uint8_t& byte : block) byte = static_cast<std::uint8_t>(byte ^ 0x36);
  inner_.Update(AsView(block));
  for (std::uint8_t& byte : block) byte = static_cast<std::uint8_t>(byte ^ 0x36 ^ 0x5c);
  outer_.Update(AsView(block));
  OPENSSL_cleanse(block.data(), block.size());
}

HmacKey::~HmacKey() {
  OPENSSL_cleanse(&inner_, sizeof(inner_));
  OPENSSL_cleanse(&outer_, sizeof(outer_));
}

Digest HmacKey::Sign(std::string_view message) const {
  Sha256Hasher inner = inner_;
  const Digest inner_digest = inner.Update(message).Finish();
  Sha256Hasher outer = outer_;
  return outer.Update(AsView(inner_digest)).Finish();
}

Digest HmacSha256(std::string_view key, std::string_view message) {
  return HmacKey(key).Sign(message);
}

std::string HkdfSha256(std::string_view secret, std::string_view salt, std::string_view info,
                       std::size_t size) {
  RECOUP_CHECK(size <= 255 * std::tuple_size_v<Digest>);
  std::string out(size, '\0');
  RECOUP_CHECK(HKDF(MutableData(out), out.size(), EVP_sha256(), Data(secret), secret.size(),
                    Data(salt), salt.size(), Data(info), info.size()) == 1);
  return out;
}

bool ConstantTimeEquals(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string ToHex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 0x0f]);
  }
  return hex;
}

std::string ToHex(const Digest& digest) { return ToHex(AsView(digest)); }

std::optional<std::string> FromHex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = HexDigit(hex[i]);
    const int low = HexDigit(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high * 16 + low));
  }
  return bytes;
}

std::optional<Digest> DigestFromHex(std::string_view hex) {
  const std::optional<std::string> bytes = FromHex(hex);
  return bytes.has_value() ? DigestFromBytes(*bytes) : std::nullopt;
}

std::optional<Digest> DigestFromBytes(std::string_view bytes) {
  Digest digest;
  if (bytes.size() != digest.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

}  // namespace recoup::crypto

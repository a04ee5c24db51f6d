#include "hub/crypto/keyring.h"

#include <openssl/mem.h>

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/bytes.h"
#include "hub/crypto/secret_file.h"

namespace recoup::crypto {
namespace {

std::optional<SecretKey> ParseKey(absl::string_view base64) {
  std::string bytes;
  if (!absl::Base64Unescape(base64, &bytes)) return std::nullopt;
  const std::optional<Digest> key = DigestFromBytes(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return key.has_value() ? std::optional(SecretKey(*key)) : std::nullopt;
}

std::optional<KeyVersion> ParseVersion(absl::string_view text) {
  std::uint32_t version = 0;
  if (!absl::SimpleAtoi(text, &version) || version == 0 || version > 0xffff) return std::nullopt;
  return static_cast<KeyVersion>(version);
}

}  // namespace

SecretKey::~SecretKey() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

SecretKey SecretKey::Generate(Random& random) {
  Digest bytes;
  for (std::size_t i = 0; i < bytes.size(); i += 8) {
    const std::uint64_t word = random.Next();
    for (std::size_t j = 0; j < 8; ++j) bytes[i + j] = static_cast<std::uint8_t>(word >> (8 * j));
  }
  return SecretKey(bytes);
}

std::string_view SecretKey::bytes() const { return AsView(bytes_); }

absl::StatusOr<Keyring> Keyring::Parse(std::string_view text) {
  std::map<KeyVersion, SecretKey> keys;
  Faults faults;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(absl::string_view(text.data(), text.size()), '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line.front() == '#') continue;
    const std::string path = absl::StrCat("line ", number);
    const std::vector<absl::string_view> parts = absl::StrSplit(line, absl::MaxSplits('=', 1));
    const std::optional<KeyVersion> version = ParseVersion(parts.front());
    const std::optional<SecretKey> key = parts.size() == 2 ? ParseKey(parts[1]) : std::nullopt;
    if (!version.has_value()) {
      faults.Add(path, "must start with a version from 1 to 65535 and '='");
    } else if (!key.has_value()) {
      faults.Add(path, "must hold 32 bytes in base64 after '='");
    } else if (!keys.emplace(*version, *key).second) {
      faults.Add(path, absl::StrCat("repeats version ", *version));
    }
  }
  if (keys.empty() && faults.empty()) faults.Add("keyring", "holds no key");
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return Keyring(std::move(keys));
}

absl::StatusOr<Keyring> Keyring::Load(const std::string& path) {
  RECOUP_ASSIGN_OR_RETURN(std::string text, ReadSecretFile(path));
  absl::StatusOr<Keyring> keyring = Parse(text);
  OPENSSL_cleanse(text.data(), text.size());
  return keyring;
}

std::string KeyringLine(KeyVersion version, const SecretKey& key) {
  const std::string_view bytes = key.bytes();
  return absl::StrCat(version, "=",
                      absl::Base64Escape(absl::string_view(bytes.data(), bytes.size())), "\n");
}

}  // namespace recoup::crypto

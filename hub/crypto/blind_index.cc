#include "hub/crypto/blind_index.h"

#include <openssl/mem.h>

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "hub/base/check.h"
#include "hub/crypto/bytes.h"

namespace recoup::crypto {
namespace {

// Part of the derivation: changing a label invalidates every stored index of its kind.
std::string_view Label(IndexKind kind) {
  switch (kind) {
    case IndexKind::kIdNumber:
      return "id number";
    case IndexKind::kName:
      return "name";
    case IndexKind::kCaseNumber:
      return "case number";
  }
  RECOUP_CHECK(false);
}

std::string Derive(const SecretKey& master, std::string_view label) {
  return HkdfSha256(master.bytes(), "recoup blind index v1", label, 32);
}

HmacKey KeyOf(const SecretKey& master, IndexKind kind) {
  std::string derived = Derive(master, Label(kind));
  HmacKey key(derived);
  OPENSSL_cleanse(derived.data(), derived.size());
  return key;
}

}  // namespace

BlindIndex::BlindIndex(const SecretKey& master)
    : keys_{KeyOf(master, IndexKind::kIdNumber), KeyOf(master, IndexKind::kName),
            KeyOf(master, IndexKind::kCaseNumber)},
      key_id_(ToHex(std::string_view(Derive(master, "key id")).substr(0, 8))) {}

BlindIndex::BlindIndex(const Keyring& keyring) : BlindIndex(keyring.keys().begin()->second) {}

absl::StatusOr<BlindIndex> BlindIndex::Create(const Keyring& keyring, KeyVersion version) {
  const auto found = keyring.keys().find(version);
  if (found == keyring.keys().end()) {
    return absl::NotFoundError(absl::StrCat("the keyring holds no key version ", version));
  }
  return BlindIndex(found->second);
}

IndexValue BlindIndex::Of(IndexKind kind, std::string_view normalised) const {
  const Digest digest = keys_[static_cast<std::size_t>(kind)].Sign(normalised);
  IndexValue index;
  std::copy_n(digest.begin(), index.size(), index.begin());
  return index;
}

}  // namespace recoup::crypto

// The one byte form of what is hashed or signed: equal values have equal bytes, different values
// different ones. A tag names the type and its version; integers are big endian in 8 bytes; texts
// and digests are preceded by their length in 4 bytes.
#ifndef RECOUP_HUB_AUDIT_CANONICAL_H_
#define RECOUP_HUB_AUDIT_CANONICAL_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/time/time.h"
#include "hub/crypto/bytes.h"
#include "hub/crypto/sha256.h"

namespace recoup::audit {

class CanonicalBytes final {
 public:
  explicit CanonicalBytes(std::string_view tag) { Text(tag); }

  CanonicalBytes& Number(std::uint64_t value) {
    crypto::AppendBigEndian(value, 8, bytes_);
    return *this;
  }
  // To the microsecond, which is what the hub stores.
  CanonicalBytes& Time(absl::Time time) {
    return Number(static_cast<std::uint64_t>(absl::ToUnixMicros(time)));
  }
  CanonicalBytes& Text(std::string_view text) {
    crypto::AppendBigEndian(text.size(), 4, bytes_);
    bytes_.append(text);
    return *this;
  }
  CanonicalBytes& Hash(const crypto::Digest& digest) { return Text(crypto::AsView(digest)); }

  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace recoup::audit

#endif  // RECOUP_HUB_AUDIT_CANONICAL_H_

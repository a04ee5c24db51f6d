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

// Reads canonical bytes back, in the order they were written. After a value that is not there every
// further one is empty; Done tells at the end whether all was well.
class CanonicalReader final {
 public:
  CanonicalReader(std::string_view tag, std::string_view bytes) : left_(bytes) {
    if (Text() != tag) good_ = false;
  }

  std::uint64_t Number() { return crypto::ReadBigEndian(Take(8)); }
  absl::Time Time() { return absl::FromUnixMicros(static_cast<std::int64_t>(Number())); }
  std::string Text() {
    return std::string(Take(static_cast<std::size_t>(crypto::ReadBigEndian(Take(4)))));
  }
  crypto::Digest Hash() {
    const auto digest = crypto::DigestFromBytes(Text());
    if (!digest) good_ = false;
    return digest.value_or(crypto::Digest{});
  }

  // True when nothing was missing and nothing is left.
  bool Done() const { return good_ && left_.empty(); }

 private:
  std::string_view Take(std::size_t size) {
    if (!good_ || left_.size() < size) {
      good_ = false;
      return {};
    }
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }

  std::string_view left_;
  bool good_ = true;
};

}  // namespace recoup::audit

#endif  // RECOUP_HUB_AUDIT_CANONICAL_H_

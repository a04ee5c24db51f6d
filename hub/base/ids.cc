#include "hub/base/ids.h"

#include <sys/random.h>

#include <algorithm>
#include <cerrno>

#include "hub/base/check.h"

namespace recoup {
namespace {

constexpr std::string_view kBase32 = "0123456789abcdefghjkmnpqrstvwxyz";

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::uint64_t SystemRandom::Next() {
  if (used_ == buffer_.size()) {
    auto* bytes = reinterpret_cast<char*>(buffer_.data());
    std::size_t filled = 0;
    while (filled < sizeof(buffer_)) {
      const ssize_t got = getrandom(bytes + filled, sizeof(buffer_) - filled, 0);
      RECOUP_CHECK(got > 0 || errno == EINTR);
      if (got > 0) filled += static_cast<std::size_t>(got);
    }
    used_ = 0;
  }
  return buffer_[used_++];
}

std::uint64_t SeededRandom::Next() {
  state_ ^= state_ >> 12;
  state_ ^= state_ << 25;
  state_ ^= state_ >> 27;
  return state_ * 0x2545F4914F6CDD1Du;
}

std::string Id::ToBase32() const {
  // 128 bits are 26 digits of 5 bits with 2 leading zero bits.
  std::string text(26, '0');
  std::uint64_t hi = high;
  std::uint64_t lo = low;
  for (std::size_t i = 26; i-- > 0;) {
    text[i] = kBase32[lo & 31u];
    lo = (lo >> 5) | (hi << 59);
    hi >>= 5;
  }
  return text;
}

std::optional<Id> Id::FromBase32(std::string_view text) {
  if (text.size() != 26 || text[0] > '7') return std::nullopt;
  Id id;
  for (const char c : text) {
    const std::size_t digit = kBase32.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    id.high = (id.high << 5) | (id.low >> 59);
    id.low = (id.low << 5) | digit;
  }
  return id;
}

std::string Id::ToUuid() const {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (int nibble = 0; nibble < 32; ++nibble) {
    if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20) text += '-';
    const std::uint64_t word = nibble < 16 ? high : low;
    text += kHex[(word >> (60 - 4 * (nibble % 16))) & 15u];
  }
  return text;
}

std::optional<Id> Id::FromUuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Id id;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    const int digit = HexDigit(text[i]);
    if (digit < 0) return std::nullopt;
    id.high = (id.high << 4) | (id.low >> 60);
    id.low = (id.low << 4) | static_cast<std::uint64_t>(digit);
  }
  return id;
}

std::string Id::ToBytes() const {
  std::string bytes(16, '\0');
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<char>(high >> (56 - 8 * i));
    bytes[8 + i] = static_cast<char>(low >> (56 - 8 * i));
  }
  return bytes;
}

std::optional<Id> Id::FromBytes(std::string_view bytes) {
  if (bytes.size() != 16) return std::nullopt;
  Id id;
  for (std::size_t i = 0; i < 8; ++i) {
    id.high = (id.high << 8) | static_cast<unsigned char>(bytes[i]);
    id.low = (id.low << 8) | static_cast<unsigned char>(bytes[8 + i]);
  }
  return id;
}

absl::Time Id::time() const { return absl::FromUnixMillis(static_cast<std::int64_t>(high >> 16)); }

bool Id::is_version7() const { return ((high >> 12) & 15u) == 7 && (low >> 62) == 2; }

Id IdSource::Next(absl::Time now) {
  const auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(0, absl::ToUnixMillis(now)));
  if (ms > last_ms_) {
    last_ms_ = ms;
    sequence_ = 0;
  } else {
    ++sequence_;
  }
  // rand_a (12 bits) and the upper 14 bits of rand_b count within the millisecond; 48 bits stay
  // random.
  if (sequence_ >= (1u << 26)) {
    ++last_ms_;
    sequence_ = 0;
  }
  Id id;
  id.high = (last_ms_ << 16) | 0x7000u | (sequence_ >> 14);
  id.low = (std::uint64_t{2} << 62) | (static_cast<std::uint64_t>(sequence_ & 0x3FFFu) << 48) |
           (random_.Next() >> 16);
  return id;
}

}  // namespace recoup

// Identifiers: 128 bits, time-ordered (UUID version 7), so that keys are written in order.
//
// Two texts of the same value: resource ids are 26 characters of lower-case Crockford base32 (they
// sort like the value), request ids are the usual UUID form. Randomness enters through Random only.
#ifndef RECOUP_HUB_BASE_IDS_H_
#define RECOUP_HUB_BASE_IDS_H_

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace recoup {

class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t Next() = 0;
};

// The kernel's randomness, buffered. Not thread-safe: one per thread or engine.
class SystemRandom final : public Random {
 public:
  std::uint64_t Next() override;

 private:
  std::array<std::uint64_t, 512> buffer_{};
  std::size_t used_ = buffer_.size();
};

// xorshift64*; for tests and simulations, which print the seed.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed == 0 ? 0x9E3779B97F4A7C15u : seed) {}
  std::uint64_t Next() override;

 private:
  std::uint64_t state_;
};

struct Id {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  auto operator<=>(const Id&) const = default;
  bool is_nil() const { return high == 0 && low == 0; }

  std::string ToBase32() const;
  std::string ToUuid() const;
  // 16 bytes, big endian: sorts like the value.
  std::string ToBytes() const;
  // The creation time of a version 7 id, to the millisecond.
  absl::Time time() const;
  bool is_version7() const;

  static std::optional<Id> FromBase32(std::string_view text);
  static std::optional<Id> FromUuid(std::string_view text);
  static std::optional<Id> FromBytes(std::string_view bytes);

  template <typename H>
  friend H AbslHashValue(H h, const Id& id) {
    return H::combine(std::move(h), id.high, id.low);
  }
};

// Makes ids that increase strictly within one source, also when the clock stands still or steps
// back. Not thread-safe: the engine's writer owns one.
class IdSource {
 public:
  explicit IdSource(Random& random) : random_(random) {}
  Id Next(absl::Time now);

 private:
  Random& random_;
  std::uint64_t last_ms_ = 0;
  std::uint32_t sequence_ = 0;
};

}  // namespace recoup

#endif  // RECOUP_HUB_BASE_IDS_H_

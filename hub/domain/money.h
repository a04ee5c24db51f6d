// Money: an exact amount in fen (分, 1/100 yuan). Immutable; arithmetic reports instead of
// wrapping.
#ifndef RECOUP_HUB_DOMAIN_MONEY_H_
#define RECOUP_HUB_DOMAIN_MONEY_H_

#include <compare>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "hub/base/check.h"

namespace recoup::domain {

// A ratio of two non-negative integers, for instance a liability share: 70 % is {70, 100}.
struct Ratio {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  bool operator==(const Ratio&) const = default;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "numerator", self.numerator);
    visit(2, "denominator", self.denominator);
  }
};

class Money final {
 public:
  // 10 trillion yuan: more than every fund of the country holds, and far from overflow when summed.
  static constexpr std::int64_t kFenMax = 1'000'000'000'000'000;

  constexpr Money() = default;
  // For constants and values known to be valid; out of range is a programmer error.
  static constexpr Money Fen(std::int64_t fen) {
    RECOUP_CHECK(fen >= -kFenMax && fen <= kFenMax);
    return Money(fen);
  }
  static absl::StatusOr<Money> Create(std::int64_t fen);
  // "12,345.60", "12345.6", "-10.50", full-width digits are not accepted here (readers normalise
  // first). More than two decimals are refused unless the further ones are zero.
  static absl::StatusOr<Money> FromYuan(std::string_view text);

  constexpr std::int64_t fen() const { return fen_; }
  constexpr bool is_zero() const { return fen_ == 0; }
  constexpr bool is_negative() const { return fen_ < 0; }
  constexpr bool is_positive() const { return fen_ > 0; }
  constexpr auto operator<=>(const Money&) const = default;

  // "12345.60"; negative amounts with a leading minus.
  std::string ToYuan() const;
  // "12,345.60": for people.
  std::string ToYuanGrouped() const;

  // Sums of stored amounts: overflow of the range is corruption and stops the process. Sums of
  // amounts from outside go through Add.
  constexpr Money operator+(Money other) const { return Fen(fen_ + other.fen_); }
  constexpr Money operator-(Money other) const { return Fen(fen_ - other.fen_); }
  constexpr Money operator-() const { return Money(-fen_); }
  constexpr Money& operator+=(Money other) { return *this = *this + other; }
  constexpr Money& operator-=(Money other) { return *this = *this - other; }
  absl::StatusOr<Money> Add(Money other) const { return Create(fen_ + other.fen_); }

  // this × numerator / denominator, 128-bit inside, rounded half up (away from zero) once.
  // The ratio must be non-negative with a positive denominator.
  absl::StatusOr<Money> Times(Ratio ratio) const;

 private:
  constexpr explicit Money(std::int64_t fen) : fen_(fen) {}
  static_assert(kFenMax <= std::numeric_limits<std::int64_t>::max() / 2);

  std::int64_t fen_ = 0;
};

// Splits a non-negative `whole` in proportion to non-negative `weights` by the largest-remainder
// method: the parts always sum to the whole; equal remainders go to the earlier part. All weights
// zero: refused.
absl::StatusOr<std::vector<Money>> Split(Money whole, std::span<const std::int64_t> weights);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_MONEY_H_

// Exact amounts of bank files, in the minor units of their currency: fen for CNY, cents for EUR,
// whole yen for JPY.
//
// Banks report accounts of any currency, and a file is read before anybody decides whether its
// money may be booked. Only amounts in yuan become domain::Money; ToYuanMoney is the one way there.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_AMOUNT_H_
#define RECOUP_ADAPTERS_INSURER_BANK_AMOUNT_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "hub/base/check.h"
#include "hub/domain/money.h"

namespace recoup::insurer::bank {

class BankAmount final {
 public:
  // As for Money: far from overflow when two are added.
  static constexpr std::int64_t kMinorMax = domain::Money::kFenMax;

  constexpr BankAmount() = default;
  // For constants and values known to be valid; out of range is a programmer error.
  static constexpr BankAmount Minor(std::int64_t units) {
    RECOUP_CHECK(units >= -kMinorMax && units <= kMinorMax);
    return BankAmount(units);
  }
  static absl::StatusOr<BankAmount> Create(std::int64_t units);

  constexpr std::int64_t minor_units() const { return units_; }
  constexpr bool is_zero() const { return units_ == 0; }
  constexpr bool is_negative() const { return units_ < 0; }
  constexpr auto operator<=>(const BankAmount&) const = default;
  constexpr BankAmount operator-() const { return BankAmount(-units_); }
  absl::StatusOr<BankAmount> Add(BankAmount other) const { return Create(units_ + other.units_); }

 private:
  constexpr explicit BankAmount(std::int64_t units) : units_(units) {}

  std::int64_t units_ = 0;
};

// Three capital letters; whether ISO 4217 lists them today is not asked (DEM was a currency).
bool IsCurrencyCode(std::string_view code);
// The decimals of a currency in ISO 4217: 2 unless the standard says otherwise.
int MinorUnitDigits(std::string_view currency);

// An unsigned decimal without separators: "12", "12.5", with `decimal_point` '.' or ','; nothing
// after the point is allowed ("12,"), as MT940 writes it. Decimals beyond those of the currency
// must be zero. Errors: INVALID_ARGUMENT.
absl::StatusOr<BankAmount> ParseUnsignedAmount(std::string_view text, char decimal_point,
                                               std::string_view currency);

// "-12345.60" with the decimals of the currency.
std::string AmountText(BankAmount amount, std::string_view currency);
// stated - computed, for a message.
std::string DifferenceText(BankAmount stated, BankAmount computed, std::string_view currency);

// Errors: INVALID_ARGUMENT naming the currency when it is not CNY.
absl::StatusOr<domain::Money> ToYuanMoney(BankAmount amount, std::string_view currency);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_AMOUNT_H_

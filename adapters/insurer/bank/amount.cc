#include "adapters/insurer/bank/amount.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "hub/base/ascii.h"
#include "hub/base/error.h"

namespace recoup::insurer::bank {
namespace {

// ISO 4217, list one: every currency whose minor unit is not a hundredth.
constexpr std::array<std::string_view, 16> kNoDecimals = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                          "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                                          "VND", "VUV", "XAF", "XOF"};
constexpr std::array<std::string_view, 7> kThreeDecimals = {"BHD", "IQD", "JOD", "KWD",
                                                            "LYD", "OMR", "TND"};
constexpr std::array<std::string_view, 2> kFourDecimals = {"CLF", "UYW"};

template <std::size_t N>
bool Lists(const std::array<std::string_view, N>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

absl::Status Refuse(std::string_view why) {
  return MakeError(Reason::kInvalidArgument, absl::StrCat("not an amount: ", std::string(why)));
}

}  // namespace

absl::StatusOr<BankAmount> BankAmount::Create(std::int64_t units) {
  if (units < -kMinorMax || units > kMinorMax) {
    return MakeError(Reason::kInvalidArgument, "the amount is beyond 10 trillion");
  }
  return BankAmount(units);
}

bool IsCurrencyCode(std::string_view code) {
  return code.size() == 3 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

int MinorUnitDigits(std::string_view currency) {
  if (currency == "XPF" || Lists(kNoDecimals, currency)) return 0;
  if (Lists(kThreeDecimals, currency)) return 3;
  if (Lists(kFourDecimals, currency)) return 4;
  return 2;
}

absl::StatusOr<BankAmount> ParseUnsignedAmount(std::string_view text, char decimal_point,
                                               std::string_view currency) {
  const std::size_t point = text.find(decimal_point);
  std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty()) return Refuse("no digits");
  if (!std::all_of(whole.begin(), whole.end(), IsDigit) ||
      !std::all_of(fraction.begin(), fraction.end(), IsDigit)) {
    return Refuse("a character that is no digit");
  }
  // Some banks pad with zeros to a fixed width.
  whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
  constexpr std::size_t kDigitsMax = 15;
  const auto decimals = static_cast<std::size_t>(MinorUnitDigits(currency));
  if (whole.size() + decimals > kDigitsMax + 1) return Refuse("beyond 10 trillion");
  std::int64_t units = 0;
  for (const char c : whole) units = units * 10 + (c - '0');
  for (std::size_t i = 0; i < decimals; ++i) {
    units = units * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  }
  if (fraction.size() > decimals &&
      fraction.find_first_not_of('0', decimals) != std::string_view::npos) {
    return Refuse(absl::StrCat("more decimals than the ", decimals, " of ", std::string(currency)));
  }
  return BankAmount::Create(units);
}

std::string AmountText(BankAmount amount, std::string_view currency) {
  const auto decimals = static_cast<std::size_t>(MinorUnitDigits(currency));
  const std::int64_t units = amount.minor_units();
  std::string text = absl::StrCat(units < 0 ? -units : units);
  if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
  if (decimals > 0) text.insert(text.size() - decimals, 1, '.');
  if (units < 0) text.insert(0, 1, '-');
  return text;
}

std::string DifferenceText(BankAmount stated, BankAmount computed, std::string_view currency) {
  // Two valid amounts may be further apart than a valid amount is large.
  const absl::StatusOr<BankAmount> difference = stated.Add(-computed);
  return difference.ok() ? AmountText(*difference, currency) : "beyond 10 trillion";
}

absl::StatusOr<domain::Money> ToYuanMoney(BankAmount amount, std::string_view currency) {
  if (currency != "CNY") {
    return MakeError(Reason::kInvalidArgument,
                     absl::StrCat("the account is in ", std::string(currency),
                                  "; only accounts in CNY are booked"));
  }
  return domain::Money::Create(amount.minor_units());
}

}  // namespace recoup::insurer::bank

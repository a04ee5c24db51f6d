#include "adapters/insurer/bank/csv_amount.h"

#include <array>
#include <string>

#include "adapters/insurer/bank/text.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

// The yen sign of either width, which Chinese banks use for the yuan, and its two codes.
constexpr std::array<std::string_view, 4> kSigns = {"\xC2\xA5", "\xEF\xBF\xA5", "CNY", "RMB"};

absl::Status Refuse(const char* why) {
  return MakeError(Reason::kInvalidArgument, std::string("not an amount: ") + why);
}

// Whether every comma stands before a group of three digits, counted from the decimal point.
bool IsGrouped(std::string_view text) {
  const std::string_view whole = text.substr(0, text.find('.'));
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ',' && (i == 0 || i >= whole.size() || (whole.size() - i) % 4 != 0))
      return false;
  }
  const std::size_t first = whole.find(',');
  if (first == std::string_view::npos) return true;
  for (std::size_t i = first; i < whole.size(); ++i) {
    if (((whole.size() - i) % 4 == 0) != (whole[i] == ',')) return false;
  }
  return first <= 3;
}

}  // namespace

absl::StatusOr<BankAmount> ParseCsvAmount(std::string_view cell, bool thousands,
                                          std::string_view currency) {
  const std::string half_width = ToHalfWidth(cell);
  std::string_view text = Trim(half_width);
  bool negative = false;
  if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
    negative = true;
    text = text.substr(1, text.size() - 2);
  }
  const auto take_minus = [&] {
    if (text.empty() || (text.front() != '-' && text.front() != '+') || negative) return;
    negative = text.front() == '-';
    text.remove_prefix(1);
  };
  take_minus();
  for (const std::string_view sign : kSigns) {
    if (!text.starts_with(sign)) continue;
    text = Trim(text.substr(sign.size()));
    take_minus();
    break;
  }
  if (!negative && text.size() > 1 && text.back() == '-') {
    negative = true;
    text.remove_suffix(1);
  }
  std::string digits(text);
  if (digits.find(',') != std::string::npos) {
    if (!thousands) return Refuse("a thousands separator, which the profile does not allow");
    if (!IsGrouped(digits)) return Refuse("thousands separators are not every three digits");
    std::erase(digits, ',');
  }
  if (digits.ends_with('.')) return Refuse("nothing after the decimal point");
  RECOUP_ASSIGN_OR_RETURN(const BankAmount amount, ParseUnsignedAmount(digits, '.', currency));
  return negative ? -amount : amount;
}

}  // namespace recoup::insurer::bank

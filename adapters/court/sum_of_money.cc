#include "adapters/court/sum_of_money.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "adapters/court/figures.h"

namespace recoup::court {
namespace {

using domain::Money;

constexpr std::int64_t kFenOfYuan = 100;
constexpr std::string_view kYuanSign = "元";
constexpr std::string_view kZero = "零";

struct YuanUnit {
  std::string_view sign;
  std::int64_t yuan;
};
constexpr YuanUnit kYuanUnits[] = {{"亿", 100'000'000}, {"万", 10'000}, {"千", 1'000},
                                   {"仟", 1'000},       {"百", 100},    {"佰", 100},
                                   {"十", 10},          {"拾", 10}};

bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }

const YuanUnit* TakeUnit(std::string_view& text) {
  const auto* const unit =
      std::ranges::find_if(kYuanUnits, [&](const YuanUnit& u) { return text.starts_with(u.sign); });
  if (unit == std::end(kYuanUnits)) return nullptr;
  text.remove_prefix(unit->sign.size());
  return unit;
}

// "3角5分", in either writing; the unit of the number before it is 元.
std::optional<std::int64_t> SmallChange(std::string_view text) {
  std::int64_t fen = 0;
  std::int64_t fen_per_unit = kFenOfYuan / 10;
  for (const std::string_view unit : {"角", "分"}) {
    const std::size_t at = text.find(unit);
    if (at != std::string_view::npos) {
      std::string_view count = text.substr(0, at);
      if (count.starts_with(kZero)) count.remove_prefix(kZero.size());
      const bool digit = count.size() == 1 && IsAsciiDigit(count.front());
      const auto number =
          digit ? std::optional<std::int64_t>(count.front() - '0') : ParseChineseNumeral(count);
      if (!number.has_value()) return std::nullopt;
      fen += *number * fen_per_unit;
      text.remove_prefix(at + unit.size());
    }
    fen_per_unit /= 10;
  }
  return fen;
}

// "18.5万", "2千万": one number and its units.
std::optional<Money> OneNumber(std::string_view digits, std::string_view units) {
  std::int64_t factor = 1;
  std::int64_t last = 0;
  while (!units.empty()) {
    const YuanUnit* const unit = TakeUnit(units);
    // 千万 is ten millions; 万千 is nothing.
    if (unit == nullptr || (last != 0 && (unit->yuan < 10'000 || unit->yuan <= last))) {
      return std::nullopt;
    }
    factor *= unit->yuan;
    last = unit->yuan;
  }
  return MoneyOfDigits(digits, factor);
}

// "1万2千", "2千5百万", "12万3456": several numbers with their units.
std::optional<Money> Numbers(std::string_view text) {
  constexpr std::int64_t kYuanMax = Money::kFenMax / kFenOfYuan;
  std::int64_t total = 0;
  std::int64_t section = 0;  // Below the next 万 or 亿.
  bool zero = false;
  while (!text.empty()) {
    if (text.starts_with(kZero)) {
      zero = true;
      text.remove_prefix(kZero.size());
      continue;
    }
    std::int64_t number = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && (IsAsciiDigit(text[digits]) || text[digits] == ','); ++digits) {
      if (text[digits] != ',') number = number * 10 + (text[digits] - '0');
      if (number > kYuanMax) return std::nullopt;
    }
    text.remove_prefix(digits);
    const YuanUnit* const unit = TakeUnit(text);
    if (unit == nullptr) {
      // "1万2" is as often 12,000 as 10,002.
      if (!text.empty() || (digits < 2 && !zero)) return std::nullopt;
      section += number;
    } else if (unit->yuan >= 10'000) {
      section += number;
      if (section == 0 || section > kYuanMax / unit->yuan) return std::nullopt;
      total += section * unit->yuan;
      section = 0;
    } else if (digits == 0) {
      return std::nullopt;
    } else {
      section += number * unit->yuan;
    }
    if (total > kYuanMax || section > kYuanMax) return std::nullopt;
  }
  return total + section <= kYuanMax ? std::optional(Money::Fen((total + section) * kFenOfYuan))
                                     : std::nullopt;
}

// "030" and "000" are pieces of a number, and "30.000" may be thirty thousand.
bool IsPlainNumber(std::string_view digits) {
  const bool piece = digits.size() > 1 && digits[0] == '0' && digits[1] != '.';
  const std::size_t point = digits.find('.');
  const bool thousands = point != std::string_view::npos && digits.size() - point == 4;
  return !piece && !thousands;
}

// "一万二" may be 12,000.
bool EndsInTwoWays(std::string_view numeral) {
  constexpr std::size_t kSize = 3;
  if (numeral.size() < 2 * kSize) return false;
  std::string_view last = numeral.substr(numeral.size() - kSize);
  std::string_view before = numeral.substr(numeral.size() - 2 * kSize, kSize);
  const YuanUnit* const unit = TakeUnit(before);
  return unit != nullptr && unit->yuan >= 100 && TakeUnit(last) == nullptr;
}

std::optional<Money> ChineseSum(std::string_view yuan, std::string_view change) {
  const auto count = ParseChineseNumeral(yuan);
  const auto fen = SmallChange(change);
  if (!count || !fen || *count > Money::kFenMax / kFenOfYuan - 1 || EndsInTwoWays(yuan)) {
    return std::nullopt;
  }
  return Money::Fen(*count * kFenOfYuan + *fen);
}

std::optional<Money> DigitSum(std::string_view yuan, std::string_view change) {
  const std::string_view digits = yuan.substr(0, yuan.find_first_not_of("0123456789,."));
  const std::string_view units = yuan.substr(digits.size());
  if (units.empty() && !IsPlainNumber(digits)) return std::nullopt;
  const bool one = std::ranges::none_of(units, IsAsciiDigit) && units.find(kZero) == units.npos;
  if (!one && digits.find('.') != std::string_view::npos) return std::nullopt;
  const auto money = one ? OneNumber(digits, units) : Numbers(yuan);
  const auto fen = SmallChange(change);
  if (!money.has_value() || !fen.has_value()) return std::nullopt;
  return *money + Money::Fen(*fen);
}

}  // namespace

std::optional<Money> MoneyOfDigits(std::string_view digits, std::int64_t yuan_per_unit) {
  std::int64_t value = 0;
  std::int64_t scale = 0;  // 0 before the point, then 10, 100, …
  const std::int64_t fen_per_unit = kFenOfYuan * yuan_per_unit;
  for (const char c : digits) {
    if (c == ',') continue;
    if (c == '.') {
      scale = 1;
      continue;
    }
    if (scale > 0) {
      if (scale >= fen_per_unit) {
        if (c != '0') return std::nullopt;
        continue;
      }
      scale *= 10;
    }
    value = value * 10 + (c - '0');
    if (value > Money::kFenMax) return std::nullopt;
  }
  const std::int64_t factor = fen_per_unit / std::max<std::int64_t>(scale, 1);
  if (value > Money::kFenMax / factor) return std::nullopt;
  return Money::Fen(value * factor);
}

WrittenSum ReadSum(std::string_view written) {
  const std::size_t at = written.find(kYuanSign);
  if (at == std::string_view::npos) return {};
  std::string_view yuan = written.substr(0, at);
  const std::string_view behind = written.substr(at + kYuanSign.size());
  if (behind.starts_with("/") || behind.starts_with("每")) return {SumForm::kRate, {}};
  for (const std::string_view about : {"余", "多", "左右"}) {
    if (yuan.ends_with(about)) return {SumForm::kRounded, {}};
  }
  std::string_view rest = yuan;
  while (TakeUnit(rest) != nullptr && !rest.empty()) {
  }
  const bool ten = yuan.starts_with("十") || yuan.starts_with("拾");
  if (rest.empty() && !ten) return {SumForm::kUnit, {}};
  const auto money = IsAsciiDigit(yuan.front()) ? DigitSum(yuan, behind) : ChineseSum(yuan, behind);
  if (!money.has_value()) return {};
  return {SumForm::kExact, *money};
}

}  // namespace recoup::court

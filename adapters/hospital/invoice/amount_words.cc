// Amounts in capitals, as the law on cash and accounting asks for
// (正确填写票据和结算凭证的基本规定).
#include <array>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/invoice/invoice.h"

namespace recoup::hospital::invoice {
namespace {

using domain::Money;

constexpr std::array<std::string_view, 10> kDigits = {"零", "壹", "贰", "叁", "肆",
                                                      "伍", "陆", "柒", "捌", "玖"};
constexpr std::array<std::string_view, 10> kPlainDigits = {"〇", "一", "二", "三", "四",
                                                           "五", "六", "七", "八", "九"};
constexpr std::array<std::string_view, 4> kPlaces = {"", "拾", "佰", "仟"};

int DigitOf(std::string_view character) {
  for (std::size_t i = 0; i < kDigits.size(); ++i) {
    if (character == kDigits[i] || character == kPlainDigits[i]) return static_cast<int>(i);
  }
  if (character == "两") return 2;
  return -1;
}

std::int64_t PlaceOf(std::string_view character) {
  if (character == "拾" || character == "十") return 10;
  if (character == "佰" || character == "百") return 100;
  if (character == "仟" || character == "千") return 1000;
  return 0;
}

// One group of four digits: "壹仟零伍拾".
std::string GroupInWords(std::int64_t group, bool leading_zero) {
  std::string words;
  bool zero = leading_zero;
  for (std::size_t place = 4; place-- > 0;) {
    std::int64_t unit = 1;
    for (std::size_t i = 0; i < place; ++i) unit *= 10;
    const auto digit = static_cast<std::size_t>(group / unit % 10);
    if (digit == 0) {
      zero = zero || !words.empty();
      continue;
    }
    if (zero) absl::StrAppend(&words, std::string(kDigits[0]));
    zero = false;
    absl::StrAppend(&words, std::string(kDigits[digit]), std::string(kPlaces[place]));
  }
  return words;
}

std::string YuanInWords(std::int64_t yuan) {
  constexpr std::array<std::string_view, 3> kGroups = {"", "万", "亿"};
  std::string words;
  bool gap = false;
  for (std::size_t group = 3; group-- > 0;) {
    std::int64_t unit = 1;
    for (std::size_t i = 0; i < group; ++i) unit *= 10'000;
    const std::int64_t value = yuan / unit % 10'000;
    if (value == 0) {
      gap = !words.empty();
      continue;
    }
    const bool zero_before = !words.empty() && (gap || value < 1000);
    absl::StrAppend(&words, GroupInWords(value, zero_before), std::string(kGroups[group]));
    gap = false;
  }
  return words;
}

}  // namespace

std::optional<Money> AmountFromWords(std::string_view text) {
  std::int64_t total = 0;    // Fen of what is finished: 万, 亿, 元.
  std::int64_t section = 0;  // Of the group of four digits being read.
  std::int64_t digit = 0;    // Of no place yet, if there is one.
  bool has_digit = false;
  bool yuan_seen = false, any = false, negative = false;
  std::int64_t fraction = 0;
  const auto take_digit = [&] {
    has_digit = false;
    return std::exchange(digit, 0);
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    const std::string_view character = text.substr(i, length);
    i += length;
    if (character == " " || character == "\xE3\x80\x80" || character == "整" || character == "正" ||
        character == "¥") {
      continue;
    }
    if (character == "负" && !any) {
      negative = true;
      continue;
    }
    if (const int value = DigitOf(character); value >= 0) {
      // Two digits beside each other: a place between them was lost.
      if (digit > 0) return std::nullopt;
      digit = value;
      has_digit = true;
      any = true;
    } else if (const std::int64_t place = PlaceOf(character); place > 0) {
      // "拾伍": ten without a digit before it is one ten. Any other place without one has lost it.
      const bool one_ten = !has_digit && place == 10 && section == 0;
      if (!has_digit && !one_ten) return std::nullopt;
      section += (one_ten ? 1 : take_digit()) * place;
      any = true;
    } else if (character == "万" || character == "亿") {
      const std::int64_t unit = character == "万" ? 10'000 : 100'000'000;
      section += take_digit();
      if (character == "亿") {
        total = (total + section) * unit;
      } else {
        total += section * unit;
      }
      section = 0;
    } else if (character == "元" || character == "圆" || character == "园") {
      if (yuan_seen) return std::nullopt;
      total += section + take_digit();
      section = 0;
      yuan_seen = true;
    } else if (character == "角" || character == "分") {
      if (!has_digit) return std::nullopt;
      fraction += take_digit() * (character == "角" ? 10 : 1);
    } else {
      return std::nullopt;
    }
    if (total < 0 || total > Money::kFenMax / 100 || section > 100'000) return std::nullopt;
  }
  if (!any || (!yuan_seen && (total != 0 || section != 0 || fraction == 0))) return std::nullopt;
  if (total > Money::kFenMax / 100 - 1) return std::nullopt;
  const Money amount = Money::Fen(total * 100 + fraction);
  return negative ? -amount : amount;
}

std::string AmountInWords(Money amount) {
  const std::int64_t yuan = amount.fen() / 100;
  const auto jiao = static_cast<std::size_t>(amount.fen() / 10 % 10);
  const auto fen = static_cast<std::size_t>(amount.fen() % 10);
  std::string words = yuan == 0 ? "" : absl::StrCat(YuanInWords(yuan), "元");
  if (jiao == 0 && fen == 0) return absl::StrCat(words.empty() ? "零元" : words, "整");
  if (jiao != 0) {
    absl::StrAppend(&words, std::string(kDigits[jiao]), "角");
  } else if (!words.empty()) {
    absl::StrAppend(&words, "零");
  }
  if (fen == 0) return absl::StrCat(words, "整");
  return absl::StrCat(words, std::string(kDigits[fen]), "分");
}

}  // namespace recoup::hospital::invoice

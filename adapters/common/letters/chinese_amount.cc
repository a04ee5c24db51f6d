#include "adapters/common/letters/chinese_amount.h"

#include <string_view>

namespace recoup::adapters {
namespace {

constexpr std::string_view kDigits[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
constexpr std::string_view kPlaces[] = {"", "拾", "佰", "仟"};
constexpr std::string_view kGroups[] = {"", "万", "亿", "万亿", "亿亿"};

// Four digits, without leading zeros: 1,060 → 壹仟零陆拾.
std::string Group(std::uint64_t value) {
  std::string text;
  bool zero = false;
  for (int place = 3; place >= 0; --place) {
    std::uint64_t divisor = 1;
    for (int i = 0; i < place; ++i) divisor *= 10;
    const std::uint64_t digit = value / divisor % 10;
    if (digit == 0) {
      zero = !text.empty();
      continue;
    }
    if (zero) text += kDigits[0];
    zero = false;
    text += kDigits[digit];
    text += kPlaces[place];
  }
  return text;
}

std::string Yuan(std::uint64_t yuan) {
  std::string text;
  for (int group = 4; group >= 0; --group) {
    std::uint64_t divisor = 1;
    for (int i = 0; i < group; ++i) divisor *= 10'000;
    const std::uint64_t value = yuan / divisor % 10'000;
    if (value == 0) continue;
    // A zero stands between groups when the lower one does not fill its places.
    const bool gap = value < 1'000 || yuan / divisor / 10'000 % 10 == 0;
    if (!text.empty() && gap && !text.ends_with(kDigits[0])) text += kDigits[0];
    text += Group(value);
    text += kGroups[group];
  }
  return text;
}

}  // namespace

std::string ChineseAmount(std::int64_t fen) {
  const bool negative = fen < 0;
  const std::uint64_t magnitude =
      negative ? 0 - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
  const std::uint64_t yuan = magnitude / 100;
  const std::uint64_t jiao = magnitude / 10 % 10;
  const std::uint64_t cents = magnitude % 10;
  std::string text = negative ? "负" : "";
  if (yuan > 0) text += Yuan(yuan) + "元";
  if (jiao == 0 && cents == 0) return text + (yuan > 0 ? "整" : "零元整");
  if (jiao > 0) {
    text += kDigits[jiao];
    text += "角";
  } else if (yuan > 0) {
    text += kDigits[0];
  }
  if (cents == 0) return text + "整";
  text += kDigits[cents];
  return text + "分";
}

}  // namespace recoup::adapters

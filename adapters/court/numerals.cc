// Numbers in Chinese numerals, in small and in capital writing.
#include <algorithm>
#include <iterator>

#include "adapters/court/figures.h"

namespace recoup::court {
namespace {

struct Numeral {
  std::string_view sign;
  std::int64_t value;
};
constexpr Numeral kDigits[] = {{"零", 0}, {"〇", 0}, {"O", 0},  {"0", 0},  {"一", 1},
                               {"元", 1}, {"正", 1}, {"壹", 1}, {"二", 2}, {"两", 2},
                               {"贰", 2}, {"三", 3}, {"叁", 3}, {"四", 4}, {"肆", 4},
                               {"五", 5}, {"伍", 5}, {"六", 6}, {"陆", 6}, {"七", 7},
                               {"柒", 7}, {"八", 8}, {"捌", 8}, {"九", 9}, {"玖", 9}};
constexpr Numeral kUnits[] = {{"十", 10},   {"拾", 10},         {"百", 100},   {"佰", 100},
                              {"千", 1000}, {"仟", 1000},       {"万", 10000}, {"廿", 20},
                              {"卅", 30},   {"亿", 100'000'000}};

}  // namespace

std::optional<std::int64_t> ParseChineseNumeral(std::string_view text) {
  std::int64_t total = 0;
  std::int64_t section = 0;  // Below 万.
  std::int64_t digit = 0;
  bool positional = true;  // 二〇二二: digits without units.
  while (!text.empty()) {
    const auto starts = [&](const Numeral& n) { return text.substr(0, n.sign.size()) == n.sign; };
    if (const auto* d = std::ranges::find_if(kDigits, starts); d != std::end(kDigits)) {
      digit = positional ? digit * 10 + d->value : d->value;
      text.remove_prefix(d->sign.size());
    } else if (const auto* u = std::ranges::find_if(kUnits, starts); u != std::end(kUnits)) {
      if (u->value == 100'000'000) {  // Of all that stands before it.
        total = std::max<std::int64_t>(total + section + digit, 1);
        if (total > 10'000) return std::nullopt;
        total *= u->value;
        section = 0;
      } else if (u->value == 10'000) {
        total += std::max<std::int64_t>(section + digit, 1) * u->value;
        section = 0;
      } else if (u->value % 100 != 0 && u->value > 10) {  // 廿, 卅
        section += u->value;
      } else {
        section += std::max<std::int64_t>(digit, 1) * u->value;
      }
      digit = 0;
      positional = false;
      text.remove_prefix(u->sign.size());
    } else {
      return std::nullopt;
    }
    if (digit > 1'000'000'000 || total > 1'000'000'000'000) return std::nullopt;
  }
  return total + section + digit;
}

}  // namespace recoup::court

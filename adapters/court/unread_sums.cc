#include "adapters/court/unread_sums.h"

#include <algorithm>
#include <initializer_list>

namespace recoup::court {
namespace {

constexpr std::size_t kSumBytesMax = 24;  // Bytes before the unit; longer is no sum.

bool IsDigitByte(char c) { return c >= '0' && c <= '9'; }

// The length of the sign that ends at `end`, if it is one of these.
std::size_t EndsWithAny(std::string_view text, std::size_t end,
                        std::initializer_list<std::string_view> signs) {
  for (const std::string_view sign : signs) {
    if (text.substr(0, end).ends_with(sign)) return sign.size();
  }
  return 0;
}

std::size_t NumeralBefore(std::string_view text, std::size_t end) {
  if (end > 0 && IsDigitByte(text[end - 1])) return 1;
  return EndsWithAny(text, end, {"零", "〇", "一", "二", "两", "三", "四", "五", "六", "七",
                                 "八", "九", "十", "百", "千", "万", "亿", "壹", "贰", "叁",
                                 "肆", "伍", "陆", "柒", "捌", "玖", "拾", "佰", "仟"});
}

std::size_t MaskBefore(std::string_view text, std::size_t end) {
  return EndsWithAny(text, end, {"×", "*", "_", "□", "■", "x", "X", "?", "△"});
}

// Signs that part digits or are read for them.
std::size_t StrayBefore(std::string_view text, std::size_t end) {
  return EndsWithAny(text, end, {"，", ",", ".", "'", "’", "‘", "`", "·", "O", "o", "l", "I"});
}

}  // namespace

std::optional<Span> SumAround(std::string_view text, Span read) {
  std::size_t begin = read.begin;
  const std::size_t first = begin > kSumBytesMax ? begin - kSumBytesMax : 0;
  const auto digit_before = [&](std::size_t at) { return at > first && IsDigitByte(text[at - 1]); };
  while (begin > first) {
    if (const std::size_t stray = StrayBefore(text, begin);
        stray > 0 && digit_before(begin - stray)) {
      begin -= stray;
      while (digit_before(begin)) --begin;
      continue;
    }
    // "支付l2345元", "三万5千元"
    const std::size_t unit = EndsWithAny(text, begin, {"万", "千", "亿"});
    const std::size_t letter = EndsWithAny(text, begin, {"l", "I"});
    if (unit > 0 && NumeralBefore(text, begin - unit) > 0) {
      begin -= unit;
      while (const std::size_t numeral = NumeralBefore(text, begin)) begin -= numeral;
    } else if (letter > 0 && begin > first + 1 && (text[begin - 2] & 0x80) != 0) {
      begin -= letter;
    }
    break;
  }
  if (begin == read.begin) return std::nullopt;
  return Span{begin, read.end};
}

std::optional<Span> VagueSum(std::string_view text, Span unit) {
  const std::size_t vague = EndsWithAny(text, unit.begin, {"数", "几", "若干", "上", "近"});
  if (vague == 0) return std::nullopt;
  return Span{unit.begin - vague, unit.end};
}

std::optional<Span> SumWithoutNumber(std::string_view text, std::size_t yuan) {
  constexpr std::string_view kYuan = "元";
  const std::size_t first = yuan > kSumBytesMax ? yuan - kSumBytesMax : 0;
  std::size_t begin = yuan - EndsWithAny(text, yuan, {"余", "多"});
  const std::size_t number_end = begin;
  bool masked = false;
  while (begin > first) {
    std::size_t size = MaskBefore(text, begin);
    masked = masked || size > 0;
    if (size == 0) size = NumeralBefore(text, begin);
    if (size == 0) {
      size = StrayBefore(text, begin);
      if (size == 0 || NumeralBefore(text, begin - size) == 0) break;
      masked = true;
    }
    begin -= size;
  }
  const bool rounded = number_end < yuan && begin < number_end;
  const bool vague = begin == yuan && EndsWithAny(text, yuan, {"若干"}) > 0;
  if (!masked && !rounded && !vague) return std::nullopt;
  return Span{begin, yuan + kYuan.size()};
}

}  // namespace recoup::court

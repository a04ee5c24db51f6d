#include "adapters/court/formula.h"

#include <cstdint>
#include <initializer_list>

namespace recoup::court {
namespace {

// Numerator over denominator; both stay far within 128 bits because every step is bounded.
__extension__ typedef __int128 Wide;
constexpr Wide kPartMax = Wide{1'000'000'000'000'000'000};

struct Rational {
  Wide over = 0;
  Wide under = 1;
};

Wide Absolute(Wide value) { return value < 0 ? -value : value; }

Wide Gcd(Wide a, Wide b) {
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a == 0 ? 1 : a;
}

std::optional<Rational> Reduced(Wide over, Wide under) {
  if (under == 0) return std::nullopt;
  const Wide divisor = Gcd(Absolute(over), Absolute(under));
  const Rational reduced{over / divisor, under / divisor};
  if (Absolute(reduced.over) > kPartMax || reduced.under > kPartMax) return std::nullopt;
  return reduced;
}

class FormulaParser {
 public:
  FormulaParser(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::optional<Rational> Sum() {
    auto sum = Product();
    while (sum.has_value()) {
      const std::size_t before = at_;
      const bool plus = Take({"+"});
      if (!plus && !Take({"-"})) break;
      const auto next = Product();
      if (!next.has_value()) {  // "80,000元-" ends the formula before its sign.
        at_ = before;
        break;
      }
      ++signs_;
      const Wide other = next->over * sum->under;
      const Wide own = sum->over * next->under;
      sum = Reduced(plus ? own + other : own - other, sum->under * next->under);
    }
    return sum;
  }

  std::size_t at() const { return at_; }
  bool divides() const { return divides_; }
  bool IsFormula() const { return signs_ > 0 && (has_yuan_ || has_factor_); }

 private:
  bool Take(std::initializer_list<std::string_view> signs) {
    for (const std::string_view sign : signs) {
      if (!text_.substr(at_).starts_with(sign)) continue;
      at_ += sign.size();
      return true;
    }
    return false;
  }

  std::optional<Rational> Product() {
    auto product = Factor();
    while (product.has_value()) {
      const std::size_t before = at_;
      const bool times = Take({"×", "*", "✕", "╳", "x", "X"});
      const bool divides = !times && Take({"÷", "/"});
      if (!times && !divides) break;
      const auto next = Factor();
      if (!next.has_value()) {
        at_ = before;
        break;
      }
      ++signs_;
      has_factor_ = true;
      divides_ = divides_ || divides;
      product = times ? Reduced(product->over * next->over, product->under * next->under)
                      : Reduced(product->over * next->under, product->under * next->over);
    }
    return product;
  }

  std::optional<Rational> Factor() {
    if (depth_ < 4 && Take({"("})) {
      ++depth_;
      const auto inner = Sum();
      --depth_;
      if (!inner.has_value() || !Take({")"})) return std::nullopt;
      Take({"元"});
      return inner;
    }
    auto number = Digits();
    if (!number.has_value()) return std::nullopt;
    if (Take({"%"})) return Reduced(number->over, number->under * 100);
    if (Take({"万元"})) {
      has_yuan_ = true;
      return Reduced(number->over * 10'000, number->under);
    }
    if (Take({"元"})) has_yuan_ = true;
    Take({"/天", "/日", "/月", "/年", "/人", "/次", "每天", "每日", "每月"});
    Take({"天", "日", "个月", "月", "年", "人", "次"});
    return number;
  }

  std::optional<Rational> Digits() {
    constexpr std::size_t kDigitsMax = 15;
    Rational number;
    std::size_t digits = 0;
    bool point = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '.' && !point && digits > 0) {
        point = true;
      } else if (c >= '0' && c <= '9') {
        if (++digits > kDigitsMax) return std::nullopt;
        number.over = number.over * 10 + (c - '0');
        if (point) number.under *= 10;
      } else if (c != ',' || digits == 0) {
        break;
      }
    }
    return digits > 0 ? std::optional(number) : std::nullopt;
  }

  const std::string_view text_;
  std::size_t at_;
  int depth_ = 0;
  std::size_t signs_ = 0;
  bool has_yuan_ = false;
  bool has_factor_ = false;
  bool divides_ = false;
};

}  // namespace

std::optional<Formula> FormulaAt(std::string_view text, std::size_t begin) {
  FormulaParser parser(text, begin);
  const auto value = parser.Sum();
  if (!value.has_value() || !parser.IsFormula() || value->over < 0) return std::nullopt;
  const Wide fen = (value->over * 100 * 2 + value->under) / (value->under * 2);
  if (fen > domain::Money::kFenMax) return std::nullopt;
  return Formula{begin, parser.at(), domain::Money::Fen(static_cast<std::int64_t>(fen)),
                 parser.divides()};
}

}  // namespace recoup::court

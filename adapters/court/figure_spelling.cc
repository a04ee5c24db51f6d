#include "adapters/court/figure_spelling.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace recoup::court {
namespace {

constexpr char32_t kYuan = U'元';
// How far a sum with its unit may stand from one without it; keeps the search linear.
constexpr std::size_t kNeighboursMax = 300;

bool IsNumeralSign(char32_t c) {
  return IsIn(U"零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參叄陸兩", c);
}
bool IsNumberUnit(char32_t c) { return IsIn(U"元圆圓圎十百千万亿拾佰仟萬億", c); }
bool IsApostrophe(char32_t c) { return IsIn(U"'’‘`´′", c); }

// 圆, 萬 and the like beside a number; "圆通公司" and the name 参 stay.
char32_t SimpleForm(char32_t c, char32_t before, char32_t after) {
  const auto behind = [before] { return IsDigit(Fold(before)) || IsNumeralSign(Fold(before)); };
  switch (c) {
    case U'圆':
    case U'圓':
    case U'圎':
      return behind() && !IsIn(U"通形满", after) ? kYuan : c;
    case U'萬':
      return behind() || IsNumberUnit(after) ? U'万' : c;
    case U'億':
      return behind() ? U'亿' : c;
    case U'貳':
      return U'贰';
    case U'參':
    case U'叄':
    case U'参':
      return IsNumberUnit(after) ? U'叁' : c;
    case U'陸':
      return IsNumberUnit(after) || IsNumberUnit(before) ? U'陆' : c;
    case U'兩':
      return IsNumberUnit(after) ? U'两' : c;
    default:
      return c;
  }
}

// A run of digits with what parts them.
struct WrittenNumber {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t integer_digits = 0;
  std::size_t decimals = 0;
  bool grouped = false;        // With separators between groups of three.
  bool other_commas = false;   // Of them some are no half-width comma.
  bool is_well_formed = true;  // One point at most, groups of three, no leading zeros.
};

class FigureSpeller {
 public:
  explicit FigureSpeller(std::vector<Letter>& letters) : letters_(letters) {}

  void Spell() {
    for (std::size_t i = 0; i < letters_.size(); ++i) {
      const char32_t c = letters_[i].c;
      if (IsHan(c)) {
        SpellSign(i);
      } else if (IsDigit(Fold(c))) {
        const WrittenNumber number = Read(i);
        Mend(number);
        i = number.end - 1;
      }
    }
    Apply(edits_, letters_);
  }

 private:
  char32_t At(std::size_t i) const { return FoldedAt(letters_, i); }
  void Supply(std::size_t at, bool doubtful) {
    edits_.push_back({at, at, std::u32string(1, kYuan), doubtful});
  }

  bool IsSeparator(std::size_t i) const { return At(i) == U',' || IsApostrophe(letters_[i].c); }

  WrittenNumber Read(std::size_t begin) const {
    WrittenNumber number{begin, begin};
    std::size_t group = 0;  // Digits since the last separator.
    std::size_t points = 0;
    const auto end_group = [&] {
      if (number.grouped && group != 3) number.is_well_formed = false;
      number.integer_digits += group;
      group = 0;
    };
    std::size_t i = begin;
    for (; i < letters_.size(); ++i) {
      if (IsDigit(At(i))) {
        ++group;
        continue;
      }
      if (!IsDigit(At(i + 1))) break;
      if (At(i) == U'.') {
        if (points++ == 0) end_group();
        group = 0;
      } else if (IsSeparator(i)) {
        const bool opens_group = !number.grouped;
        if (points > 0 || (opens_group && group > 3)) number.is_well_formed = false;
        number.other_commas |= letters_[i].c != U',';
        end_group();
        number.grouped = true;
      } else {
        break;
      }
    }
    if (points == 0) end_group();
    number.end = i;
    number.decimals = points > 0 ? group : 0;
    const bool leading_zero = At(begin) == U'0' && number.integer_digits > 1;
    if (points > 1 || leading_zero) number.is_well_formed = false;
    return number;
  }

  void SpellSign(std::size_t i) {
    switch (const char32_t c = letters_[i].c; c) {
      case U'人':
        return DropCurrency(i);
      case U'整':
      case U'正':
        return DropEven(i);
      case U'中':
        return DropCommaBehindAmong(i + 1);
      default:
        const char32_t before = i > 0 ? letters_[i - 1].c : U'\0';
        const char32_t after = i + 1 < letters_.size() ? letters_[i + 1].c : U'\0';
        letters_[i].c = SimpleForm(c, before, after);
    }
  }

  // "限额人民币18000元" tells the same as "限额18000元".
  void DropCurrency(std::size_t begin) {
    constexpr std::u32string_view kCurrency = U"人民币";
    const std::size_t end = begin + kCurrency.size();
    if (end >= letters_.size() || !EndsWith(end, kCurrency)) return;
    const bool sum = IsDigit(At(end)) || IsNumeralSign(letters_[end].c);
    if (sum && begin > 0) edits_.push_back({begin, end, {}});
  }

  // "18000元整，" tells the same as "18000元，".
  void DropEven(std::size_t at) {
    if (at < 2 || letters_[at - 1].c != kYuan) return;
    const bool sum = IsDigit(At(at - 2)) || IsNumeralSign(letters_[at - 2].c);
    const bool ends = at + 1 == letters_.size() || IsIn(U"，。；、,;.)）(（\n", letters_[at + 1].c);
    if (sum && ends) edits_.push_back({at, at + 1, {}});
  }

  // "其中，统筹支付18000元" tells the same as "其中统筹支付18000元".
  void DropCommaBehindAmong(std::size_t at) {
    if (At(at) == U',' && EndsWith(at, U"其中")) edits_.push_back({at, at + 1, {}});
  }

  // The letters before a number that name the currency, at its end ¥ or RMB.
  std::size_t CurrencySigns(std::size_t begin) const {
    if (begin > 0 && IsIn(U"¥￥", letters_[begin - 1].c)) return 1;
    for (const std::u32string_view sign : {U"RMB", U"CNY", U"rmb"}) {
      if (begin < sign.size()) continue;
      std::size_t equal = 0;
      while (equal < sign.size() && At(begin - sign.size() + equal) == sign[equal]) ++equal;
      if (equal == sign.size()) return sign.size();
    }
    return 0;
  }

  bool EndsWith(std::size_t end, std::u32string_view word) const {
    if (end < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (letters_[end - word.size() + i].c != word[i]) return false;
    }
    return true;
  }

  void Mend(const WrittenNumber& number) {
    const char32_t after = At(number.end);
    const std::size_t signs = CurrencySigns(number.begin);
    const bool currency = signs > 0 || EndsWith(number.begin, U"人民币");
    const bool of_money = IsIn(U"元圆圓圎万萬千仟亿億余多", after) || currency;
    if (number.grouped && (!number.is_well_formed || number.other_commas)) {
      const bool groups =
          number.is_well_formed && (of_money || number.decimals == 2 || WritesWide(number));
      for (std::size_t i = number.begin; i < number.end; ++i) {
        if (IsSeparator(i)) letters_[i].c = groups ? U',' : U'，';
      }
    }
    if (!number.is_well_formed) return;
    if (signs > 0) edits_.push_back({number.begin - signs, number.begin, {}});
    const bool has_unit = of_money && !currency;
    const bool other_unit = IsHan(after) || after == U'%' || after == U'-' || after == U'/';
    if (currency && !IsIn(U"元圆圓圎万萬千仟百亿億余多角", after)) {
      if (signs > 0 || !other_unit) Supply(number.end, false);
    } else if (!has_unit && !currency && !other_unit && EndsClause(number.end)) {
      SupplyUnit(number);
    }
  }

  // "６２，０００．００": a comma as wide as its digits parts thousands.
  bool WritesWide(const WrittenNumber& number) const {
    for (std::size_t i = number.begin; i < number.end; ++i) {
      if (IsDigit(letters_[i].c) || IsApostrophe(letters_[i].c)) return false;
    }
    return true;
  }

  bool EndsClause(std::size_t end) const {
    const char32_t c = At(end);
    return end == letters_.size() || IsIn(U"\n。；;、)", c) ||
           (c == U',' && !IsDigit(At(end + 1))) || (c == U'.' && !IsDigit(At(end + 1)));
  }

  // "支付30000.00，个人支付50,000元": what has the form of a sum among sums is one.
  void SupplyUnit(const WrittenNumber& number) {
    if (number.begin == 0) return;
    const char32_t before = letters_[number.begin - 1].c;
    const bool labelled = IsIn(U"付费销偿助担款金额计", before);
    if (number.decimals == 2 && number.integer_digits >= 2) {
      if ((IsHan(before) || Fold(before) == U':') && HasSumBeside(number, U"。；\n")) {
        Supply(number.end, false);
      }
    } else if (number.decimals == 0 && number.integer_digits >= 3 && labelled) {
      // "医疗费50000元。统筹支付30000。": marked, so that it may stand farther off.
      if (HasSumBeside(number, U"\n")) Supply(number.end, true);
    }
  }

  // Whether there is a number in yuan before one of these signs comes, on either side.
  bool HasSumBeside(const WrittenNumber& number, std::u32string_view borders) const {
    const auto ends = [&](char32_t c) { return IsIn(borders, c); };
    const auto is_sum = [&](std::size_t i) {
      return letters_[i].c == kYuan && i > 0 && (IsDigit(At(i - 1)) || IsNumeralSign(At(i - 1)));
    };
    const std::size_t last = std::min(letters_.size(), number.end + kNeighboursMax);
    for (std::size_t i = number.end; i < last && !ends(letters_[i].c); ++i) {
      if (is_sum(i)) return true;
    }
    const std::size_t first = number.begin > kNeighboursMax ? number.begin - kNeighboursMax : 0;
    for (std::size_t i = number.begin; i > first && !ends(letters_[i - 1].c); --i) {
      if (is_sum(i - 1)) return true;
    }
    return false;
  }

  std::vector<Letter>& letters_;
  std::vector<Edit> edits_;
};

}  // namespace

void SpellFigures(std::vector<Letter>& letters) { FigureSpeller(letters).Spell(); }

}  // namespace recoup::court

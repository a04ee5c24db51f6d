#include "adapters/court/share_spelling.h"

#include <optional>
#include <string>

#include "adapters/court/figures.h"
#include "adapters/court/source.h"

namespace recoup::court {
namespace {

constexpr std::int64_t kWholeInHundredths = 100 * 100;  // Hundredths of a percent.
constexpr std::u32string_view kSmallNumerals = U"一二两三四五六七八九";

// 七 and 7; 0 for anything else.
std::int64_t DigitOf(char32_t c) {
  if (c >= U'1' && c <= U'9') return static_cast<std::int64_t>(c - U'0');
  if (!IsIn(kSmallNumerals, c)) return 0;
  return ParseChineseNumeral(EncodeUtf8(std::u32string(1, c))).value_or(0);
}

bool IsOfNumber(char32_t c) { return IsDigit(c) || IsIn(U"零〇一二两三四五六七八九十百", c); }

std::u32string Percents(std::int64_t hundredths) {
  std::string out = std::to_string(hundredths / 100);
  if (hundredths % 100 != 0) {
    out += '.';
    out += static_cast<char>('0' + hundredths / 10 % 10);
    if (hundredths % 10 != 0) out += static_cast<char>('0' + hundredths % 10);
  }
  return DecodeUtf8(out + '%');
}

class ShareSpeller {
 public:
  explicit ShareSpeller(std::vector<Letter>& letters) : letters_(letters) {}

  void Spell() {
    for (std::size_t i = 1; i < letters_.size(); ++i) {
      switch (letters_[i].c) {
        case U'成':
          SpellTenths(i);
          break;
        case U'分':
          if (At(i + 1) == U'之') SpellFraction(i);
          break;
        case U'个':
          SpellPoints(i);
          break;
        case U'月':
          SpellNewYear(i);
          break;
        case U'号':
          SpellDay(i);
          break;
        default:
          break;
      }
    }
    Apply(edits_, letters_);
  }

 private:
  char32_t At(std::size_t i) const { return FoldedAt(letters_, i); }

  void Replace(std::size_t begin, std::size_t end, std::u32string text) {
    if (!edits_.empty() && edits_.back().end > begin) return;
    edits_.push_back({begin, end, std::move(text), false});
  }

  // "7成", "七成五", "7成半": the usual 七成 and 七成半 need no other spelling.
  void SpellTenths(std::size_t at) {
    const char32_t first = At(at - 1);
    const std::int64_t tenths = DigitOf(first);
    const bool longer = at > 1 && (IsOfNumber(At(at - 2)) || At(at - 2) == U'.');
    if (tenths == 0 || longer) return;
    const char32_t next = At(at + 1);
    const std::int64_t rest = next == U'半' ? 5 : DigitOf(next);
    const bool risk = At(at + 2) == U'责' && At(at + 3) == U'险';  // "七成三责险"
    const bool has_rest =
        rest > 0 && !risk &&
        (at + 2 >= letters_.size() || IsIn(U"的,。;；、)责比予承赔由给\n", At(at + 2)));
    if (!IsDigit(first) && (!has_rest || next == U'半')) return;
    if (!has_rest && IsIn(U"员立功为都品年", next)) return;
    Replace(at - 1, at + (has_rest ? 2 : 1), Percents(tenths * 1000 + (has_rest ? rest * 100 : 0)));
  }

  // The number from begin to end in hundredths: 七十点五, 70, 70.5.
  std::optional<std::int64_t> Hundredths(std::size_t begin, std::size_t end) const {
    std::size_t point = begin;
    while (point < end && At(point) != U'点' && At(point) != U'.') ++point;
    const auto whole = NumberOf(begin, point);
    if (!whole.has_value() || *whole > 1'000) return std::nullopt;
    std::int64_t hundredths = *whole * 100;
    std::int64_t scale = 10;
    for (std::size_t i = point + 1; i < end; ++i, scale /= 10) {
      const bool zero = IsIn(U"0零〇", At(i));
      if ((DigitOf(At(i)) == 0 && !zero) || scale == 0) return std::nullopt;
      hundredths += DigitOf(At(i)) * scale;
    }
    return hundredths;
  }

  std::optional<std::int64_t> NumberOf(std::size_t begin, std::size_t end) const {
    constexpr std::size_t kLongest = 6;
    if (begin >= end || end - begin > kLongest) return std::nullopt;
    std::u32string written;
    std::int64_t value = 0;
    bool digits = true;
    for (std::size_t i = begin; i < end; ++i) {
      written += At(i);
      digits = digits && IsDigit(At(i));
      if (digits) value = value * 10 + static_cast<std::int64_t>(At(i) - U'0');
    }
    return digits ? std::optional(value) : ParseChineseNumeral(EncodeUtf8(written));
  }

  // "十分之七", "3分之2", "百分之七十点五"; 百分之七十 and 二分之一 are usual. `at`: 分.
  void SpellFraction(std::size_t at) {
    std::size_t begin = at;
    while (begin > 0 && IsOfNumber(At(begin - 1))) --begin;
    if (begin > 0 && IsIn(U"千万", At(begin - 1))) return;  // Interest by the day.
    std::size_t end = at + 2;
    while (IsOfNumber(At(end)) ||
           (IsIn(U"点.", At(end)) && end > at + 2 && IsOfNumber(At(end + 1)))) {
      ++end;
    }
    const bool percent = begin + 1 == at && At(begin) == U'百';
    const auto whole = percent ? std::optional<std::int64_t>(100) : NumberOf(begin, at);
    const auto part = Hundredths(at + 2, end);
    if (!whole.has_value() || !part.has_value() || *whole < 2) return;
    const bool usual = (percent && IsPlain(at + 2, end)) || (*whole == 2 && *part == 100);
    const std::int64_t share = (*part * 100 * 2 + *whole) / (*whole * 2);
    if (!usual && share <= kWholeInHundredths) Replace(begin, end, Percents(share));
  }

  bool IsPlain(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (IsDigit(At(i)) || IsIn(U"点.", At(i))) return false;
    }
    return true;
  }

  // "30个百分点"
  void SpellPoints(std::size_t at) {
    const bool points = At(at + 1) == U'百' && At(at + 2) == U'分' && At(at + 3) == U'点';
    if (points && IsDigit(At(at - 1))) Replace(at, at + 4, U"%");
  }

  // "2021年元月5日"
  void SpellNewYear(std::size_t at) {
    const bool first_month = at > 2 && At(at - 1) == U'元' && At(at - 2) == U'年';
    if (first_month && IsDigit(At(at - 3)) && IsDigit(At(at + 1))) Replace(at - 1, at, U"1");
  }

  // "3月15号"
  void SpellDay(std::size_t at) {
    std::size_t digits = 0;
    while (digits < at && IsDigit(At(at - digits - 1))) ++digits;
    const bool day = digits > 0 && digits < 3 && at > digits && At(at - digits - 1) == U'月';
    if (day) Replace(at, at + 1, U"日");
  }

  std::vector<Letter>& letters_;
  std::vector<Edit> edits_;
};

}  // namespace

void SpellSharesAndDays(std::vector<Letter>& letters) { ShareSpeller(letters).Spell(); }

}  // namespace recoup::court

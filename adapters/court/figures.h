// Figures of a normalised text: amounts, shares, dates, and the numerals they are written in.
//
// Reads 12,345.60元, 16.07508万元, 2千元, 1万2千元, 12元6角, 五千元, 70%, 百分之七十, 七成,
// 2021年3月8日, 二〇二二年五月五日; in a whole text (Figures) also 同年8月7日, 同月9日 and 8月9日
// after a date. In a table or a list under "单位：元" also 52118.9, without its 元. Stateless,
// thread-safe, linear time. What is no figure is left out, never guessed.
#ifndef RECOUP_ADAPTERS_COURT_FIGURES_H_
#define RECOUP_ADAPTERS_COURT_FIGURES_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "adapters/court/elements.h"
#include "adapters/court/normalise.h"

namespace recoup::court {

struct Amount {
  Span span;
  domain::Money money;
};

struct Share {
  Span span;
  Percent percent;
};

struct Date {
  Span span;
  absl::CivilDay day;
  bool chinese_numerals = false;
};

// Amounts of money in order; rates (元/天) and rounded figures (4万余元) are no amounts.
std::vector<Amount> FindAmounts(std::string_view text, Span within);
std::vector<Share> FindShares(std::string_view text, Span within);
std::vector<Date> FindDates(std::string_view text, Span within);

// The figures of one text, found once. Parts are answered from what was found, with the same result
// as the functions above: only where a border of the part cuts a figure is the part read itself.
class Figures {
 public:
  explicit Figures(std::string_view text);

  // Where a name ends with a digit ("赔偿李某1 28000元") an amount begins behind it. The names
  // stand in the order of the text, which is that of the constructor.
  void BeginBehind(std::string_view text, const std::vector<Span>& names);

  // `text` is that of the constructor.
  std::vector<Amount> Amounts(std::string_view text, Span within) const;
  std::vector<Share> Shares(std::string_view text, Span within) const;
  std::vector<Date> Dates(std::string_view text, Span within) const;
  // What is a sum of money but cannot be relied on as a number ("4万余元", "××元", "30.000元"), in
  // order; none of them is among the amounts.
  std::vector<Span> Unread(Span within) const;

 private:
  // What has the form of a figure; some are none (rates, the 31st of June).
  template <typename Figure>
  struct Found {
    Span span;
    std::optional<Figure> figure;
  };

  void AddSum(std::string_view text, Span span);
  void FindSumsWithoutNumber(std::string_view text, const std::vector<Span>& runs);

  std::vector<Found<Amount>> amounts_;
  std::vector<Span> unread_;
  std::vector<Found<Share>> shares_;
  std::vector<Found<Date>> dates_;
};

// "七十" 70, "二百六十" 260, "壹万贰仟" 12000, "二〇二二" 2022. Absent: not a numeral, or too
// large.
std::optional<std::int64_t> ParseChineseNumeral(std::string_view text);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_FIGURES_H_

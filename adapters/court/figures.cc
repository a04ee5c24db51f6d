#include "adapters/court/figures.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/strings/numbers.h"
#include "adapters/court/figure_runs.h"
#include "adapters/court/rule_book.h"

namespace recoup::court {
namespace {

constexpr std::int64_t kFenPerYuan = 100;
// How far a date without its year may stand from where the year is told.
constexpr std::size_t kDateContextBytes = 600;

// The figures themselves are grammar, not judgement, so their patterns live here and not in the
// rule file. RE2 objects are immutable and thread-safe.
const re2::RE2& AmountPattern() {
  static const re2::RE2* const pattern = new re2::RE2(
      "((?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?)(亿|万|千)?(余|多|左右)?元(/|每)?"
      "|([零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+元"
      "(?:零?[一二三四五六七八九壹贰叁肆伍陆柒捌玖]角)?"
      "(?:零?[一二三四五六七八九壹贰叁肆伍陆柒捌玖]分)?)");
  return *pattern;
}
const re2::RE2& SharePattern() {
  static const re2::RE2* const pattern = new re2::RE2(
      "(\\d{1,3})(?:\\.(\\d{1,2}))?%|百分之([零一二三四五六七八九十百]+)|([一二两三四五六七八九])"
      "成("
      "半)?|一半|各半|二分之一");
  return *pattern;
}
const re2::RE2& DatePattern() {
  static const re2::RE2* const pattern = new re2::RE2(
      "(\\d{4})[年./-](\\d{1,2})[月./-](\\d{1,2})日?"
      "|([二一][零〇O0一二三四五六七八九]{3}年[元正零〇一二三四五六七八九十]{1,3}月"
      "[初零〇一二三四五六七八九十廿卅]{1,4}日)"
      "|((?:同年|当年|次年|翌年|同月)?(?:\\d{1,2}月)?\\d{1,2}日)");
  return *pattern;
}
const re2::RE2& ChineseDatePattern() {
  static const re2::RE2* const pattern = new re2::RE2("(.+)年(.+)月初?(.+)日");
  return *pattern;
}

// What announces a table or a list whose amounts are given without 元, what ends it, and its cells.
const re2::RE2& TablePattern() {
  static const re2::RE2* const pattern =
      new re2::RE2("单位：?(?:人民币)?元|\\((?:人民币)?元\\)[：\\n。]?|金额/元");
  return *pattern;
}
const re2::RE2& TableEndPattern() {
  static const re2::RE2* const pattern =
      new re2::RE2("\n[一二三四五六七八九十]+、|本院认为|判决如下|协议：");
  return *pattern;
}
const re2::RE2& CellPattern() {
  static const re2::RE2* const pattern = new re2::RE2(
      "[\\p{Han}：)│](?:((?:\\d{1,3}(?:,\\d{3})+|\\d+)\\.\\d{2})(?:[^\\p{Han}%]|$)"
      "|((?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d)?)(?:[。；，(\n]|$))");
  return *pattern;
}

struct LargeUnit {
  std::string_view sign;
  std::int64_t yuan;
};
constexpr LargeUnit kLargeUnits[] = {{"亿", 100'000'000}, {"万", 10'000}, {"千", 1'000}};

// Exact: "16.07508" in units of 10^4 yuan is 16075080 fen. Finer than a fen is refused.
std::optional<domain::Money> ToMoney(std::string_view digits, std::int64_t yuan_per_unit) {
  std::int64_t value = 0;
  std::int64_t scale = 0;  // 0 before the point, then 10, 100, …
  const std::int64_t fen_per_unit = kFenPerYuan * yuan_per_unit;
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
    if (value > domain::Money::kFenMax) return std::nullopt;
  }
  const std::int64_t factor = fen_per_unit / std::max<std::int64_t>(scale, 1);
  if (value > domain::Money::kFenMax / factor) return std::nullopt;
  return domain::Money::Fen(value * factor);
}

std::optional<absl::CivilDay> ToDay(std::int64_t year, std::int64_t month, std::int64_t day) {
  const absl::CivilDay civil(year, month, day);
  if (civil.year() != year || civil.month() != month || civil.day() != day) return std::nullopt;
  return civil;
}

std::int64_t Number(std::string_view digits) {
  std::int64_t value = 0;
  return absl::SimpleAtoi(std::string(digits), &value) ? value : -1;
}

std::optional<absl::CivilDay> ChineseDay(std::string_view text) {
  std::string year, month, day;
  if (!re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), ChineseDatePattern(), &year,
                           &month, &day)) {
    return std::nullopt;
  }
  const auto y = ParseChineseNumeral(year);
  const auto m = ParseChineseNumeral(month);
  const auto d = ParseChineseNumeral(day);
  if (!y || !m || !d) return std::nullopt;
  return ToDay(*y, *m, *d);
}

// "玖万零伍佰壹拾壹元肆角贰分"
std::optional<domain::Money> ChineseMoney(std::string_view text) {
  std::int64_t fen = 0;
  std::int64_t fen_per_unit = kFenPerYuan;
  for (const std::string_view unit : {"元", "角", "分"}) {
    const std::size_t at = text.find(unit);
    if (at != std::string_view::npos) {
      const auto count = ParseChineseNumeral(text.substr(0, at));
      if (!count || *count > (domain::Money::kFenMax - fen) / fen_per_unit) return std::nullopt;
      fen += *count * fen_per_unit;
      text.remove_prefix(at + unit.size());
    }
    fen_per_unit /= 10;
  }
  return domain::Money::Fen(fen);
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "18.5万元", of what the pattern of amounts has found.
std::optional<Amount> AmountOf(std::string_view text, Span span) {
  const std::string_view written = text.substr(span.begin, span.size());
  std::optional<domain::Money> money;
  if (IsDigit(written.front())) {
    const std::string_view digits = written.substr(0, written.find_first_not_of("0123456789,."));
    std::string_view unit = written.substr(digits.size());
    std::int64_t yuan = 1;
    for (const auto& [sign, value] : kLargeUnits) {
      if (!unit.starts_with(sign)) continue;
      yuan = value;
      unit.remove_prefix(sign.size());
      break;
    }
    if (unit == "元") money = ToMoney(digits, yuan);  // Else about so much, or so much a day.
  } else {
    money = ChineseMoney(written);
  }
  return money.has_value() ? std::optional(Amount{span, *money}) : std::nullopt;
}

std::optional<Share> ShareOf(std::string_view text, Span span) {
  const std::optional<Hit> hit = FindIn(SharePattern(), text, span);
  if (!hit.has_value()) return std::nullopt;
  const auto part = [&](std::size_t i) {
    return text.substr(hit->groups[i].begin, hit->groups[i].size());
  };
  std::int64_t hundredths = 0;
  if (!part(1).empty()) {
    hundredths = Number(part(1)) * 100;
    if (part(2).size() == 1) hundredths += Number(part(2)) * 10;
    if (part(2).size() == 2) hundredths += Number(part(2));
  } else if (!part(3).empty()) {
    hundredths = ParseChineseNumeral(part(3)).value_or(0) * 100;
  } else if (!part(4).empty()) {
    hundredths = ParseChineseNumeral(part(4)).value_or(0) * 1000 + (part(5).empty() ? 0 : 500);
  } else {
    hundredths = 50 * 100;
  }
  if (hundredths > 100 * 100) return std::nullopt;
  return Share{span, Percent{hundredths}};
}

// The three ways a day is written; the last one needs the date told before it.
enum class DateForm { kArabic, kChinese, kLeaning };

DateForm FormOf(std::string_view written) {
  constexpr std::size_t kYearDigits = 4;
  if (written.find_first_not_of("0123456789") >= kYearDigits && IsDigit(written.front())) {
    return DateForm::kArabic;
  }
  const bool chinese = written.starts_with("一") || written.starts_with("二");
  return chinese ? DateForm::kChinese : DateForm::kLeaning;
}

// "2021年3月8日": the numbers, whatever stands between them.
std::optional<absl::CivilDay> DayOfDigits(std::string_view written) {
  std::array<std::int64_t, 3> numbers{};
  std::size_t at = 0;
  for (std::int64_t& number : numbers) {
    at = written.find_first_of("0123456789", at);
    for (; at < written.size() && IsDigit(written[at]); ++at) {
      number = number * 10 + (written[at] - '0');
    }
  }
  return ToDay(numbers[0], numbers[1], numbers[2]);
}

std::optional<Date> DateOf(std::string_view text, Span span) {
  const std::string_view written = text.substr(span.begin, span.size());
  const DateForm form = FormOf(written);
  if (form == DateForm::kLeaning) return std::nullopt;
  const bool chinese = form == DateForm::kChinese;
  const auto day = chinese ? ChineseDay(written) : DayOfDigits(written);
  return day.has_value() ? std::optional(Date{span, *day, chinese}) : std::nullopt;
}

// The last number of `digits_min` to `digits_max` digits that stands before a unit, near and before
// a place: the year in "2019年7月", the month in "10月下旬".
std::optional<std::int64_t> LastTold(std::string_view text, std::size_t at, std::string_view unit,
                                     std::size_t digits_min, std::size_t digits_max) {
  const std::size_t begin = at > kDateContextBytes ? at - kDateContextBytes : 0;
  while (at > begin) {
    at = text.rfind(unit, at - 1);
    if (at == std::string_view::npos || at < begin) return std::nullopt;
    std::size_t digits = 0;
    while (digits < at && digits <= digits_max && text[at - digits - 1] >= '0' &&
           text[at - digits - 1] <= '9') {
      ++digits;
    }
    if (digits < digits_min || digits > digits_max) continue;
    return Number(text.substr(at - digits, digits));
  }
  return std::nullopt;
}

// "同年8月7日", "同月16日", "10月16日": a day of the year, or the month, told before it. A bare
// "16日" is as often a number of days as a date.
std::optional<Date> DateAfter(std::string_view text, Span span) {
  constexpr std::string_view kYear = "年";
  constexpr std::string_view kMonth = "月";
  std::string_view rest = text.substr(span.begin, span.size());
  const std::string_view opening = rest.substr(0, rest.find_first_of("0123456789"));
  rest.remove_prefix(opening.size());
  const std::size_t month_end = rest.find(kMonth);
  const bool same_month = opening == "同月";
  if (rest.empty() || (month_end == std::string_view::npos) != same_month) return std::nullopt;
  const auto year = LastTold(text, span.begin, kYear, 4, 4);
  auto month = LastTold(text, span.begin, kMonth, 1, 2);
  if (!same_month) {
    month = Number(rest.substr(0, month_end));
    rest.remove_prefix(month_end + kMonth.size());
  }
  if (!year.has_value() || !month.has_value()) return std::nullopt;
  const bool next_year = opening == "次年" || opening == "翌年";
  const auto day =
      ToDay(*year + (next_year ? 1 : 0), *month, Number(rest.substr(0, rest.find("日"))));
  return day.has_value() ? std::optional(Date{span, *day}) : std::nullopt;
}

template <typename Visit>
void EachMatch(const re2::RE2& pattern, std::string_view text, Span within, Visit visit) {
  while (within.begin < within.end) {
    const std::optional<Span> span = FindSpanIn(pattern, text, within);
    if (!span.has_value()) return;
    visit(*span);
    within.begin = span->end;
  }
}

// The figures of a part; `read` tells what a match of the pattern stands for, if anything.
template <typename Read>
auto FindFigures(const re2::RE2& pattern, std::string_view text, Span within, Read read) {
  std::vector<typename std::invoke_result_t<Read, std::string_view, Span>::value_type> found;
  EachMatch(pattern, text, within, [&](Span span) {
    if (auto figure = read(text, span)) found.push_back(*figure);
  });
  return found;
}

// The cells of one table. Once no cell follows for a while the table is over.
std::vector<Amount> CellsIn(std::string_view text, Span table) {
  constexpr std::size_t kGapBytesMax = 600;
  std::vector<Amount> cells;
  while (table.begin < table.end) {
    const Span near{table.begin, std::min(table.end, table.begin + kGapBytesMax)};
    const auto hit = FindIn(CellPattern(), text, near);
    if (!hit.has_value()) break;
    const Span digits = hit->groups[1].size() > 0 ? hit->groups[1] : hit->groups[2];
    const auto money = ToMoney(text.substr(digits.begin, digits.size()), 1);
    if (money.has_value()) cells.push_back({digits, *money});
    table.begin = digits.end;
  }
  return cells;
}

// A run of signs of amounts is cut off before "金额/元" and "(元)", which stand without a number.
bool MayAnnounceTable(std::string_view text, const std::vector<Span>& runs) {
  return std::ranges::any_of(runs, [&](Span run) {
    const std::string_view signs = text.substr(run.begin, run.size());
    return signs.starts_with("元") || signs.starts_with("/元");
  });
}

// All cells of all tables, in the order of the text.
std::vector<Amount> FindCells(std::string_view text, const std::vector<Span>& runs) {
  constexpr std::size_t kTableBytesMax = 6'000;
  std::vector<Amount> cells;
  if (!MayAnnounceTable(text, runs)) return cells;
  Span rest{0, text.size()};
  while (const auto begin = FindIn(TablePattern(), text, rest)) {
    Span table{begin->span.end, std::min(text.size(), begin->span.end + kTableBytesMax)};
    if (const auto end = FindIn(TableEndPattern(), text, table)) table.end = end->span.begin;
    const std::vector<Amount> found = CellsIn(text, table);
    cells.insert(cells.end(), found.begin(), found.end());
    rest.begin = found.empty() ? begin->span.end : found.back().span.end;
  }
  return cells;
}

// "24117.39" without 元, as bills print it.
bool IsFigureOfBill(std::string_view text, Span digits) {
  constexpr std::size_t kFenBytes = 3;
  if (digits.size() <= kFenBytes || text[digits.end - kFenBytes] != '.') return false;
  return !text.substr(digits.end).starts_with("元") && !text.substr(digits.end).starts_with("万");
}

// "医保统筹基金支付24117.39；个人账户支付0.00；": what a bill tells of its payers, quoted as it is
// printed. The sentence is read like a table.
std::vector<Amount> FindBillCells(std::string_view text) {
  constexpr std::string_view kPaidByFund = "基金支付";
  constexpr std::string_view kColon = "：";
  constexpr std::string_view kStop = "。";
  std::vector<Amount> cells;
  for (std::size_t at = text.find(kPaidByFund); at < text.size();) {
    const std::size_t label = at + kPaidByFund.size();
    at = text.find(kPaidByFund, label);
    Span digits{label, text.size()};
    if (text.substr(label).starts_with(kColon)) digits.begin += kColon.size();
    digits.end = std::min(text.size(), text.find_first_not_of("0123456789,.", digits.begin));
    if (!IsFigureOfBill(text, digits)) continue;
    const Span rest{label - kColon.size(), std::min({text.find(kStop, digits.end), text.size(),
                                                     text.find('\n', digits.end)})};
    for (const Amount& cell : CellsIn(text, rest)) {
      if (IsFigureOfBill(text, cell.span)) cells.push_back(cell);
    }
    at = text.find(kPaidByFund, rest.end);
  }
  return cells;
}

// The figures inside a part; absent where one stands on its border and the part must be read.
template <typename Found>
auto Inside(const std::vector<Found>& all, Span within) {
  using Figure = typename decltype(Found::figure)::value_type;
  std::optional<std::vector<Figure>> inside;
  auto next = std::ranges::upper_bound(all, within.begin, {},
                                       [](const Found& found) { return found.span.end; });
  if (next != all.end() && next->span.begin < within.begin) return inside;
  inside.emplace();
  for (; next != all.end() && next->span.begin < within.end; ++next) {
    if (next->span.end > within.end) return std::optional<std::vector<Figure>>();
    if (next->figure.has_value()) inside->push_back(*next->figure);
  }
  return inside;
}

}  // namespace

std::vector<Amount> FindAmounts(std::string_view text, Span within) {
  return FindFigures(AmountPattern(), text, within, AmountOf);
}

std::vector<Share> FindShares(std::string_view text, Span within) {
  return FindFigures(SharePattern(), text, within, ShareOf);
}

std::vector<Date> FindDates(std::string_view text, Span within) {
  return FindFigures(DatePattern(), text, within, DateOf);
}

Figures::Figures(std::string_view text) {
  const FigureRuns runs = FindFigureRuns(text);
  const auto may_be_share = [&](Span run) {  // "5%", "七成"; not "之" alone.
    return run.size() >= 6 || text.substr(run.begin, run.size()).find('%') < run.size();
  };
  const auto may_be_date = [&](Span run) {  // "2021/3/8", "8日"; not "2年".
    return run.size() >= 8 || text.substr(run.begin, run.size()).find("日") < run.size();
  };
  for (const Span run : runs.amounts) {
    EachMatch(AmountPattern(), text, run, [&](Span span) {
      amounts_.push_back({span, AmountOf(text, span)});
    });
  }
  std::vector<Amount> cells = FindCells(text, runs.amounts);
  const std::vector<Amount> of_bills = FindBillCells(text);
  cells.insert(cells.end(), of_bills.begin(), of_bills.end());
  for (const Amount& cell : cells) {
    const auto next = std::ranges::upper_bound(
        amounts_, cell.span.begin, {}, [](const Found<Amount>& found) { return found.span.begin; });
    const bool known = next != amounts_.begin() && std::prev(next)->span.end > cell.span.begin;
    if (!known) amounts_.insert(next, {cell.span, cell});
  }
  for (const Span run : runs.shares) {
    if (!may_be_share(run)) continue;
    EachMatch(SharePattern(), text, run, [&](Span span) {
      shares_.push_back({span, ShareOf(text, span)});
    });
  }
  for (const Span run : runs.dates) {
    if (!may_be_date(run)) continue;
    EachMatch(DatePattern(), text, run, [&](Span span) {
      const bool leans = FormOf(text.substr(span.begin, span.size())) == DateForm::kLeaning;
      dates_.push_back({span, leans ? DateAfter(text, span) : DateOf(text, span)});
    });
  }
}

void Figures::BeginBehind(std::string_view text, const std::vector<Span>& names) {
  auto amount = amounts_.begin();
  for (const Span name : names) {
    while (amount != amounts_.end() && amount->span.end <= name.end) ++amount;
    if (amount == amounts_.end()) return;
    const bool cut = name.begin < amount->span.begin && amount->span.begin < name.end;
    if (!cut) continue;
    const auto behind = FindAmounts(text, {name.end, amount->span.end});
    if (behind.empty()) continue;
    *amount = {behind.front().span, behind.front()};
  }
}

std::vector<Amount> Figures::Amounts(std::string_view text, Span within) const {
  auto inside = Inside(amounts_, within);
  return inside.has_value() ? *std::move(inside) : FindAmounts(text, within);
}

std::vector<Share> Figures::Shares(std::string_view text, Span within) const {
  auto inside = Inside(shares_, within);
  return inside.has_value() ? *std::move(inside) : FindShares(text, within);
}

std::vector<Date> Figures::Dates(std::string_view text, Span within) const {
  auto inside = Inside(dates_, within);
  return inside.has_value() ? *std::move(inside) : FindDates(text, within);
}

}  // namespace recoup::court

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
#include "adapters/court/sum_of_money.h"
#include "adapters/court/unread_sums.h"

namespace recoup::court {
namespace {

// How far a date without its year may stand from where the year is told.
constexpr std::size_t kDateContextBytes = 600;

// The figures themselves are grammar, not judgement, so their patterns live here and not in the
// rule file. RE2 objects are immutable and thread-safe.
const re2::RE2& AmountPattern() {
  static const re2::RE2* const pattern = new re2::RE2(
      "((?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?)([十百千万亿仟佰拾](?:[零十百千万亿仟佰拾]|\\d)*)"
      "?"
      "(余|多|左右)?元(?:(/|每)|(?:\\d角)?(?:零?\\d分)?)"
      "|([零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅]+元"
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
      "|([二一贰壹][零〇O0一二三四五六七八九壹贰叁肆伍陆柒捌玖]{3}年"
      "[元正零〇一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}月"
      "[初零〇一二三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾]{1,4}日)"
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

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "18.5万元", of what the pattern of amounts has found.
std::optional<Amount> AmountOf(std::string_view text, Span span) {
  const WrittenSum sum = ReadSum(text.substr(span.begin, span.size()));
  return sum.form == SumForm::kExact ? std::optional(Amount{span, sum.money}) : std::nullopt;
}

// "叁万元整(30,000元)": one sum told in two writings.
bool RepeatsInBracket(std::string_view text, const Amount& before, const Amount& amount) {
  static const re2::RE2* const between = new re2::RE2("[整正]?\\((?:人民币|小写|大写|即|计|：)*");
  if (before.money != amount.money || before.span.end > amount.span.begin) return false;
  const std::string_view words = text.substr(before.span.end, amount.span.begin - before.span.end);
  return text.substr(amount.span.end).starts_with(")") &&
         re2::RE2::FullMatch(re2::StringPiece(words.data(), words.size()), *between);
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
  const bool chinese = written.starts_with("一") || written.starts_with("二") ||
                       written.starts_with("壹") || written.starts_with("贰");
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
    const auto money = MoneyOfDigits(text.substr(digits.begin, digits.size()), 1);
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
    EachMatch(AmountPattern(), text, run, [&](Span span) { AddSum(text, span); });
  }
  FindSumsWithoutNumber(text, runs.amounts);
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

void Figures::AddSum(std::string_view text, Span span) {
  Found<Amount> found{span, AmountOf(text, span)};
  const SumForm form = ReadSum(text.substr(span.begin, span.size())).form;
  const auto around = SumAround(text, span);
  const bool piece = form == SumForm::kExact && around.has_value();
  if (form == SumForm::kRounded || form == SumForm::kUnreadable || piece) {
    unread_.push_back(around.value_or(span));
    found.figure.reset();
  } else if (form == SumForm::kUnit) {
    if (const auto vague = VagueSum(text, span)) unread_.push_back(*vague);
  }
  const Amount* const before =
      !amounts_.empty() && amounts_.back().figure ? &*amounts_.back().figure : nullptr;
  if (before != nullptr && found.figure && RepeatsInBracket(text, *before, *found.figure)) {
    found.figure.reset();
  }
  amounts_.push_back(found);
}

void Figures::FindSumsWithoutNumber(std::string_view text, const std::vector<Span>& runs) {
  constexpr std::string_view kYuan = "元";
  auto sum = amounts_.begin();
  for (const Span run : runs) {
    for (std::size_t at = text.find(kYuan, run.begin); at < run.end;
         at = text.find(kYuan, at + kYuan.size())) {
      while (sum != amounts_.end() && sum->span.end <= at) ++sum;
      if (sum != amounts_.end() && sum->span.begin <= at) continue;
      if (const auto unread = SumWithoutNumber(text, at)) unread_.push_back(*unread);
    }
  }
  std::ranges::sort(unread_, {}, &Span::begin);
}

std::vector<Span> Figures::Unread(Span within) const {
  const auto first = std::ranges::lower_bound(unread_, within.begin, {}, &Span::begin);
  const auto last = std::ranges::lower_bound(unread_, within.end, {}, &Span::begin);
  return {first, last};
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

#include "adapters/hospital/hints.h"

#include <algorithm>
#include <utility>

#include "hub/domain/plate.h"
#include "hub/domain/text_width.h"
#include "re2/re2.h"

namespace recoup::hospital {
namespace {

std::vector<std::string> AllMatches(std::string_view text, const RE2& pattern) {
  std::vector<std::string> found;
  re2::StringPiece rest(text.data(), text.size());
  std::string match;
  while (RE2::FindAndConsume(&rest, pattern, &match)) {
    if (std::find(found.begin(), found.end(), match) == found.end()) found.push_back(match);
  }
  return found;
}

// 一 to 九十九, as people write how long ago something was; 半 is none.
std::optional<int> SmallNumber(const std::string& text) {
  int plain = 0;
  if (RE2::FullMatch(text, "([0-9]{1,3})", &plain)) return plain;
  static constexpr std::string_view kDigits[] = {"零", "一", "二", "三", "四",
                                                 "五", "六", "七", "八", "九"};
  constexpr std::size_t kBytes = 3;  // Of one character in UTF-8.
  int value = 0;
  int digit = -1;
  for (std::size_t i = 0; i + kBytes <= text.size(); i += kBytes) {
    const std::string_view c = std::string_view(text).substr(i, kBytes);
    if (c == "十") {
      value += (digit < 0 ? 1 : digit) * 10;
      digit = -1;
      continue;
    }
    const auto* found = std::find(std::begin(kDigits), std::end(kDigits), c == "两" ? "二" : c);
    if (found == std::end(kDigits)) return std::nullopt;
    digit = static_cast<int>(found - std::begin(kDigits));
  }
  return value + std::max(digit, 0);
}

}  // namespace

std::vector<std::string> PlatesIn(std::string_view text) {
  // The letters I and O are used for cities only, if at all; six characters are new energy's.
  static const RE2 pattern(
      "(?i)([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z][·•・.\\- ]?"
      "[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9学警港澳挂])");
  std::vector<std::string> plates;
  for (const std::string& found : AllMatches(domain::FoldWidth(text), pattern)) {
    std::string plate = domain::NormalisePlate(found);
    if (std::find(plates.begin(), plates.end(), plate) == plates.end()) {
      plates.push_back(std::move(plate));
    }
  }
  return plates;
}

std::vector<std::string> InsurersIn(std::string_view text) {
  static const RE2 pattern(
      "((?:中国)?(?:人民|平安|太平洋|人寿|大地|太平|阳光|华安|中华联合|天安|国任|永安|安盛|国寿)"
      "(?:财产|联合财产)?(?:保险|财险)(?:股份)?(?:有限)?(?:公司)?|人保财险|太保财险|平安产险)");
  return AllMatches(text, pattern);
}

bool MayBeAnInsurer(std::string_view payer) {
  static const RE2 nobody_else(
      "(?i)自费|自付|现金|公费|医保|医疗保[险障]|社保|社会保[险障]|工伤|生育|合作医疗|新农合|救助|"
      "^\\s*(?:无|其他|none|self|cash|unknown)?\\s*$|self[- ]?pay");
  if (!InsurersIn(payer).empty()) return true;
  return !RE2::PartialMatch(domain::FoldWidth(payer), nobody_else);
}

std::optional<absl::CivilDay> AccidentDayIn(std::string_view text, absl::CivilDay told_on) {
  static const RE2 full_date("(20[0-9]{2})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})");
  static const RE2 month_and_day("([0-9]{1,2})月([0-9]{1,2})日");
  static const RE2 days_before("([0-9一二两三四五六七八九十]{1,9})余?[天日]前");
  static const RE2 day_before("昨[天日晚夜]");
  static const RE2 two_days_before("前[天日](?:[^晚]|$)");
  static const RE2 same_day(
      "(?:小时|分钟|时许|h)余?前|今[天日晨早]|当[天日]|半天前|[0-9一二两三四五六七八九十半]+余?"
      "(?:小时|分钟|h)");
  static const RE2 long_ago("[年月周]余?前|星期前");
  const std::string folded = domain::FoldWidth(text);
  if (RE2::PartialMatch(folded, long_ago)) return std::nullopt;  // Which day is not said.
  const auto no_later = [&](absl::CivilDay day) -> std::optional<absl::CivilDay> {
    if (day > told_on) return std::nullopt;
    return day;
  };
  int year = 0, month = 0, day = 0;
  const auto is_date = [&](const absl::CivilDay& date) {
    return date.month() == month && date.day() == day;  // CivilDay carries the 31st of June over.
  };
  if (RE2::PartialMatch(folded, full_date, &year, &month, &day)) {
    const absl::CivilDay date(year, month, day);
    return is_date(date) ? no_later(date) : std::nullopt;
  }
  if (RE2::PartialMatch(folded, month_and_day, &month, &day)) {
    absl::CivilDay date(told_on.year(), month, day);
    if (!is_date(date)) return std::nullopt;
    if (date > told_on) date = absl::CivilDay(told_on.year() - 1, month, day);
    return date;
  }
  std::string number;
  if (RE2::PartialMatch(folded, days_before, &number)) {
    const std::optional<int> days = SmallNumber(number);
    if (days) return told_on - *days;
    return std::nullopt;
  }
  if (RE2::PartialMatch(folded, day_before)) return told_on - 1;
  if (RE2::PartialMatch(folded, two_days_before)) return told_on - 2;
  if (RE2::PartialMatch(folded, same_day)) return told_on;
  return std::nullopt;
}

std::string AccidentPlaceIn(std::string_view text) {
  static const RE2 pattern(
      "(?:在|于|途经|途径|行至|路过|经过)([^，。；、！？,;被遭时]{2,24}?"
      "(?:路口|路段|路边|路上|路|街|道口|大道|高速|公路|桥|小区|村口|村|广场|超市|商场|工地|车间|"
      "学校|"
      "幼儿园|公园|酒店|饭店|车站|停车场|菜场|市场|楼下|门口|附近|号))");
  std::string place;
  re2::StringPiece piece(text.data(), text.size());
  if (!RE2::PartialMatch(piece, pattern, &place)) return "";
  // The shortest match ends at the first word for a place; a crossing names two roads.
  static const RE2 crossing("(?:与|和|、)[^，。；,;被遭时]{1,16}?(?:路口|交叉口|口)");
  const std::size_t at = text.find(place);
  const std::string_view after = text.substr(at + place.size());
  re2::StringPiece rest(after.data(), after.size());
  re2::StringPiece more;
  if (crossing.Match(rest, 0, rest.size(), RE2::ANCHOR_START, &more, 1)) {
    place.append(more.data(), more.size());
  }
  return place;
}

}  // namespace recoup::hospital

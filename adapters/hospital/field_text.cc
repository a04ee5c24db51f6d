#include "adapters/hospital/field_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "hub/base/ascii.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"

namespace recoup::hospital {
namespace {

// Takes `count` digits off the front.
std::optional<int> TakeDigits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!IsDigit(text[i])) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool TakeAny(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

struct CivilParts {
  int year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0;
};

// "Z", "+0800", "+08:00"; nullopt where malformed.
std::optional<absl::TimeZone> ZoneFromText(std::string_view text) {
  if (text == "Z") return absl::UTCTimeZone();
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  const std::optional<int> hours = TakeDigits(text, 2);
  TakeAny(text, ":");
  const std::optional<int> minutes = TakeDigits(text, 2);
  if (!hours || !minutes || !text.empty() || *hours > 14 || *minutes > 59) return std::nullopt;
  return absl::FixedTimeZone(sign * (*hours * 60 + *minutes) * 60);
}

// Each of the parts after the year may be absent, but only together with all that follow.
bool TakeCivil(std::string_view& text, CivilParts& parts) {
  const std::optional<int> year = TakeDigits(text, 4);
  if (!year) return false;
  parts.year = *year;
  struct Step {
    int CivilParts::*part;
    std::string_view separators;
  };
  constexpr std::array<Step, 5> kSteps = {{{&CivilParts::month, "-/."},
                                           {&CivilParts::day, "-/."},
                                           {&CivilParts::hour, " T"},
                                           {&CivilParts::minute, ":"},
                                           {&CivilParts::second, ":"}}};
  for (const Step& step : kSteps) {
    std::string_view rest = text;
    const bool separated = TakeAny(rest, step.separators);
    std::optional<int> value = TakeDigits(rest, 2);
    // "2026/3/15 8:05": one digit is a number of its own only where a sign stands before it.
    if (!value && separated) value = TakeDigits(rest, 1);
    // A '-' that two digits follow may also open a zone, but only once the hour is known.
    if (!value) break;
    parts.*step.part = *value;
    text = rest;
  }
  return true;
}

// As Money::FromYuan; what is wrong is told in the clerk's language.
absl::StatusOr<domain::Money> MoneyFrom(std::string_view text) {
  absl::StatusOr<domain::Money> money = domain::Money::FromYuan(text);
  if (money.ok()) return money;
  const std::size_t point = text.find('.');
  const bool fraction =
      point != std::string_view::npos && text.size() > point + 3 &&
      std::all_of(text.begin() + static_cast<std::ptrdiff_t>(point) + 1, text.end(), IsDigit);
  return MakeError(Reason::kInvalidArgument,
                   fraction ? "不是以元为单位的金额：小数超过两位" : "不是以元为单位的金额");
}

}  // namespace

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kWideSpace = "\xE3\x80\x80";
  const auto is_space = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  for (;;) {
    if (!text.empty() && is_space(text.front())) {
      text.remove_prefix(1);
    } else if (!text.empty() && is_space(text.back())) {
      text.remove_suffix(1);
    } else if (text.starts_with(kWideSpace)) {
      text.remove_prefix(kWideSpace.size());
    } else if (text.ends_with(kWideSpace)) {
      text.remove_suffix(kWideSpace.size());
    } else {
      return text;
    }
  }
}

std::optional<absl::Time> TimeFromText(std::string_view text) {
  text = Trimmed(text);
  CivilParts parts;
  if (!TakeCivil(text, parts)) return std::nullopt;
  if (TakeAny(text, ".")) {
    const auto digits = std::find_if_not(text.begin(), text.end(), IsDigit) - text.begin();
    text.remove_prefix(static_cast<std::size_t>(digits));
  } else if (text.size() == 3 && std::all_of(text.begin(), text.end(), IsDigit)) {
    text = {};  // respond_time: yyyyMMddHHmmssSSS.
  }
  absl::TimeZone zone = ChinaTimeZone();
  if (!text.empty()) {
    const std::optional<absl::TimeZone> stated = ZoneFromText(text);
    if (!stated) return std::nullopt;
    zone = *stated;
  }
  const absl::CivilSecond civil(parts.year, parts.month, parts.day, parts.hour, parts.minute,
                                parts.second);
  // CivilSecond carries 30 February over into March; here it is a mistake.
  if (civil.month() != parts.month || civil.day() != parts.day || civil.hour() != parts.hour ||
      civil.minute() != parts.minute || civil.second() != parts.second || parts.year < 1850) {
    return std::nullopt;
  }
  return absl::FromCivil(civil, zone);
}

std::optional<absl::CivilDay> DateFromText(std::string_view text) {
  text = Trimmed(text);
  CivilParts parts;
  if (!TakeCivil(text, parts)) return std::nullopt;
  const absl::CivilDay day(parts.year, parts.month, parts.day);
  if (day.month() != parts.month || day.day() != parts.day || parts.year < 1850) {
    return std::nullopt;
  }
  return day;
}

bool HasTimeOfDay(std::string_view text) {
  text = Trimmed(text);
  CivilParts parts;
  constexpr int kUnsaid = -1;
  parts.hour = kUnsaid;
  return TakeCivil(text, parts) && parts.hour != kUnsaid;
}

std::string PersonNameFromText(std::string_view text) {
  std::string name(Trimmed(text));
  const bool latin = std::any_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalpha(static_cast<unsigned char>(c)) != 0;
  });
  if (latin || !HasHan(name)) return name;
  // The blank, the no-break, the half and the full-width one.
  for (const std::string_view blank : {" ", "\t", "\xC2\xA0", "\xE2\x80\x82", "\xE3\x80\x80"}) {
    for (std::size_t at = name.find(blank); at != std::string::npos; at = name.find(blank)) {
      name.erase(at, blank.size());
    }
  }
  return name;
}

TriState TriStateFromText(std::string_view text) {
  const std::string folded = absl::AsciiStrToLower(std::string(Trimmed(text)));
  for (const std::string_view yes : {"1", "y", "yes", "true", "是", "有", "涉及"}) {
    if (folded == yes) return TriState::kYes;
  }
  for (const std::string_view no : {"0", "n", "no", "false", "否", "无", "不涉及"}) {
    if (folded == no) return TriState::kNo;
  }
  return TriState::kUnknown;
}

Gender GenderFromText(std::string_view text) {
  text = Trimmed(text);
  if (text == "1" || text == "M" || text == "m" || text == "男") return Gender::kMale;
  if (text == "2" || text == "F" || text == "f" || text == "女") return Gender::kFemale;
  return Gender::kUnknown;
}

absl::StatusOr<domain::Money> AmountFromText(std::string_view text) {
  text = Trimmed(text);
  const std::size_t mark = text.find_first_of("eE");
  if (mark == std::string_view::npos) return MoneyFrom(text);

  const auto refuse = [] {
    return MakeError(Reason::kInvalidArgument, "不是以元为单位的金额：指数写法有误");
  };
  int exponent = 0;
  if (!absl::SimpleAtoi(std::string(text.substr(mark + 1)), &exponent) || exponent < -32 ||
      exponent > 32) {
    return refuse();
  }
  std::string_view mantissa = text.substr(0, mark);
  std::string digits;
  const bool negative = TakeAny(mantissa, "-");
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  for (std::size_t i = 0; i < mantissa.size(); ++i) {
    if (i == point) continue;
    if (!IsDigit(mantissa[i])) return refuse();
    digits.push_back(mantissa[i]);
  }
  if (digits.empty()) return refuse();
  // The decimal point moves; zeros fill what the digits do not reach.
  int place = static_cast<int>(point) + exponent;
  if (place <= 0) digits.insert(0, static_cast<std::size_t>(1 - place), '0'), place = 1;
  const auto whole = static_cast<std::size_t>(place);
  if (digits.size() < whole) digits.resize(whole, '0');
  std::string plain = absl::StrCat(negative ? "-" : "", digits.substr(0, whole));
  if (digits.size() > whole) absl::StrAppend(&plain, ".", digits.substr(whole));
  return MoneyFrom(plain);
}

bool IsResidentCardNumber(std::string_view text) {
  constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view kCheck = "10X98765432";
  if (text.size() != kWeights.size() + 1) return false;
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    if (!IsDigit(text[i])) return false;
    sum += kWeights[i] * (text[i] - '0');
  }
  const char stated = absl::ascii_toupper(static_cast<unsigned char>(text.back()));
  return stated == kCheck[static_cast<std::size_t>(sum % 11)] &&
         DateFromText(text.substr(6, 8)).has_value();
}

bool IsAreaCode(std::string_view text) {
  return text.size() == 6 && std::all_of(text.begin(), text.end(), IsDigit);
}

}  // namespace recoup::hospital

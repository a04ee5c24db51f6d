// Chinese case numbers: "(" year ")" court, 第 perhaps, a number and 号, perhaps 之 and a part. The
// limits follow numbers seen in published judgments. Scanned by hand: in a large run every demand
// and many texts have one.
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {
namespace {

constexpr std::string_view kEnd = "号";
constexpr std::string_view kOrdinal = "第";
constexpr std::string_view kPart = "之";
constexpr std::size_t kCourtMin = 2;  // Characters.
constexpr std::size_t kCourtMax = 30;
constexpr std::size_t kDigitsMax = 10;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Bytes of the UTF-8 character at the front; 0 when there is none.
std::size_t CharacterSize(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (text.empty()) return 0;
  if (byte(0) < 0x80) return 1;
  const std::size_t size = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
  if (byte(0) < 0xC2 || byte(0) > 0xF4 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const bool overlong = (byte(0) == 0xE0 && byte(1) < 0xA0) || (byte(0) == 0xF0 && byte(1) < 0x90);
  const bool beyond = byte(0) == 0xF4 && byte(1) > 0x8F;
  return overlong || beyond ? 0 : size;
}

struct Middle {
  std::string_view court;
  std::string_view number;
  std::size_t bytes = 0;  // Up to and with 号.
};

// What stands between the year and 号. The court is as short as it can be, so that every digit up
// to ten belongs to the number.
std::optional<Middle> ReadMiddle(std::string_view text) {
  std::array<std::size_t, kCourtMax + 1 + kDigitsMax + 1> starts{};  // Of each character.
  std::size_t count = 0;
  std::size_t at = 0;
  while (!text.substr(at).starts_with(kEnd)) {
    const std::size_t size = CharacterSize(text.substr(at));
    if (size == 0 || text[at] == '(' || text[at] == ')') return std::nullopt;
    if (count + 1 == starts.size()) return std::nullopt;
    starts[count++] = at;
    at += size;
  }
  starts[count] = at;
  std::size_t digits = 0;
  while (digits < count && IsDigit(text[starts[count - 1 - digits]])) ++digits;
  if (digits == 0) return std::nullopt;
  Middle middle;
  middle.bytes = at + kEnd.size();
  std::size_t number = count - std::min(digits, kDigitsMax);  // Where it begins.
  std::size_t court = number;                                 // Where the court ends.
  if (digits <= kDigitsMax && number > kCourtMin &&
      text.substr(starts[number - 1]).starts_with(kOrdinal)) {
    --court;
  } else if (court < kCourtMin) {
    court = number = kCourtMin;
    if (number >= count) return std::nullopt;
  }
  if (court > kCourtMax) return std::nullopt;
  middle.court = text.substr(0, starts[court]);
  middle.number = text.substr(starts[number], at - starts[number]);
  return middle;
}

// "之一", "之12"; empty when there is none.
std::string_view ReadPart(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kNumerals = {"一", "二", "三", "四", "五",
                                                                 "六", "七", "八", "九", "十"};
  if (!text.starts_with(kPart)) return {};
  std::size_t end = kPart.size();
  const auto numeral = [&] {
    return std::any_of(kNumerals.begin(), kNumerals.end(),
                       [&](std::string_view n) { return text.substr(end).starts_with(n); });
  };
  while (numeral()) end += kNumerals.front().size();
  if (end == kPart.size()) {
    while (end < text.size() && end < kPart.size() + 3 && IsDigit(text[end])) ++end;
  }
  return end == kPart.size() ? std::string_view() : text.substr(0, end);
}

}  // namespace

std::vector<std::string> FindCaseNumbers(std::string_view text) {
  constexpr std::size_t kYear = 6;  // "(2025)".
  std::vector<std::string> found;
  if (text.find(kEnd) == std::string_view::npos) return found;  // Most texts, without a copy.
  const std::string compact = Compact(text);
  std::string_view rest(compact);
  for (std::size_t open = rest.find('('); open != std::string_view::npos; open = rest.find('(')) {
    rest.remove_prefix(open);
    const bool year = rest.size() > kYear && rest[kYear - 1] == ')' &&
                      std::all_of(rest.begin() + 1, rest.begin() + kYear - 1, IsDigit);
    const std::optional<Middle> middle =
        year ? ReadMiddle(rest.substr(kYear)) : std::optional<Middle>();
    if (!middle) {
      rest.remove_prefix(1);
      continue;
    }
    const std::string_view behind = rest.substr(kYear + middle->bytes);
    const std::string_view part = ReadPart(behind);
    std::string& number = found.emplace_back(rest.substr(0, kYear));
    number.append(middle->court).append(middle->number).append(kEnd).append(part);
    rest = behind.substr(part.size());
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace recoup::reconcile

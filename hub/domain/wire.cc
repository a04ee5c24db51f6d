#include "hub/domain/wire.h"

namespace recoup::domain::wire {

void AppendVarint(std::uint64_t value, std::string& out) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  out += static_cast<char>(value);
}

bool TakeVarint(std::string_view& bytes, std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (bytes.empty()) return false;
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0) return true;
  }
  return false;
}

bool TakeBytes(std::string_view& bytes, std::string_view& value) {
  std::uint64_t size = 0;
  if (!TakeVarint(bytes, size) || size > bytes.size()) return false;
  value = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

// Counted in eras of 400 years that begin in March, so that the leap day is the last of its year;
// absl::CivilDay adds days by stepping over years.
absl::CivilDay DayOfNumber(std::int64_t number) {
  constexpr std::int64_t kEra = 146'097;         // Days.
  constexpr std::int64_t kToMarchOf0 = 719'468;  // From 0000-03-01 to 1970-01-01.
  constexpr std::int64_t kFar = 1'000'000'000;   // Beyond, what is added here might overflow.
  if (number < -kFar || number > kFar) return absl::CivilDay(1970, 1, 1) + number;
  const std::int64_t days = number + kToMarchOf0;
  const std::int64_t era = (days >= 0 ? days : days - (kEra - 1)) / kEra;
  const std::int64_t day = days - era * kEra;
  const std::int64_t year = (day - day / 1'460 + day / 36'524 - day / (kEra - 1)) / 365;
  const std::int64_t of_year = day - (365 * year + year / 4 - year / 100);
  const std::int64_t month = (5 * of_year + 2) / 153;  // March is 0.
  const std::int64_t of_month = of_year - (153 * month + 2) / 5 + 1;
  const bool next_year = month >= 10;
  return absl::CivilDay(year + era * 400 + (next_year ? 1 : 0), month + (next_year ? -9 : 3),
                        of_month);
}

bool Skip(std::string_view& bytes, unsigned wire_type) {
  const std::size_t width = wire_type == 1 ? 8 : wire_type == 5 ? 4 : 0;
  if (width == 0 || bytes.size() < width) return false;
  bytes.remove_prefix(width);
  return true;
}

}  // namespace recoup::domain::wire

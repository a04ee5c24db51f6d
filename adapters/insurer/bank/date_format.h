// Dates by a fixed pattern, as bank exports write them. Pure functions.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_DATE_FORMAT_H_
#define RECOUP_ADAPTERS_INSURER_BANK_DATE_FORMAT_H_

#include <optional>
#include <string_view>

#include "absl/time/civil_time.h"

namespace recoup::insurer::bank {

// In a pattern, YYYY, MM, DD, hh, mm and ss stand for that many digits, M, D and h for one or two;
// any other character stands for itself: "YYYY-MM-DD", "YYYY年M月D日", "YYYYMMDD hh:mm:ss". The
// time of day is checked and left out. Years 1900 to 2999.
std::optional<absl::CivilDay> ParseDay(std::string_view pattern, std::string_view text);

// Whether the pattern has year, month and day, each once.
bool IsDayPattern(std::string_view pattern);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_DATE_FORMAT_H_

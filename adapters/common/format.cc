#include "adapters/common/format.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "hub/base/clock.h"

namespace recoup::adapters {

std::string FormatYuan(std::int64_t fen) {
  // Unsigned, since the least integer has no positive counterpart.
  const bool negative = fen < 0;
  const std::uint64_t magnitude =
      negative ? 0 - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
  const std::string digits = absl::StrCat(magnitude / 100);
  std::string yuan;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > 0 && (digits.size() - at) % 3 == 0) yuan += ',';
    yuan += digits[at];
  }
  return absl::StrCat(negative ? "-" : "", yuan, ".", absl::Dec(magnitude % 100, absl::kZeroPad2));
}

std::string FormatDate(absl::CivilDay date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

std::string FormatChinaTime(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", time, ChinaTimeZone());
}

}  // namespace recoup::adapters

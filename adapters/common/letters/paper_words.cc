#include "adapters/common/letters/paper_words.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "hub/base/clock.h"

namespace recoup::adapters {

std::string ChineseDay(const std::string& day) {
  absl::CivilDay parsed;
  if (!absl::ParseCivilTime(day, &parsed)) return day;
  return absl::StrCat(parsed.year(), "年", parsed.month(), "月", parsed.day(), "日");
}

absl::Time Midnight(const std::string& day) {
  absl::CivilDay parsed(1970, 1, 1);
  return absl::ParseCivilTime(day, &parsed) ? absl::FromCivil(parsed, ChinaTimeZone())
                                            : absl::UnixEpoch();
}

std::string SpacedReference(const std::string& reference) {
  std::string out;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += ' ';
    out += reference[i];
  }
  return out;
}

std::string SafeFileName(const std::string& number) {
  std::string name;
  // Numbers are the hub's own; yet none of them may lead out of the folder.
  for (const char c : number) name += c == '/' || c == '\\' || c == '\0' ? '-' : c;
  return name.empty() || name.starts_with(".") ? absl::StrCat("letter", name) : name;
}

}  // namespace recoup::adapters

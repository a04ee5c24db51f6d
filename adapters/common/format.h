// Amounts and times as people read them.
#ifndef RECOUP_ADAPTERS_COMMON_FORMAT_H_
#define RECOUP_ADAPTERS_COMMON_FORMAT_H_

#include <cstdint>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace recoup::adapters {

std::string FormatYuan(std::int64_t fen);      // 1234560 → "12,345.60"
std::string FormatDate(absl::CivilDay date);   // "2026-03-05"
std::string FormatChinaTime(absl::Time time);  // "2026-03-05 14:07:09", China's time

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_FORMAT_H_

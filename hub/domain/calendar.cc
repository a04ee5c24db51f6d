#include "hub/domain/calendar.h"

#include <algorithm>

namespace recoup::domain {

namespace {

constexpr std::int64_t kOff = 1;
constexpr std::int64_t kWorked = 2;
constexpr int kLongestHolidayDays = 31;  // A row that nobody ended must not stop the clock.

}  // namespace

bool WorkingDayCalendar::IsWorkingDay(absl::CivilDay day) const {
  const absl::StatusOr<std::int64_t> kind = policy_data_.Integer(kCalendarDayKey, pool_, day);
  if (kind.ok() && *kind == kOff) return false;
  if (kind.ok() && *kind == kWorked) return true;
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday != absl::Weekday::saturday && weekday != absl::Weekday::sunday;
}

absl::CivilDay WorkingDayCalendar::OnOrAfter(absl::CivilDay day) const {
  const absl::CivilDay last = day + kLongestHolidayDays;
  while (day < last && !IsWorkingDay(day)) ++day;
  return day;
}

absl::CivilDay AddMonths(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return absl::CivilDay(month.year(), month.month(), std::min(day.day(), last.day()));
}

}  // namespace recoup::domain

#include "hub/domain/calendar.h"

#include <algorithm>

namespace recoup::domain {

bool WorkingDayCalendar::IsWorkingDay(absl::CivilDay day) const {
  if (holidays_.contains(day)) return false;
  const absl::Weekday weekday = absl::GetWeekday(day);
  const bool is_weekend = weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
  return !is_weekend || worked_weekends_.contains(day);
}

absl::CivilDay WorkingDayCalendar::OnOrAfter(absl::CivilDay day) const {
  // Ends: the set of holidays is finite, so a working day follows.
  while (!IsWorkingDay(day)) ++day;
  return day;
}

absl::CivilDay AddMonths(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return absl::CivilDay(month.year(), month.month(), std::min(day.day(), last.day()));
}

}  // namespace recoup::domain

// Working days: Monday to Friday but for statutory holidays, and the weekend days that are worked
// in exchange (调休). The State Council publishes them year by year, so they are policy data: the
// key "calendar.day" says from a day on whether days are off (1), worked whatever the weekday (2),
// or as the weekday says (0). A fund enters the next year's as it enters any other rule.
#ifndef RECOUP_HUB_DOMAIN_CALENDAR_H_
#define RECOUP_HUB_DOMAIN_CALENDAR_H_

#include <string>
#include <utility>

#include "absl/time/civil_time.h"
#include "hub/domain/policy_data.h"

namespace recoup::domain {

inline constexpr char kCalendarDayKey[] = "calendar.day";

// What kind of days the rules say; does not own them.
class WorkingDayCalendar final {
 public:
  WorkingDayCalendar(const PolicyData& policy_data, std::string pool)
      : policy_data_(policy_data), pool_(std::move(pool)) {}

  bool IsWorkingDay(absl::CivilDay day) const;
  // The day itself when it is a working day. At most a month later, whatever the rules say.
  absl::CivilDay OnOrAfter(absl::CivilDay day) const;

 private:
  const PolicyData& policy_data_;
  std::string pool_;
};

// The same day of the month `months` later, or the last of that month where it has no such day
// (民法典 202).
absl::CivilDay AddMonths(absl::CivilDay day, int months);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_CALENDAR_H_

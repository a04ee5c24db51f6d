// Working days: Monday to Friday but for statutory holidays, and the weekend days that are worked
// in exchange (调休). The dates are published year by year, so they are given, not computed.
#ifndef RECOUP_HUB_DOMAIN_CALENDAR_H_
#define RECOUP_HUB_DOMAIN_CALENDAR_H_

#include <set>
#include <utility>

#include "absl/time/civil_time.h"

namespace recoup::domain {

// An immutable value. A day in both sets is a holiday.
class WorkingDayCalendar final {
 public:
  WorkingDayCalendar() = default;
  WorkingDayCalendar(std::set<absl::CivilDay> holidays, std::set<absl::CivilDay> worked_weekends)
      : holidays_(std::move(holidays)), worked_weekends_(std::move(worked_weekends)) {}

  bool IsWorkingDay(absl::CivilDay day) const;
  // The day itself when it is a working day.
  absl::CivilDay OnOrAfter(absl::CivilDay day) const;

 private:
  std::set<absl::CivilDay> holidays_;
  std::set<absl::CivilDay> worked_weekends_;
};

// The same day of the month `months` later, or the last of that month where it has no such day
// (民法典 202).
absl::CivilDay AddMonths(absl::CivilDay day, int months);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_CALENDAR_H_

// What a pool does by the date, once for each day: reminds the debtors that are parties of
// the hub of clocks that soon end or have ended (insurer_clocks.h), and, where the pool's rule says
// so, takes an insurer's silence for acceptance.
//
// The rules are policy data of the pool:
//   insurer.remind_days_before  so many days before the last day a clock's reminder goes out; a
//                               second one goes out on the day after the last. A clock shorter
//                               than that is reminded of on the day after it starts. -1: none.
//   insurer.silence_accepts     1: what an insurer that has acknowledged a demand leaves undecided
//                               until its time to decide (保险法 23) is over counts as accepted,
//                               unless it has made an offer: that is no silence.
//                               Silence is a declaration only where the parties agreed so (民法典
//                               140), so the built-in value is 0.
#ifndef RECOUP_HUB_APP_REMINDERS_H_
#define RECOUP_HUB_APP_REMINDERS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "hub/app/record_reader.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/policy_data.h"

namespace recoup::app {

struct Reminder {
  absl::CivilDay day;  // On which it is due.
  domain::DemandId demand;
  // Of the clocks named in WatchDemands: "demand.reminder.decide.soon", "….overdue".
  std::string what;
  bool silence_accepts = false;
};

// What is due from `first` to `last`, both included, by day and then by demand.
absl::StatusOr<std::vector<Reminder>> RemindersDue(RecordReader& reader, const domain::PoolId& pool,
                                                   absl::CivilDay first, absl::CivilDay last,
                                                   const domain::PolicyData& policy_data);

// Sends those of one day. What was paid or answered since they were found is left alone. The number
// sent.
absl::StatusOr<std::int64_t> SendReminders(const domain::PoolId& pool,
                                           absl::Span<const Reminder> reminders, UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_REMINDERS_H_

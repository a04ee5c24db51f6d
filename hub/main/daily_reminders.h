// What the hub does by the date and not because somebody called: the reminders of every pool
// (hub/app/reminders.h), once for each day.
//
// The run of a day is one command whose request id is made from the pool and the day, so the engine
// carries it out once, also when the hub was restarted; days on which the hub was down are made up
// for, up to a month. Commands are found on a snapshot, not on the writer's thread. Not
// thread-safe.
#ifndef RECOUP_HUB_MAIN_DAILY_REMINDERS_H_
#define RECOUP_HUB_MAIN_DAILY_REMINDERS_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/app/ports.h"
#include "hub/engine/engine.h"

namespace recoup {

class DailyReminders {
 public:
  DailyReminders(app::Store& store, app::RecordSeal& seal, engine::Engine& engine)
      : store_(store), seal_(seal), engine_(engine) {}

  // Everything due until today and not done; returns once it is durable. On an error the rest is
  // done by the next run.
  absl::Status Run(absl::Time now);

 private:
  absl::Status RunPool(app::RecordReader& reader, const domain::PoolId& pool, absl::CivilDay today);

  app::Store& store_;
  app::RecordSeal& seal_;
  engine::Engine& engine_;
  std::map<std::string, absl::CivilDay> done_;  // By pool: the last day this object has run.
};

}  // namespace recoup

#endif  // RECOUP_HUB_MAIN_DAILY_REMINDERS_H_

#include "hub/main/daily_reminders.h"

#include <algorithm>
#include <future>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/policy_book.h"
#include "hub/app/record_reader.h"
#include "hub/app/reminders.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"

namespace recoup {
namespace {

// Shorter than a request id is remembered, so no day is ever run twice.
constexpr int kDaysMadeUp = 30;

// As whom the hub acts by the date.
const app::Caller& TheHubItself() {
  static const app::Caller* const kHub =
      new app::Caller{{"operator/hub"}, "operator/hub/reminders"};
  return *kHub;
}

// A version 7 id of that day's first moment; the same for the same pool and day.
Id RequestIdOf(std::string_view content, absl::CivilDay day) {
  const auto digest = crypto::Sha256(content);
  const auto word = [&](std::size_t at) {
    std::uint64_t out = 0;
    for (std::size_t i = at; i < at + 8; ++i) out = out << 8 | std::uint8_t{digest[i]};
    return out;
  };
  const auto ms =
      static_cast<std::uint64_t>(absl::ToUnixMillis(absl::FromCivil(day, ChinaTimeZone())));
  Id id;
  id.high = ms << 16 | 0x7000 | (word(0) & 0x0FFF);
  id.low = std::uint64_t{1} << 63 | (word(8) >> 2);
  return id;
}

engine::Command CommandOf(const domain::PoolId& pool, absl::CivilDay day,
                          std::vector<app::Reminder> reminders) {
  engine::Command command;
  command.caller = TheHubItself();
  command.method = "SendReminders";
  command.content = absl::StrCat("reminders of ", pool.value, " on ", absl::FormatCivilTime(day));
  command.request_id = RequestIdOf(command.content, day);
  command.partition = pool.value;
  command.run = [pool, reminders = std::move(reminders)](
                    app::UnitOfWork& work) -> absl::StatusOr<std::string> {
    RECOUP_ASSIGN_OR_RETURN(const std::int64_t sent, app::SendReminders(pool, reminders, work));
    return absl::StrCat(sent);
  };
  return command;
}

}  // namespace

absl::Status DailyReminders::Run(absl::Time now) {
  const absl::CivilDay today = ChinaDate(now);
  RECOUP_ASSIGN_OR_RETURN(const std::unique_ptr<app::ReadView> view, store_.Snapshot());
  app::RecordReader reader(*view, seal_);
  RECOUP_ASSIGN_OR_RETURN(const std::vector<std::string> partitions, view->Partitions());
  for (const std::string& partition : partitions) {
    const auto pool = domain::PoolId::Parse(partition);
    if (!pool) continue;
    RECOUP_RETURN_IF_ERROR(RunPool(reader, *pool, today));
  }
  return absl::OkStatus();
}

absl::Status DailyReminders::RunPool(app::RecordReader& reader, const domain::PoolId& pool,
                                     absl::CivilDay today) {
  const auto done = done_.try_emplace(pool.value, today - kDaysMadeUp - 1).first;
  if (done->second >= today) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData policy_data, app::LoadPolicyData(reader));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<app::Reminder> reminders,
                          app::RemindersDue(reader, pool, done->second + 1, today, policy_data));
  engine::CommandGroup group;
  for (auto day = reminders.begin(); day != reminders.end();) {
    const auto next = std::find_if(day, reminders.end(),
                                   [&](const app::Reminder& one) { return one.day != day->day; });
    group.commands.push_back(CommandOf(pool, day->day, {day, next}));
    day = next;
  }
  if (!group.commands.empty()) {
    std::promise<std::vector<engine::Outcome>> answered;
    group.done = [&answered](std::vector<engine::Outcome> outcomes) {
      answered.set_value(std::move(outcomes));
    };
    std::future<std::vector<engine::Outcome>> outcomes = answered.get_future();
    engine_.Submit(std::move(group));
    for (const engine::Outcome& outcome : outcomes.get()) RECOUP_RETURN_IF_ERROR(outcome.status);
  }
  done->second = today;
  return absl::OkStatus();
}

}  // namespace recoup

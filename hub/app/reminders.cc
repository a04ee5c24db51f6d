#include "hub/app/reminders.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "hub/app/insurer_clocks.h"
#include "hub/app/stage_moves.h"
#include "hub/app/timeline.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::Money;
using domain::Stage;

const char* NameOfClock(InsurerClockKind kind) {
  switch (kind) {
    case InsurerClockKind::kDecide:
      return "decide";
    case InsurerClockKind::kPay:
      return "pay";
    case InsurerClockKind::kUndisputedPart:
      return "undisputed_part";
    case InsurerClockKind::kInstalment:
      return "instalment";
    case InsurerClockKind::kDue:
      return "due";
  }
  return "due";
}

// Who has made an offer is not silent, whatever becomes of the offer.
bool IsSilent(const Demand& demand) {
  return demand.state == domain::DemandState::kAcknowledged &&
         demand.debtor_kind == domain::DebtorKind::kInsurer &&
         demand.Sum(Stage::kClaimed).is_positive() && demand.offers.empty();
}

// So many days before the last one, but after the day it starts: reminders of that day may be sent
// already. None of a clock that ends as it starts.
std::optional<absl::CivilDay> SoonOn(const InsurerClock& clock, std::int64_t days_before) {
  const absl::CivilDay day = std::max(clock.due_on - days_before, clock.started_on + 1);
  if (day > clock.due_on) return std::nullopt;
  return day;
}

// Nothing is acknowledged by silence, so the limitation period runs on (民法典 195).
absl::Status AcceptBySilence(UnitOfWork& work, LoadedDemand& loaded) {
  Demand& demand = loaded.demand;
  const Money amount = demand.Sum(Stage::kClaimed);
  RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, domain::DemandCommand::kAccept));
  RECOUP_RETURN_IF_ERROR(
      MoveLines(work, loaded, Stage::kClaimed, Stage::kAgreed, Held(demand, Stage::kClaimed)));
  AddTimeline(work, loaded.recovery, About(domain::TimelineKind::kDemandAccepted, demand, amount),
              work.now(),
              absl::StrCat(demand.debtor_name, " 逾期未作核定，按约定视为同意支付 ",
                           amount.ToYuanGrouped(), " 元"));
  RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.agreed_by_silence"));
  StoreDemand(work, loaded);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Reminder>> RemindersDue(RecordReader& reader, const domain::PoolId& pool,
                                                   absl::CivilDay first, absl::CivilDay last,
                                                   const domain::PolicyData& policy_data) {
  RECOUP_ASSIGN_OR_RETURN(const std::int64_t days_before,
                          policy_data.Integer("insurer.remind_days_before", pool.value, last));
  RECOUP_ASSIGN_OR_RETURN(const std::int64_t silence_accepts,
                          policy_data.Integer("insurer.silence_accepts", pool.value, last));
  std::vector<Reminder> reminders;
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<RecordKey> keys,
      reader.view().FindAll(domain::LookupKind::kDemandOpen, domain::Key({pool.value})));
  for (const RecordKey& key : keys) {
    RECOUP_ASSIGN_OR_RETURN(const Demand demand, reader.Get<Demand>(key.partition, key.id));
    if (demand.debtor_party.empty()) continue;
    RECOUP_ASSIGN_OR_RETURN(const std::vector<InsurerClock> clocks,
                            ClocksOf(reader.view(), demand, policy_data));
    const auto add = [&](absl::CivilDay day, const InsurerClock& clock, const char* when,
                         bool accepts) {
      if (day < first || day > last || (days_before < 0 && !accepts)) return;
      reminders.push_back({day, demand.id,
                           absl::StrCat("demand.reminder.", NameOfClock(clock.kind), when),
                           accepts});
    };
    for (const InsurerClock& clock : clocks) {
      if (const auto soon = SoonOn(clock, days_before)) add(*soon, clock, ".soon", false);
      add(clock.due_on + 1, clock, ".overdue",
          silence_accepts != 0 && clock.kind == InsurerClockKind::kDecide && IsSilent(demand));
    }
  }
  std::stable_sort(reminders.begin(), reminders.end(), [](const Reminder& a, const Reminder& b) {
    return std::tie(a.day, a.demand) < std::tie(b.day, b.demand);
  });
  return reminders;
}

absl::StatusOr<std::int64_t> SendReminders(const domain::PoolId& pool,
                                           absl::Span<const Reminder> reminders, UnitOfWork& work) {
  std::int64_t sent = 0;
  for (const Reminder& reminder : reminders) {
    RECOUP_ASSIGN_OR_RETURN(const Demand* demand,
                            work.Find<Demand>(pool.value, reminder.demand.value));
    if (demand == nullptr || !demand->open().is_positive()) continue;
    ++sent;
    if (reminder.silence_accepts && IsSilent(*demand)) {
      RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, pool, reminder.demand));
      RECOUP_RETURN_IF_ERROR(AcceptBySilence(work, loaded));
    } else {
      RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, *demand, reminder.what));
    }
  }
  return sent;
}

}  // namespace recoup::app

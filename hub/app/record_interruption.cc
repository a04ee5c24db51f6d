#include "hub/app/record_interruption.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/debtor_clock.h"
#include "hub/app/demands.h"
#include "hub/app/names.h"
#include "hub/app/refusal.h"
#include "hub/app/timeline.h"
#include "hub/base/check.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {

namespace {

// Of those who owe the same jointly with the debtor (法释〔2020〕17号第十五条).
absl::StatusOr<std::vector<domain::DemandId>> DemandsOfJointDebtors(
    UnitOfWork& work, const domain::Recovery& recovery, const domain::Debtor& debtor) {
  std::vector<domain::DemandId> found;
  for (const domain::DemandId id : recovery.demands) {
    RECOUP_ASSIGN_OR_RETURN(const domain::Demand demand,
                            work.Get<domain::Demand>(recovery.pool.value, id.value));
    const bool joint = std::find(debtor.jointly_with.begin(), debtor.jointly_with.end(),
                                 demand.debtor_name) != debtor.jointly_with.end();
    if (joint && demand.state != domain::DemandState::kWithdrawn) found.push_back(id);
  }
  return found;
}

// Nothing that happened before the injury speaks of the claim: of its day or, where that is not
// known, of the first admission.
absl::CivilDay InjuredOn(const LoadedDemand& loaded) {
  if (loaded.recovery.accident_on) return *loaded.recovery.accident_on;
  absl::CivilDay day = loaded.recovery.known_on;
  for (const domain::Advance& advance : loaded.advances) day = std::min(day, advance.admitted_on);
  return day;
}

absl::Status CheckDay(const LoadedDemand& loaded, const domain::Interruption& event,
                      const domain::Limitation& before) {
  Faults faults;
  const absl::CivilDay injured_on = InjuredOn(loaded);
  // An obstacle may have stood before.
  if (event.kind != domain::InterruptionKind::kObstacle && event.date < injured_on) {
    faults.Add("interruption.happened_on",
               absl::StrCat("before the injury of ", absl::FormatCivilTime(injured_on)));
  }
  if (before.expires_on && event.date > *before.expires_on) {
    faults.Add("interruption.happened_on",
               absl::StrCat("the period expired on ", absl::FormatCivilTime(*before.expires_on)));
  }
  return faults.ToStatus();
}

// What is recorded of the proceeding or obstacle of which `event` tells the end: the one that
// continues or, to correct its end, the last that has one. Null when nothing is.
domain::Interruption* EndedBy(const domain::Interruption& event, domain::Debtor& debtor) {
  domain::Interruption* found = nullptr;
  if (!event.ended_on) return found;
  for (domain::Interruption& one : debtor.interruptions) {
    if (one.kind != event.kind || one.date != event.date) continue;
    if (found == nullptr || found->ended_on) found = &one;
  }
  return found;
}

absl::Status End(const domain::Interruption& event, domain::Interruption& recorded) {
  const bool of_hub = recorded.kind == domain::InterruptionKind::kMediation &&
                      ParseName<domain::MediationId>(recorded.evidence).has_value();
  if (of_hub) {
    return Refuse(Reason::kIllegalTransition, "the hub keeps this mediation and ends it itself",
                  "MEDIATION", recorded.evidence, "该调解由中心记录，达成协议或调解不成时自动终结");
  }
  if (recorded.ended_on == event.ended_on) return absl::OkStatus();
  absl::StrAppend(&recorded.evidence, recorded.ended_on ? "；更正终结日：" : "；终结：",
                  event.evidence);
  recorded.ended_on = event.ended_on;
  return absl::OkStatus();
}

std::string Sentence(const domain::Debtor& debtor, const domain::Interruption& event,
                     const domain::Limitation& limitation) {
  const bool obstacle = event.kind == domain::InterruptionKind::kObstacle;
  const std::string kind(ChineseName(event.kind));
  std::string text =
      absl::StrCat("对", debtor.name, "的诉讼时效",
                   obstacle ? "遇障碍" : absl::StrCat("中断（", kind, "）"), "：", event.evidence);
  if (event.ended_on) {
    absl::StrAppend(&text, "；", absl::FormatCivilTime(*event.ended_on),
                    obstacle ? " 障碍消除" : " 程序终结");
  }
  if (limitation.expires_on) {
    absl::StrAppend(&text, "；时效至 ", absl::FormatCivilTime(*limitation.expires_on));
  } else {
    absl::StrAppend(&text, "；", std::string(ChineseName(limitation.state)), "，届满日待定");
  }
  return text;
}

}  // namespace

absl::StatusOr<InterruptionAnswer> RecordInterruptionOf(const RecordInterruption& command,
                                                        UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, command.pool, command.demand));
  const auto index = static_cast<std::size_t>(loaded.demand.debtor_index);
  RECOUP_CHECK(index < loaded.recovery.debtors.size());
  domain::Debtor& debtor = loaded.recovery.debtors[index];
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  RECOUP_ASSIGN_OR_RETURN(
      const domain::Limitation before,
      ReadLimitationOfDebtor(work, loaded.recovery, index, work.today(), *policy_data));
  RECOUP_RETURN_IF_ERROR(CheckDay(loaded, command.interruption, before));
  domain::Interruption interruption = command.interruption;
  interruption.debtor = debtor.name;
  if (domain::Interruption* recorded = EndedBy(interruption, debtor); recorded != nullptr) {
    RECOUP_RETURN_IF_ERROR(End(interruption, *recorded));
  } else {
    debtor.interruptions.push_back(interruption);
  }
  InterruptionAnswer answer;
  RECOUP_ASSIGN_OR_RETURN(answer.limitation, ReadLimitationOfDebtor(work, loaded.recovery, index,
                                                                    work.today(), *policy_data));
  answer.pool = command.pool;
  answer.debtor = debtor;
  RECOUP_ASSIGN_OR_RETURN(answer.other_demands,
                          DemandsOfJointDebtors(work, loaded.recovery, debtor));
  AddTimeline(work, loaded.recovery, About(domain::TimelineKind::kInterrupted, loaded.demand),
              absl::FromCivil(interruption.ended_on.value_or(interruption.date), ChinaTimeZone()),
              Sentence(debtor, interruption, answer.limitation));
  work.Put(loaded.recovery);
  return answer;
}

}  // namespace recoup::app

#include "hub/app/timeline.h"

#include <utility>

#include "hub/app/names.h"
#include "hub/base/status.h"

namespace recoup::app {

TimelineFact About(domain::TimelineKind kind, const domain::Demand& demand,
                   std::optional<domain::Money> amount) {
  return {kind, NameOf(demand.pool, demand.id), amount};
}

TimelineFact About(domain::TimelineKind kind, const domain::Advance& advance,
                   domain::Money amount) {
  return {kind, NameOf(advance.pool, advance.id), amount};
}

TimelineFact About(domain::TimelineKind kind, const domain::CourtCase& court_case,
                   std::optional<domain::Money> amount) {
  return {kind, CourtCaseName(court_case.court, court_case.id), amount};
}

TimelineFact About(domain::TimelineKind kind, const domain::Letter& letter) {
  return {kind, NameOf(letter.pool, letter.id)};
}

void AddTimeline(const UnitOfWork& work, domain::Recovery& recovery, TimelineFact fact,
                 absl::Time happened, std::string text) {
  recovery.timeline.push_back({.recorded_time = work.now(),
                               .happened_time = happened,
                               .actor = work.caller().actor,
                               .text = std::move(text),
                               .kind = fact.kind,
                               .subject = std::move(fact.subject),
                               .amount = fact.amount});
}

absl::Status AddTimeline(UnitOfWork& work, const domain::PoolId& pool, domain::RecoveryId recovery,
                         TimelineFact fact, absl::Time happened, std::string text) {
  RECOUP_ASSIGN_OR_RETURN(domain::Recovery record,
                          work.Get<domain::Recovery>(pool.value, recovery.value));
  AddTimeline(work, record, std::move(fact), happened, std::move(text));
  work.Put(record);
  return absl::OkStatus();
}

}  // namespace recoup::app

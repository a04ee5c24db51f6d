// The timeline (办案记录) of a recovery: one Chinese sentence per thing that happened, with what
// kind of thing it was, what it is about, the time it happened and the time it was recorded.
#ifndef RECOUP_HUB_APP_TIMELINE_H_
#define RECOUP_HUB_APP_TIMELINE_H_

#include <optional>
#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/letter.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

struct TimelineFact {
  domain::TimelineKind kind = domain::TimelineKind::kNote;
  std::string subject{};  // Resource name; empty: the recovery itself.
  std::optional<domain::Money> amount{};
};

TimelineFact About(domain::TimelineKind kind, const domain::Demand& demand,
                   std::optional<domain::Money> amount = std::nullopt);
TimelineFact About(domain::TimelineKind kind, const domain::Advance& advance, domain::Money amount);
TimelineFact About(domain::TimelineKind kind, const domain::CourtCase& court_case,
                   std::optional<domain::Money> amount = std::nullopt);
TimelineFact About(domain::TimelineKind kind, const domain::Letter& letter);

// To a recovery the caller holds and puts itself.
void AddTimeline(const UnitOfWork& work, domain::Recovery& recovery, TimelineFact fact,
                 absl::Time happened, std::string text);
// To a recovery the caller does not hold; NOT_FOUND when there is none. A copy the caller took
// before must not be put afterwards.
absl::Status AddTimeline(UnitOfWork& work, const domain::PoolId& pool, domain::RecoveryId recovery,
                         TimelineFact fact, absl::Time happened, std::string text);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_TIMELINE_H_

#include "hub/app/sibling_drafts.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/names.h"
#include "hub/app/recoveries.h"
#include "hub/app/timeline.h"
#include "hub/base/status.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::CourtCase;
using domain::Demand;
using domain::Recovery;

// The other recoveries of the accident with a draft on a policy that the newcomer draws on too.
absl::StatusOr<std::map<domain::RecoveryId, Recovery>> SiblingsWithDrafts(
    UnitOfWork& work, const Recovery& newcomer) {
  std::map<domain::RecoveryId, Recovery> siblings;
  for (const domain::DemandId id : newcomer.demands) {
    RECOUP_ASSIGN_OR_RETURN(const Demand own, work.Get<Demand>(newcomer.pool.value, id.value));
    if (!own.policy || own.state == domain::DemandState::kWithdrawn) continue;
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Demand> drafts,
                            work.FindAllBy<Demand>(domain::LookupKind::kDraftOfPolicy,
                                                   domain::Key({own.policy->value.ToBytes()})));
    for (const Demand& draft : drafts) {
      if (draft.recovery == newcomer.id) continue;
      RECOUP_ASSIGN_OR_RETURN(Recovery sibling,
                              work.Get<Recovery>(draft.pool.value, draft.recovery.value));
      if (sibling.accident_on != newcomer.accident_on) continue;
      siblings.emplace(sibling.id, std::move(sibling));
    }
  }
  return siblings;
}

// The case a recovery follows and the injured person as the case names them. Absent: it was opened
// without a judgment, or the court has taken its consent back.
struct Followed {
  CourtCase court_case;
  std::string person;
};
absl::StatusOr<std::optional<Followed>> FollowedBy(UnitOfWork& work, const Recovery& recovery) {
  if (!recovery.court_case) return std::nullopt;
  Followed followed;
  RECOUP_ASSIGN_OR_RETURN(followed.court_case,
                          work.Get<CourtCase>(recovery.court.value, recovery.court_case->value));
  if (followed.court_case.state != domain::CourtCaseState::kNotified) return std::nullopt;
  followed.person = recovery.injured.name;
  if (recovery.lead) {
    RECOUP_ASSIGN_OR_RETURN(const domain::Lead* lead,
                            work.Find<domain::Lead>(recovery.pool.value, recovery.lead->value));
    if (lead != nullptr) followed.person = lead->person_name;
  }
  return followed;
}

}  // namespace

absl::Status RefreshSiblingDrafts(UnitOfWork& work, const Recovery& newcomer) {
  RECOUP_ASSIGN_OR_RETURN(auto siblings, SiblingsWithDrafts(work, newcomer));
  for (auto& [id, sibling] : siblings) {
    RECOUP_ASSIGN_OR_RETURN(const bool issued, HasIssuedDemand(work, sibling));
    if (issued) continue;
    RECOUP_ASSIGN_OR_RETURN(const auto followed, FollowedBy(work, sibling));
    if (!followed) continue;
    RECOUP_ASSIGN_OR_RETURN(const bool stands,
                            DraftsStand(work, sibling, followed->court_case, followed->person));
    if (stands) continue;
    const std::string reason = "同一事故的另一名受害人已立案追偿，共用保单限额按损失比例重新计算";
    AddTimeline(work, sibling,
                About(domain::TimelineKind::kRecoveryRecomputed, followed->court_case), work.now(),
                reason);
    RECOUP_RETURN_IF_ERROR(
        FollowCase(work, sibling, followed->court_case, followed->person, {.reason = reason}));
    work.Put(sibling);
  }
  return absl::OkStatus();
}

}  // namespace recoup::app

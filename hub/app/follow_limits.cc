#include "hub/app/follow_limits.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "hub/app/agreed_shares.h"
#include "hub/app/breaks.h"
#include "hub/app/draft_demands.h"
#include "hub/app/names.h"
#include "hub/app/recoveries.h"
#include "hub/app/refusal.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/records/admission.h"

namespace recoup::app {
namespace {

using domain::CourtCase;
using domain::Debtor;
using domain::Demand;
using domain::Money;
using domain::Recovery;

// Whatever has become of the court's consent. Absent: on nothing that the hub knows.
absl::StatusOr<std::optional<Followed>> RestsOn(UnitOfWork& work, const Recovery& recovery) {
  Followed followed;
  RECOUP_ASSIGN_OR_RETURN(followed.person, PersonOf(work, recovery));
  if (recovery.court_case) {
    RECOUP_ASSIGN_OR_RETURN(followed.court_case,
                            work.Get<CourtCase>(recovery.court.value, recovery.court_case->value));
  } else if (!recovery.rests_on_shares()) {
    return std::nullopt;
  }
  return followed;
}

// By debtor and cover; a debtor that owes nothing any more may still be listed.
bool OwesTheSame(const Recovery& recovery, const domain::Apportionment& apportionment,
                 const std::vector<Debtor>& insurers) {
  std::map<std::tuple<std::string, std::optional<domain::PolicyKind>, std::string>, Money> owed;
  const auto at = [&](const std::string& name, const Debtor* cover) -> Money& {
    if (cover == nullptr) return owed[{name, std::nullopt, ""}];
    return owed[{name, cover->policy_kind, cover->policy ? cover->policy->ToString() : ""}];
  };
  for (const Debtor& debtor : recovery.debtors) at(debtor.name, &debtor) += debtor.amount;
  for (const domain::DebtorAmount& found : apportionment.debtors) {
    at(found.name, found.policy ? &insurers[*found.policy] : nullptr) -= found.amount;
  }
  return std::all_of(owed.begin(), owed.end(),
                     [](const auto& row) { return row.second.is_zero(); });
}

}  // namespace

absl::StatusOr<std::string> PersonOf(UnitOfWork& work, const Recovery& recovery) {
  if (recovery.lead) {
    RECOUP_ASSIGN_OR_RETURN(const domain::Lead* lead,
                            work.Find<domain::Lead>(recovery.pool.value, recovery.lead->value));
    if (lead != nullptr) return lead->person_name;
  }
  return recovery.injured.name;
}

absl::StatusOr<std::optional<Followed>> FollowedBy(UnitOfWork& work, const Recovery& recovery) {
  RECOUP_ASSIGN_OR_RETURN(std::optional<Followed> followed, RestsOn(work, recovery));
  const bool silent = followed && followed->court_case &&
                      followed->court_case->state != domain::CourtCaseState::kNotified;
  if (silent) return std::nullopt;
  return followed;
}

absl::Status MoveDemands(UnitOfWork& work, Recovery& recovery, const Owed& owed,
                         const DemandsRevision& revision) {
  RECOUP_ASSIGN_OR_RETURN(const bool issued, HasIssuedDemand(work, recovery));
  recovery.limit_claims = owed.claims;
  if (issued) {
    RECOUP_RETURN_IF_ERROR(
        CloseBreak(work, recovery.pool, FindingOfRecovery(recovery), "已按案件要素重新计算"));
    return ReviseDemands(work, recovery, *owed.apportionment, owed.insurers, revision);
  }
  RECOUP_RETURN_IF_ERROR(WithdrawDrafts(work, recovery));
  return DraftDemands(work, recovery, *owed.apportionment, owed.insurers);
}

SharedClaim SharedClaimOf(const Recovery& recovery, Owed owed) {
  const bool stands =
      !owed.apportionment.ok() || OwesTheSame(recovery, *owed.apportionment, owed.insurers);
  return SharedClaim{std::move(owed.claims), stands};
}

absl::StatusOr<SharedClaim> ClaimUnderLimits(UnitOfWork& work, const Recovery& recovery,
                                             const Followed& followed) {
  if (recovery.rests_on_shares()) return ClaimOfShares(work, recovery);
  return ClaimOfCase(work, recovery, *followed.court_case, followed.person);
}

absl::Status Follow(UnitOfWork& work, Recovery& recovery, const Followed& followed,
                    const DemandsRevision& revision) {
  if (recovery.rests_on_shares()) return FollowShares(work, recovery, revision);
  return FollowCase(work, recovery, *followed.court_case, followed.person, revision);
}

absl::Status FollowByDecision(UnitOfWork& work, const domain::PoolId& pool, domain::DemandId demand,
                              const std::string& reason) {
  RECOUP_ASSIGN_OR_RETURN(const Demand asked, work.Get<Demand>(pool.value, demand.value));
  RECOUP_ASSIGN_OR_RETURN(Recovery recovery, work.Get<Recovery>(pool.value, asked.recovery.value));
  RECOUP_ASSIGN_OR_RETURN(const std::optional<Followed> followed, RestsOn(work, recovery));
  if (!followed) {
    return Refuse(Reason::kIllegalTransition, "no court case is behind this demand", "STATE",
                  NameOf(pool, demand), "该追偿不以裁判为依据");
  }
  RECOUP_RETURN_IF_ERROR(Follow(work, recovery, *followed, {.reason = reason, .decided = demand}));
  work.Put(recovery);
  return absl::OkStatus();
}

}  // namespace recoup::app

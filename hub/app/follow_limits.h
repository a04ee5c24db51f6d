// Amounts follow the limits: what a recovery asks under them now, and its demands in line with
// that.
//
// A recovery rests on its court case or, without one, on shares that are agreed. Either says what
// is owed; what is owed moves the demands alike.
#ifndef RECOUP_HUB_APP_FOLLOW_LIMITS_H_
#define RECOUP_HUB_APP_FOLLOW_LIMITS_H_

#include <optional>
#include <string>
#include <vector>

#include "hub/app/revise_demands.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/apportionment.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// The injured person as the case, and so the lead, names them; the recovery has them as the
// hospital does.
absl::StatusOr<std::string> PersonOf(UnitOfWork& work, const domain::Recovery& recovery);

// What a recovery rests on.
struct Followed {
  // Absent: shares agreed without a judgment. Where it does not tell the amount, shares are
  // followed as well.
  std::optional<domain::CourtCase> court_case;
  std::string person;  // The injured person as the case names them.
};
// Absent: the court has taken its consent back, or the recovery is of a time when agreed shares
// were not stored; then its amounts stay as they are.
absl::StatusOr<std::optional<Followed>> FollowedBy(UnitOfWork& work,
                                                   const domain::Recovery& recovery);

// What is owed under the limits as they are now.
struct Owed {
  absl::StatusOr<domain::Apportionment> apportionment;  // An error: why it cannot be computed.
  std::vector<domain::Debtor> insurers;                 // To whom its debtors' `policy` points.
  std::vector<domain::LimitClaim> claims;               // On each limit, what competes for it.
};

// Drafts are made anew and issued demands revised (revise_demands.h). What is owed is known. The
// caller puts the recovery and holds no other copy of it.
absl::Status MoveDemands(UnitOfWork& work, domain::Recovery& recovery, const Owed& owed,
                         const DemandsRevision& revision);

// What the recovery wants of each limit now, and whether what its debtors owe stays as it is. What
// they paid or accepted counts as asked. Opens and closes the breaks about sources that differ.
struct SharedClaim {
  std::vector<domain::LimitClaim> claims;
  bool stands = false;
};
SharedClaim SharedClaimOf(const domain::Recovery& recovery, Owed owed);
absl::StatusOr<SharedClaim> ClaimUnderLimits(UnitOfWork& work, const domain::Recovery& recovery,
                                             const Followed& followed);

// Computes debtors and demands anew. As MoveDemands.
absl::Status Follow(UnitOfWork& work, domain::Recovery& recovery, const Followed& followed,
                    const DemandsRevision& revision);

// After a person decided that the demand shall follow. The caller puts nothing. ILLEGAL_TRANSITION
// while the demand is in mediation, or when the recovery rests on nothing that the hub knows.
absl::Status FollowByDecision(UnitOfWork& work, const domain::PoolId& pool, domain::DemandId demand,
                              const std::string& reason);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_FOLLOW_LIMITS_H_

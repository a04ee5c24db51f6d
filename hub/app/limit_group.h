// Everybody who takes of one insurance limit for one accident: the judgments, and the recoveries of
// any pool.
//
// They belong together by the registered policy and the day, or, where the policy is not known, by
// the day, the insurer and a liable party that their judgments share; several injured persons of
// one judgment belong together as well.
#ifndef RECOUP_HUB_APP_LIMIT_GROUP_H_
#define RECOUP_HUB_APP_LIMIT_GROUP_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/limit_division.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// Which limit.
struct LimitOf {
  std::string insurer;  // As a judgment names it; empty: any name of the party.
  domain::PolicyKind kind = domain::PolicyKind::kCtp;
  domain::PartyId party;  // Empty: not known to the hub.
  std::optional<domain::PolicyId> policy;
  absl::CivilDay accident_on;
};
LimitOf LimitOfClaim(const domain::LimitClaim& claim);

// One recovery's part. Amounts are what the limit loses: of a GROSS judgment the fund's demand is
// only a part of that.
struct LimitMember {
  domain::Recovery recovery;
  domain::LimitClaim claim;
  std::vector<domain::Demand> demands;  // On this limit, withdrawn ones left out.
  // The hub computes it anew from its judgment or its agreed shares. False: in mediation, given up
  // in part, taken back by a person, over, or of a time when agreed shares were not stored.
  bool follows = false;
  domain::Money stands;  // Paid, accepted, or all that is asked where it does not follow.
  domain::Money asked;   // Issued, paid included, given up excluded.
  domain::Money open;    // Issued and unpaid.

  domain::LimitClaimant claimant() const;
};

struct LimitGroup {
  LimitOf limit;                   // With the policy, where any of the group knows it.
  std::set<std::string> insurers;  // Every name of the insurer.
  std::map<domain::CourtCaseId, domain::CourtCase> cases;
  std::vector<LimitMember> members;
};

// The group around a limit, of what is stored. `court_case`, if any, is the judgment to start from
// as it is now, stored or not.
absl::StatusOr<LimitGroup> GroupOf(UnitOfWork& work, const LimitOf& limit,
                                   const domain::CourtCase* court_case);

// A recovery as a member, with its demands; also one that is not stored yet. `based`: a judgment
// that the hub may use, or agreed shares, are behind it.
absl::StatusOr<LimitMember> MemberOf(UnitOfWork& work, const domain::Recovery& recovery,
                                     const domain::LimitClaim& claim, bool based);

// Tells victims apart, the same in whatever order their cases arrive.
std::string VictimKey(const domain::Recovery& recovery);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_LIMIT_GROUP_H_

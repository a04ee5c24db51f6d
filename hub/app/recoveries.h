// Recoveries (追偿案): opening one from a confirmed lead, computing who owes what, drafting
// demands.
#ifndef RECOUP_HUB_APP_RECOVERIES_H_
#define RECOUP_HUB_APP_RECOVERIES_H_

#include <string>
#include <vector>

#include "hub/app/follow_limits.h"
#include "hub/app/recovery_view.h"
#include "hub/app/revise_demands.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/apportionment.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// True when one of its demands was issued and not withdrawn: its figures stand until a person
// changes them.
absl::StatusOr<bool> HasIssuedDemand(UnitOfWork& work, const domain::Recovery& recovery);

absl::StatusOr<std::vector<domain::Advance>> AdvancesOf(UnitOfWork& work,
                                                        const domain::Recovery& recovery);

// Makes the advances those of the recovery: candidates come onto the books, suspected flags are
// confirmed. Advances already in it are left alone.
absl::Status TakeAdvances(UnitOfWork& work, domain::Recovery& recovery,
                          const std::vector<domain::AdvanceId>& advances);

// Opens the recovery of a lead that is confirmed for its candidate `chosen`, and drafts demands.
// The caller puts both; the lead is changed (recovery).
absl::StatusOr<domain::Recovery> OpenRecoveryOfLead(UnitOfWork& work, domain::Lead& lead,
                                                    const domain::CourtCase& court_case);

// Whether a demand can rest on the case: a ruling that sends a case back, or lets the suit be
// withdrawn, awards nothing itself, and neither does a case its court withdrew.
bool IsBasis(const domain::CourtCase& court_case);

// Computes debtors and demands of a recovery anew from its court case: drafts are replaced, issued
// demands revised (revise_demands.h), open inquiries with them (inquiries.h). A case that was
// withdrawn, or that only sets an earlier one aside, is no basis: then nothing is owed by it. What
// cannot be computed moves no issued demand: the obstacle and a break say so. The caller puts the
// recovery and holds no other copy of it.
absl::Status FollowCase(UnitOfWork& work, domain::Recovery& recovery,
                        const domain::CourtCase& court_case, const std::string& person,
                        DemandsRevision revision);

// What the recovery wants of each limit now by its court case (follow_limits.h).
absl::StatusOr<SharedClaim> ClaimOfCase(UnitOfWork& work, const domain::Recovery& recovery,
                                        const domain::CourtCase& court_case,
                                        const std::string& person);

// A recovery without a judgment: the shares are agreed or acknowledged. Of one whose case does not
// tell the amount, they take the place of what the case lacks, until the case itself tells more.
struct OpenRecovery {
  struct Share {
    domain::Debtor debtor;  // Kind, name, party, policy, credit code.
    std::int32_t basis_points = 0;
  };
  domain::PoolId pool;
  std::vector<domain::AdvanceId> advances;
  absl::CivilDay accident_on;
  domain::ThirdPartyKind third_party_kind = domain::ThirdPartyKind::kUnknown;
  std::vector<Share> shares;
  std::string reason;
  std::string document_sha256;  // Of what proves the shares, 32 bytes; empty: none.
};

// Shares of insurers are asked up to their part of the limits (agreed_shares.h).
// ILLEGAL_TRANSITION when an advance is in another recovery.
absl::StatusOr<RecoveryView> OpenRecoveryOf(const OpenRecovery& command, UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RECOVERIES_H_

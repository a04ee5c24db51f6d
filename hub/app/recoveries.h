// Recoveries (追偿案): opening one from a confirmed lead, computing who owes what, drafting
// demands.
#ifndef RECOUP_HUB_APP_RECOVERIES_H_
#define RECOUP_HUB_APP_RECOVERIES_H_

#include <string>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/apportionment.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// True when one of its demands was issued and not withdrawn: its figures stand until a person
// changes them.
absl::StatusOr<bool> HasIssuedDemand(UnitOfWork& work, const domain::Recovery& recovery);

// Makes the advances those of the recovery: candidates come onto the books, suspected flags are
// confirmed. Advances already in it are left alone.
absl::Status TakeAdvances(UnitOfWork& work, domain::Recovery& recovery,
                          const std::vector<domain::AdvanceId>& advances);

// Opens the recovery of a lead that is confirmed for its candidate `chosen`, and drafts demands.
// The caller puts both; the lead is changed (recovery).
absl::StatusOr<domain::Recovery> OpenRecoveryOfLead(UnitOfWork& work, domain::Lead& lead,
                                                    const domain::CourtCase& court_case);

// Computes debtors and demands of a recovery anew from its court case. Drafts are replaced; when a
// demand is issued nothing is, and the obstacle says so. The caller puts the recovery.
absl::Status ApportionByJudgment(UnitOfWork& work, domain::Recovery& recovery,
                                 const domain::CourtCase& court_case, const std::string& person);

// Withdraws the drafts of the recovery.
absl::Status WithdrawDrafts(UnitOfWork& work, const domain::Recovery& recovery);

// Puts what an apportionment found into the recovery and drafts one demand per debtor, each with
// its own payment reference. `insurers` are those of the input's policies.
absl::Status DraftDemands(UnitOfWork& work, domain::Recovery& recovery,
                          const domain::Apportionment& apportionment,
                          const std::vector<domain::Debtor>& insurers);

// A recovery without a judgment: the shares are agreed or acknowledged.
struct OpenRecovery {
  struct Share {
    domain::Debtor debtor;  // Kind, name, party, policy.
    std::int32_t basis_points = 0;
  };
  domain::PoolId pool;
  std::vector<domain::AdvanceId> advances;
  absl::CivilDay accident_on;
  domain::ThirdPartyKind third_party_kind = domain::ThirdPartyKind::kUnknown;
  std::vector<Share> shares;
  std::string reason;
};

// ILLEGAL_TRANSITION when an advance is in another recovery; AMOUNT_EXCEEDS_LIMIT when a policy has
// less left than its share.
absl::StatusOr<domain::Recovery> OpenRecoveryOf(const OpenRecovery& command, UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RECOVERIES_H_

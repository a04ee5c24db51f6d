// Drafting demands (追偿函草稿): one per debtor, each with its own payment reference.
#ifndef RECOUP_HUB_APP_DRAFT_DEMANDS_H_
#define RECOUP_HUB_APP_DRAFT_DEMANDS_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/apportionment.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// Whether both are one debtor under one cover; of a cover the policy may not be known yet.
bool IsSameDebtor(const domain::Debtor& a, const domain::Debtor& b);

// Whether they may be: of one of them the cover is not known, as of an insurer whose share was
// acknowledged without a policy.
bool MayBeSameDebtor(const domain::Debtor& a, const domain::Debtor& b);

// The steps of the whole and the line that says what this debtor is asked for.
domain::Explanation ExplanationFor(const domain::Explanation& whole, const domain::Debtor& debtor,
                                   domain::Money amount);

// Drafts one demand to recovery.debtors[debtor] and lists it in the recovery, which the caller
// puts. `per_advance` is in the order of recovery.advances. `supplements` names the issued demand
// of the same debtor that it adds to.
absl::Status DraftDemand(UnitOfWork& work, domain::Recovery& recovery, std::size_t debtor,
                         const std::vector<domain::Money>& per_advance,
                         const std::optional<domain::DemandId>& supplements);

// Puts what an apportionment found into the recovery and drafts one demand per debtor. `insurers`
// are those of the input's policies.
absl::Status DraftDemands(UnitOfWork& work, domain::Recovery& recovery,
                          const domain::Apportionment& apportionment,
                          const std::vector<domain::Debtor>& insurers);

// Withdraws the drafts of the recovery.
absl::Status WithdrawDrafts(UnitOfWork& work, const domain::Recovery& recovery);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_DRAFT_DEMANDS_H_

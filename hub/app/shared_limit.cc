#include "hub/app/shared_limit.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "hub/base/status.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::Money;
using domain::Recovery;

// What the hub asked and received for one other victim.
struct Sibling {
  Recovery recovery;
  Money paid;
  Money open;
};

absl::StatusOr<Money> LossOf(UnitOfWork& work, const Recovery& recovery) {
  Money loss;
  for (const domain::AdvanceId id : recovery.advances) {
    RECOUP_ASSIGN_OR_RETURN(const domain::Advance advance,
                            work.Get<domain::Advance>(recovery.pool.value, id.value));
    RECOUP_ASSIGN_OR_RETURN(loss, loss.Add(advance.self_paid));
    RECOUP_ASSIGN_OR_RETURN(loss, loss.Add(advance.amount));
  }
  return loss;
}

bool HoldsAny(const Recovery& recovery, const std::set<domain::AdvanceId>& advances) {
  return std::any_of(recovery.advances.begin(), recovery.advances.end(),
                     [&](const domain::AdvanceId& id) { return advances.contains(id); });
}

}  // namespace

absl::StatusOr<SharedLimit> SharedLimitOf(UnitOfWork& work, const domain::PartyId& insurer,
                                          const domain::PolicyId& policy,
                                          absl::CivilDay accident_on,
                                          const std::set<domain::AdvanceId>& own) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<Demand> demands,
                          work.FindAllBy<Demand>(domain::LookupKind::kDemandOfDebtorParty,
                                                 domain::Key({insurer.value})));
  RECOUP_ASSIGN_OR_RETURN(std::vector<Demand> drafts,
                          work.FindAllBy<Demand>(domain::LookupKind::kDraftOfPolicy,
                                                 domain::Key({policy.value.ToBytes()})));
  std::move(drafts.begin(), drafts.end(), std::back_inserter(demands));
  std::map<domain::RecoveryId, Sibling> siblings;
  for (const Demand& demand : demands) {
    if (demand.policy != policy) continue;
    RECOUP_ASSIGN_OR_RETURN(const Recovery recovery,
                            work.Get<Recovery>(demand.pool.value, demand.recovery.value));
    if (recovery.accident_on != accident_on || HoldsAny(recovery, own)) continue;
    Sibling& sibling = siblings[recovery.id];
    sibling.recovery = recovery;
    sibling.paid += demand.applied();
    // A draft has no stages yet, and all of it is still to be paid.
    sibling.open += demand.is_issued() ? demand.open() : demand.amount;
  }
  SharedLimit shared;
  for (const auto& [id, sibling] : siblings) {
    shared.paid += sibling.paid;
    ++shared.victims;
    if (!sibling.open.is_positive()) continue;
    RECOUP_ASSIGN_OR_RETURN(const Money loss, LossOf(work, sibling.recovery));
    if (loss > sibling.paid) shared.competing_loss += loss - sibling.paid;
  }
  return shared;
}

}  // namespace recoup::app

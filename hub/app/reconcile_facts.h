// Loads what the reconciliation of a pool looks at. The engine itself is pure (hub/reconcile); this
// is where records become its facts.
#ifndef RECOUP_HUB_APP_RECONCILE_FACTS_H_
#define RECOUP_HUB_APP_RECONCILE_FACTS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/base/check.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/receipts.h"
#include "hub/reconcile/facts.h"

namespace recoup::app {

struct LoadedFacts {
  reconcile::Facts facts;
  // Debits for which an earlier credit fits whose money was passed on, so that nothing can be
  // undone.
  std::set<std::string> passed_on;
};

// The id that a key of a fact is.
template <typename TypedIdT>
TypedIdT IdOf(std::string_view key) {
  const auto id = Id::FromBase32(key);
  RECOUP_CHECK(id.has_value());  // Keys of facts are ids.
  return TypedIdT{*id};
}

// One record as a fact.
reconcile::BankEntry BankEntryOf(const domain::StatementEntry& entry);
reconcile::OpenDemand OpenDemandOf(const domain::Demand& demand, std::vector<std::string> names);

// Entries: everything UNMATCHED and not held by a person. A credit of which a part is applied is
// not decided on again: its rest was explained by a break and belongs to a person; it is an earlier
// entry, as are the applied credits that one of the debits may take back. Demands: the open ones
// and those that entries, advices and earlier applications name. Advices: those of which nothing
// has arrived yet. `other_rule`: entries that another rule has
// decided on (settlement_receipts.h). A demand of which a closed settlement batch holds a line
// counts as paid: what names it is a second payment.
absl::StatusOr<LoadedFacts> LoadReconcileFacts(
    UnitOfWork& work, const domain::PoolId& pool,
    const std::set<domain::StatementEntryId>& other_rule);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_RECONCILE_FACTS_H_

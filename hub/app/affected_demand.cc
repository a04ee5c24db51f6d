#include "hub/app/affected_demand.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/books.h"
#include "hub/app/finished.h"
#include "hub/base/error.h"

namespace recoup::app {

using domain::Advance;
using domain::Demand;
using domain::Money;

std::vector<Advance*> AffectedDemand::pointers() {
  std::vector<Advance*> all;
  for (auto& [id, advance] : advances) all.push_back(&advance);
  return all;
}

absl::StatusOr<AffectedDemand> LoadAffected(UnitOfWork& work, const domain::PoolId& pool,
                                            domain::DemandId id) {
  AffectedDemand affected;
  RECOUP_ASSIGN_OR_RETURN(affected.demand, work.Get<Demand>(pool.value, id.value));
  RECOUP_ASSIGN_OR_RETURN(affected.recovery,
                          work.Get<domain::Recovery>(pool.value, affected.demand.recovery.value));
  for (const domain::DemandLine& line : affected.demand.lines) {
    if (affected.advances.contains(line.advance)) continue;
    RECOUP_ASSIGN_OR_RETURN(Advance advance, work.Get<Advance>(pool.value, line.advance.value));
    affected.advances.emplace(line.advance, std::move(advance));
  }
  return affected;
}

absl::Status StoreAffected(UnitOfWork& work, AffectedDemand& affected,
                           const ledger::Postings& postings) {
  RECOUP_RETURN_IF_ERROR(
      PostMovement(work, affected.demand.pool, postings, affected.pointers(), {&affected.demand}));
  RECOUP_RETURN_IF_ERROR(
      SettleFinished(work, affected.pointers(), &affected.demand, affected.recovery));
  for (auto& [id, advance] : affected.advances) work.Put(advance);
  work.Put(affected.demand);
  work.Put(affected.recovery);
  return absl::OkStatus();
}

absl::Status ExceedsOpen(domain::Money wanted, domain::Money open) {
  return MakeError(Reason::kAmountExceedsOpen,
                   absl::StrCat(wanted.ToYuan(), " yuan is more than the ", open.ToYuan(),
                                " yuan that are there"));
}

void InterruptByPayment(AffectedDemand& affected, absl::CivilDay paid_on, std::string evidence) {
  const auto debtor = static_cast<std::size_t>(affected.demand.debtor_index);
  if (debtor >= affected.recovery.debtors.size()) return;
  affected.recovery.debtors[debtor].interruptions.push_back(
      {.kind = domain::InterruptionKind::kPartPayment,
       .date = paid_on,
       .ended_on = std::nullopt,
       .debtor = affected.recovery.debtors[debtor].name,
       .evidence = std::move(evidence)});
}

void PayInstalments(Demand& demand, Money amount) {
  std::vector<domain::Instalment*> by_date;
  for (domain::Instalment& instalment : demand.instalments) by_date.push_back(&instalment);
  std::stable_sort(by_date.begin(), by_date.end(),
                   [](const auto* a, const auto* b) { return a->due_on < b->due_on; });
  for (domain::Instalment* instalment : by_date) {
    const Money part = std::min(amount, instalment->amount - instalment->paid);
    instalment->paid += part;
    amount -= part;
  }
}

void UnpayInstalments(Demand& demand, Money amount) {
  Money paid;
  for (const domain::Instalment& instalment : demand.instalments) paid += instalment.paid;
  amount = std::min(amount, paid);
  std::vector<domain::Instalment*> by_date;
  for (domain::Instalment& instalment : demand.instalments) by_date.push_back(&instalment);
  std::stable_sort(by_date.begin(), by_date.end(),
                   [](const auto* a, const auto* b) { return a->due_on > b->due_on; });
  for (domain::Instalment* instalment : by_date) {
    const Money part = std::min(amount, instalment->paid);
    instalment->paid -= part;
    amount -= part;
  }
}

}  // namespace recoup::app

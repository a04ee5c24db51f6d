#include "hub/app/books.h"

#include "hub/app/settlement_lines.h"
#include "hub/base/check.h"
#include "hub/base/status.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::app {

absl::Status PostMovement(UnitOfWork& work, const domain::PoolId& pool,
                          const ledger::Postings& postings,
                          const std::vector<domain::Advance*>& advances,
                          const std::vector<domain::Demand*>& demands) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<std::int64_t> sequences,
                          work.Post(pool.value, postings));
  for (std::size_t i = 0; i < postings.size(); ++i) {
    for (domain::Advance* advance : advances) {
      if (advance->id == postings[i].advance) advance->transfers.push_back(sequences[i]);
    }
    for (domain::Demand* demand : demands) {
      if (demand->id == postings[i].demand) demand->transfers.push_back(sequences[i]);
    }
  }
  for (domain::Demand* demand : demands) {
    if (demand->debtor_token.empty()) {
      demand->debtor_token = work.blinder().Name(reconcile::NormaliseName(demand->debtor_name));
    }
    RECOUP_RETURN_IF_ERROR(UpdateSettlementLine(work, *demand));
  }
  return absl::OkStatus();
}

absl::Status PutOnBooks(UnitOfWork& work, domain::Advance& advance) {
  RECOUP_CHECK(advance.amount.is_positive());
  RECOUP_ASSIGN_OR_RETURN(advance.state,
                          domain::Next(advance.state, domain::AdvanceCommand::kBook));
  ledger::Postings postings;
  RECOUP_RETURN_IF_ERROR(ledger::BookAdvance(advance, postings));
  return PostMovement(work, advance.pool, postings, {&advance}, {});
}

absl::Status TakeOffBooks(UnitOfWork& work, domain::Advance& advance, domain::AdvanceState to) {
  RECOUP_CHECK(to == domain::AdvanceState::kCandidate || to == domain::AdvanceState::kReversed);
  ledger::Postings postings;
  RECOUP_RETURN_IF_ERROR(ledger::UnbookAdvance(advance, postings));
  RECOUP_RETURN_IF_ERROR(PostMovement(work, advance.pool, postings, {&advance}, {}));
  advance.state = to;
  return absl::OkStatus();
}

}  // namespace recoup::app

#include "hub/app/stage_moves.h"

#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/books.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {

using domain::Money;
using domain::Stage;

std::vector<Money> Held(const domain::Demand& demand, Stage stage) {
  std::vector<Money> held;
  for (const domain::DemandLine& line : demand.lines) held.push_back(line.stages.at(stage));
  return held;
}

Money SumOf(const std::vector<Money>& amounts) {
  return std::accumulate(amounts.begin(), amounts.end(), Money());
}

absl::StatusOr<std::vector<Money>> Spread(Money amount, const std::vector<Money>& held) {
  if (amount.is_zero()) return std::vector<Money>(held.size());
  if (amount > SumOf(held)) {
    return MakeError(Reason::kAmountExceedsOpen,
                     absl::StrCat(amount.ToYuan(), " yuan is more than the ", SumOf(held).ToYuan(),
                                  " yuan that are open"));
  }
  std::vector<std::int64_t> weights;
  for (const Money of_line : held) weights.push_back(of_line.fen());
  return domain::Split(amount, weights);
}

absl::Status MoveLines(UnitOfWork& work, LoadedDemand& loaded, Stage from, Stage to,
                       const std::vector<Money>& amounts) {
  RECOUP_CHECK(amounts.size() == loaded.demand.lines.size());
  ledger::Postings postings;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    if (amounts[i].is_zero()) continue;
    RECOUP_RETURN_IF_ERROR(ledger::MoveStage(loaded.advances[i], loaded.demand.lines[i],
                                             loaded.demand.id, from, to, amounts[i], postings));
  }
  return PostMovement(work, loaded.demand.pool, postings, loaded.advance_pointers(),
                      {&loaded.demand});
}

void Interrupt(LoadedDemand& loaded, domain::InterruptionKind kind, absl::CivilDay date,
               std::string evidence) {
  const auto index = static_cast<std::size_t>(loaded.demand.debtor_index);
  RECOUP_CHECK(index < loaded.recovery.debtors.size());
  domain::Debtor& debtor = loaded.recovery.debtors[index];
  debtor.interruptions.push_back({.kind = kind,
                                  .date = date,
                                  .ended_on = std::nullopt,
                                  .debtor = debtor.name,
                                  .evidence = std::move(evidence)});
}

void EndMediationInterruption(LoadedDemand& loaded, std::string_view evidence,
                              absl::CivilDay ended_on) {
  const auto index = static_cast<std::size_t>(loaded.demand.debtor_index);
  RECOUP_CHECK(index < loaded.recovery.debtors.size());
  for (domain::Interruption& one : loaded.recovery.debtors[index].interruptions) {
    if (one.kind == domain::InterruptionKind::kMediation && one.evidence == evidence)
      one.ended_on = ended_on;
  }
}

absl::Status NotifyDebtor(UnitOfWork& work, const domain::Demand& demand, std::string_view what) {
  if (demand.debtor_party.empty()) return absl::OkStatus();
  return work.Notify(demand.debtor_party, KeyOf(demand), std::string(what));
}

}  // namespace recoup::app

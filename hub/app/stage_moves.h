// Moving the money of a demand between stages, line by line.
#ifndef RECOUP_HUB_APP_STAGE_MOVES_H_
#define RECOUP_HUB_APP_STAGE_MOVES_H_

#include <string>
#include <string_view>
#include <vector>

#include "hub/app/demands.h"
#include "hub/domain/stage.h"

namespace recoup::app {

// What each line holds in a stage, in the order of the lines.
std::vector<domain::Money> Held(const domain::Demand& demand, domain::Stage stage);
domain::Money SumOf(const std::vector<domain::Money>& amounts);
// Spreads an amount over lines in proportion to what they hold; no line gets more than it holds.
// AMOUNT_EXCEEDS_OPEN when they hold less together.
absl::StatusOr<std::vector<domain::Money>> Spread(domain::Money amount,
                                                  const std::vector<domain::Money>& held);

// Moves amounts[i] on line i and posts it; zero moves nothing.
absl::Status MoveLines(UnitOfWork& work, LoadedDemand& loaded, domain::Stage from, domain::Stage to,
                       const std::vector<domain::Money>& amounts);

// An event that interrupts the limitation period towards the demand's debtor, with what proves it.
void Interrupt(LoadedDemand& loaded, domain::InterruptionKind kind, absl::CivilDay date,
               std::string evidence);

// The mediation that `evidence` names is over and the clock starts anew (民法典 195).
void EndMediationInterruption(LoadedDemand& loaded, std::string_view evidence,
                              absl::CivilDay ended_on);

// Tells the debtor, when it is a party of the hub, that its demand has changed.
absl::Status NotifyDebtor(UnitOfWork& work, const domain::Demand& demand, std::string_view what);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_STAGE_MOVES_H_

#include "hub/app/record_lawsuit.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/debtor_clock.h"
#include "hub/app/demands.h"
#include "hub/app/mediation_terms.h"
#include "hub/app/names.h"
#include "hub/app/refusal.h"
#include "hub/app/stage_moves.h"
#include "hub/app/timeline.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {

absl::StatusOr<domain::Demand> RecordLawsuitOf(const RecordLawsuit& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, command.pool, command.demand));
  domain::Demand& demand = loaded.demand;
  const domain::Lawsuit& suit = command.lawsuit;
  const std::string name = NameOf(demand.pool, demand.id);
  if (demand.lawsuit) {
    if (*demand.lawsuit == suit) return demand;
    return Refuse(Reason::kIllegalTransition, "another suit is recorded", "LAWSUIT", name,
                  absl::StrCat("已登记 ", demand.lawsuit->case_number));
  }
  if (!demand.is_issued() || !demand.open().is_positive()) {
    return Refuse(Reason::kIllegalTransition, "nothing of the demand is open", "STATE", name,
                  "追偿函未发出或已无未付金额，无需起诉");
  }
  if (demand.issued_on && suit.filed_on < *demand.issued_on)
    return FaultOf("lawsuit.filed_on", "before the demand was issued");
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  RECOUP_ASSIGN_OR_RETURN(
      const domain::Limitation clock,
      ReadLimitationOfDebtor(work, loaded.recovery, static_cast<std::size_t>(demand.debtor_index),
                             work.today(), *policy_data));
  if (clock.expires_on && suit.filed_on > *clock.expires_on) {
    return FaultOf("lawsuit.filed_on", absl::StrCat("the period expired on ",
                                                    absl::FormatCivilTime(*clock.expires_on)));
  }
  demand.lawsuit = suit;
  demand.mediation_failed_on.reset();
  Interrupt(loaded, domain::InterruptionKind::kSuit, suit.filed_on,
            absl::StrCat(suit.court_name, " ", suit.case_number, "，", suit.evidence));
  AddTimeline(
      work, loaded.recovery, About(domain::TimelineKind::kInterrupted, demand),
      absl::FromCivil(suit.filed_on, ChinaTimeZone()),
      absl::StrCat("向 ", suit.court_name, " 起诉 ", demand.debtor_name, "，", suit.case_number));
  RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.sued"));
  StoreDemand(work, loaded);
  return std::move(loaded.demand);
}

}  // namespace recoup::app

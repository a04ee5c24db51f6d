// Cases of one dispute: a later decision and the earlier ones it speaks of (原审), whichever courts
// pushed them, and the recoveries that follow.
//
// An earlier case is found by court and case number; or, when the document names no court the hub
// knows, by the number and an injured person that both name. Only with the later court's consent:
// until then nobody at a fund learns of it. docs/formats/court.md has the table of what each kind
// of decision does.
#ifndef RECOUP_HUB_APP_CASE_LINKS_H_
#define RECOUP_HUB_APP_CASE_LINKS_H_

#include <string>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {

// Does to the earlier cases, their leads and recoveries what this decision says, and puts them. A
// case that comes in after the decision that replaced it is superseded itself. Nothing for a case
// without consent. The caller puts the case.
absl::Status SucceedEarlierCases(UnitOfWork& work, domain::CourtCase& court_case);

// Whether demands are founded on this case. A ruling that only sets aside or corrects holds nothing
// to found one on, and of two decisions the one that was upheld speaks for both.
absl::StatusOr<bool> SpeaksForDispute(UnitOfWork& work, const domain::CourtCase& court_case);

// Officers of the recoveries learn of a correction ruling, and have to look.
absl::Status TellOfCorrection(UnitOfWork& work, const domain::CourtCase& corrected,
                              const domain::CourtCase& ruling);

absl::StatusOr<std::vector<domain::Recovery>> RecoveriesOf(UnitOfWork& work,
                                                           const domain::CourtCase& court_case);

// Computes the recovery anew from its case and puts it.
absl::Status Follow(UnitOfWork& work, domain::Recovery& recovery,
                    const domain::CourtCase& court_case, const std::string& reason);

// Recoveries of the earlier case, or version, go on with the later one.
absl::Status MoveRecoveries(UnitOfWork& work, const domain::CourtCase& before,
                            const domain::CourtCase& after, const std::string& reason);

// Leads of a case that no longer holds: those nobody acted on are replaced.
absl::Status SupersedeLeads(UnitOfWork& work, const domain::CourtCase& court_case);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_CASE_LINKS_H_

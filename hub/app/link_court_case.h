// Linking court cases with what pools paid: matching, leads, and the recoveries of confirmed leads.
//
// For each injured person of a case the advances and flags of every pool are weighed, one decision
// per pool. A certain lead is confirmed by rule and opens its recovery at once; an ambiguous one
// waits for a person. Where somebody has the same identity number, people of the same name in other
// pools are not shown the case. Only for cases the court lets the hub tell of (NOTIFIED).
#ifndef RECOUP_HUB_APP_LINK_COURT_CASE_H_
#define RECOUP_HUB_APP_LINK_COURT_CASE_H_

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/court_case.h"

namespace recoup::app {

struct LinkResult {
  int persons_with_lead = 0;
  bool fund_paid = false;  // A confirmed lead shows that a pool paid for the injury.
};

// Leads that wait for review are replaced; confirmed and rejected ones stay, the recovery of a
// confirmed one takes further advances and follows. The caller puts the case, whose grade may
// change with the reason among its evidence.
absl::StatusOr<LinkResult> LinkCourtCase(UnitOfWork& work, domain::CourtCase& court_case);

// Further visits of the same injury, which `found` names, join the recovery of a lead, which is
// computed again.
absl::Status ExtendRecovery(UnitOfWork& work, const domain::Lead& lead, const domain::Lead& found,
                            const domain::CourtCase& court_case);

// A settlement that arrives after the judgment: links the notified court cases of its patient
// again. Two look-ups when there is none.
absl::Status LinkLateSettlement(UnitOfWork& work, const domain::Advance& advance);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_LINK_COURT_CASE_H_

// Linking court cases with what pools paid: matching, leads, and the recoveries of confirmed leads.
#ifndef RECOUP_HUB_APP_LINK_COURT_CASE_H_
#define RECOUP_HUB_APP_LINK_COURT_CASE_H_

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/admission.h"

namespace recoup::app {

// A settlement that arrives after the judgment: matches it against the notified court cases of its
// patient.
absl::Status LinkLateSettlement(UnitOfWork& work, const domain::Advance& advance);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_LINK_COURT_CASE_H_

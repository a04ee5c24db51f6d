// A person decides a lead (追偿线索): confirms one of its candidates, or rejects it.
#ifndef RECOUP_HUB_APP_LEADS_H_
#define RECOUP_HUB_APP_LEADS_H_

#include <string>
#include <vector>

#include "hub/app/recovery_view.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/records/court_case.h"

namespace recoup::app {

struct ConfirmLead {
  domain::PoolId pool;
  domain::LeadId lead;
  std::size_t candidate = 0;  // Place in the lead's list.
  std::string reason;
};

struct ConfirmedLead {
  domain::Lead lead;
  RecoveryView opened;  // Without demands when the recovery has an obstacle.
};

struct RejectLead {
  domain::PoolId pool;
  domain::LeadId lead;
  std::string reason;
};

// ILLEGAL_TRANSITION also when the court no longer consents, or when neither a settlement of the
// candidate nor the court's document shows that the fund paid. By the document alone the recovery
// holds no advance yet: it can be asked about, and takes the settlements as they come.
absl::StatusOr<ConfirmedLead> ConfirmLeadOf(const ConfirmLead& command, UnitOfWork& work);
absl::StatusOr<domain::Lead> RejectLeadOf(const RejectLead& command, UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_LEADS_H_

// A second person decides what one person may not (审批): approves, and it is done, or rejects.
#ifndef RECOUP_HUB_APP_DECIDE_APPROVAL_H_
#define RECOUP_HUB_APP_DECIDE_APPROVAL_H_

#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/approval.h"

namespace recoup::app {

struct DecideApproval {
  domain::PoolId pool;
  domain::ApprovalId approval;
  bool approve = false;
  std::string reason;
};

// SAME_PERSON_MAY_NOT_APPROVE for the person who asked, and for a certificate that names no person:
// it cannot prove that it is another one.
absl::StatusOr<domain::Approval> DecideApprovalOf(const DecideApproval& command, UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_DECIDE_APPROVAL_H_

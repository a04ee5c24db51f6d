// Approvals and what they are about, as the API shows them.
#ifndef RECOUP_HUB_RPC_CONVERTERS_APPROVAL_H_
#define RECOUP_HUB_RPC_CONVERTERS_APPROVAL_H_

#include "absl/time/time.h"
#include "hub/app/approval_matter.h"
#include "hub/domain/records/approval.h"
#include "recoup/v1/approval.pb.h"
#include "recoup/v1/fund_service.pb.h"

namespace recoup::rpc {

// Everything the record itself knows; the line about it needs its matter (app::AboutOf).
void ApprovalToProto(const domain::Approval& approval, v1::Approval* out);
void ApprovalMatterToProto(const domain::Approval& approval, const app::ApprovalMatter& matter,
                           absl::Time now, v1::ApprovalMatter* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_APPROVAL_H_

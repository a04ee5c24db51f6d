// The reports of FundService: each from one snapshot, with the cut it was made at. A pool that is
// not the caller's own, and anything in it, is NOT_FOUND.
#ifndef RECOUP_HUB_RPC_HANDLERS_FUND_REPORTS_H_
#define RECOUP_HUB_RPC_HANDLERS_FUND_REPORTS_H_

#include "absl/status/status.h"
#include "hub/rpc/unary.h"
#include "recoup/v1/fund_service.pb.h"

namespace recoup::rpc {

absl::Status GetDebtorStatement(const v1::GetDebtorStatementRequest& request, QueryContext& context,
                                v1::GetDebtorStatementResponse* response);
absl::Status GetAgeing(const v1::GetAgeingRequest& request, QueryContext& context,
                       v1::GetAgeingResponse* response);
absl::Status GetFunnel(const v1::GetFunnelRequest& request, QueryContext& context,
                       v1::GetFunnelResponse* response);
absl::Status GetLimitationClocks(const v1::GetLimitationClocksRequest& request,
                                 QueryContext& context, v1::GetLimitationClocksResponse* response);
absl::Status GetWorklist(const v1::GetWorklistRequest& request, QueryContext& context,
                         v1::GetWorklistResponse* response);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_HANDLERS_FUND_REPORTS_H_

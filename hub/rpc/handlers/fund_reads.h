// The reading calls of FundService. Each takes a snapshot (QueryContext) and fills the response; a
// pool that is not the caller's own, and anything in it, is NOT_FOUND.
#ifndef RECOUP_HUB_RPC_HANDLERS_FUND_READS_H_
#define RECOUP_HUB_RPC_HANDLERS_FUND_READS_H_

#include "absl/status/status.h"
#include "hub/rpc/unary.h"
#include "recoup/v1/fund_service.pb.h"

namespace recoup::rpc {

absl::Status GetAdvance(const v1::GetAdvanceRequest& request, QueryContext& context,
                        v1::GetAdvanceResponse* response);
absl::Status ListAdvances(const v1::ListAdvancesRequest& request, QueryContext& context,
                          v1::ListAdvancesResponse* response);
absl::Status GetLead(const v1::GetLeadRequest& request, QueryContext& context,
                     v1::GetLeadResponse* response);
absl::Status ListLeads(const v1::ListLeadsRequest& request, QueryContext& context,
                       v1::ListLeadsResponse* response);
absl::Status GetRecovery(const v1::GetRecoveryRequest& request, QueryContext& context,
                         v1::GetRecoveryResponse* response);
absl::Status ListRecoveries(const v1::ListRecoveriesRequest& request, QueryContext& context,
                            v1::ListRecoveriesResponse* response);
absl::Status GetTimeline(const v1::GetTimelineRequest& request, QueryContext& context,
                         v1::GetTimelineResponse* response);
absl::Status Explain(const v1::ExplainRequest& request, QueryContext& context,
                     v1::ExplainResponse* response);
absl::Status GetLetter(const v1::GetLetterRequest& request, QueryContext& context,
                       v1::GetLetterResponse* response);
absl::Status ListLetters(const v1::ListLettersRequest& request, QueryContext& context,
                         v1::ListLettersResponse* response);
absl::Status GetApproval(const v1::GetApprovalRequest& request, QueryContext& context,
                         v1::GetApprovalResponse* response);
absl::Status ListApprovals(const v1::ListApprovalsRequest& request, QueryContext& context,
                           v1::ListApprovalsResponse* response);
absl::Status ListPolicyData(const v1::ListPolicyDataRequest& request, QueryContext& context,
                            v1::ListPolicyDataResponse* response);
absl::Status ListParties(const v1::ListPartiesRequest& request, QueryContext& context,
                         v1::ListPartiesResponse* response);
absl::Status ListDeadlines(const v1::ListDeadlinesRequest& request, QueryContext& context,
                           v1::ListDeadlinesResponse* response);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_HANDLERS_FUND_READS_H_

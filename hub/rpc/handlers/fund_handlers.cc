#include "hub/rpc/handlers/fund_handlers.h"

#include "hub/app/demands.h"
#include "hub/rpc/converters/demand.h"
#include "hub/rpc/converters/fund_commands.h"
#include "hub/rpc/handlers/fund_reads.h"
#include "hub/rpc/handlers/fund_reports.h"
#include "hub/rpc/unary.h"
#include "recoup/v1/fund_service.grpc.pb.h"

namespace recoup::rpc {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

class FundHandlers final : public v1::FundService::CallbackService {
 public:
  explicit FundHandlers(const HubContext& hub) : hub_(hub) {}

  ServerUnaryReactor* GetAdvance(CallbackServerContext* context,
                                 const v1::GetAdvanceRequest* request,
                                 v1::GetAdvanceResponse* response) override {
    return Query(hub_, "FundService/GetAdvance", context, *request, response, rpc::GetAdvance);
  }
  ServerUnaryReactor* ListAdvances(CallbackServerContext* context,
                                   const v1::ListAdvancesRequest* request,
                                   v1::ListAdvancesResponse* response) override {
    return Query(hub_, "FundService/ListAdvances", context, *request, response, rpc::ListAdvances);
  }
  ServerUnaryReactor* ListLeads(CallbackServerContext* context, const v1::ListLeadsRequest* request,
                                v1::ListLeadsResponse* response) override {
    return Query(hub_, "FundService/ListLeads", context, *request, response, rpc::ListLeads);
  }
  ServerUnaryReactor* GetLead(CallbackServerContext* context, const v1::GetLeadRequest* request,
                              v1::GetLeadResponse* response) override {
    return Query(hub_, "FundService/GetLead", context, *request, response, rpc::GetLead);
  }
  ServerUnaryReactor* ConfirmLead(CallbackServerContext* context,
                                  const v1::ConfirmLeadRequest* request,
                                  v1::ConfirmLeadResponse* response) override {
    return Mutate(hub_, "FundService/ConfirmLead", context, *request, response,
                  ConfirmLeadFromProto, app::ConfirmLeadOf, ConfirmLeadToProto);
  }
  ServerUnaryReactor* RejectLead(CallbackServerContext* context,
                                 const v1::RejectLeadRequest* request,
                                 v1::RejectLeadResponse* response) override {
    return Mutate(hub_, "FundService/RejectLead", context, *request, response, RejectLeadFromProto,
                  app::RejectLeadOf, RejectLeadToProto);
  }
  ServerUnaryReactor* OpenRecovery(CallbackServerContext* context,
                                   const v1::OpenRecoveryRequest* request,
                                   v1::OpenRecoveryResponse* response) override {
    return Mutate(hub_, "FundService/OpenRecovery", context, *request, response,
                  OpenRecoveryFromProto, app::OpenRecoveryOf, OpenRecoveryToProto);
  }
  ServerUnaryReactor* GetRecovery(CallbackServerContext* context,
                                  const v1::GetRecoveryRequest* request,
                                  v1::GetRecoveryResponse* response) override {
    return Query(hub_, "FundService/GetRecovery", context, *request, response, rpc::GetRecovery);
  }
  ServerUnaryReactor* ListRecoveries(CallbackServerContext* context,
                                     const v1::ListRecoveriesRequest* request,
                                     v1::ListRecoveriesResponse* response) override {
    return Query(hub_, "FundService/ListRecoveries", context, *request, response,
                 rpc::ListRecoveries);
  }
  ServerUnaryReactor* GetTimeline(CallbackServerContext* context,
                                  const v1::GetTimelineRequest* request,
                                  v1::GetTimelineResponse* response) override {
    return Query(hub_, "FundService/GetTimeline", context, *request, response, rpc::GetTimeline);
  }
  ServerUnaryReactor* Explain(CallbackServerContext* context, const v1::ExplainRequest* request,
                              v1::ExplainResponse* response) override {
    return Query(hub_, "FundService/Explain", context, *request, response, rpc::Explain);
  }
  ServerUnaryReactor* IssueDemand(CallbackServerContext* context,
                                  const v1::IssueDemandRequest* request,
                                  v1::IssueDemandResponse* response) override {
    return Mutate(hub_, "FundService/IssueDemand", context, *request, response,
                  IssueDemandFromProto, app::IssueDemandOf, IssueDemandToProto);
  }
  ServerUnaryReactor* WithdrawDemand(CallbackServerContext* context,
                                     const v1::WithdrawDemandRequest* request,
                                     v1::WithdrawDemandResponse* response) override {
    return Mutate(hub_, "FundService/WithdrawDemand", context, *request, response,
                  WithdrawDemandFromProto, app::WithdrawDemandOf, WithdrawDemandToProto);
  }
  ServerUnaryReactor* RecordInterruption(CallbackServerContext* context,
                                         const v1::RecordInterruptionRequest* request,
                                         v1::RecordInterruptionResponse* response) override {
    return Mutate(hub_, "FundService/RecordInterruption", context, *request, response,
                  RecordInterruptionFromProto, app::RecordInterruptionOf,
                  RecordInterruptionToProto);
  }
  ServerUnaryReactor* Relinquish(CallbackServerContext* context,
                                 const v1::RelinquishRequest* request,
                                 v1::RelinquishResponse* response) override {
    return Mutate(hub_, "FundService/Relinquish", context, *request, response, RelinquishFromProto,
                  app::RelinquishOf, RelinquishToProto);
  }
  ServerUnaryReactor* ListApprovals(CallbackServerContext* context,
                                    const v1::ListApprovalsRequest* request,
                                    v1::ListApprovalsResponse* response) override {
    return Query(hub_, "FundService/ListApprovals", context, *request, response,
                 rpc::ListApprovals);
  }
  ServerUnaryReactor* DecideApproval(CallbackServerContext* context,
                                     const v1::DecideApprovalRequest* request,
                                     v1::DecideApprovalResponse* response) override {
    return Mutate(hub_, "FundService/DecideApproval", context, *request, response,
                  DecideApprovalFromProto, app::DecideApprovalOf, DecideApprovalToProto);
  }
  ServerUnaryReactor* GetLetter(CallbackServerContext* context, const v1::GetLetterRequest* request,
                                v1::GetLetterResponse* response) override {
    return Query(hub_, "FundService/GetLetter", context, *request, response, rpc::GetLetter);
  }
  ServerUnaryReactor* ListLetters(CallbackServerContext* context,
                                  const v1::ListLettersRequest* request,
                                  v1::ListLettersResponse* response) override {
    return Query(hub_, "FundService/ListLetters", context, *request, response, rpc::ListLetters);
  }
  ServerUnaryReactor* PutPolicyDatum(CallbackServerContext* context,
                                     const v1::PutPolicyDatumRequest* request,
                                     v1::PutPolicyDatumResponse* response) override {
    return Mutate(hub_, "FundService/PutPolicyDatum", context, *request, response,
                  PutPolicyDatumFromProto, app::PutPolicyDatumOf, PutPolicyDatumToProto);
  }
  ServerUnaryReactor* ListPolicyData(CallbackServerContext* context,
                                     const v1::ListPolicyDataRequest* request,
                                     v1::ListPolicyDataResponse* response) override {
    return Query(hub_, "FundService/ListPolicyData", context, *request, response,
                 rpc::ListPolicyData);
  }
  ServerUnaryReactor* RegisterParty(CallbackServerContext* context,
                                    const v1::RegisterPartyRequest* request,
                                    v1::RegisterPartyResponse* response) override {
    return Mutate(hub_, "FundService/RegisterParty", context, *request, response,
                  RegisterPartyFromProto, app::RegisterPartyOf, RegisterPartyToProto);
  }
  ServerUnaryReactor* ListParties(CallbackServerContext* context,
                                  const v1::ListPartiesRequest* request,
                                  v1::ListPartiesResponse* response) override {
    return Query(hub_, "FundService/ListParties", context, *request, response, rpc::ListParties);
  }
  ServerUnaryReactor* ListDeadlines(CallbackServerContext* context,
                                    const v1::ListDeadlinesRequest* request,
                                    v1::ListDeadlinesResponse* response) override {
    return Query(hub_, "FundService/ListDeadlines", context, *request, response,
                 rpc::ListDeadlines);
  }
  ServerUnaryReactor* GetDebtorStatement(CallbackServerContext* context,
                                         const v1::GetDebtorStatementRequest* request,
                                         v1::GetDebtorStatementResponse* response) override {
    return Query(hub_, "FundService/GetDebtorStatement", context, *request, response,
                 rpc::GetDebtorStatement);
  }
  ServerUnaryReactor* GetAgeing(CallbackServerContext* context, const v1::GetAgeingRequest* request,
                                v1::GetAgeingResponse* response) override {
    return Query(hub_, "FundService/GetAgeing", context, *request, response, rpc::GetAgeing);
  }
  ServerUnaryReactor* GetFunnel(CallbackServerContext* context, const v1::GetFunnelRequest* request,
                                v1::GetFunnelResponse* response) override {
    return Query(hub_, "FundService/GetFunnel", context, *request, response, rpc::GetFunnel);
  }
  ServerUnaryReactor* GetLimitationClocks(CallbackServerContext* context,
                                          const v1::GetLimitationClocksRequest* request,
                                          v1::GetLimitationClocksResponse* response) override {
    return Query(hub_, "FundService/GetLimitationClocks", context, *request, response,
                 rpc::GetLimitationClocks);
  }
  ServerUnaryReactor* GetWorklist(CallbackServerContext* context,
                                  const v1::GetWorklistRequest* request,
                                  v1::GetWorklistResponse* response) override {
    return Query(hub_, "FundService/GetWorklist", context, *request, response, rpc::GetWorklist);
  }

 private:
  const HubContext& hub_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeFundService(const HubContext& hub) {
  return std::make_unique<FundHandlers>(hub);
}

}  // namespace recoup::rpc

#include "hub/rpc/handlers/fund_handlers.h"

#include "hub/app/demands.h"
#include "hub/rpc/converters/demand.h"
#include "hub/rpc/converters/fund_commands.h"
#include "hub/rpc/converters/letter.h"
#include "hub/rpc/handlers/fund_reads.h"
#include "hub/rpc/handlers/fund_reports.h"
#include "hub/rpc/service.h"
#include "recoup/v1/fund_service.pb.h"

namespace recoup::rpc {
namespace {}  // namespace

std::unique_ptr<grpc::Service> MakeFundService(const HubContext& hub) {
  auto service = std::make_unique<Service>(hub);
  service->Query("FundService/GetAdvance", GetAdvance);
  service->Query("FundService/ListAdvances", ListAdvances);
  service->Query("FundService/ListLeads", ListLeads);
  service->Query("FundService/GetLead", GetLead);
  service->Mutation("FundService/ConfirmLead", ConfirmLeadFromProto, app::ConfirmLeadOf,
                    ConfirmLeadToProto);
  service->Mutation("FundService/RejectLead", RejectLeadFromProto, app::RejectLeadOf,
                    RejectLeadToProto);
  service->Mutation("FundService/OpenRecovery", OpenRecoveryFromProto, app::OpenRecoveryOf,
                    OpenRecoveryToProto);
  service->Query("FundService/GetRecovery", GetRecovery);
  service->Query("FundService/ListRecoveries", ListRecoveries);
  service->Query("FundService/GetTimeline", GetTimeline);
  service->Query("FundService/Explain", Explain);
  service->Mutation("FundService/IssueDemand", IssueDemandFromProto, app::IssueDemandOf,
                    IssueDemandToProto);
  service->Mutation("FundService/WithdrawDemand", WithdrawDemandFromProto, app::WithdrawDemandOf,
                    WithdrawDemandToProto);
  service->Mutation("FundService/RecordInterruption", RecordInterruptionFromProto,
                    app::RecordInterruptionOf, RecordInterruptionToProto);
  service->Mutation("FundService/RecordLawsuit", RecordLawsuitFromProto, app::RecordLawsuitOf,
                    RecordLawsuitToProto);
  service->Mutation("FundService/Relinquish", RelinquishFromProto, app::RelinquishOf,
                    RelinquishToProto);
  service->Query("FundService/ListApprovals", ListApprovals);
  service->Query("FundService/GetApproval", GetApproval);
  service->Mutation("FundService/DecideApproval", DecideApprovalFromProto, app::DecideApprovalOf,
                    DecideApprovalToProto);
  service->Query("FundService/GetLetter", GetLetter);
  service->Query("FundService/ListLetters", ListLetters);
  service->Mutation("FundService/IssueInquiries", IssueInquiriesFromProto, app::IssueInquiriesOf,
                    IssueInquiriesToProto);
  service->Mutation("FundService/EndInquiry", EndInquiryFromProto, app::EndInquiryOf,
                    EndInquiryToProto);
  service->Mutation("FundService/PutPolicyDatum", PutPolicyDatumFromProto, app::PutPolicyDatumOf,
                    PutPolicyDatumToProto);
  service->Query("FundService/ListPolicyData", ListPolicyData);
  service->Mutation("FundService/RegisterParty", RegisterPartyFromProto, app::RegisterPartyOf,
                    RegisterPartyToProto);
  service->Query("FundService/ListParties", ListParties);
  service->Query("FundService/ListDeadlines", ListDeadlines);
  service->Query("FundService/GetDebtorStatement", GetDebtorStatement);
  service->Query("FundService/GetAgeing", GetAgeing);
  service->Query("FundService/GetFunnel", GetFunnel);
  service->Query("FundService/GetLimitationClocks", GetLimitationClocks);
  service->Query("FundService/GetWorklist", GetWorklist);
  return service;
}

}  // namespace recoup::rpc

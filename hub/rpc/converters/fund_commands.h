// FundService: requests that change something to commands, and their answers to responses.
#ifndef RECOUP_HUB_RPC_CONVERTERS_FUND_COMMANDS_H_
#define RECOUP_HUB_RPC_CONVERTERS_FUND_COMMANDS_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hub/app/decide_approval.h"
#include "hub/app/leads.h"
#include "hub/app/put_policy_datum.h"
#include "hub/app/record_interruption.h"
#include "hub/app/recoveries.h"
#include "hub/app/register_party.h"
#include "hub/app/relinquish.h"
#include "recoup/v1/fund_service.pb.h"

namespace recoup::rpc {

absl::StatusOr<app::ConfirmLead> ConfirmLeadFromProto(const v1::ConfirmLeadRequest& request,
                                                      absl::Time now);
absl::StatusOr<app::RejectLead> RejectLeadFromProto(const v1::RejectLeadRequest& request,
                                                    absl::Time now);
absl::StatusOr<app::OpenRecovery> OpenRecoveryFromProto(const v1::OpenRecoveryRequest& request,
                                                        absl::Time now);
absl::StatusOr<app::RecordInterruption> RecordInterruptionFromProto(
    const v1::RecordInterruptionRequest& request, absl::Time now);
absl::StatusOr<app::Relinquish> RelinquishFromProto(const v1::RelinquishRequest& request,
                                                    absl::Time now);
absl::StatusOr<app::DecideApproval> DecideApprovalFromProto(
    const v1::DecideApprovalRequest& request, absl::Time now);
absl::StatusOr<app::PutPolicyDatum> PutPolicyDatumFromProto(
    const v1::PutPolicyDatumRequest& request, absl::Time now);
absl::StatusOr<app::RegisterParty> RegisterPartyFromProto(const v1::RegisterPartyRequest& request,
                                                          absl::Time now);

void ConfirmLeadToProto(const app::ConfirmedLead& answer, v1::ConfirmLeadResponse* out);
void RejectLeadToProto(const domain::Lead& answer, v1::RejectLeadResponse* out);
void OpenRecoveryToProto(const app::RecoveryView& answer, v1::OpenRecoveryResponse* out);
void RecordInterruptionToProto(const app::InterruptionAnswer& answer,
                               v1::RecordInterruptionResponse* out);
void RelinquishToProto(const app::RelinquishAnswer& answer, v1::RelinquishResponse* out);
void DecideApprovalToProto(const domain::Approval& answer, v1::DecideApprovalResponse* out);
void PutPolicyDatumToProto(const app::PolicyDatumAnswer& answer, v1::PutPolicyDatumResponse* out);
void RegisterPartyToProto(const domain::Party& answer, v1::RegisterPartyResponse* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_FUND_COMMANDS_H_

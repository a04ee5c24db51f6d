// HospitalService: requests to commands, records and answers to responses.
#ifndef RECOUP_HUB_RPC_CONVERTERS_HOSPITAL_H_
#define RECOUP_HUB_RPC_CONVERTERS_HOSPITAL_H_

#include "absl/status/statusor.h"
#include "hub/app/flag_admission.h"
#include "hub/app/report_settlement.h"
#include "recoup/v1/hospital_service.pb.h"

namespace recoup::rpc {

absl::StatusOr<app::FlagAdmission> FlagAdmissionFromProto(
    const recoup::v1::FlagAdmissionRequest& request, absl::Time now);
absl::StatusOr<app::AmendFlag> AmendFlagFromProto(const recoup::v1::AmendFlagRequest& request,
                                                  absl::Time now);
absl::StatusOr<app::ClearFlag> ClearFlagFromProto(const recoup::v1::ClearFlagRequest& request,
                                                  absl::Time now);
absl::StatusOr<app::ReportSettlement> ReportSettlementFromProto(
    const recoup::v1::ReportSettlementRequest& request, absl::Time now);
absl::StatusOr<app::ReverseSettlement> ReverseSettlementFromProto(
    const recoup::v1::ReverseSettlementRequest& request, absl::Time now);

void FlagToProto(const domain::Flag& flag, recoup::v1::Flag* out);
void AdvanceToProto(const domain::Advance& advance, recoup::v1::Advance* out);

void FlagAdmissionToProto(const app::FlagAnswer& answer, recoup::v1::FlagAdmissionResponse* out);
void AmendFlagToProto(const app::FlagAnswer& answer, recoup::v1::AmendFlagResponse* out);
void ClearFlagToProto(const app::FlagAnswer& answer, recoup::v1::ClearFlagResponse* out);
void ReportSettlementToProto(const app::SettlementAnswer& answer,
                             recoup::v1::ReportSettlementResponse* out);
void ReverseSettlementToProto(const app::SettlementAnswer& answer,
                              recoup::v1::ReverseSettlementResponse* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_HOSPITAL_H_

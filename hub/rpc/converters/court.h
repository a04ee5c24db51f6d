// CourtService: signed elements to court cases and back.
#ifndef RECOUP_HUB_RPC_CONVERTERS_COURT_H_
#define RECOUP_HUB_RPC_CONVERTERS_COURT_H_

#include "absl/status/statusor.h"
#include "hub/app/court_cases.h"
#include "hub/crypto/signing.h"
#include "recoup/v1/court_service.pb.h"

namespace recoup::rpc {

absl::StatusOr<app::PushCourtCase> PushCourtCaseFromProto(const v1::PushCourtCaseRequest& request,
                                                          absl::Time now);
absl::StatusOr<app::AmendCourtCase> AmendCourtCaseFromProto(
    const v1::AmendCourtCaseRequest& request, absl::Time now);
absl::StatusOr<app::ChangeCourtCase> GiveConsentFromProto(const v1::GiveConsentRequest& request,
                                                          absl::Time now);
absl::StatusOr<app::ChangeCourtCase> WithdrawConsentFromProto(
    const v1::WithdrawConsentRequest& request, absl::Time now);
absl::StatusOr<app::ChangeCourtCase> WithdrawCourtCaseFromProto(
    const v1::WithdrawCourtCaseRequest& request, absl::Time now);
absl::StatusOr<app::ReportPerformance> ReportPerformanceFromProto(
    const v1::ReportPerformanceRequest& request, absl::Time now);
absl::StatusOr<app::WithdrawPerformance> WithdrawPerformanceFromProto(
    const v1::WithdrawPerformanceRequest& request, absl::Time now);

void CourtCaseToProto(const domain::CourtCase& court_case, v1::CourtCase* out);

// The hub's signed statement that it holds exactly these elements.
void ReceiptToProto(const domain::CourtCase& court_case, const std::string& request_id,
                    const crypto::SigningKey& key, v1::SignedReceipt* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_COURT_H_

// Flat-quota agreements, as the API sends and shows them.
#ifndef RECOUP_HUB_RPC_CONVERTERS_AGREEMENT_H_
#define RECOUP_HUB_RPC_CONVERTERS_AGREEMENT_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hub/app/agreements.h"
#include "recoup/v1/agreement_service.pb.h"

namespace recoup::rpc {

void AgreementToProto(const domain::Agreement& agreement, v1::Agreement* out);

absl::StatusOr<app::CreateAgreement> CreateAgreementFromProto(
    const v1::CreateAgreementRequest& request, absl::Time now);
absl::StatusOr<app::AnswerAgreement> AnswerAgreementFromProto(
    const v1::AnswerAgreementRequest& request, absl::Time now);
absl::StatusOr<app::EndAgreement> EndAgreementFromProto(const v1::EndAgreementRequest& request,
                                                        absl::Time now);

// All three answer with the agreement as it is now.
template <typename Response>
void AnsweredAgreementToProto(const domain::Agreement& agreement, Response* out) {
  AgreementToProto(agreement, out->mutable_agreement());
}

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_AGREEMENT_H_

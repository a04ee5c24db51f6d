// Remittance advices between API and domain.
#ifndef RECOUP_HUB_RPC_CONVERTERS_REMITTANCE_ADVICE_H_
#define RECOUP_HUB_RPC_CONVERTERS_REMITTANCE_ADVICE_H_

#include "absl/status/statusor.h"
#include "hub/app/remittance_advices.h"
#include "recoup/v1/insurer_service.pb.h"
#include "recoup/v1/remittance_advice.pb.h"

namespace recoup::rpc {

void RemittanceAdviceToProto(const domain::RemittanceAdvice& advice,
                             recoup::v1::RemittanceAdvice* out);
absl::StatusOr<app::SendRemittanceAdvice> SendRemittanceAdviceFromProto(
    const recoup::v1::SendRemittanceAdviceRequest& request, absl::Time now);
void SendRemittanceAdviceToProto(const domain::RemittanceAdvice& advice,
                                 recoup::v1::SendRemittanceAdviceResponse* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_REMITTANCE_ADVICE_H_

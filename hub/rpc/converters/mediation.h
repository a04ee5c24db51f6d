// Mediations between API and domain.
#ifndef RECOUP_HUB_RPC_CONVERTERS_MEDIATION_H_
#define RECOUP_HUB_RPC_CONVERTERS_MEDIATION_H_

#include "absl/status/statusor.h"
#include "hub/app/mediation.h"
#include "recoup/v1/mediation.pb.h"
#include "recoup/v1/mediation_service.pb.h"

namespace recoup::rpc {

void MediationToProto(const domain::Mediation& mediation, recoup::v1::Mediation* out);

absl::StatusOr<app::OpenMediation> OpenMediationFromProto(
    const recoup::v1::OpenMediationRequest& request, absl::Time now);
absl::StatusOr<app::MakeOffer> MakeOfferFromProto(const recoup::v1::MakeOfferRequest& request,
                                                  absl::Time now);
absl::StatusOr<app::AgreeMediation> AgreeMediationFromProto(
    const recoup::v1::AgreeMediationRequest& request, absl::Time now);
absl::StatusOr<app::FailMediation> FailMediationFromProto(
    const recoup::v1::FailMediationRequest& request, absl::Time now);
absl::StatusOr<app::RecordJudicialConfirmation> RecordJudicialConfirmationFromProto(
    const recoup::v1::RecordJudicialConfirmationRequest& request, absl::Time now);

// All answer with the mediation as it is now.
template <typename Response>
void AnsweredMediationToProto(const domain::Mediation& mediation, Response* out) {
  MediationToProto(mediation, out->mutable_mediation());
}
void MakeOfferToProto(const domain::Mediation& mediation, recoup::v1::MakeOfferResponse* out);
void AgreeMediationToProto(const domain::Mediation& mediation,
                           recoup::v1::AgreeMediationResponse* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_MEDIATION_H_

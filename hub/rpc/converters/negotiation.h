// Counter-offers, answers to disputes and evidence, as the API sends and shows them.
#ifndef RECOUP_HUB_RPC_CONVERTERS_NEGOTIATION_H_
#define RECOUP_HUB_RPC_CONVERTERS_NEGOTIATION_H_

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hub/app/dispute_answers.h"
#include "hub/app/evidence.h"
#include "hub/app/offers.h"
#include "hub/rpc/convert.h"
#include "recoup/v1/negotiation_service.pb.h"

namespace recoup::rpc {

// Offers, answers to disputed lines and documents of a demand. Without a day the offers show what
// is recorded, with one whether they have lapsed by then.
void NegotiationToProto(const domain::Demand& demand, std::optional<absl::CivilDay> today,
                        v1::Demand* out);
void DisputeAnswerToProto(const domain::PoolId& pool, const domain::DisputeAnswer& answer,
                          v1::DisputeAnswer* out);
void EvidenceToProto(const domain::PoolId& pool, const domain::EvidenceFile& file,
                     v1::EvidenceFile* out);

absl::StatusOr<app::OfferSettlement> OfferSettlementFromProto(
    const v1::OfferSettlementRequest& request, absl::Time now);
absl::StatusOr<app::AnswerOffer> AnswerOfferFromProto(const v1::AnswerOfferRequest& request,
                                                      absl::Time now);
absl::StatusOr<app::AnswerDispute> AnswerDisputeFromProto(const v1::AnswerDisputeRequest& request,
                                                          absl::Time now);
absl::StatusOr<app::AttachEvidence> AttachEvidenceFromProto(
    const v1::AttachEvidenceRequest& request, absl::Time now);
absl::StatusOr<app::PutEvidenceChunk> PutEvidenceChunkFromProto(
    const v1::PutEvidenceChunkRequest& request, absl::Time now);
// "01jx…" of a document.
domain::EvidenceId ReadEvidenceId(FieldReader& in, const std::string& text);

void AnswerOfferToProto(const app::OfferAnswer& answer, v1::AnswerOfferResponse* out);
void AnswerDisputeToProto(const app::DisputeAnswered& answer, v1::AnswerDisputeResponse* out);
template <typename Response>
void EvidenceAnswerToProto(const app::EvidenceAnswer& answer, Response* out) {
  EvidenceToProto(answer.pool, answer.file, out->mutable_evidence());
}

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_NEGOTIATION_H_

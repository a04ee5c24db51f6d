#include "hub/rpc/handlers/negotiation_handlers.h"

#include <algorithm>
#include <optional>

#include "hub/rpc/converters/insurer.h"
#include "hub/rpc/converters/negotiation.h"
#include "hub/rpc/service.h"
#include "recoup/v1/negotiation_service.pb.h"

namespace recoup::rpc {
namespace {

// The debtor and the fund of the pool may read it, once it is complete.
absl::Status GetEvidence(const v1::GetEvidenceRequest& request, QueryContext& context,
                         v1::GetEvidenceResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const auto name = in.Name<domain::DemandId>("name", request.name());
  const domain::EvidenceId id = ReadEvidenceId(in, request.evidence_id());
  if (request.offset_byte_count() < 0) in.Add("offset_byte_count", "negative");
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, name.pool));
  RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::Demand> demand,
                          context.reader.Find<domain::Demand>(name.pool.value, name.id.value));
  const domain::PartyId& caller = context.admitted.caller.party;
  const bool may_see =
      demand && (caller.kind() == domain::PartyKind::kFund || demand->debtor_party == caller);
  if (!may_see) return app::NotFound("no such demand");
  const auto file = std::find_if(demand->evidence.begin(), demand->evidence.end(),
                                 [&](const domain::EvidenceFile& one) { return one.id == id; });
  if (file == demand->evidence.end() || !file->complete()) {
    return app::NotFound("no such document, or it is not complete");
  }
  EvidenceToProto(name.pool, *file, response->mutable_evidence());
  RECOUP_ASSIGN_OR_RETURN(
      *response->mutable_content(),
      app::ReadEvidence(context.reader, name.pool, *file, request.offset_byte_count()));
  return absl::OkStatus();
}

}  // namespace

std::unique_ptr<grpc::Service> MakeNegotiationService(const HubContext& hub) {
  auto service = std::make_unique<Service>(hub);
  service->Mutation("NegotiationService/OfferSettlement", OfferSettlementFromProto,
                    app::OfferSettlementOf, AnsweredDemandToProto<v1::OfferSettlementResponse>);
  service->Mutation("NegotiationService/AnswerOffer", AnswerOfferFromProto, app::AnswerOfferOf,
                    AnswerOfferToProto);
  service->Mutation("NegotiationService/AnswerDispute", AnswerDisputeFromProto,
                    app::AnswerDisputeOf, AnswerDisputeToProto);
  service->Mutation("NegotiationService/AttachEvidence", AttachEvidenceFromProto,
                    app::AttachEvidenceOf, EvidenceAnswerToProto<v1::AttachEvidenceResponse>);
  service->Mutation("NegotiationService/PutEvidenceChunk", PutEvidenceChunkFromProto,
                    app::PutEvidenceChunkOf, EvidenceAnswerToProto<v1::PutEvidenceChunkResponse>);
  service->Query("NegotiationService/GetEvidence", GetEvidence);
  return service;
}

}  // namespace recoup::rpc

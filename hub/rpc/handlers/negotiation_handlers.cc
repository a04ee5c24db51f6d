#include "hub/rpc/handlers/negotiation_handlers.h"

#include <algorithm>
#include <optional>

#include "hub/rpc/converters/insurer.h"
#include "hub/rpc/converters/negotiation.h"
#include "hub/rpc/unary.h"
#include "recoup/v1/negotiation_service.grpc.pb.h"

namespace recoup::rpc {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

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

class NegotiationHandlers final : public v1::NegotiationService::CallbackService {
 public:
  explicit NegotiationHandlers(const HubContext& hub) : hub_(hub) {}

  ServerUnaryReactor* OfferSettlement(CallbackServerContext* context,
                                      const v1::OfferSettlementRequest* request,
                                      v1::OfferSettlementResponse* response) override {
    return Mutate(hub_, "NegotiationService/OfferSettlement", context, *request, response,
                  OfferSettlementFromProto, app::OfferSettlementOf,
                  AnsweredDemandToProto<v1::OfferSettlementResponse>);
  }
  ServerUnaryReactor* AnswerOffer(CallbackServerContext* context,
                                  const v1::AnswerOfferRequest* request,
                                  v1::AnswerOfferResponse* response) override {
    return Mutate(hub_, "NegotiationService/AnswerOffer", context, *request, response,
                  AnswerOfferFromProto, app::AnswerOfferOf, AnswerOfferToProto);
  }
  ServerUnaryReactor* AnswerDispute(CallbackServerContext* context,
                                    const v1::AnswerDisputeRequest* request,
                                    v1::AnswerDisputeResponse* response) override {
    return Mutate(hub_, "NegotiationService/AnswerDispute", context, *request, response,
                  AnswerDisputeFromProto, app::AnswerDisputeOf, AnswerDisputeToProto);
  }
  ServerUnaryReactor* AttachEvidence(CallbackServerContext* context,
                                     const v1::AttachEvidenceRequest* request,
                                     v1::AttachEvidenceResponse* response) override {
    return Mutate(hub_, "NegotiationService/AttachEvidence", context, *request, response,
                  AttachEvidenceFromProto, app::AttachEvidenceOf,
                  EvidenceAnswerToProto<v1::AttachEvidenceResponse>);
  }
  ServerUnaryReactor* PutEvidenceChunk(CallbackServerContext* context,
                                       const v1::PutEvidenceChunkRequest* request,
                                       v1::PutEvidenceChunkResponse* response) override {
    return Mutate(hub_, "NegotiationService/PutEvidenceChunk", context, *request, response,
                  PutEvidenceChunkFromProto, app::PutEvidenceChunkOf,
                  EvidenceAnswerToProto<v1::PutEvidenceChunkResponse>);
  }
  ServerUnaryReactor* GetEvidence(CallbackServerContext* context,
                                  const v1::GetEvidenceRequest* request,
                                  v1::GetEvidenceResponse* response) override {
    return Query(hub_, "NegotiationService/GetEvidence", context, *request, response,
                 rpc::GetEvidence);
  }

 private:
  const HubContext& hub_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeNegotiationService(const HubContext& hub) {
  return std::make_unique<NegotiationHandlers>(hub);
}

}  // namespace recoup::rpc

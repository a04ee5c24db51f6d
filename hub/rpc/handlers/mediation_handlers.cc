#include "hub/rpc/handlers/mediation_handlers.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "hub/rpc/converters/mediation.h"
#include "hub/rpc/merged_list.h"
#include "hub/rpc/service.h"
#include "recoup/v1/mediation_service.pb.h"

namespace recoup::rpc {
namespace {

using domain::LookupKind;
using domain::Mediation;

absl::Status GetMediation(const v1::GetMediationRequest& request, QueryContext& context,
                          v1::GetMediationResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const auto name = in.Name<domain::MediationId>("name", request.name());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, name.pool));
  RECOUP_ASSIGN_OR_RETURN(const std::optional<Mediation> mediation,
                          context.reader.Find<Mediation>(name.pool.value, name.id.value));
  if (!mediation) return app::NotFound("no such mediation");
  RECOUP_ASSIGN_OR_RETURN(
      const bool takes_part,
      app::TakesPart(context.reader, context.admitted.caller.party, *mediation));
  if (!takes_part) return app::NotFound("no such mediation");
  MediationToProto(*mediation, response->mutable_mediation());
  return absl::OkStatus();
}

// The mediations of a mediation body, or of the demands of a debtor.
absl::StatusOr<std::vector<app::RecordKey>> MediationsOf(QueryContext& context) {
  const domain::PartyId& party = context.admitted.caller.party;
  app::ReadView& view = context.reader.view();
  if (party.kind() == domain::PartyKind::kMediator)
    return view.FindAll(LookupKind::kMediationOfMediator, domain::Key({party.value}));
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<app::RecordKey> demands,
      view.FindAll(LookupKind::kDemandOfDebtorParty, domain::Key({party.value})));
  std::vector<app::RecordKey> mediations;
  for (const app::RecordKey& demand : demands) {
    RECOUP_ASSIGN_OR_RETURN(
        const std::vector<app::RecordKey> of_demand,
        view.FindAll(LookupKind::kMediationOfDemand, domain::Key({demand.id.ToBytes()})));
    mediations.insert(mediations.end(), of_demand.begin(), of_demand.end());
  }
  return mediations;
}

absl::Status ListMediations(const v1::ListMediationsRequest& request, QueryContext& context,
                            v1::ListMediationsResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const domain::PoolId pool =
      request.pool().empty() ? domain::PoolId() : in.Pool("pool", request.pool());
  std::optional<domain::DemandId> demand;
  if (!request.demand().empty()) demand = in.Name<domain::DemandId>("demand", request.demand()).id;
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const auto wanted = [&](const Mediation& mediation) {
    return (pool.value.empty() || mediation.pool == pool) &&
           (request.state() == v1::MEDIATION_STATE_UNSPECIFIED ||
            static_cast<int>(mediation.state) == static_cast<int>(request.state())) &&
           (!demand || std::find(mediation.demands.begin(), mediation.demands.end(), *demand) !=
                           mediation.demands.end());
  };
  const auto add = [&](const Mediation& mediation) {
    MediationToProto(mediation, response->add_mediations());
  };
  if (context.admitted.caller.party.kind() == domain::PartyKind::kFund) {
    const std::vector<std::string> pools = PoolsOf(context.admitted, pool);
    RECOUP_ASSIGN_OR_RETURN(*response->mutable_next_page_token(),
                            ListRecordsOf<Mediation>(context.reader, pools, page, wanted, add));
    return absl::OkStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(std::vector<app::RecordKey> keys, MediationsOf(context));
  RECOUP_ASSIGN_OR_RETURN(*response->mutable_next_page_token(),
                          ListKeys<Mediation>(context.reader, std::move(keys), page, wanted, add));
  return absl::OkStatus();
}

}  // namespace

std::unique_ptr<grpc::Service> MakeMediationService(const HubContext& hub) {
  auto service = std::make_unique<Service>(hub);
  service->Mutation("MediationService/OpenMediation", OpenMediationFromProto, app::OpenMediationOf,
                    AnsweredMediationToProto<v1::OpenMediationResponse>);
  service->Mutation("MediationService/MakeOffer", MakeOfferFromProto, app::MakeOfferOf,
                    MakeOfferToProto);
  service->Mutation("MediationService/AgreeMediation", AgreeMediationFromProto,
                    app::AgreeMediationOf, AgreeMediationToProto);
  service->Mutation("MediationService/FailMediation", FailMediationFromProto, app::FailMediationOf,
                    AnsweredMediationToProto<v1::FailMediationResponse>);
  service->Query("MediationService/GetMediation", GetMediation);
  service->Query("MediationService/ListMediations", ListMediations);
  service->Mutation("MediationService/RecordJudicialConfirmation",
                    RecordJudicialConfirmationFromProto, app::RecordJudicialConfirmationOf,
                    AnsweredMediationToProto<v1::RecordJudicialConfirmationResponse>);
  return service;
}

}  // namespace recoup::rpc

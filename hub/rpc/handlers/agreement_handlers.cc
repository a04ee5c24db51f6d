#include "hub/rpc/handlers/agreement_handlers.h"

#include <optional>
#include <utility>
#include <vector>

#include "hub/rpc/converters/agreement.h"
#include "hub/rpc/merged_list.h"
#include "hub/rpc/service.h"
#include "recoup/v1/agreement_service.pb.h"

namespace recoup::rpc {
namespace {

using domain::Agreement;

absl::Status GetAgreement(const v1::GetAgreementRequest& request, QueryContext& context,
                          v1::GetAgreementResponse* response) {
  Faults faults;
  const auto name = FieldReader(faults).Name<domain::AgreementId>("name", request.name());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, name.pool));
  RECOUP_ASSIGN_OR_RETURN(const std::optional<Agreement> agreement,
                          context.reader.Find<Agreement>(name.pool.value, name.id.value));
  if (!agreement || !app::MaySeeAgreement(context.admitted.caller.party, *agreement)) {
    return app::NotFound("no such agreement");
  }
  AgreementToProto(*agreement, response->mutable_agreement());
  return absl::OkStatus();
}

absl::Status ListAgreements(const v1::ListAgreementsRequest& request, QueryContext& context,
                            v1::ListAgreementsResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const domain::PoolId pool =
      request.pool().empty() ? domain::PoolId() : in.Pool("pool", request.pool());
  const domain::PartyId insurer =
      request.insurer().empty() ? domain::PartyId() : in.Party("insurer", request.insurer());
  if (!faults.empty()) return faults.ToStatus();
  RECOUP_ASSIGN_OR_RETURN(const Page page, ReadPage(request.page_size(), request.page_token()));
  const domain::PartyId& caller = context.admitted.caller.party;
  const auto wanted = [&](const Agreement& agreement) {
    return app::MaySeeAgreement(caller, agreement) &&
           (pool.value.empty() || agreement.pool == pool) &&
           (insurer.empty() || agreement.insurer == insurer) &&
           (request.state() == v1::AGREEMENT_STATE_UNSPECIFIED ||
            static_cast<int>(agreement.state) == static_cast<int>(request.state()));
  };
  const auto add = [&](const Agreement& agreement) {
    AgreementToProto(agreement, response->add_agreements());
  };
  if (caller.kind() == domain::PartyKind::kFund) {
    const std::vector<std::string> pools = PoolsOf(context.admitted, pool);
    RECOUP_ASSIGN_OR_RETURN(*response->mutable_next_page_token(),
                            ListRecordsOf<Agreement>(context.reader, pools, page, wanted, add));
    return absl::OkStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(std::vector<app::RecordKey> keys,
                          context.reader.view().FindAll(domain::LookupKind::kAgreementOfInsurer,
                                                        domain::Key({caller.value})));
  RECOUP_ASSIGN_OR_RETURN(*response->mutable_next_page_token(),
                          ListKeys<Agreement>(context.reader, std::move(keys), page, wanted, add));
  return absl::OkStatus();
}

}  // namespace

std::unique_ptr<grpc::Service> MakeAgreementService(const HubContext& hub) {
  auto service = std::make_unique<Service>(hub);
  service->Mutation("AgreementService/CreateAgreement", CreateAgreementFromProto,
                    app::CreateAgreementOf, AnsweredAgreementToProto<v1::CreateAgreementResponse>);
  service->Mutation("AgreementService/AnswerAgreement", AnswerAgreementFromProto,
                    app::AnswerAgreementOf, AnsweredAgreementToProto<v1::AnswerAgreementResponse>);
  service->Mutation("AgreementService/EndAgreement", EndAgreementFromProto, app::EndAgreementOf,
                    AnsweredAgreementToProto<v1::EndAgreementResponse>);
  service->Query("AgreementService/GetAgreement", GetAgreement);
  service->Query("AgreementService/ListAgreements", ListAgreements);
  return service;
}

}  // namespace recoup::rpc

#include "protos/services.h"

#include "recoup/v1/account_service.pb.h"
#include "recoup/v1/agreement_service.pb.h"
#include "recoup/v1/audit_service.pb.h"
#include "recoup/v1/court_service.pb.h"
#include "recoup/v1/fund_service.pb.h"
#include "recoup/v1/hospital_service.pb.h"
#include "recoup/v1/insurer_service.pb.h"
#include "recoup/v1/mediation_service.pb.h"
#include "recoup/v1/negotiation_service.pb.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::v1 {

const std::vector<const google::protobuf::ServiceDescriptor*>& Services() {
  // One file each; any message names its file.
  static const auto& services = *new std::vector<const google::protobuf::ServiceDescriptor*>{
      SignAccountRequest::descriptor()->file()->service(0),
      CreateAgreementRequest::descriptor()->file()->service(0),
      ListEventsRequest::descriptor()->file()->service(0),
      PushCourtCaseRequest::descriptor()->file()->service(0),
      GetAdvanceRequest::descriptor()->file()->service(0),
      FlagAdmissionRequest::descriptor()->file()->service(0),
      RegisterPolicyRequest::descriptor()->file()->service(0),
      OpenMediationRequest::descriptor()->file()->service(0),
      OfferSettlementRequest::descriptor()->file()->service(0),
      ImportStatementRequest::descriptor()->file()->service(0)};
  return services;
}

}  // namespace recoup::v1

#include "hub/rpc/services.h"

#include "hub/rpc/handlers/account_handlers.h"
#include "hub/rpc/handlers/agreement_handlers.h"
#include "hub/rpc/handlers/audit_handlers.h"
#include "hub/rpc/handlers/court_handlers.h"
#include "hub/rpc/handlers/fund_handlers.h"
#include "hub/rpc/handlers/hospital_handlers.h"
#include "hub/rpc/handlers/insurer_handlers.h"
#include "hub/rpc/handlers/mediation_handlers.h"
#include "hub/rpc/handlers/negotiation_handlers.h"
#include "hub/rpc/handlers/reconciliation_handlers.h"

namespace recoup::rpc {

std::vector<std::unique_ptr<grpc::Service>> MakeServices(const HubContext& hub) {
  std::vector<std::unique_ptr<grpc::Service>> services;
  services.push_back(MakeAccountService(hub));
  services.push_back(MakeAgreementService(hub));
  services.push_back(MakeAuditService(hub));
  services.push_back(MakeCourtService(hub));
  services.push_back(MakeFundService(hub));
  services.push_back(MakeHospitalService(hub));
  services.push_back(MakeInsurerService(hub));
  services.push_back(MakeMediationService(hub));
  services.push_back(MakeNegotiationService(hub));
  services.push_back(MakeReconciliationService(hub));
  return services;
}

}  // namespace recoup::rpc

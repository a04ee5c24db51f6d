#include "hub/rpc/services.h"

#include "hub/rpc/handlers/hospital_handlers.h"

namespace recoup::rpc {

std::vector<std::unique_ptr<grpc::Service>> MakeServices(const HubContext& hub) {
  std::vector<std::unique_ptr<grpc::Service>> services;
  services.push_back(MakeHospitalService(hub));
  return services;
}

}  // namespace recoup::rpc

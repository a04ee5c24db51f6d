// All services of the API, each served by its handlers.
#ifndef RECOUP_HUB_RPC_SERVICES_H_
#define RECOUP_HUB_RPC_SERVICES_H_

#include <memory>
#include <vector>

#include "grpcpp/impl/codegen/service_type.h"
#include "hub/rpc/hub_context.h"

namespace recoup::rpc {

// `hub` outlives them.
std::vector<std::unique_ptr<grpc::Service>> MakeServices(const HubContext& hub);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_SERVICES_H_

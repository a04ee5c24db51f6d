// NegotiationService over the hub.
#ifndef RECOUP_HUB_RPC_HANDLERS_NEGOTIATION_HANDLERS_H_
#define RECOUP_HUB_RPC_HANDLERS_NEGOTIATION_HANDLERS_H_

#include <memory>

#include "grpcpp/impl/codegen/service_type.h"
#include "hub/rpc/hub_context.h"

namespace recoup::rpc {

// `hub` outlives the service.
std::unique_ptr<grpc::Service> MakeNegotiationService(const HubContext& hub);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_HANDLERS_NEGOTIATION_HANDLERS_H_

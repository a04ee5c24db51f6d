// The one gate every call passes: who is calling, is the party known, may its kind call this
// method.
#ifndef RECOUP_HUB_RPC_GUARD_H_
#define RECOUP_HUB_RPC_GUARD_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "grpcpp/server_context.h"
#include "hub/rpc/hub_context.h"

namespace recoup::rpc {

struct Admitted {
  app::Caller caller;
  std::shared_ptr<const domain::Party> party;
};

// UNAUTHENTICATED, PARTY_UNKNOWN or NOT_ALLOWED; the party must be registered, except that an
// operator's certificate is enough (somebody has to register the first party).
absl::StatusOr<Admitted> Admit(const HubContext& hub, const grpc::ServerContextBase& context,
                               std::string_view method);
absl::StatusOr<Admitted> AdmitCaller(const HubContext& hub, app::Caller caller,
                                     std::string_view method);

// NOT_FOUND when the party has no business in the pool: a foreign pool looks like one that does not
// exist.
absl::Status CheckPool(const Admitted& admitted, const domain::PoolId& pool);

// The partitions of a fund's own pools; only this one when it is given and the fund's own.
std::vector<std::string> PoolsOf(const Admitted& admitted, const domain::PoolId& only);

absl::Time DeadlineOf(const grpc::ServerContextBase& context);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_GUARD_H_

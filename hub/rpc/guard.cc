#include "hub/rpc/guard.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/rpc/access.h"
#include "hub/rpc/caller.h"

namespace recoup::rpc {

absl::StatusOr<Admitted> AdmitCaller(const HubContext& hub, app::Caller caller,
                                     std::string_view method) {
  const auto kind = caller.party.kind();
  RECOUP_CHECK(kind.has_value());  // A PartyId has been parsed.
  std::shared_ptr<const domain::Party> party = hub.parties.Find(caller.party);
  if (party == nullptr) {
    if (*kind != domain::PartyKind::kOperator) {
      return MakeError(Reason::kPartyUnknown,
                       "the party of the certificate is not registered with this hub");
    }
    domain::Party operator_party;
    operator_party.party = caller.party;
    party = std::make_shared<const domain::Party>(std::move(operator_party));
  }
  const AccessRow* row = FindAccess(method);
  if (row == nullptr || (row->allowed & Bit(*kind)) == 0) {
    return MakeError(Reason::kNotAllowed, absl::StrCat("a ", std::string(ToString(*kind)),
                                                       " may not call ", std::string(method)));
  }
  return Admitted{std::move(caller), std::move(party)};
}

absl::StatusOr<Admitted> Admit(const HubContext& hub, const grpc::ServerContextBase& context,
                               std::string_view method) {
  if (!hub.serving.load()) {
    return MakeError(Reason::kShuttingDown,
                     "the hub is starting or shutting down; try again shortly");
  }
  RECOUP_ASSIGN_OR_RETURN(app::Caller caller, CallerOf(context));
  return AdmitCaller(hub, std::move(caller), method);
}

absl::Status CheckPool(const Admitted& admitted, const domain::PoolId& pool) {
  if (app::PartyDirectory::MayUsePool(*admitted.party, pool)) return absl::OkStatus();
  return app::NotFound(absl::StrCat("no such pool: ", pool.value));
}

std::vector<std::string> PoolsOf(const Admitted& admitted, const domain::PoolId& only) {
  std::vector<std::string> pools;
  for (const domain::PoolId& pool : admitted.party->pools) {
    if (only.value.empty() || pool == only) pools.push_back(pool.value);
  }
  return pools;
}

absl::Time DeadlineOf(const grpc::ServerContextBase& context) {
  return absl::FromChrono(context.deadline());
}

}  // namespace recoup::rpc

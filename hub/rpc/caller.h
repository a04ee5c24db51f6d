// Who is calling: the party named by the client certificate's URI, recoup://insurer/huaan or, with
// a person, recoup://fund/pudong/wang-min.
#ifndef RECOUP_HUB_RPC_CALLER_H_
#define RECOUP_HUB_RPC_CALLER_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "grpcpp/server_context.h"
#include "hub/app/unit_of_work.h"

namespace recoup::rpc {

// UNAUTHENTICATED for anything that is not such a URI.
absl::StatusOr<app::Caller> CallerFromUri(std::string_view uri);
// From the verified certificate of the connection; the first URI with our scheme counts.
absl::StatusOr<app::Caller> CallerOf(const grpc::ServerContextBase& context);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CALLER_H_

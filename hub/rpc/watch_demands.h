// What WatchDemands sends: every notice about a demand of the caller, with the demand as it is when
// it is sent.
#ifndef RECOUP_HUB_RPC_WATCH_DEMANDS_H_
#define RECOUP_HUB_RPC_WATCH_DEMANDS_H_

#include "hub/rpc/stream.h"
#include "recoup/v1/insurer_service.pb.h"

namespace recoup::rpc {

// INVALID_ARGUMENT for a pool that is none and a negative sequence.
absl::StatusOr<Fetch<recoup::v1::WatchDemandsResponse>> WatchDemandsFetch(
    const recoup::v1::WatchDemandsRequest& request);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_WATCH_DEMANDS_H_

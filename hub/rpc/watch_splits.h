// What WatchSplits sends: every notice about a split in which a policy of the caller may pay, with
// the split as it is when it is sent.
#ifndef RECOUP_HUB_RPC_WATCH_SPLITS_H_
#define RECOUP_HUB_RPC_WATCH_SPLITS_H_

#include "hub/rpc/stream.h"
#include "recoup/v1/insurer_service.pb.h"

namespace recoup::rpc {

// INVALID_ARGUMENT for a negative sequence.
absl::StatusOr<Fetch<recoup::v1::WatchSplitsResponse>> WatchSplitsFetch(
    const recoup::v1::WatchSplitsRequest& request);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_WATCH_SPLITS_H_

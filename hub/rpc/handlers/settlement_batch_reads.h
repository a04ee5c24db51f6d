// Reading settlement batches. An insurer sees its own whole; a fund sees the parts of its pools,
// and where one of its pools collects the payment all parts, because it hands the money on. Lines
// are shown to the insurer and to the fund whose pool they are in, to nobody else. What a caller
// may not see looks like what does not exist.
#ifndef RECOUP_HUB_RPC_HANDLERS_SETTLEMENT_BATCH_READS_H_
#define RECOUP_HUB_RPC_HANDLERS_SETTLEMENT_BATCH_READS_H_

#include "hub/rpc/stream.h"
#include "hub/rpc/unary.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::rpc {

absl::Status GetSettlementBatch(const recoup::v1::GetSettlementBatchRequest& request,
                                QueryContext& context,
                                recoup::v1::GetSettlementBatchResponse* response);
absl::Status ListSettlementBatches(const recoup::v1::ListSettlementBatchesRequest& request,
                                   QueryContext& context,
                                   recoup::v1::ListSettlementBatchesResponse* response);
// Reads no more than a page of lines, however many the batch has.
absl::Status ListSettlementBatchLines(const recoup::v1::ListSettlementBatchLinesRequest& request,
                                      QueryContext& context,
                                      recoup::v1::ListSettlementBatchLinesResponse* response);
// INVALID_ARGUMENT for a negative sequence.
absl::StatusOr<Fetch<recoup::v1::WatchSettlementBatchesResponse>> WatchSettlementBatchesFetch(
    const recoup::v1::WatchSettlementBatchesRequest& request);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_HANDLERS_SETTLEMENT_BATCH_READS_H_

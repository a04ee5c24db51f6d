// Settlement batches: requests to commands, records to the API.
#ifndef RECOUP_HUB_RPC_CONVERTERS_SETTLEMENT_BATCH_H_
#define RECOUP_HUB_RPC_CONVERTERS_SETTLEMENT_BATCH_H_

#include <functional>

#include "absl/status/statusor.h"
#include "hub/app/settlement_batches.h"
#include "hub/domain/records/demand.h"
#include "hub/rpc/convert.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::rpc {

absl::StatusOr<app::CreateSettlementBatch> CreateSettlementBatchFromProto(
    const recoup::v1::CreateSettlementBatchRequest& request, absl::Time now);
absl::StatusOr<app::CloseSettlementBatch> CloseSettlementBatchFromProto(
    const recoup::v1::CloseSettlementBatchRequest& request, absl::Time now);
absl::StatusOr<app::CancelSettlementBatch> CancelSettlementBatchFromProto(
    const recoup::v1::CancelSettlementBatchRequest& request, absl::Time now);

void CreateSettlementBatchToProto(const domain::SettlementBatch& batch,
                                  recoup::v1::CreateSettlementBatchResponse* out);
void CloseSettlementBatchToProto(const domain::SettlementBatch& batch,
                                 recoup::v1::CloseSettlementBatchResponse* out);
void CancelSettlementBatchToProto(const domain::SettlementBatch& batch,
                                  recoup::v1::CancelSettlementBatchResponse* out);

// "settlementBatches/<insurer>.<id>"; a fault when it is not such a name.
std::pair<domain::PartyId, domain::SettlementBatchId> ReadSettlementBatchName(
    FieldReader& in, std::string_view field, const std::string& name);

// Only the parts of pools that `shown` accepts, and sums of these; the payment's entries only where
// all are shown.
void SettlementBatchToProto(const domain::SettlementBatch& batch,
                            const std::function<bool(const domain::PoolId&)>& shown,
                            recoup::v1::SettlementBatch* out);
void SettlementLineToProto(const domain::Demand& demand, const domain::SettlementLine& line,
                           recoup::v1::SettlementBatchLine* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_SETTLEMENT_BATCH_H_

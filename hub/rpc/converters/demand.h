// Demands as the API shows them, and the commands on them.
#ifndef RECOUP_HUB_RPC_CONVERTERS_DEMAND_H_
#define RECOUP_HUB_RPC_CONVERTERS_DEMAND_H_

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "hub/app/demands.h"
#include "hub/app/record_lawsuit.h"
#include "hub/domain/limitation.h"
#include "recoup/v1/demand.pb.h"
#include "recoup/v1/fund_service.pb.h"

namespace recoup::rpc {

// Everything the record itself knows; the limitation period, which fund offices see, needs the
// recovery (SetLimitation), what batches have reserved needs their parts (app::ReservedOf). Reads
// give the day, which decides whether an offer has lapsed; the answer to a command shows what is
// recorded.
void DemandToProto(const domain::Demand& demand, recoup::v1::Demand* out,
                   std::optional<absl::CivilDay> today = std::nullopt);
void SetLimitation(const domain::Limitation& limitation, recoup::v1::Demand* out);
// Adds to `out` one row for each stage that holds money.
void StagesToProto(const domain::StageAmounts& stages,
                   google::protobuf::RepeatedPtrField<recoup::v1::StageAmount>* out);

absl::StatusOr<app::IssueDemand> IssueDemandFromProto(const recoup::v1::IssueDemandRequest& request,
                                                      absl::Time now);
absl::StatusOr<app::WithdrawDemand> WithdrawDemandFromProto(
    const recoup::v1::WithdrawDemandRequest& request, absl::Time now);
void IssueDemandToProto(const app::IssuedDemand& answer, recoup::v1::IssueDemandResponse* out);
void WithdrawDemandToProto(const domain::Demand& answer, recoup::v1::WithdrawDemandResponse* out);
absl::StatusOr<app::RecordLawsuit> RecordLawsuitFromProto(
    const recoup::v1::RecordLawsuitRequest& request, absl::Time now);
void RecordLawsuitToProto(const domain::Demand& answer, recoup::v1::RecordLawsuitResponse* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_DEMAND_H_

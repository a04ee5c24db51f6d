// Closes of days: requests to commands, records to the API.
#ifndef RECOUP_HUB_RPC_CONVERTERS_DAY_CLOSE_H_
#define RECOUP_HUB_RPC_CONVERTERS_DAY_CLOSE_H_

#include "absl/status/statusor.h"
#include "hub/app/close_day.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::rpc {

absl::StatusOr<app::CloseDay> CloseDayFromProto(const recoup::v1::CloseDayRequest& request,
                                                absl::Time now);
void CloseDayToProto(const domain::DayClose& answer, recoup::v1::CloseDayResponse* out);

void DayCloseToProto(const domain::DayClose& close, recoup::v1::DayClose* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_DAY_CLOSE_H_

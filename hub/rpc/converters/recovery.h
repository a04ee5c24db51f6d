// Recoveries, their limitation clocks and their timeline as the API shows them.
#ifndef RECOUP_HUB_RPC_CONVERTERS_RECOVERY_H_
#define RECOUP_HUB_RPC_CONVERTERS_RECOVERY_H_

#include "hub/app/recovery_view.h"
#include "hub/domain/limitation.h"
#include "hub/domain/records/recovery.h"
#include "recoup/v1/recovery.pb.h"

namespace recoup::rpc {

void RecoveryToProto(const app::RecoveryView& view, recoup::v1::Recovery* out);
void ClockToProto(const domain::Debtor& debtor, const domain::Limitation& limitation,
                  recoup::v1::LimitationClock* out);
void TimelineEntryToProto(const domain::TimelineEntry& entry, std::int64_t sequence,
                          recoup::v1::TimelineEntry* out);

recoup::v1::InterruptionKind InterruptionKindToProto(domain::InterruptionKind kind);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_RECOVERY_H_

// Recoveries, their limitation clocks and their timeline as the API shows them.
#ifndef RECOUP_HUB_RPC_CONVERTERS_RECOVERY_H_
#define RECOUP_HUB_RPC_CONVERTERS_RECOVERY_H_

#include <vector>

#include "hub/domain/limitation.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/recovery.h"
#include "recoup/v1/recovery.pb.h"

namespace recoup::rpc {

// Everything the record itself knows; clocks without the day they expire.
void RecoveryToProto(const domain::Recovery& recovery, recoup::v1::Recovery* out);
// The sums over its advances.
void AddAdvances(const std::vector<domain::Advance>& advances, recoup::v1::Recovery* out);
// The demand of each debtor.
void AddDemands(const std::vector<domain::Demand>& demands, recoup::v1::Recovery* out);
void ClockToProto(const domain::Debtor& debtor, recoup::v1::LimitationClock* out);
void SetLimitation(const domain::Limitation& limitation, recoup::v1::LimitationClock* out);
void TimelineEntryToProto(const domain::TimelineEntry& entry, std::int64_t sequence,
                          recoup::v1::TimelineEntry* out);

recoup::v1::InterruptionKind InterruptionKindToProto(domain::InterruptionKind kind);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_RECOVERY_H_

// Breaks: requests to commands, records to the API.
#ifndef RECOUP_HUB_RPC_CONVERTERS_BREAK_H_
#define RECOUP_HUB_RPC_CONVERTERS_BREAK_H_

#include "absl/status/statusor.h"
#include "hub/app/resolve_break.h"
#include "hub/app/unmatch_entry.h"
#include "recoup/v1/reconciliation_service.pb.h"

namespace recoup::rpc {

absl::StatusOr<app::AssignBreak> AssignBreakFromProto(const recoup::v1::AssignBreakRequest& request,
                                                      absl::Time now);
void AssignBreakToProto(const domain::Break& answer, recoup::v1::AssignBreakResponse* out);

absl::StatusOr<app::ResolveBreak> ResolveBreakFromProto(
    const recoup::v1::ResolveBreakRequest& request, absl::Time now);
absl::StatusOr<app::UnmatchEntry> UnmatchEntryFromProto(
    const recoup::v1::UnmatchEntryRequest& request, absl::Time now);
void UnmatchEntryToProto(const app::UnmatchEntryAnswer& answer,
                         recoup::v1::UnmatchEntryResponse* out);
void ResolveBreakToProto(const app::ResolveBreakAnswer& answer,
                         recoup::v1::ResolveBreakResponse* out);

// Its age is that at `now`, and no longer grows once it is resolved.
void BreakToProto(const domain::Break& finding, absl::Time now, recoup::v1::Break* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_BREAK_H_

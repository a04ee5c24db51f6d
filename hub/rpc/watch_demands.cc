#include "hub/rpc/watch_demands.h"

#include <string>
#include <vector>

#include "hub/base/clock.h"
#include "hub/rpc/converters/demand.h"

namespace recoup::rpc {
namespace {

using domain::Demand;

constexpr std::size_t kDemandNoticesAtOnce = 100;

}  // namespace

absl::StatusOr<Fetch<recoup::v1::WatchDemandsResponse>> WatchDemandsFetch(
    const recoup::v1::WatchDemandsRequest& request) {
  Faults faults;
  FieldReader in(faults);
  const domain::PoolId pool =
      request.pool().empty() ? domain::PoolId() : in.Pool("pool", request.pool());
  if (request.after_sequence() < 0) in.Add("after_sequence", "negative");
  if (!faults.empty()) return faults.ToStatus();
  return Fetch<recoup::v1::WatchDemandsResponse>(
      [pool, after = request.after_sequence()](
          QueryContext& context,
          std::vector<recoup::v1::WatchDemandsResponse>& out) mutable -> absl::StatusOr<Stored> {
        RECOUP_ASSIGN_OR_RETURN(const std::vector<app::StoredNotice> notices,
                                context.reader.view().Notices(context.admitted.caller.party.value,
                                                              after, kDemandNoticesAtOnce));
        for (const app::StoredNotice& notice : notices) {
          after = notice.sequence;
          if (notice.subject.kind != domain::RecordKind::kDemand) continue;
          if (!pool.value.empty() && notice.subject.partition != pool.value) continue;
          RECOUP_ASSIGN_OR_RETURN(
              const Demand demand,
              context.reader.Get<Demand>(notice.subject.partition, notice.subject.id));
          // A withdrawn demand is shown once more: its debtor must learn that it is withdrawn.
          if (demand.debtor_party != context.admitted.caller.party) continue;
          recoup::v1::WatchDemandsResponse& change = out.emplace_back();
          change.set_sequence(notice.sequence);
          change.set_kind(notice.what);
          DemandToProto(demand, change.mutable_demand(), ChinaDate(context.now));
        }
        return notices.size() < kDemandNoticesAtOnce ? Stored::kNoMore : Stored::kMore;
      });
}

}  // namespace recoup::rpc

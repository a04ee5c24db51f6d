#include "hub/rpc/watch_splits.h"

#include <vector>

#include "hub/rpc/converters/split.h"

namespace recoup::rpc {
namespace {

constexpr std::size_t kSplitNoticesAtOnce = 100;

}  // namespace

absl::StatusOr<Fetch<recoup::v1::WatchSplitsResponse>> WatchSplitsFetch(
    const recoup::v1::WatchSplitsRequest& request) {
  Faults faults;
  if (request.after_sequence() < 0) faults.Add("after_sequence", "negative");
  if (!faults.empty()) return faults.ToStatus();
  return Fetch<recoup::v1::WatchSplitsResponse>(
      [after = request.after_sequence()](
          QueryContext& context,
          std::vector<recoup::v1::WatchSplitsResponse>& out) mutable -> absl::StatusOr<Stored> {
        const domain::PartyId& caller = context.admitted.caller.party;
        RECOUP_ASSIGN_OR_RETURN(
            const std::vector<app::StoredNotice> notices,
            context.reader.view().Notices(caller.value, after, kSplitNoticesAtOnce));
        for (const app::StoredNotice& notice : notices) {
          after = notice.sequence;
          if (notice.subject.kind != domain::RecordKind::kSplitQuote) continue;
          RECOUP_ASSIGN_OR_RETURN(
              const domain::SplitQuote quote,
              context.reader.Get<domain::SplitQuote>(notice.subject.partition, notice.subject.id));
          recoup::v1::WatchSplitsResponse& change = out.emplace_back();
          change.set_sequence(notice.sequence);
          change.set_kind(notice.what);
          SplitForInsurer(quote, quote.StateAt(context.now), caller, change.mutable_split());
        }
        return notices.size() < kSplitNoticesAtOnce ? Stored::kNoMore : Stored::kMore;
      });
}

}  // namespace recoup::rpc

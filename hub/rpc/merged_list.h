// Lists that run over several partitions: a fund's pools, or what an index finds of one party.
//
// Pages are cut by record id, over all partitions together, so the token is an id here too.
#ifndef RECOUP_HUB_RPC_MERGED_LIST_H_
#define RECOUP_HUB_RPC_MERGED_LIST_H_

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "hub/rpc/paging.h"

namespace recoup::rpc {

// The records of the partitions that `wanted` accepts, in order of id.
template <app::StoredKind R, typename Wanted, typename Add>
absl::StatusOr<std::string> ListRecordsOf(app::RecordReader& reader,
                                          const std::vector<std::string>& partitions,
                                          const Page& page, Wanted wanted, Add add) {
  std::vector<R> found;
  bool more = false;
  for (const std::string& partition : partitions) {
    RECOUP_ASSIGN_OR_RETURN(const std::string token,
                            ListRecords<R>(reader, partition, page, wanted,
                                           [&](const R& row) { found.push_back(row); }));
    more = more || !token.empty();
  }
  std::sort(found.begin(), found.end(), [](const R& a, const R& b) { return a.id < b.id; });
  more = more || found.size() > page.size;
  if (found.size() > page.size) found.resize(page.size);
  for (const R& row : found) add(row);
  return more ? found.back().id.value.ToBase32() : std::string();
}

// The records behind keys of an index that `wanted` accepts, in order of id.
template <app::StoredKind R, typename Wanted, typename Add>
absl::StatusOr<std::string> ListKeys(app::RecordReader& reader, std::vector<app::RecordKey> keys,
                                     const Page& page, Wanted wanted, Add add) {
  std::sort(keys.begin(), keys.end(),
            [](const app::RecordKey& a, const app::RecordKey& b) { return a.id < b.id; });
  std::size_t listed = 0;
  Id last;
  for (const app::RecordKey& key : keys) {
    if (key.id <= page.after || key.id == last) continue;
    RECOUP_ASSIGN_OR_RETURN(const R row, reader.Get<R>(key.partition, key.id));
    if (!wanted(row)) continue;
    if (listed == page.size) return last.ToBase32();
    add(row);
    ++listed;
    last = key.id;
  }
  return std::string();
}

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_MERGED_LIST_H_

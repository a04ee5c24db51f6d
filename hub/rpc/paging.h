// Page tokens of lists: the id after which the next page starts.
#ifndef RECOUP_HUB_RPC_PAGING_H_
#define RECOUP_HUB_RPC_PAGING_H_

#include <algorithm>
#include <string>

#include "absl/status/statusor.h"
#include "hub/app/record_reader.h"
#include "hub/base/error.h"
#include "hub/base/ids.h"
#include "hub/base/status.h"

namespace recoup::rpc {

inline constexpr int kPageSizeDefault = 50;
inline constexpr int kPageSizeMax = 1000;

struct Page {
  Id after;
  std::size_t size = kPageSizeDefault;
};

// PAGE_TOKEN_INVALID for a token this hub did not give; a size above the maximum is cut to it
// (AIP-158).
absl::StatusOr<Page> ReadPage(int page_size, const std::string& page_token);

// Lists the records of a partition that `wanted` accepts, page by page: scans on until the page is
// full. Returns the token of the next page, empty at the end.
template <app::StoredKind R, typename Wanted, typename Add>
absl::StatusOr<std::string> ListRecords(app::RecordReader& reader, const std::string& partition,
                                        const Page& page, Wanted wanted, Add add) {
  constexpr std::size_t kChunk = 256;
  std::size_t listed = 0;
  Id after = page.after;
  for (;;) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<R> rows, reader.Scan<R>(partition, after, kChunk));
    for (const R& row : rows) {
      if (wanted(row)) {
        if (listed == page.size) return after.ToBase32();
        add(row);
        ++listed;
      }
      after = row.id.value;
    }
    if (rows.size() < kChunk) return std::string();
  }
}

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_PAGING_H_

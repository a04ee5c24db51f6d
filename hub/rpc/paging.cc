#include "hub/rpc/paging.h"

namespace recoup::rpc {

absl::StatusOr<Page> ReadPage(int page_size, const std::string& page_token) {
  Faults faults;
  if (page_size < 0) faults.Add("page_size", "negative");
  if (!faults.empty()) return faults.ToStatus();
  Page page;
  if (page_size > 0) page.size = static_cast<std::size_t>(std::min(page_size, kPageSizeMax));
  if (!page_token.empty()) {
    const auto after = Id::FromBase32(page_token);
    if (!after)
      return MakeError(Reason::kPageTokenInvalid, "the page token is not one of this hub");
    page.after = *after;
  }
  return page;
}

}  // namespace recoup::rpc

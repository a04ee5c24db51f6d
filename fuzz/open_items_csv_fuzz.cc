// Any bytes are the insurer's own open items or a refusal; what is read names each demand once,
// owes nothing negative, and can be compared with an account.
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "adapters/insurer/mapping/account_items.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace mapping = recoup::insurer::mapping;
  const auto items = mapping::OwnItemsFromCsv({reinterpret_cast<const char*>(data), size});
  if (!items.ok()) return 0;
  std::set<std::string> seen;
  for (const mapping::OwnItem& item : *items) {
    RECOUP_CHECK(seen.insert(item.reference).second);
    RECOUP_CHECK(!item.open.is_negative());
  }
  const auto comparison = mapping::Compare(*items, {}, {});
  RECOUP_CHECK(comparison.ok() && comparison->hub.is_zero());
  return 0;
}

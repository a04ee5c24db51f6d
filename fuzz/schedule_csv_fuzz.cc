// Any bytes are a schedule or a refusal; what is read can be paid: a demand and a positive amount
// in each line, at a line of the file. A schedule is always a list of open items, too.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/insurer/mapping/remittance.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace mapping = recoup::insurer::mapping;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto schedule = mapping::ScheduleFromCsv(bytes);
  const auto items = mapping::OpenItemsFromCsv(bytes);
  if (!schedule.ok()) return 0;
  std::size_t row = 1;  // Of the heading.
  for (const mapping::ScheduleLine& line : *schedule) {
    RECOUP_CHECK(!line.demand.empty() && line.row > row);
    RECOUP_CHECK(line.amount.has_value() && line.amount->is_positive());
    row = line.row;
  }
  RECOUP_CHECK(items.ok() && items->size() == schedule->size());
  return 0;
}

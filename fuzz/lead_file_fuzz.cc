// Whatever the bytes, a lead file is read or refused with its faults.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/hospital/program/lead_file.h"
#include "hub/base/check.h"
#include "hub/base/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto lead = recoup::hospital::LeadFromJson(bytes);
  if (!lead.ok()) {
    RECOUP_CHECK(!recoup::DetailOf(lead.status()).faults.empty());
    return 0;
  }
  // Numbers of bills are copied from the file, never invented.
  RECOUP_CHECK(lead->invoice_numbers.size() <= size);
  return 0;
}

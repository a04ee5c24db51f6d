// Whatever bytes a payer writes: scanning neither crashes nor finds an invalid reference.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hub/base/check.h"
#include "hub/reconcile/reference_scan.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto& reference : recoup::reconcile::FindReferences(text)) {
    RECOUP_CHECK(recoup::reconcile::NormaliseReference(reference) == reference);
  }
  recoup::reconcile::FindCaseNumbers(text);
  return 0;
}

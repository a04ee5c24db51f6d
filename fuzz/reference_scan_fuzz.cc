// Whatever bytes a payer writes: scanning neither crashes nor finds an invalid reference, and what
// it finds is found again in itself.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "hub/base/check.h"
#include "hub/reconcile/reference_scan.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto& reference : recoup::reconcile::FindReferences(text)) {
    RECOUP_CHECK(recoup::reconcile::NormaliseReference(reference) == reference);
  }
  for (const auto& number : recoup::reconcile::FindCaseNumbers(text)) {
    RECOUP_CHECK(recoup::reconcile::FindCaseNumbers(number) == std::vector{number});
  }
  for (const auto& word : recoup::reconcile::FindDamagedReferences(text)) {
    for (const auto& reading : recoup::reconcile::ReadingsOfDamaged(word)) {
      RECOUP_CHECK(recoup::reconcile::NormaliseReference(reading) == reading);
    }
  }
  return 0;
}

// Any bytes as a court document of any format: read or refused, with pieces in order inside the
// text.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "adapters/court/sources/read_source.h"
#include "hub/base/check.h"

namespace {

// Recognition itself is tesseract's; what is fuzzed is everything before it.
class NoRecogniser final : public recoup::adapters::Recogniser {
 public:
  absl::StatusOr<std::vector<recoup::adapters::Word>> Recognise(
      const recoup::adapters::GreyImage& /*image*/) override {
    return std::vector<recoup::adapters::Word>();
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static auto* const reader = new recoup::court::SourceReader(std::make_unique<NoRecogniser>());
  const auto documents = reader->Read({reinterpret_cast<const char*>(data), size});
  if (!documents.ok()) return 0;
  RECOUP_CHECK(!documents->empty());
  for (const auto& document : *documents) {
    std::size_t end = 0;
    for (const auto& piece : document.pieces) {
      RECOUP_CHECK(end <= piece.begin && piece.begin < piece.end);
      end = piece.end;
    }
    RECOUP_CHECK(end <= document.text.size());
  }
  return 0;
}

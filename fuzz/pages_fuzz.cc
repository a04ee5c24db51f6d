// Any bytes: pages are read or refused; words have text, and lines are in order.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "adapters/common/pages/page_reader.h"
#include "hub/base/check.h"

namespace {

// Recognition itself is tesseract's; what is fuzzed is everything before it.
class NoRecogniser final : public recoup::adapters::Recogniser {
 public:
  absl::StatusOr<std::vector<recoup::adapters::Word>> Recognise(
      const recoup::adapters::GreyImage& image) override {
    RECOUP_CHECK(image.pixels.size() ==
                 static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
    return std::vector<recoup::adapters::Word>();
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static auto* const reader = new recoup::adapters::PageReader(
      std::make_unique<NoRecogniser>(),
      {.bytes_max = 1 << 20, .pages_max = 4, .pixels_max = 1'000'000});
  const auto document = reader->Read(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!document.ok()) return 0;
  for (const auto& page : document->pages) {
    std::size_t line = 0;
    for (const auto& word : page.words) {
      RECOUP_CHECK(!word.text.empty() && word.line >= line);
      line = word.line;
    }
  }
  return 0;
}

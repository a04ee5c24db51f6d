// The single formats of page_reader.h; internal to this folder.
#ifndef RECOUP_ADAPTERS_COMMON_PAGES_FORMATS_H_
#define RECOUP_ADAPTERS_COMMON_PAGES_FORMATS_H_

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "adapters/common/pages/page_reader.h"

namespace recoup::adapters {

// Good enough for 小四 print and small enough to be quick.
inline constexpr int kScanDotsPerInch = 300;

absl::StatusOr<PagedDocument> ReadPdfPages(std::string_view bytes, Recogniser& recogniser,
                                           const PageLimits& limits);
absl::StatusOr<PagedDocument> ReadImagePages(std::string_view bytes, PagesFormat format,
                                             Recogniser& recogniser, const PageLimits& limits);

// Of channels from 0 to 255. The bright red of a seal is left out: in its red channel what is
// printed beneath it stays dark and the seal itself is as light as paper. Brown and dark red print,
// which forms use, is not bright.
inline std::uint8_t GreyWithoutSeals(int red, int green, int blue) {
  constexpr int kBright = 150;
  constexpr int kReddish = 60;
  if (red >= kBright && red - green >= kReddish && red - blue >= kReddish) {
    return static_cast<std::uint8_t>(red);
  }
  return static_cast<std::uint8_t>((red * 30 + green * 59 + blue * 11) / 100);
}

// An image as a page of its size in points.
absl::StatusOr<Page> RecognisePage(const GreyImage& image, Recogniser& recogniser);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_PAGES_FORMATS_H_

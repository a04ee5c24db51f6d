// The single formats of page_reader.h; internal to this folder.
#ifndef RECOUP_ADAPTERS_COMMON_PAGES_FORMATS_H_
#define RECOUP_ADAPTERS_COMMON_PAGES_FORMATS_H_

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

// An image as a page of its size in points.
absl::StatusOr<Page> RecognisePage(const GreyImage& image, Recogniser& recogniser);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_PAGES_FORMATS_H_

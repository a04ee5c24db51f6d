// PDF files and images → pages of words (page.h).
//
// What a file is, is decided by its first bytes. A PDF page that holds text is read as text; one
// that does not (a scan), or whose characters have no meaning (fonts without a character map), is
// rendered and recognised. PNG, JPEG, TIFF (with several pages), BMP and WebP are recognised.
//
// Refused, each with its reason: empty, unknown, truncated and password-protected files, and files
// beyond the limits. Nothing is thrown. One reader per thread; the engine loads at the first scan.
#ifndef RECOUP_ADAPTERS_COMMON_PAGES_PAGE_READER_H_
#define RECOUP_ADAPTERS_COMMON_PAGES_PAGE_READER_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "adapters/common/pages/page.h"
#include "adapters/common/pages/recognise.h"

namespace recoup::adapters {

enum class PagesFormat { kPdf, kPng, kJpeg, kTiff, kBmp, kWebp };

// By its first bytes; nothing for anything else.
std::optional<PagesFormat> PagesFormatOf(std::string_view bytes);

struct PageLimits {
  std::size_t bytes_max = 64u << 20;
  int pages_max = 500;
  // Of one page or image; A3 at 300 dots per inch has 17 million.
  std::int64_t pixels_max = 60'000'000;
};

class PageReader {
 public:
  explicit PageReader(std::unique_ptr<Recogniser> recogniser = MakeTesseract(),
                      PageLimits limits = {});

  absl::StatusOr<PagedDocument> Read(std::string_view bytes);

 private:
  const std::unique_ptr<Recogniser> recogniser_;
  const PageLimits limits_;
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_PAGES_PAGE_READER_H_

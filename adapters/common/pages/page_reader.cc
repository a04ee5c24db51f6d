#include "adapters/common/pages/page_reader.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/common/pages/formats.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::adapters {
namespace {

// Readers of PDF accept a header anywhere in the first kilobyte (ISO 32000-1, Annex H, note 13),
// and mail gateways do put things before it.
constexpr std::size_t kPdfHeaderWithin = 1024;

bool HoldsAt(std::size_t at, std::string_view bytes, std::string_view magic) {
  return bytes.size() > at && bytes.substr(at).starts_with(magic);
}

}  // namespace

std::optional<PagesFormat> PagesFormatOf(std::string_view bytes) {
  using std::string_view_literals::operator""sv;
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return PagesFormat::kPng;
  if (bytes.starts_with("\xFF\xD8\xFF")) return PagesFormat::kJpeg;
  if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return PagesFormat::kTiff;
  if (bytes.starts_with("BM") && HoldsAt(6, bytes, "\0\0\0\0"sv)) return PagesFormat::kBmp;
  if (bytes.starts_with("RIFF") && HoldsAt(8, bytes, "WEBP")) return PagesFormat::kWebp;
  if (bytes.substr(0, kPdfHeaderWithin).find("%PDF-") != std::string_view::npos) {
    return PagesFormat::kPdf;
  }
  return std::nullopt;
}

PageReader::PageReader(std::unique_ptr<Recogniser> recogniser, PageLimits limits)
    : recogniser_(std::move(recogniser)), limits_(limits) {}

absl::StatusOr<PagedDocument> PageReader::Read(std::string_view bytes) {
  if (bytes.empty()) return MakeError(Reason::kInvalidArgument, "the file is empty");
  if (bytes.size() > limits_.bytes_max) {
    return MakeError(Reason::kTooLarge,
                     absl::StrCat("the file has more than ", limits_.bytes_max, " bytes"));
  }
  const std::optional<PagesFormat> format = PagesFormatOf(bytes);
  if (!format.has_value()) {
    return MakeError(Reason::kInvalidArgument,
                     "the file is neither a PDF nor an image that can be read");
  }
  if (*format == PagesFormat::kPdf) return ReadPdfPages(bytes, *recogniser_, limits_);
  return ReadImagePages(bytes, *format, *recogniser_, limits_);
}

absl::StatusOr<Page> RecognisePage(const GreyImage& image, Recogniser& recogniser) {
  Page page;
  page.width = image.width * kPointsPerInch / image.dots_per_inch;
  page.height = image.height * kPointsPerInch / image.dots_per_inch;
  page.source = PageSource::kRecognised;
  RECOUP_ASSIGN_OR_RETURN(page.words, recogniser.Recognise(image));
  return page;
}

}  // namespace recoup::adapters

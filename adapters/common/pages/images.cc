// Images by leptonica, the library that tesseract itself reads them with.
#include <leptonica/allheaders.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/common/pages/formats.h"
#include "adapters/common/pages/seals.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::adapters {
namespace {

struct PixDestroy {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixDestroy>;

// Leptonica writes what it does not like to stderr; callers get it as a refusal.
void SilenceLeptonica() {
  static const bool once = (setMsgSeverity(L_SEVERITY_NONE), true);
  static_cast<void>(once);
}

// Decoders mend a file that broke off and fill it with grey; these two formats mark their end.
bool HasEnd(std::string_view bytes, PagesFormat format) {
  constexpr std::size_t kTail = 4096;
  const std::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), kTail));
  if (format == PagesFormat::kPng) return tail.find("IEND") != std::string_view::npos;
  if (format == PagesFormat::kJpeg) return tail.rfind("\xFF\xD9") != std::string_view::npos;
  return true;  // BMP, TIFF and WebP state their sizes, and their decoders refuse.
}

// The size is read before the pixels are made, so that a small file cannot ask for all the memory.
absl::Status CheckSize(std::string_view bytes, const PageLimits& limits) {
  l_int32 format = 0, width = 0, height = 0, bits = 0, samples = 0, has_map = 0;
  const auto* data = reinterpret_cast<const l_uint8*>(bytes.data());
  if (pixReadHeaderMem(data, bytes.size(), &format, &width, &height, &bits, &samples, &has_map) !=
          0 ||
      width <= 0 || height <= 0) {
    return MakeError(Reason::kInvalidArgument, "the image is damaged");
  }
  if (std::int64_t{width} * height > limits.pixels_max) {
    return MakeError(Reason::kTooLarge, "the image has too many pixels to be recognised");
  }
  return absl::OkStatus();
}

// Cameras and many programs state no resolution, or a screen's; then the width of A4 is assumed.
int DotsPerInch(const Pix& pix) {
  constexpr int kPlausibleMin = 100;
  constexpr int kPlausibleMax = 1200;
  constexpr double kA4WidthInches = 8.27;
  const int stated = pixGetXRes(&pix);
  if (stated >= kPlausibleMin && stated <= kPlausibleMax) return stated;
  const auto assumed = static_cast<int>(pixGetWidth(&pix) / kA4WidthInches);
  return std::clamp(assumed, kPlausibleMin, kPlausibleMax);
}

absl::StatusOr<GreyImage> ToGrey(PixPtr pix) {
  const PixPtr colour(pixConvertTo32(pix.get()));
  if (colour == nullptr) return MakeError(Reason::kInvalidArgument, "the image is damaged");
  const int width = pixGetWidth(colour.get()), height = pixGetHeight(colour.get());
  GreyWithoutSeals image(width, height, DotsPerInch(*pix));
  const l_uint32* row = pixGetData(colour.get());
  for (int y = 0; y < height; ++y, row += pixGetWpl(colour.get())) {
    for (int x = 0; x < width; ++x) {
      l_int32 red = 0, green = 0, blue = 0;
      extractRGBValues(row[x], &red, &green, &blue);
      image.Add(red, green, blue);
    }
  }
  return std::move(image).Finish();
}

absl::StatusOr<Page> ReadPage(PixPtr pix, Recogniser& recogniser, const PageLimits& limits) {
  if (pix == nullptr) {
    return MakeError(Reason::kInvalidArgument, "the image is damaged or truncated");
  }
  if (std::int64_t{pixGetWidth(pix.get())} * pixGetHeight(pix.get()) > limits.pixels_max) {
    return MakeError(Reason::kTooLarge, "the image has too many pixels to be recognised");
  }
  RECOUP_ASSIGN_OR_RETURN(const GreyImage image, ToGrey(std::move(pix)));
  return RecognisePage(image, recogniser);
}

}  // namespace

absl::StatusOr<PagedDocument> ReadImagePages(std::string_view bytes, PagesFormat format,
                                             Recogniser& recogniser, const PageLimits& limits) {
  SilenceLeptonica();
  if (!HasEnd(bytes, format)) {
    return MakeError(Reason::kInvalidArgument, "the image is truncated");
  }
  RECOUP_RETURN_IF_ERROR(CheckSize(bytes, limits));
  const auto* data = reinterpret_cast<const l_uint8*>(bytes.data());
  PagedDocument out;
  if (format != PagesFormat::kTiff) {
    RECOUP_ASSIGN_OR_RETURN(Page page,
                            ReadPage(PixPtr(pixReadMem(data, bytes.size())), recogniser, limits));
    out.pages.push_back(std::move(page));
    return out;
  }
  std::size_t offset = 0;  // Of the next page; leptonica sets it to 0 after the last.
  do {
    if (static_cast<int>(out.pages.size()) == limits.pages_max) {
      return MakeError(Reason::kTooLarge,
                       absl::StrCat("the image has more than ", limits.pages_max, " pages"));
    }
    RECOUP_ASSIGN_OR_RETURN(
        Page page, ReadPage(PixPtr(pixReadMemFromMultipageTiff(data, bytes.size(), &offset)),
                            recogniser, limits));
    out.pages.push_back(std::move(page));
  } while (offset != 0);
  return out;
}

}  // namespace recoup::adapters

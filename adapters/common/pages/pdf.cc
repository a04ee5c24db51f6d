// PDF by poppler: the words of its text, or its pages as images.
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/common/pages/formats.h"
#include "adapters/common/pages/seals.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::adapters {
namespace {

// Poppler writes what it does not like about a file to stderr; callers get it as a refusal.
void Ignore(const std::string& /*message*/, void* /*closure*/) {}

void SilencePoppler() {
  static const bool once = (poppler::set_debug_error_function(&Ignore, nullptr), true);
  static_cast<void>(once);
}

// A transfer that broke off leaves no end marker; poppler would mend the file and read half of it
// as the whole. Something may follow the marker (signatures, line ends, padding).
bool HasEnd(std::string_view bytes) {
  constexpr std::size_t kTail = 4096;
  const std::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), kTail));
  return tail.find("%%EOF") != std::string_view::npos;
}

std::string Utf8(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  std::string out(bytes.begin(), bytes.end());
  while (!out.empty() && out.back() == '\0') out.pop_back();
  return out;
}

struct Letters {
  std::size_t readable = 0;
  std::size_t meaningless = 0;  // Private use, replacement, control: fonts without a character map.
};

Letters CountLetters(const std::vector<Word>& words) {
  Letters letters;
  for (const Word& word : words) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(word.text.data());
    const auto size = static_cast<std::int32_t>(word.text.size());
    for (std::int32_t at = 0; at < size;) {
      UChar32 c = 0;
      U8_NEXT(bytes, at, size, c);
      const bool readable =
          c >= 0 && c != 0xFFFD && u_isgraph(c) && u_charType(c) != U_PRIVATE_USE_CHAR;
      ++(readable ? letters.readable : letters.meaningless);
    }
  }
  return letters;
}

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::string Trimmed(std::string text) {
  while (!text.empty() && IsSpace(text.back())) text.pop_back();
  const auto begin = std::ranges::find_if_not(text, IsSpace);
  text.erase(text.begin(), begin);
  return text;
}

Page TextPage(const poppler::page& source) {
  const poppler::rectf rect = source.page_rect();
  Page page;
  page.width = rect.width();
  page.height = rect.height();
  for (const poppler::text_box& box : source.text_list()) {
    std::string text = Trimmed(Utf8(box.text()));
    if (text.empty()) continue;
    const poppler::rectf at = box.bbox();
    page.words.push_back({std::move(text), {at.left(), at.top(), at.right(), at.bottom()}, 100, 0});
  }
  ArrangeInLines(page.words);
  return page;
}

absl::StatusOr<GreyImage> Render(const poppler::page& source, const PageLimits& limits) {
  const poppler::rectf rect = source.page_rect();
  const double scale = kScanDotsPerInch / kPointsPerInch;
  if (rect.width() * scale * rect.height() * scale > static_cast<double>(limits.pixels_max)) {
    return MakeError(Reason::kTooLarge, "a page is too large to be recognised");
  }
  poppler::page_renderer renderer;
  renderer.set_render_hint(poppler::page_renderer::antialiasing);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
  renderer.set_image_format(poppler::image::format_rgb24);
  const poppler::image image = renderer.render_page(&source, kScanDotsPerInch, kScanDotsPerInch);
  if (!image.is_valid() || image.width() <= 0 || image.height() <= 0) {
    return MakeError(Reason::kInvalidArgument, "a page of the PDF cannot be rendered");
  }
  GreyWithoutSeals grey(image.width(), image.height(), kScanDotsPerInch);
  for (int row = 0; row < image.height(); ++row) {
    const char* begin =
        image.const_data() + static_cast<std::ptrdiff_t>(row) * image.bytes_per_row();
    for (int column = 0; column < image.width(); ++column, begin += 3) {
      grey.Add(static_cast<std::uint8_t>(begin[0]), static_cast<std::uint8_t>(begin[1]),
               static_cast<std::uint8_t>(begin[2]));
    }
  }
  return std::move(grey).Finish();
}

// A scan often carries a few characters of text (a page number, the scanner's mark), so a page with
// little text is recognised as well, and what has more to say is taken.
absl::StatusOr<Page> ReadPage(const poppler::page& source, Recogniser& recogniser,
                              const PageLimits& limits) {
  constexpr std::size_t kFewLetters = 30;
  Page text = TextPage(source);
  const Letters letters = CountLetters(text.words);
  const bool readable = letters.meaningless * 5 <= letters.readable;
  if (readable && letters.readable >= kFewLetters) return text;
  RECOUP_ASSIGN_OR_RETURN(const GreyImage image, Render(source, limits));
  RECOUP_ASSIGN_OR_RETURN(Page recognised, RecognisePage(image, recogniser));
  if (readable && CountLetters(recognised.words).readable <= 2 * letters.readable) return text;
  return recognised;
}

}  // namespace

absl::StatusOr<PagedDocument> ReadPdfPages(std::string_view bytes, Recogniser& recogniser,
                                           const PageLimits& limits) {
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    return MakeError(Reason::kTooLarge, "the PDF is too large");
  }
  SilencePoppler();
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (document != nullptr && document->is_locked()) {
    return MakeError(Reason::kInvalidArgument, "the PDF is protected by a password");
  }
  if (!HasEnd(bytes)) return MakeError(Reason::kInvalidArgument, "the PDF is truncated");
  if (document == nullptr || document->pages() <= 0) {
    return MakeError(Reason::kInvalidArgument, "the PDF is damaged");
  }
  if (document->pages() > limits.pages_max) {
    return MakeError(Reason::kTooLarge,
                     absl::StrCat("the PDF has more than ", limits.pages_max, " pages"));
  }
  PagedDocument out;
  for (int i = 0; i < document->pages(); ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(i));
    if (page == nullptr) {
      return MakeError(Reason::kInvalidArgument,
                       absl::StrCat("page ", i + 1, " of the PDF is damaged"));
    }
    RECOUP_ASSIGN_OR_RETURN(Page read, ReadPage(*page, recogniser, limits));
    out.pages.push_back(std::move(read));
  }
  return out;
}

}  // namespace recoup::adapters

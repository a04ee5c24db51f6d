#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/court/sources/formats.h"
#include "adapters/court/sources/page_lines.h"

namespace recoup::court {
namespace {

using adapters::Page;
using adapters::Word;

bool IsDigit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９'); }

// "3", "- 3 -", "—3—", "第 3 页", "第3页 共12页", "3/12": what printers add, and what would stand
// in the middle of a sentence that runs over the page.
bool IsPageNumber(std::u32string_view line) {
  constexpr std::u32string_view kAround = U" \t-–—－·.第页共,，/／　";
  constexpr std::size_t kLongest = 16;
  bool digits = false;
  for (const char32_t c : line) {
    if (IsDigit(c)) {
      digits = true;
    } else if (kAround.find(c) == std::u32string_view::npos) {
      return false;
    }
  }
  return digits && line.size() <= kLongest;
}

// The number of the page at its head or foot.
bool IsPageNumber(const PageLine& line, bool edge) { return edge && IsPageNumber(line.text); }

std::vector<PageLine> BodyLines(const Page& page, std::size_t index) {
  std::vector<PageLine> lines = LinesOf(page, index);
  const auto is_number = [&](const PageLine& line) {
    const bool edge = line.begin == 0 || line.end == page.words.size();
    return IsPageNumber(line, edge);
  };
  std::erase_if(lines, is_number);
  return lines;
}

void AddLine(const Page& page, const PageLine& line, TextBuilder& out) {
  const std::string place = absl::StrCat("第 ", line.page + 1, " 页");
  for (std::size_t w = line.begin; w < line.end; ++w) {
    const Word& word = page.words[w];
    // A space parts words of a line; the rules are written for text without spaces, so how wide it
    // was does not matter here.
    if (w > line.begin && word.box.left > page.words[w - 1].box.right + 1) out.Add(U" ", place);
    out.AddUtf8(word.text, place, word.confidence_percent);
  }
}

}  // namespace

SourceDocument FromPages(const adapters::PagedDocument& pages, SourceFormat format) {
  TextBuilder builder(format);
  std::size_t weighted = 0;
  std::size_t recognised = 0;
  std::vector<PageLine> lines;
  for (std::size_t i = 0; i < pages.pages.size(); ++i) {
    const Page& page = pages.pages[i];
    const std::vector<PageLine> body = BodyLines(page, i);
    lines.insert(lines.end(), body.begin(), body.end());
    if (page.source != adapters::PageSource::kRecognised) continue;
    for (const Word& word : page.words) {
      weighted += word.text.size() * static_cast<std::size_t>(word.confidence_percent);
      recognised += word.text.size();
    }
  }
  MarkParagraphs(lines);
  for (const PageLine& line : lines) {
    AddLine(pages.pages[line.page], line, builder);
    if (line.ends_paragraph) builder.EndLine();
  }
  SourceDocument document = builder.Finish();
  if (recognised > 0) document.confidence_percent = static_cast<int>(weighted / recognised);
  return document;
}

}  // namespace recoup::court

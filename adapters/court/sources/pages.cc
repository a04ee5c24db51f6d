#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/court/sources/formats.h"

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

struct Line {
  std::size_t begin = 0;  // Of the page's words.
  std::size_t end = 0;
};

std::vector<Line> LinesOf(const Page& page) {
  std::vector<Line> lines;
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    if (i == 0 || page.words[i].line != page.words[i - 1].line) lines.push_back({i, i});
    lines.back().end = i + 1;
  }
  return lines;
}

std::u32string TextOfLine(const Page& page, const Line& line) {
  std::u32string text;
  for (std::size_t i = line.begin; i < line.end; ++i) text += DecodeUtf8(page.words[i].text);
  return text;
}

void AddPage(const Page& page, std::string_view place, TextBuilder& out) {
  const std::vector<Line> lines = LinesOf(page);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool edge = i == 0 || i + 1 == lines.size();
    if (edge && IsPageNumber(TextOfLine(page, lines[i]))) continue;
    for (std::size_t w = lines[i].begin; w < lines[i].end; ++w) {
      const Word& word = page.words[w];
      // A space parts words of a line; the rules are written for text without spaces, so how wide
      // it was does not matter here.
      if (w > lines[i].begin && word.box.left > page.words[w - 1].box.right + 1)
        out.Add(U" ", place);
      out.AddUtf8(word.text, place, word.confidence_percent);
    }
    out.EndLine();
  }
}

}  // namespace

SourceDocument FromPages(const adapters::PagedDocument& pages, SourceFormat format) {
  TextBuilder builder(format);
  std::size_t weighted = 0;
  std::size_t recognised = 0;
  for (std::size_t i = 0; i < pages.pages.size(); ++i) {
    const Page& page = pages.pages[i];
    AddPage(page, absl::StrCat("第 ", i + 1, " 页"), builder);
    if (page.source != adapters::PageSource::kRecognised) continue;
    for (const Word& word : page.words) {
      weighted += word.text.size() * static_cast<std::size_t>(word.confidence_percent);
      recognised += word.text.size();
    }
  }
  SourceDocument document = builder.Finish();
  if (recognised > 0) document.confidence_percent = static_cast<int>(weighted / recognised);
  return document;
}

}  // namespace recoup::court

#include "adapters/court/sources/page_lines.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

#include "adapters/court/source.h"

namespace recoup::court {
namespace {

using adapters::Box;
using adapters::Page;
using adapters::Word;

// All in heights of a line, which is about the width of a character.
constexpr double kGapOfColumns = 2.5;
constexpr double kIndentMin = 1.2;
constexpr double kRaggedEnd = 2.2;
constexpr double kHalfWidth = 0.6;  // Of a digit.
constexpr double kLooseEnd = 6;

// How the text of one page is set.
struct Setting {
  double left = 0;
  double right = 0;
  double height = 0;
  bool indents = false;  // Paragraphs begin with an indent.
};

double Quantile(std::vector<double> values, double share) {
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::ranges::nth_element(values, values.begin() + at);
  return values[static_cast<std::size_t>(at)];
}

bool EndsSentence(const PageLine& line) {
  constexpr std::u32string_view kEnds = U"。；：;:.";
  return !line.text.empty() && kEnds.find(line.text.back()) != std::u32string_view::npos;
}

// Absent where too few lines reach the right margin to call it one.
std::optional<Setting> SettingOf(std::span<const PageLine> lines) {
  constexpr std::size_t kLinesMin = 4;
  if (lines.size() < kLinesMin) return std::nullopt;
  std::vector<double> lefts, rights, heights;
  for (const PageLine& line : lines) {
    lefts.push_back(line.box.left);
    rights.push_back(line.box.right);
    heights.push_back(line.box.height());
  }
  Setting setting{Quantile(lefts, 0.1), Quantile(rights, 0.9), Quantile(heights, 0.5), false};
  std::size_t full = 0;
  std::size_t indented = 0;
  for (const PageLine& line : lines) {
    full += line.box.right + kRaggedEnd * setting.height >= setting.right ? 1u : 0u;
    const double indent = line.box.left - setting.left;
    indented += indent > kIndentMin * setting.height && indent < 3 * setting.height ? 1u : 0u;
  }
  if (full < 3 || full * 3 < lines.size()) return std::nullopt;
  setting.indents = indented * 8 >= lines.size();
  return setting;
}

// The room the first word of a line needs that cannot be parted: "30,000.00元".
double FirstWordWidth(const PageLine& line, double height) {
  std::size_t letters = 0;
  while (letters < line.text.size() && line.text[letters] < 0x80) ++letters;
  return static_cast<double>(letters) * kHalfWidth * height;
}

bool Continues(const PageLine& line, const Setting& setting, const PageLine& next,
               const Setting& next_setting) {
  if (line.has_gap || next.has_gap || line.text.empty() || next.text.empty()) return false;
  const double indent = next.box.left - next_setting.left;
  if (indent > kIndentMin * next_setting.height) return false;
  const double missing = setting.right - line.box.right;
  const double height = setting.height;
  const bool full = missing <= std::max(kRaggedEnd * height, FirstWordWidth(next, height) + height);
  if (!setting.indents) return full && !EndsSentence(line);
  return full || (missing < kLooseEnd * height && !EndsSentence(line));
}

}  // namespace

std::vector<PageLine> LinesOf(const Page& page, std::size_t index) {
  std::vector<PageLine> lines;
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    const Word& word = page.words[i];
    if (i == 0 || word.line != page.words[i - 1].line) {
      lines.push_back({index, i, i, word.box, false, {}, true});
    }
    PageLine& line = lines.back();
    const double gap = word.box.left - line.box.right;
    line.has_gap = line.has_gap || gap > kGapOfColumns * word.box.height();
    line.box = {std::min(line.box.left, word.box.left), std::min(line.box.top, word.box.top),
                std::max(line.box.right, word.box.right),
                std::max(line.box.bottom, word.box.bottom)};
    line.end = i + 1;
    line.text += DecodeUtf8(word.text);
  }
  return lines;
}

void MarkParagraphs(std::vector<PageLine>& lines) {
  std::size_t last_begin = 0;
  std::optional<Setting> last;
  for (std::size_t begin = 0; begin < lines.size();) {
    std::size_t end = begin;
    while (end < lines.size() && lines[end].page == lines[begin].page) ++end;
    std::optional<Setting> setting =
        SettingOf(std::span<const PageLine>(lines).subspan(begin, end - begin));
    // The last page may hold but the end of a paragraph and the names of the judges.
    if (!setting.has_value() && last.has_value()) setting = last;
    if (begin > last_begin && last.has_value() && setting.has_value()) {
      lines[begin - 1].ends_paragraph = !Continues(lines[begin - 1], *last, lines[begin], *setting);
    }
    for (std::size_t i = begin; setting.has_value() && i + 1 < end; ++i) {
      lines[i].ends_paragraph = !Continues(lines[i], *setting, lines[i + 1], *setting);
    }
    last = setting;
    last_begin = begin;
    begin = end;
  }
}

}  // namespace recoup::court

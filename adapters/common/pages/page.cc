#include "adapters/common/pages/page.h"

#include <algorithm>
#include <cstdint>

namespace recoup::adapters {
namespace {

// A word belongs to a line when its middle lies within the line's first word; taller words (stamps,
// titles beside a table) must not swallow the lines they cross.
bool SharesLine(const Box& line, const Box& word) {
  return word.middle() > line.top && word.middle() < line.bottom && line.middle() > word.top &&
         line.middle() < word.bottom;
}

bool StandsApart(const Word& left, const Word& right) {
  constexpr double kGapInHeights = 0.15;
  const double height = std::min(left.box.height(), right.box.height());
  return right.box.left - left.box.right > kGapInHeights * height;
}

}  // namespace

void ArrangeInLines(std::vector<Word>& words) {
  std::ranges::stable_sort(words, {}, [](const Word& word) { return word.box.middle(); });
  std::vector<Box> lines;
  for (Word& word : words) {
    // Sorted by height, so only the last lines can still take a word.
    constexpr std::size_t kLinesBack = 3;
    std::size_t line = lines.size();
    for (std::size_t back = 1; back <= std::min(kLinesBack, lines.size()); ++back) {
      if (SharesLine(lines[lines.size() - back], word.box)) line = lines.size() - back;
    }
    if (line == lines.size()) lines.push_back(word.box);
    word.line = line;
  }
  std::ranges::stable_sort(words, [](const Word& a, const Word& b) {
    return a.line != b.line ? a.line < b.line : a.box.left < b.box.left;
  });
}

std::string TextOf(const Page& page) {
  std::string text;
  const Word* before = nullptr;
  for (const Word& word : page.words) {
    if (before != nullptr && before->line != word.line) {
      text += '\n';
    } else if (before != nullptr && StandsApart(*before, word)) {
      text += ' ';
    }
    text += word.text;
    before = &word;
  }
  if (before != nullptr) text += '\n';
  return text;
}

int ConfidenceOf(const Page& page) {
  std::uint64_t weighted = 0;
  std::uint64_t length = 0;
  for (const Word& word : page.words) {
    weighted += static_cast<std::uint64_t>(word.confidence_percent) * word.text.size();
    length += word.text.size();
  }
  return length == 0 ? 100 : static_cast<int>(weighted / length);
}

}  // namespace recoup::adapters

#include "adapters/hospital/invoice/text_lines.h"

#include <algorithm>

#include "adapters/hospital/charset.h"
#include "adapters/hospital/invoice/fields.h"

namespace recoup::hospital::invoice {
namespace {

// Of the height of a line: beyond it, something new begins.
constexpr double kApart = 0.9;

std::size_t LengthAt(const std::string& text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
  return std::min(length, text.size() - at);
}

double WidthOf(const std::string& character) { return character.size() == 1 ? 0.55 : 1.0; }

void AppendGlyphs(const adapters::Word& word, std::vector<Glyph>& glyphs) {
  std::vector<std::string> characters;
  double total = 0;
  for (std::size_t i = 0; i < word.text.size();) {
    const std::size_t length = LengthAt(word.text, i);
    characters.push_back(word.text.substr(i, length));
    total += WidthOf(characters.back());
    i += length;
  }
  double left = word.box.left;
  for (const std::string& character : characters) {
    const double right = left + word.box.width() * WidthOf(character) / total;
    std::string folded = FoldedText(character);
    if (!folded.empty()) {
      glyphs.push_back({character,
                        std::move(folded),
                        {left, word.box.top, right, word.box.bottom},
                        word.confidence_percent,
                        false});
    }
    left = right;
  }
}

void Finish(TextLine& line) {
  std::stable_sort(line.glyphs.begin(), line.glyphs.end(),
                   [](const Glyph& a, const Glyph& b) { return a.box.left < b.box.left; });
  std::vector<double> heights;
  for (const Glyph& glyph : line.glyphs) heights.push_back(glyph.box.height());
  std::nth_element(heights.begin(),
                   heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2),
                   heights.end());
  line.height = std::max(heights[heights.size() / 2], 1.0);
  for (std::size_t i = 0; i < line.glyphs.size(); ++i) {
    line.glyphs[i].apart =
        i == 0 || line.glyphs[i].box.left - line.glyphs[i - 1].box.right > kApart * line.height;
  }
}

}  // namespace

std::vector<TextLine> LinesOf(const adapters::Page& page) {
  std::vector<adapters::Word> words = page.words;
  adapters::ArrangeInLines(words);
  std::vector<TextLine> lines;
  std::size_t number = 0;
  for (const adapters::Word& word : words) {
    if (lines.empty() || word.line != number) lines.emplace_back();
    number = word.line;
    AppendGlyphs(word, lines.back().glyphs);
  }
  std::erase_if(lines, [](const TextLine& line) { return line.glyphs.empty(); });
  for (TextLine& line : lines) Finish(line);
  return lines;
}

std::string TextOf(const TextLine& line, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) {
    if (i > from && line.glyphs[i].apart) text += ' ';
    text += line.glyphs[i].text;
  }
  return text;
}

std::string FoldedOf(const TextLine& line, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) text += line.glyphs[i].folded;
  return text;
}

adapters::Box BoxOf(const TextLine& line, std::size_t from, std::size_t to) {
  adapters::Box box = line.glyphs[from].box;
  for (std::size_t i = from; i < to; ++i) {
    const adapters::Box& other = line.glyphs[i].box;
    box = {std::min(box.left, other.left), std::min(box.top, other.top),
           std::max(box.right, other.right), std::max(box.bottom, other.bottom)};
  }
  return box;
}

int ConfidenceOf(const TextLine& line, std::size_t from, std::size_t to) {
  if (from >= to) return 0;
  int sum = 0;
  for (std::size_t i = from; i < to; ++i) sum += line.glyphs[i].confidence_percent;
  return sum / static_cast<int>(to - from);
}

bool IsHan(const Glyph& glyph) { return HasHan(glyph.text); }

}  // namespace recoup::hospital::invoice

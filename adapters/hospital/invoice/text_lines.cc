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

double MedianHeight(const std::vector<Glyph>& glyphs) {
  std::vector<double> heights;
  for (const Glyph& glyph : glyphs) heights.push_back(glyph.box.height());
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return std::max(*middle, 1.0);
}

void MarkApart(TextLine& line) {
  line.height = MedianHeight(line.glyphs);
  for (std::size_t i = 0; i < line.glyphs.size(); ++i) {
    line.glyphs[i].apart =
        i == 0 || line.glyphs[i].box.left - line.glyphs[i - 1].box.right > kApart * line.height;
  }
}

// What the engine took for one line, in its own order: the boxes of its characters are rough, their
// order is not.
struct Strip {
  std::vector<Glyph> glyphs;
  adapters::Box box;  // As high as most of its characters.
};

Strip StripOf(std::vector<Glyph> glyphs) {
  Strip strip{std::move(glyphs), {}};
  std::vector<double> middles;
  double left = strip.glyphs.front().box.left, right = left;
  for (const Glyph& glyph : strip.glyphs) {
    middles.push_back(glyph.box.middle());
    left = std::min(left, glyph.box.left);
    right = std::max(right, glyph.box.right);
  }
  const auto at = middles.begin() + static_cast<std::ptrdiff_t>(middles.size() / 2);
  std::nth_element(middles.begin(), at, middles.end());
  const double half = MedianHeight(strip.glyphs) / 2;
  strip.box = {left, *at - half, right, *at + half};
  return strip;
}

// Strips beside each other make one line of the page.
std::vector<TextLine> LinesOfStrips(std::vector<Strip> strips) {
  std::stable_sort(strips.begin(), strips.end(),
                   [](const Strip& a, const Strip& b) { return a.box.middle() < b.box.middle(); });
  std::vector<std::vector<Strip>> rows;
  for (Strip& strip : strips) {
    const bool same = !rows.empty() && strip.box.middle() < rows.back().front().box.bottom &&
                      rows.back().front().box.middle() > strip.box.top;
    if (!same) rows.emplace_back();
    rows.back().push_back(std::move(strip));
  }
  std::vector<TextLine> lines;
  for (std::vector<Strip>& row : rows) {
    std::stable_sort(row.begin(), row.end(),
                     [](const Strip& a, const Strip& b) { return a.box.left < b.box.left; });
    TextLine& line = lines.emplace_back();
    line.recognised = true;
    for (Strip& strip : row) {
      line.glyphs.insert(line.glyphs.end(), strip.glyphs.begin(), strip.glyphs.end());
    }
    MarkApart(line);
  }
  return lines;
}

std::vector<Strip> StripsOf(const std::vector<adapters::Word>& words) {
  std::vector<Strip> strips;
  for (std::size_t from = 0; from < words.size();) {
    std::vector<Glyph> glyphs;
    std::size_t to = from;
    for (; to < words.size() && words[to].line == words[from].line; ++to) {
      AppendGlyphs(words[to], glyphs);
    }
    if (!glyphs.empty()) strips.push_back(StripOf(std::move(glyphs)));
    from = to;
  }
  return strips;
}

}  // namespace

std::vector<TextLine> LinesOf(const adapters::Page& page) {
  if (page.source == adapters::PageSource::kRecognised) return LinesOfStrips(StripsOf(page.words));
  std::vector<adapters::Word> words = page.words;
  adapters::ArrangeInLines(words);
  std::vector<TextLine> lines;
  for (std::size_t from = 0; from < words.size();) {
    TextLine line;
    std::size_t to = from;
    for (; to < words.size() && words[to].line == words[from].line; ++to) {
      AppendGlyphs(words[to], line.glyphs);
    }
    from = to;
    if (line.glyphs.empty()) continue;
    std::stable_sort(line.glyphs.begin(), line.glyphs.end(),
                     [](const Glyph& a, const Glyph& b) { return a.box.left < b.box.left; });
    MarkApart(line);
    lines.push_back(std::move(line));
  }
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

#include "adapters/hospital/invoice/labels.h"

#include <algorithm>
#include <string>

namespace recoup::hospital::invoice {
namespace {

// From this length on, one wrong character leaves a label unmistakable: no two labels of five or
// more characters differ in one only.
constexpr std::size_t kInexactMin = 5;
// Up to this length, a label may be part of a word.
constexpr std::size_t kShortMax = 4;

struct Label {
  Field field;
  std::vector<std::string> characters;
};

std::vector<std::string> CharactersOf(const std::string& text) {
  std::vector<std::string> characters;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    characters.push_back(text.substr(i, length));
    i += length;
  }
  return characters;
}

std::vector<Label> LabelsByLength(const FieldTable& table) {
  std::vector<Label> labels;
  for (const FieldSpec& spec : table.specs()) {
    for (const std::string& text : spec.labels) labels.push_back({spec.field, CharactersOf(text)});
  }
  std::stable_sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) {
    return a.characters.size() > b.characters.size();
  });
  return labels;
}

class LabelSearch {
 public:
  LabelSearch(const std::vector<TextLine>& lines, const FieldTable& table)
      : lines_(lines), labels_(LabelsByLength(table)) {
    for (const TextLine& line : lines) taken_.emplace_back(line.glyphs.size(), false);
  }

  std::vector<LabelSpot> Run() {
    for (const bool exact : {true, false}) {
      for (const Label& label : labels_) {
        if (!exact && label.characters.size() < kInexactMin) continue;
        for (std::size_t line = 0; line < lines_.size(); ++line) FindIn(line, label, exact);
      }
    }
    std::sort(spots_.begin(), spots_.end(), [](const LabelSpot& a, const LabelSpot& b) {
      return a.line != b.line ? a.line < b.line : a.from < b.from;
    });
    return std::move(spots_);
  }

 private:
  void FindIn(std::size_t line, const Label& label, bool exact) {
    const std::vector<Glyph>& glyphs = lines_[line].glyphs;
    const std::size_t length = label.characters.size();
    for (std::size_t from = 0; from + length <= glyphs.size(); ++from) {
      if (!Matches(line, from, label, exact ? 0 : 1) || !MayStandAt(line, from, label)) continue;
      std::fill_n(taken_[line].begin() + static_cast<std::ptrdiff_t>(from), length, true);
      spots_.push_back({label.field, line, from, from + length, exact});
      from += length - 1;
    }
  }

  bool Matches(std::size_t line, std::size_t from, const Label& label,
               std::size_t wrong_max) const {
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < label.characters.size(); ++i) {
      if (taken_[line][from + i]) return false;
      if (lines_[line].glyphs[from + i].folded != label.characters[i] && ++wrong > wrong_max) {
        return false;
      }
    }
    return true;
  }

  bool MayStandAt(std::size_t line, std::size_t from, const Label& label) const {
    if (label.characters.size() > kShortMax || from == 0) return true;
    // (大写) and (小写) follow 合计 in many ways.
    if (label.field == Field::kTotal || label.field == Field::kTotalInWords) return true;
    const Glyph& first = lines_[line].glyphs[from];
    const Glyph& before = lines_[line].glyphs[from - 1];
    return first.apart || !IsHan(before) || taken_[line][from - 1] || before.folded == "元";
  }

  const std::vector<TextLine>& lines_;
  const std::vector<Label> labels_;
  std::vector<std::vector<bool>> taken_;
  std::vector<LabelSpot> spots_;
};

}  // namespace

std::vector<LabelSpot> LabelsOn(const std::vector<TextLine>& lines, const FieldTable& table) {
  return LabelSearch(lines, table).Run();
}

}  // namespace recoup::hospital::invoice

#include "adapters/hospital/invoice/labels.h"

#include <algorithm>
#include <compare>
#include <string>

#include "adapters/hospital/invoice/label_book.h"

namespace recoup::hospital::invoice {
namespace {

// From this length on, one wrong character leaves a label unmistakable: no two labels of five or
// more characters differ in one only.
constexpr std::size_t kInexactMin = 5;
// Up to this length, a label may be part of a word.
constexpr std::size_t kShortMax = 4;
// Labels of three characters (交款人, 校验码) are known with one of them wrong where a colon
// follows and no other label is as near.
constexpr std::size_t kColonMin = 3;

class LabelSearch {
 public:
  LabelSearch(const std::vector<TextLine>& lines, const LabelBook& book)
      : lines_(lines), labels_(book.labels()), places_(book.signs_count() + 1) {
    for (std::size_t line = 0; line < lines.size(); ++line) {
      const std::vector<Glyph>& glyphs = lines[line].glyphs;
      taken_.emplace_back(glyphs.size(), false);
      std::vector<Sign>& printed = printed_.emplace_back();
      for (std::size_t at = 0; at < glyphs.size(); ++at) {
        printed.push_back(book.Of(glyphs[at].folded));
        places_[printed.back().number].push_back({line, at});
      }
    }
  }

  std::vector<LabelSpot> Run() {
    for (const Label& label : labels_) {
      for (const Place& place : PlacesOf(label.characters.front())) {
        FindAt(place, label, /*exact=*/true);
      }
    }
    for (const Label& label : labels_) {
      if (label.characters.size() < kColonMin) continue;
      for (const Place& place : NearPlacesOf(label)) FindAt(place, label, /*exact=*/false);
    }
    std::sort(spots_.begin(), spots_.end(), [](const LabelSpot& a, const LabelSpot& b) {
      return a.line != b.line ? a.line < b.line : a.from < b.from;
    });
    return std::move(spots_);
  }

 private:
  struct Place {
    std::size_t line = 0, from = 0;
    auto operator<=>(const Place&) const = default;
  };

  const std::vector<Place>& PlacesOf(const Sign& sign) const { return places_[sign.number]; }

  // Where a label may stand of which one character is wrong, one too many, or the first one lost:
  // its first or its second is printed then.
  std::vector<Place> NearPlacesOf(const Label& label) const {
    std::vector<Place> near = PlacesOf(label.characters[0]);
    for (const Place& second : PlacesOf(label.characters[1])) {
      near.push_back(second);
      if (second.from > 0) near.push_back({second.line, second.from - 1});
    }
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    return near;
  }

  void FindAt(const Place& place, const Label& label, bool exact) {
    const auto [line, from] = place;
    const std::size_t to = exact ? EndOfExact(line, from, label) : EndOfInexact(line, from, label);
    if (to == from || !MayStandAt(line, from, label)) return;
    std::fill(taken_[line].begin() + static_cast<std::ptrdiff_t>(from),
              taken_[line].begin() + static_cast<std::ptrdiff_t>(to), true);
    spots_.push_back({label.field, line, from, to, exact});
  }

  bool Reaches(std::size_t line, std::size_t from, std::size_t length) const {
    return from + length <= printed_[line].size();
  }

  bool Free(std::size_t line, std::size_t from, std::size_t length) const {
    if (!Reaches(line, from, length)) return false;
    for (std::size_t i = from; i < from + length; ++i) {
      if (taken_[line][i]) return false;
    }
    return true;
  }

  // "…医疗保险  医保编号": what stands apart is no part of a label that is only nearly printed.
  bool Together(std::size_t line, std::size_t from, std::size_t length) const {
    if (!Free(line, from, length)) return false;
    for (std::size_t i = from + 1; i < from + length; ++i) {
      if (lines_[line].glyphs[i].apart) return false;
    }
    return true;
  }

  // How many characters of the label differ from those printed from `from` on; more than one is
  // not counted further. A Chinese character is not taken for a comma: where one stands, the label
  // has ended, or never was one.
  std::size_t WrongAt(std::size_t line, std::size_t from, const Label& label) const {
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < label.characters.size() && wrong <= 1; ++i) {
      const Sign& seen = printed_[line][from + i];
      if (seen == label.characters[i]) continue;
      wrong += seen.han == label.characters[i].han ? 1U : 2U;
    }
    return wrong;
  }

  // Where the label ends; `from` where it is not there.
  std::size_t EndOfExact(std::size_t line, std::size_t from, const Label& label) const {
    const std::size_t length = label.characters.size();
    const bool printed = Reaches(line, from, length) && WrongAt(line, from, label) == 0;
    return printed && Free(line, from, length) ? from + length : from;
  }

  bool ColonAt(std::size_t line, std::size_t at) const {
    return at < lines_[line].glyphs.size() && lines_[line].glyphs[at].folded == ":";
  }

  // One character wrong, one too many, or the first one lost. Shorter labels must be unmistakable:
  // a colon behind, and no other label as near.
  std::size_t EndOfInexact(std::size_t line, std::size_t from, const Label& label) const {
    const std::size_t length = label.characters.size();
    const bool is_long = length >= kInexactMin;
    // 自付一 and 自付二 are two amounts, and a digit tells them apart.
    if (length < kShortMax && label.type == FieldType::kAmount) return from;
    if (Reaches(line, from, length) && WrongAt(line, from, label) == 1 &&
        Together(line, from, length) &&
        (is_long || (ColonAt(line, from + length) && NearestAlone(line, from, label)))) {
      return from + length;
    }
    if (length < kShortMax) return from;
    if (Reaches(line, from, length + 1) && HasOneTooMany(line, from, label) &&
        Together(line, from, length + 1) && (is_long || ColonAt(line, from + length + 1))) {
      return from + length + 1;
    }
    if (ColonAt(line, from + length - 1) && Together(line, from, length - 1) &&
        LacksItsFirst(line, from, label)) {
      return from + length - 1;
    }
    return from;
  }

  // "据代码:" where something begins. What is left must be enough, and of one label only.
  bool LacksItsFirst(std::size_t line, std::size_t from, const Label& label) const {
    const std::vector<Glyph>& glyphs = lines_[line].glyphs;
    if (!glyphs[from].apart) return false;
    const auto rest_is_printed = [&](const Label& one) {
      for (std::size_t i = 1; i < one.characters.size(); ++i) {
        if (!(printed_[line][from + i - 1] == one.characters[i])) return false;
      }
      return true;
    };
    return rest_is_printed(label) &&
           std::none_of(labels_.begin(), labels_.end(), [&](const Label& other) {
             return other.field != label.field &&
                    other.characters.size() == label.characters.size() && rest_is_printed(other);
           });
  }

  bool NearestAlone(std::size_t line, std::size_t from, const Label& label) const {
    for (const Label& other : labels_) {
      if (other.field == label.field || other.characters.size() != label.characters.size()) {
        continue;
      }
      if (WrongAt(line, from, other) <= 1) return false;
    }
    return true;
  }

  bool HasOneTooMany(std::size_t line, std::size_t from, const Label& label) const {
    std::size_t extra = 0;
    for (std::size_t i = 0; i < label.characters.size();) {
      if (printed_[line][from + i + extra] == label.characters[i]) {
        ++i;
      } else if (extra++ == 1 || i == 0) {
        return false;
      }
    }
    return extra == 1;
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
  const std::vector<Label>& labels_;
  std::vector<std::vector<Place>> places_;  // By the number of a sign, in reading order.
  std::vector<std::vector<Sign>> printed_;  // What lines_ hold.
  std::vector<std::vector<bool>> taken_;
  std::vector<LabelSpot> spots_;
};

}  // namespace

std::vector<LabelSpot> LabelsOn(const std::vector<TextLine>& lines, const FieldTable& table) {
  return LabelSearch(lines, table.label_book()).Run();
}

}  // namespace recoup::hospital::invoice

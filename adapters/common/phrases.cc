#include "adapters/common/phrases.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "hub/base/check.h"

namespace recoup::adapters {
namespace {

constexpr std::string_view kHole = "{}";
constexpr std::string_view kArrow = " => ";

// An English sentence with holes, cut at them: one piece more than holes.
struct Pattern {
  std::vector<std::string_view> pieces;
  std::string_view chinese;
  std::size_t letters = 0;  // Outside the holes.
  bool is_frame = false;    // "{}: {}": says nothing of its own.
};

std::vector<std::string_view> CutAtHoles(std::string_view english) {
  std::vector<std::string_view> pieces;
  for (std::size_t hole; (hole = english.find(kHole)) != std::string_view::npos;) {
    pieces.push_back(english.substr(0, hole));
    english.remove_prefix(hole + kHole.size());
  }
  pieces.push_back(english);
  return pieces;
}

// What fills the holes, each as short as can be and never nothing.
std::optional<std::vector<std::string_view>> Fill(const Pattern& pattern, std::string_view text) {
  const std::vector<std::string_view>& pieces = pattern.pieces;
  if (!text.starts_with(pieces.front()) || !text.ends_with(pieces.back())) return std::nullopt;
  if (text.size() < pattern.letters + pieces.size() - 1) return std::nullopt;
  text.remove_prefix(pieces.front().size());
  std::vector<std::string_view> filled;
  for (std::size_t i = 1; i + 1 < pieces.size(); ++i) {
    const std::size_t at = text.find(pieces[i], 1);
    if (at == std::string_view::npos) return std::nullopt;
    filled.push_back(text.substr(0, at));
    text.remove_prefix(at + pieces[i].size());
  }
  if (text.size() <= pieces.back().size()) return std::nullopt;
  filled.push_back(text.substr(0, text.size() - pieces.back().size()));
  return filled;
}

class Catalogue {
 public:
  explicit Catalogue(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      AddLine(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    std::stable_sort(patterns_.begin(), patterns_.end(),
                     [](const Pattern& a, const Pattern& b) { return a.letters > b.letters; });
  }

  std::string InChinese(std::string_view english) const {
    if (const auto whole = sentences_.find(english); whole != sentences_.end()) {
      return std::string(whole->second);
    }
    for (const Pattern& pattern : patterns_) {
      const auto filled = Fill(pattern, english);
      if (!filled) continue;
      const bool is_known = !pattern.is_frame || std::ranges::any_of(*filled, [&](auto part) {
        return InChinese(part) != part;
      });
      if (is_known) return Write(pattern.chinese, *filled);
    }
    return std::string(english);
  }

 private:
  void AddLine(std::string_view line) {
    if (line.empty() || line.starts_with('#')) return;
    const std::size_t arrow = line.find(kArrow);
    RECOUP_CHECK(arrow != std::string_view::npos);
    const std::string_view english = line.substr(0, arrow);
    const std::string_view chinese = line.substr(arrow + kArrow.size());
    Pattern pattern{CutAtHoles(english), chinese};
    if (pattern.pieces.size() == 1) {
      RECOUP_CHECK(sentences_.emplace(english, chinese).second);
      return;
    }
    for (const std::string_view piece : pattern.pieces) pattern.letters += piece.size();
    pattern.is_frame = std::ranges::none_of(
        english, [](char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); });
    patterns_.push_back(std::move(pattern));
  }

  // {1} is the first hole.
  std::string Write(std::string_view chinese, const std::vector<std::string_view>& filled) const {
    std::string out;
    for (std::size_t i = 0; i < chinese.size(); ++i) {
      const std::size_t number =
          chinese[i] == '{' ? static_cast<std::size_t>(chinese[i + 1] - '0') : 0;
      if (number == 0) {
        out += chinese[i];
        continue;
      }
      RECOUP_CHECK(number <= filled.size());
      out += InChinese(filled[number - 1]);
      i += 2;
    }
    return out;
  }

  std::map<std::string_view, std::string_view> sentences_;
  std::vector<Pattern> patterns_;  // The one that says most first.
};

}  // namespace

std::string InChinese(std::string_view english) {
  static const auto& catalogue = *new Catalogue(PhraseText());
  return catalogue.InChinese(english);
}

}  // namespace recoup::adapters

// The numbers that Word counts itself: "一、" before an operative item is often not in its text.
//
// Internal to this folder. A numbering that cannot be understood gives no number, never an error.
#ifndef RECOUP_ADAPTERS_COURT_SOURCES_WORD_NUMBERING_H_
#define RECOUP_ADAPTERS_COURT_SOURCES_WORD_NUMBERING_H_

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "pugixml.hpp"

namespace recoup::court {

class WordNumbering {
 public:
  static constexpr std::size_t kLevels = 9;  // ECMA-376 Part 1, 17.9.3.
  // Per numbering: how far each level has counted.
  using Counters = std::map<std::string, std::array<int, kLevels>>;

  // word/numbering.xml; empty or damaged: no numbers.
  static WordNumbering Read(const std::string& xml);

  // The number of the paragraph whose properties hold this w:numPr, for instance "一、" or "(二)";
  // empty for bullets and unknown numberings. Counts on.
  std::string Next(const pugi::xml_node& number_properties, Counters& counters) const;

 private:
  struct Level {
    std::string format;  // w:numFmt, for instance "chineseCountingThousand".
    std::string text;    // w:lvlText, for instance "%1、".
    int start = 1;
  };
  using Levels = std::array<Level, kLevels>;

  std::map<std::string, Levels> numberings_;  // By w:numId.
};

// 1 → "一", 12 → "十二", 120 → "一百二十"; beyond 999 in digits.
std::string ChineseNumber(int number);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_SOURCES_WORD_NUMBERING_H_

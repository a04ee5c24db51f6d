#include "adapters/court/sources/word_numbering.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace recoup::court {
namespace {

constexpr int kStartMax = 32767;  // What Word itself counts to.

// Writers choose their own prefixes; numbering parts in the wild all have Word's.
pugi::xml_node Child(const pugi::xml_node& node, const char* name) { return node.child(name); }
std::string Value(const pugi::xml_node& node, const char* name) {
  return Child(node, name).attribute("w:val").value();
}

std::string Formatted(int number, std::string_view format) {
  if (format.starts_with("chinese") || format.starts_with("japanese") ||
      format == "ideographDigital" || format == "taiwaneseCountingThousand") {
    return ChineseNumber(number);
  }
  if (format == "decimalEnclosedParen") return absl::StrCat("(", number, ")");
  if (format == "none" || format == "bullet") return "";
  return absl::StrCat(number);
}

}  // namespace

std::string ChineseNumber(int number) {
  static constexpr std::string_view kDigits[] = {"零", "一", "二", "三", "四",
                                                 "五", "六", "七", "八", "九"};
  if (number <= 0 || number > 999) return absl::StrCat(number);
  const auto digit = [](int value) { return std::string(kDigits[value]); };
  std::string out;
  if (number >= 100) out += digit(number / 100) + "百";
  const int rest = number % 100;
  if (rest == 0) return out;
  if (rest < 10) return out + (out.empty() ? "" : "零") + digit(rest);
  if (rest >= 20 || !out.empty()) out += digit(rest / 10);
  out += "十";
  return rest % 10 == 0 ? out : out + digit(rest % 10);
}

WordNumbering WordNumbering::Read(const std::string& xml) {
  WordNumbering out;
  pugi::xml_document document;
  if (xml.empty() || !document.load_buffer(xml.data(), xml.size())) return out;
  const pugi::xml_node root = document.document_element();
  std::map<std::string, Levels> abstract;
  for (const pugi::xml_node& definition : root.children("w:abstractNum")) {
    Levels& levels = abstract[definition.attribute("w:abstractNumId").value()];
    for (const pugi::xml_node& level : definition.children("w:lvl")) {
      const unsigned index = level.attribute("w:ilvl").as_uint(kLevels);
      if (index >= kLevels) continue;
      levels[index] = {
          Value(level, "w:numFmt"), Value(level, "w:lvlText"),
          std::clamp(Child(level, "w:start").attribute("w:val").as_int(1), 0, kStartMax)};
    }
  }
  for (const pugi::xml_node& number : root.children("w:num")) {
    const auto found = abstract.find(Value(number, "w:abstractNumId"));
    if (found != abstract.end()) {
      out.numberings_[number.attribute("w:numId").value()] = found->second;
    }
  }
  return out;
}

std::string WordNumbering::Next(const pugi::xml_node& number_properties, Counters& counters) const {
  const std::string id = Value(number_properties, "w:numId");
  const unsigned level = Child(number_properties, "w:ilvl").attribute("w:val").as_uint(0);
  const auto numbering = numberings_.find(id);
  if (numbering == numberings_.end() || level >= kLevels) return "";
  auto& counted = counters[id];
  ++counted[level];
  for (std::size_t below = level + 1; below < kLevels; ++below) counted[below] = 0;
  // "%2" stands for the number of the second level.
  std::string out;
  const std::string& pattern = numbering->second[level].text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool reference = pattern[i] == '%' && i + 1 < pattern.size() && pattern[i + 1] >= '1' &&
                           pattern[i + 1] <= '9';
    if (!reference) {
      out += pattern[i];
      continue;
    }
    const auto referred = static_cast<std::size_t>(pattern[++i] - '1');
    const Level& of = numbering->second[referred];
    const int count = counted[referred] == 0 ? 1 : counted[referred];
    out += Formatted(of.start - 1 + count, of.format);
  }
  return numbering->second[level].format == "bullet" ? "" : out;
}

}  // namespace recoup::court

#include "adapters/hospital/hints.h"

#include <algorithm>

#include "re2/re2.h"

namespace recoup::hospital {
namespace {

std::vector<std::string> AllMatches(std::string_view text, const RE2& pattern) {
  std::vector<std::string> found;
  re2::StringPiece rest(text.data(), text.size());
  std::string match;
  while (RE2::FindAndConsume(&rest, pattern, &match)) {
    if (std::find(found.begin(), found.end(), match) == found.end()) found.push_back(match);
  }
  return found;
}

}  // namespace

std::vector<std::string> PlatesIn(std::string_view text) {
  static const RE2 pattern(
      "([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z][·.]?"
      "[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9学警港澳挂])");
  return AllMatches(text, pattern);
}

std::vector<std::string> InsurersIn(std::string_view text) {
  static const RE2 pattern(
      "((?:中国)?(?:人民|平安|太平洋|人寿|大地|太平|阳光|华安|中华联合|天安|国任|永安|安盛|国寿)"
      "(?:财产|联合财产)?(?:保险|财险)(?:股份)?(?:有限)?(?:公司)?|人保财险|太保财险|平安产险)");
  return AllMatches(text, pattern);
}

}  // namespace recoup::hospital

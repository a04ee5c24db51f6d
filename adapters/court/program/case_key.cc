#include "adapters/court/program/case_key.h"

#include <algorithm>

#include "adapters/court/source.h"
#include "re2/re2.h"

namespace recoup::court {
namespace {

char32_t Fold(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c = c - 0xFEE0;
  if (c == U'〔' || c == U'[' || c == U'【') return U'(';
  if (c == U'〕' || c == U']' || c == U'】') return U')';
  return c;
}

std::string Folded(std::u32string_view text) {
  std::u32string out;
  for (const char32_t raw : text) {
    const char32_t c = Fold(raw);
    if (c > U' ' && c != 0x3000 && c != 0xA0) out.push_back(c);
  }
  return EncodeUtf8(out);
}

}  // namespace

std::string CaseKey(std::string_view case_number) { return Folded(DecodeUtf8(case_number)); }

std::vector<std::string> CaseKeysIn(std::u32string_view text) {
  // Year, court and type without brackets or ends of sentences, number, and perhaps a part (之一).
  static const re2::RE2 pattern(
      "(\\(\\d{4}\\)[^()。，；：\\d号]{1,12}(?:\\(\\p{Han}{1,4}\\)[^()。，；：\\d号]{1,12})?(?:\\d{"
      "1,4}[^()。，；：\\d号]{1,12})?"
      "\\d{1,8}号(?:之[一二三四五六七八九十\\d]+)?)");
  const std::string folded = Folded(text);
  re2::StringPiece rest(folded);
  std::vector<std::string> keys;
  std::string key;
  while (re2::RE2::FindAndConsume(&rest, pattern, &key)) {
    if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
  }
  return keys;
}

}  // namespace recoup::court

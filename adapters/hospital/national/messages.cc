#include "adapters/hospital/national/messages.h"

#include <cstddef>

#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"

namespace recoup::hospital::national {
namespace {

// The end of the object that begins at `begin`; npos where it does not close.
std::size_t EndOfObject(std::string_view text, std::size_t begin, bool utf8) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char c = text[i];
    // The second byte of a character of GB18030 may look like a bracket or a backslash.
    if (!utf8 && static_cast<unsigned char>(c) >= 0x81u) {
      ++i;
    } else if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (--depth == 0) return i + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::vector<std::string_view> MessagesOf(std::string_view bytes) {
  std::string_view text = Trimmed(WithoutByteOrderMark(bytes));
  const bool list = text.starts_with('[') && text.ends_with(']');
  if (list) text = text.substr(1, text.size() - 2);
  const bool utf8 = IsValidUtf8(text);
  std::vector<std::string_view> messages;
  for (std::size_t at = 0;;) {
    at = text.find_first_not_of(" \t\r\n,", at);
    if (at == std::string_view::npos) break;
    const std::size_t end = text[at] == '{' ? EndOfObject(text, at, utf8) : std::string_view::npos;
    if (end == std::string_view::npos) return {bytes};
    messages.push_back(text.substr(at, end - at));
    at = end;
  }
  if (messages.empty() || (messages.size() == 1 && !list)) return {bytes};
  return messages;
}

}  // namespace recoup::hospital::national

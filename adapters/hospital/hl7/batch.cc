#include "adapters/hospital/hl7/batch.h"

#include <array>
#include <cstddef>

#include "adapters/hospital/charset.h"

namespace recoup::hospital::hl7 {
namespace {

// Where a line begins with `name` and a delimiter, not a letter.
bool IsSegment(std::string_view line, std::string_view name) {
  if (!line.starts_with(name) || line.size() <= name.size()) return line == name;
  const char next = line[name.size()];
  return !((next >= 'A' && next <= 'Z') || (next >= 'a' && next <= 'z') ||
           (next >= '0' && next <= '9'));
}

bool IsOfTheBatch(std::string_view line) {
  constexpr std::array<std::string_view, 4> kNames = {"FHS", "BHS", "BTS", "FTS"};
  for (const std::string_view name : kNames) {
    if (IsSegment(line, name)) return true;
  }
  return false;
}

// MLLP's signs may stand between the messages of a file.
std::string_view WithoutFrameSigns(std::string_view line) {
  while (!line.empty() && (line.front() == '\x0B' || line.front() == '\x1C')) line.remove_prefix(1);
  return line;
}

}  // namespace

std::vector<std::string_view> MessagesOf(std::string_view bytes) {
  const std::string_view text = WithoutByteOrderMark(bytes);
  std::vector<std::string_view> messages;
  bool in_message = false;
  std::size_t begin = 0, at = 0;
  const auto end_message = [&](std::size_t end) {
    if (in_message) messages.push_back(text.substr(begin, end - begin));
    in_message = false;
  };
  while (at < text.size()) {
    const std::size_t line_end = text.find_first_of("\r\n", at);
    const std::string_view whole = text.substr(at, line_end - at);
    const std::string_view line = WithoutFrameSigns(whole);
    if (IsSegment(line, "MSH")) {
      end_message(at);
      in_message = true;
      begin = at + (whole.size() - line.size());
    } else if (IsOfTheBatch(line)) {
      end_message(at);
    }
    if (line_end == std::string_view::npos) break;
    at = line_end + 1;
  }
  end_message(text.size());
  if (messages.size() <= 1) {
    // A batch of one is its message; what is no message at all is left to the reader to refuse.
    const bool batch = IsOfTheBatch(WithoutFrameSigns(text));
    return {batch && !messages.empty() ? messages.front() : bytes};
  }
  return messages;
}

}  // namespace recoup::hospital::hl7

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/hl7/message.h"

namespace recoup::hospital::hl7 {
namespace {

bool IsHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isxdigit(static_cast<unsigned char>(c)) != 0;
  });
}

bool IsHexSequence(std::string_view sequence) {
  return sequence.size() > 1 && sequence.size() % 2 == 1 && sequence[0] == 'X' &&
         IsHex(sequence.substr(1));
}

// \Cxxyy\ and \Mxxyyzz\: the character set of the text that follows.
bool IsCharsetSwitch(std::string_view sequence) {
  return ((sequence.size() == 5 && sequence[0] == 'C') ||
          ((sequence.size() == 5 || sequence.size() == 7) && sequence[0] == 'M')) &&
         IsHex(sequence.substr(1));
}

// Chapter 2.7.6: ".br", ".sp3", ".in+4" and the like.
bool IsFormatting(std::string_view sequence, std::string_view command) {
  if (!sequence.starts_with(command)) return false;
  sequence.remove_prefix(command.size());
  if (!sequence.empty() && (sequence[0] == '+' || sequence[0] == '-')) sequence.remove_prefix(1);
  return std::all_of(sequence.begin(), sequence.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c)) != 0;
  });
}

bool IsAnyOf(std::string_view sequence, std::string_view const* begin,
             std::string_view const* end) {
  return std::any_of(begin, end,
                     [&](std::string_view command) { return IsFormatting(sequence, command); });
}

bool IsLineBreak(std::string_view sequence) {
  constexpr std::array<std::string_view, 3> kCommands = {".br", ".sp", ".ce"};
  return IsAnyOf(sequence, kCommands.begin(), kCommands.end());
}

// Highlighting, indents, skips and filling modes.
bool IsLayout(std::string_view sequence) {
  constexpr std::array<std::string_view, 5> kCommands = {".in", ".ti", ".fi", ".nf", ".sk"};
  return sequence == "H" || sequence == "N" ||
         IsAnyOf(sequence, kCommands.begin(), kCommands.end());
}

// The sign that a one-letter sequence stands for; NUL when it is none.
char SignOf(std::string_view sequence, const Delimiters& delimiters) {
  if (sequence == "F") return delimiters.field;
  if (sequence == "S") return delimiters.component;
  if (sequence == "T") return delimiters.subcomponent;
  if (sequence == "R") return delimiters.repetition;
  if (sequence == "E") return delimiters.escape;
  if (sequence == "P") return '#';  // Truncation, from 2.7 on.
  return '\0';
}

// Bytes that were written in hexadecimal are in whatever character set the sender has.
void AppendBytes(const std::string& bytes, std::string& plain) {
  if (IsValidUtf8(bytes)) {
    plain.append(bytes);
  } else if (const std::optional<std::string> decoded = Utf8FromGb18030(bytes)) {
    plain.append(*decoded);
  }
}

}  // namespace

std::string Unescaped(std::string_view text, const Delimiters& delimiters) {
  std::string plain;
  std::string hex_bytes;  // A character may be written as several sequences in a row.
  const auto end_of_hex = [&] {
    if (!hex_bytes.empty()) AppendBytes(hex_bytes, plain);
    hex_bytes.clear();
  };
  while (!text.empty()) {
    const std::size_t open = text.find(delimiters.escape);
    if (open != 0) end_of_hex();
    plain.append(text.substr(0, open));
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find(delimiters.escape, open + 1);
    if (close == std::string_view::npos) {
      end_of_hex();
      plain.append(text.substr(open));  // A lone sign is text: senders forget to escape it.
      break;
    }
    const std::string_view sequence = text.substr(open + 1, close - open - 1);
    text.remove_prefix(close + 1);
    if (IsHexSequence(sequence)) {
      hex_bytes.append(absl::HexStringToBytes(std::string(sequence.substr(1))));
      continue;
    }
    end_of_hex();
    if (const char sign = SignOf(sequence, delimiters); sign != '\0') {
      plain.push_back(sign);
    } else if (IsLineBreak(sequence)) {
      plain.push_back('\n');
    } else if (!IsLayout(sequence) && !IsCharsetSwitch(sequence)) {
      // A path of Windows, or a sequence of the sender's own.
      plain.push_back(delimiters.escape);
      plain.append(sequence);
      plain.push_back(delimiters.escape);
    }
  }
  end_of_hex();
  return plain;
}

}  // namespace recoup::hospital::hl7

// What the terminal may be given.
#ifndef RECOUP_ADAPTERS_COMMON_TERMINAL_H_
#define RECOUP_ADAPTERS_COMMON_TERMINAL_H_

#include <string>
#include <string_view>

namespace recoup::adapters {

enum class Colour { kOff, kOn };

// Colour goes to a terminal only, and not when NO_COLOR is set to anything but the empty text
// (https://no-color.org). `no_color` is the variable's value, or null.
constexpr Colour ColourFor(bool is_terminal, const char* no_color) {
  const bool refused = no_color != nullptr && no_color[0] != '\0';
  return is_terminal && !refused ? Colour::kOn : Colour::kOff;
}

inline std::string Red(std::string_view text, Colour colour) {
  if (colour == Colour::kOff) return std::string(text);
  return "\x1b[31m" + std::string(text) + "\x1b[0m";
}
inline std::string Bold(std::string_view text, Colour colour) {
  if (colour == Colour::kOff) return std::string(text);
  return "\x1b[1m" + std::string(text) + "\x1b[0m";
}

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_TERMINAL_H_

#include "hub/base/toml_text.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <stdexcept>

namespace recoup {

std::size_t LineNotUtf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    UChar32 character = 0;
    U8_NEXT(bytes, at, text.size(), character);
    if (character >= 0) continue;
    const auto lines =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(start), '\n');
    return static_cast<std::size_t>(lines) + 1;
  }
  return 0;
}

toml::value ParseToml(std::string_view text, const std::string& name) {
  if (const std::size_t line = LineNotUtf8(text); line > 0) {
    throw std::runtime_error(name + ":" + std::to_string(line) + ": " + std::string(kIsNotUtf8));
  }
  std::istringstream stream{std::string(text)};
  return toml::parse(stream, name);
}

}  // namespace recoup

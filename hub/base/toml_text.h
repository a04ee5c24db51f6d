// TOML text to toml11's values. The parser is all templates, so it is compiled once, here.
#ifndef RECOUP_HUB_BASE_TOML_TEXT_H_
#define RECOUP_HUB_BASE_TOML_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "toml.hpp"

namespace recoup {

// The line, counted from 1, of the first byte that is not UTF-8; 0 when all is. TOML is UTF-8, and
// toml11 3.7 reads outside of its memory at a string that is not.
std::size_t LineNotUtf8(std::string_view text);
// What is said of such a line.
inline constexpr std::string_view kIsNotUtf8 = "is not UTF-8 (不是 UTF-8 编码，请另存为 UTF-8)";

// Throws a std::exception with `name`, line and reason, like the look-ups in the value; whoever
// calls it catches both.
toml::value ParseToml(std::string_view text, const std::string& name);

}  // namespace recoup

#endif  // RECOUP_HUB_BASE_TOML_TEXT_H_

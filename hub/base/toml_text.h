// TOML text to toml11's values. The parser is all templates, so it is compiled once, here.
#ifndef RECOUP_HUB_BASE_TOML_TEXT_H_
#define RECOUP_HUB_BASE_TOML_TEXT_H_

#include <string>
#include <string_view>

#include "toml.hpp"

namespace recoup {

// Throws toml::exception (a std::exception) with `name`, line and reason, like the look-ups in the
// value; whoever calls it catches both.
toml::value ParseToml(std::string_view text, const std::string& name);

}  // namespace recoup

#endif  // RECOUP_HUB_BASE_TOML_TEXT_H_

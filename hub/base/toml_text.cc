#include "hub/base/toml_text.h"

#include <sstream>

namespace recoup {

toml::value ParseToml(std::string_view text, const std::string& name) {
  std::istringstream stream{std::string(text)};
  return toml::parse(stream, name);
}

}  // namespace recoup

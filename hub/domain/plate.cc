#include "hub/domain/plate.h"

#include <array>

#include "hub/domain/text_width.h"

namespace recoup::domain {

std::string NormalisePlate(std::string_view text) {
  // The dots that keyboards and forms put after the city's letter.
  constexpr std::array<std::string_view, 8> kSeparators = {" ", "-",  ".",  "·",
                                                           "•", "・", "．", "—"};
  const std::string folded = FoldWidth(text);
  std::string plate;
  plate.reserve(folded.size());
  for (std::size_t i = 0; i < folded.size();) {
    const std::string_view rest = std::string_view(folded).substr(i);
    std::size_t skip = 0;
    for (const std::string_view separator : kSeparators) {
      if (rest.starts_with(separator)) skip = separator.size();
    }
    if (skip > 0) {
      i += skip;
      continue;
    }
    const char c = folded[i++];
    plate.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return plate;
}

}  // namespace recoup::domain

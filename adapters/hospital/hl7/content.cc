#include "adapters/hospital/hl7/content.h"

#include <algorithm>

namespace recoup::hospital::hl7 {

std::string ContentOf(std::string_view bytes) {
  const std::size_t header = bytes.find("MSH");
  if (header == std::string_view::npos || header + 3 >= bytes.size()) return std::string(bytes);
  const char separator = bytes[header + 3];
  const std::size_t end = std::min(bytes.find_first_of("\r\n", header), bytes.size());
  std::string content(bytes.substr(0, header + 3));
  // The separator behind "MSH" is MSH-1 itself, so what follows the n-th one is MSH-(n+1).
  int field = 1;
  for (std::size_t i = header + 3; i < end; ++i) {
    if (bytes[i] == separator) ++field;
    if (bytes[i] == separator || (field != 7 && field != 13)) content.push_back(bytes[i]);
  }
  content.append(bytes.substr(end));
  return content;
}

}  // namespace recoup::hospital::hl7

#include "adapters/common/display_width.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace recoup::adapters {
namespace {

std::size_t WidthOf(UChar32 character) {
  if (character < 0) return 1;  // Shown as a replacement character.
  switch (u_charType(character)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return 0;
  }
  const int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

std::size_t DisplayWidth(std::string_view utf8) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto length = static_cast<std::int32_t>(utf8.size());
  std::size_t columns = 0;
  for (std::int32_t at = 0; at < length;) {
    UChar32 character = 0;
    U8_NEXT(bytes, at, length, character);
    columns += WidthOf(character);
  }
  return columns;
}

std::string PadTo(std::string_view utf8, std::size_t columns, Align align) {
  const std::size_t width = DisplayWidth(utf8);
  const std::string padding(columns > width ? columns - width : 0, ' ');
  return align == Align::kLeft ? std::string(utf8) + padding : padding + std::string(utf8);
}

}  // namespace recoup::adapters

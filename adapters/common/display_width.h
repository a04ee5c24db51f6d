// How many terminal columns a text takes: Chinese characters take two.
#ifndef RECOUP_ADAPTERS_COMMON_DISPLAY_WIDTH_H_
#define RECOUP_ADAPTERS_COMMON_DISPLAY_WIDTH_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace recoup::adapters {

// East Asian Wide and Fullwidth (Unicode annex 11) count two, combining marks and control
// characters none, everything else one; bytes that are no UTF-8 one each.
std::size_t DisplayWidth(std::string_view utf8);

enum class Align { kLeft, kRight };
// A text that is wider already is not cut.
std::string PadTo(std::string_view utf8, std::size_t columns, Align align);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_DISPLAY_WIDTH_H_

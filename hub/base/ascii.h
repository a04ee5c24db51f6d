// Characters of ASCII, whatever the locale.
#ifndef RECOUP_HUB_BASE_ASCII_H_
#define RECOUP_HUB_BASE_ASCII_H_

namespace recoup {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace recoup

#endif  // RECOUP_HUB_BASE_ASCII_H_

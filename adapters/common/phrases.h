// What programs say in English about what is wrong, in Chinese: one catalogue for the hub's
// refusals and for readers of files (data/phrases.txt).
#ifndef RECOUP_ADAPTERS_COMMON_PHRASES_H_
#define RECOUP_ADAPTERS_COMMON_PHRASES_H_

#include <string>
#include <string_view>

namespace recoup::adapters {

// The same in Chinese; what the catalogue does not know is returned as it is.
std::string InChinese(std::string_view english);

// The catalogue itself, for tests.
std::string_view PhraseText();

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_PHRASES_H_

// Folding of full-width forms: forms and letters mix 全角 and ASCII freely.
#ifndef RECOUP_HUB_DOMAIN_TEXT_WIDTH_H_
#define RECOUP_HUB_DOMAIN_TEXT_WIDTH_H_

#include <string>
#include <string_view>

namespace recoup::domain {

// Full-width ASCII (U+FF01 to U+FF5E) and the ideographic space (U+3000) become ASCII; everything
// else, bytes that are no UTF-8 included, is kept as it is. Never longer than the input.
std::string FoldWidth(std::string_view text);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_TEXT_WIDTH_H_

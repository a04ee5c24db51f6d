// Number plates (机动车号牌, GA 36): one form for what people write in many.
#ifndef RECOUP_HUB_DOMAIN_PLATE_H_
#define RECOUP_HUB_DOMAIN_PLATE_H_

#include <string>
#include <string_view>

namespace recoup::domain {

// "沪A·D1234", "沪a d1234", "沪Ａ－Ｄ１２３４" → "沪AD1234": full-width forms folded, letters upper
// case, separators dropped. Text that is no plate comes back the same way, so that equal notations
// stay equal.
std::string NormalisePlate(std::string_view text);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_PLATE_H_

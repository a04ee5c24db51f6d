// Sums of money → one spelling, before anything is read: 12,345.60元.
//
// Thousands parted by commas of either width or by apostrophes are parted by ','. ¥30,000 and
// RMB30,000 become 30,000元; 圆, 萬 and the traditional numerals become 元, 万 and the simple ones
// where they stand in a number. A sum without its unit beside sums with one ("支付30000.00，") gets
// 元; where it could be something else than a sum ("支付30000，") that 元 is marked as supplied.
// What is no well-formed number is left as it stands. Linear time. Stateless, thread-safe.
#ifndef RECOUP_ADAPTERS_COURT_FIGURE_SPELLING_H_
#define RECOUP_ADAPTERS_COURT_FIGURE_SPELLING_H_

#include <vector>

#include "adapters/court/letters.h"

namespace recoup::court {

// Not yet folded, without spaces.
void SpellFigures(std::vector<Letter>& letters);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_FIGURE_SPELLING_H_

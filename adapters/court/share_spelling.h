// Shares and days in rare spellings → the usual one, before anything is read.
//
// 7成, 七成五, 十分之七, 百分之七十点五, 百分之70 and 70个百分点 become 70%, 75%, …; what the
// grammar of figures reads itself (70%, 七成, 百分之七十) stays. 2025年元月15号 becomes
// 2025年1月15日. Linear time. Stateless, thread-safe.
#ifndef RECOUP_ADAPTERS_COURT_SHARE_SPELLING_H_
#define RECOUP_ADAPTERS_COURT_SHARE_SPELLING_H_

#include <vector>

#include "adapters/court/letters.h"

namespace recoup::court {

// Not yet folded, without spaces.
void SpellSharesAndDays(std::vector<Letter>& letters);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_SHARE_SPELLING_H_

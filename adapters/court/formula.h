// Formulas that courts write out: "62,000元×70%", "50,000元+30,100元", "(312046.88元-18000元)×80%",
// "50元/天×19天". Exact, in fen. Stateless, thread-safe, linear time.
#ifndef RECOUP_ADAPTERS_COURT_FORMULA_H_
#define RECOUP_ADAPTERS_COURT_FORMULA_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "hub/domain/money.h"

namespace recoup::court {

struct Formula {
  std::size_t begin = 0;  // Bytes of the text, half open.
  std::size_t end = 0;
  domain::Money result;  // Rounded to the fen.
  bool divides = false;  // Courts round what they divide before they go on.
};

// The formula that begins here: two numbers or more with signs between them, of which one is a sum
// in yuan or a factor ("×"). Absent where none does, or where it is beyond 10^13 yuan.
std::optional<Formula> FormulaAt(std::string_view text, std::size_t begin);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_FORMULA_H_

// Sums of money whose words are no number that can be relied on: "3O000元", "30.000元", "××元",
// "数万元", "1,2345元". What was to be read from them is in doubt, never zero.
// Internal to the grammar of figures (figures.h). Linear time. Stateless, thread-safe.
#ifndef RECOUP_ADAPTERS_COURT_UNREAD_SUMS_H_
#define RECOUP_ADAPTERS_COURT_UNREAD_SUMS_H_

#include <optional>
#include <string_view>

#include "adapters/court/normalise.h"

namespace recoup::court {

// The whole of a sum of which `read`, a number in yuan, is but a piece; absent where it is all.
std::optional<Span> SumAround(std::string_view text, Span read);

// "数万元", where the pattern of sums has found the unit 万元; absent where it stands for itself.
std::optional<Span> VagueSum(std::string_view text, Span unit);

// The sum that ends with the 元 at `yuan`, where it has a form that is no number. Absent where 元
// is no unit of a sum (元月, 单元).
std::optional<Span> SumWithoutNumber(std::string_view text, std::size_t yuan);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_UNREAD_SUMS_H_

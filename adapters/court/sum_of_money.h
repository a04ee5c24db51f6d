// What one written sum stands for: "12,345.60元", "1万2千元", "玖万零伍佰壹拾壹元肆角贰分".
//
// Internal to the grammar of figures (figures.h), whose pattern has found the words. Exact: finer
// than a fen, or a number that can be taken in two ways, is unreadable. Stateless, thread-safe.
#ifndef RECOUP_ADAPTERS_COURT_SUM_OF_MONEY_H_
#define RECOUP_ADAPTERS_COURT_SUM_OF_MONEY_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "hub/domain/money.h"

namespace recoup::court {

enum class SumForm {
  kExact,
  kRate,     // 30元/天
  kRounded,  // 4万余元
  kUnit,     // 万元, 千元: how a table counts
  kUnreadable,
};

struct WrittenSum {
  SumForm form = SumForm::kUnreadable;
  domain::Money money;  // Of kExact.
};

WrittenSum ReadSum(std::string_view written);

// "16.07508" in units of 10^4 yuan is 16075080 fen.
std::optional<domain::Money> MoneyOfDigits(std::string_view digits, std::int64_t yuan_per_unit);

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_SUM_OF_MONEY_H_

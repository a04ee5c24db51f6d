// The accounts into which each fund wants its money, as the insurer's treasury keeps them: a CSV
// file with a row per fund. docs/formats/insurer.md describes it. Pure.
#ifndef RECOUP_ADAPTERS_INSURER_PAYMENT_PAYEES_H_
#define RECOUP_ADAPTERS_INSURER_PAYMENT_PAYEES_H_

#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "adapters/insurer/payment/payment_order.h"

namespace recoup::insurer::payment {

// By "pools/310115-310". UTF-8 or GB18030, with a heading row. All faults, with line numbers; a
// pool twice is one.
absl::StatusOr<std::map<std::string, AccountHolder>> PayeesFromCsv(std::string_view bytes);

}  // namespace recoup::insurer::payment

#endif  // RECOUP_ADAPTERS_INSURER_PAYMENT_PAYEES_H_

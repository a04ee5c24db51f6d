// Amounts as bank exports write them in cells.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CSV_AMOUNT_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CSV_AMOUNT_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "adapters/insurer/bank/amount.h"

namespace recoup::insurer::bank {

// "1,234.50", "+12", "-0.01", "12.50-" and "(12.50)" (both negative), "¥12.50", "CNY 12.50", full
// width digits. Thousands separators only where `thousands` allows them, and then every three
// digits. Errors: INVALID_ARGUMENT.
absl::StatusOr<BankAmount> ParseCsvAmount(std::string_view cell, bool thousands,
                                          std::string_view currency);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CSV_AMOUNT_H_

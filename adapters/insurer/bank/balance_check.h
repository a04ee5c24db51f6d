// The one check that no file passes by chance: opening + booked entries = closing.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_BALANCE_CHECK_H_
#define RECOUP_ADAPTERS_INSURER_BANK_BALANCE_CHECK_H_

#include <string>

#include "adapters/insurer/bank/read_faults.h"
#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// Nothing where a balance is not stated. `path` is where the balances stand; the fault names the
// difference.
void CheckBalances(const BankStatement& statement, const std::string& path, ReadFaults& faults);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_BALANCE_CHECK_H_

// The running balance of a CSV table, row by row.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CSV_BALANCES_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CSV_BALANCES_H_

#include <optional>
#include <string>
#include <vector>

#include "adapters/insurer/bank/csv_profile.h"
#include "adapters/insurer/bank/read_faults.h"
#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// Puts the entries, given in the order of the file, in the order oldest first. Where the profile
// leaves the order open, it is the one in which the running balance follows; if it follows in both
// or there is none, the one in which the dates do.
void OrderEntries(RowOrder order, std::vector<StatementEntry>& entries);

// Holds each balance against the one before it and sets opening (what lay before the first row) and
// closing balance. Rows without a balance are bridged; without any the balances stay as they are.
// `heading` is the column's name, for faults.
void ReadRunningBalance(const std::string& heading, BankStatement& statement, ReadFaults& faults);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CSV_BALANCES_H_

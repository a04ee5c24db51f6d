#include "adapters/insurer/bank/balance_check.h"

#include "absl/strings/str_cat.h"

namespace recoup::insurer::bank {

void CheckBalances(const BankStatement& statement, const std::string& path, ReadFaults& faults) {
  if (!IsProven(statement)) return;
  BankAmount sum = *statement.opening_balance;
  for (const StatementEntry& entry : statement.entries) {
    if (entry.status != EntryStatus::kBooked) continue;
    const absl::StatusOr<BankAmount> next = sum.Add(entry.SignedAmount());
    if (!next.ok()) {
      faults.Add(entry.path, std::string(next.status().message()));
      return;
    }
    sum = *next;
  }
  if (sum == *statement.closing_balance) return;
  const std::string& currency = statement.currency;
  faults.AddDifference(
      path, absl::StrCat("the opening balance ", AmountText(*statement.opening_balance, currency),
                         " and the booked entries make ", AmountText(sum, currency),
                         ", the closing balance is ",
                         AmountText(*statement.closing_balance, currency), ": the difference is ",
                         DifferenceText(*statement.closing_balance, sum, currency)));
}

}  // namespace recoup::insurer::bank

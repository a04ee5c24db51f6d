// Any bytes are a statement or a refusal; what is read adds up and has distinct keys.
#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>

#include "adapters/insurer/bank/mt940.h"
#include "hub/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace bank = recoup::insurer::bank;
  const auto statements =
      bank::ReadMt940({reinterpret_cast<const char*>(data), size}, bank::ReadOptions());
  if (!statements.ok()) return 0;
  for (const bank::BankStatement& statement : *statements) {
    const auto keys = bank::EntryKeys(statement);
    RECOUP_CHECK(std::set<std::string>(keys.begin(), keys.end()).size() == keys.size());
    if (!bank::IsProven(statement)) continue;
    bank::BankAmount sum = *statement.opening_balance;
    for (const bank::StatementEntry& entry : statement.entries) {
      if (entry.status != bank::EntryStatus::kBooked) continue;
      const auto next = sum.Add(entry.SignedAmount());
      RECOUP_CHECK(next.ok());
      sum = *next;
    }
    RECOUP_CHECK(sum == *statement.closing_balance);
  }
  return 0;
}

#include "adapters/insurer/bank/csv_balances.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/base/check.h"

namespace recoup::insurer::bank {
namespace {

struct Difference {
  std::size_t entry;
  BankAmount computed;
};

struct Walk {
  std::optional<BankAmount> opening;
  std::optional<BankAmount> closing;
  std::vector<Difference> differences;
  // The entry at which a sum left the range of amounts, where the walk ended.
  std::optional<std::size_t> overflow;
};

// Each row is held against the balance the bank itself gave before it.
Walk WalkBalances(const std::vector<StatementEntry>& entries) {
  Walk walk;
  BankAmount before_first;  // What moved before the first balance that is given.
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const StatementEntry& entry = entries[i];
    const auto next = walk.closing.value_or(before_first).Add(entry.SignedAmount());
    if (!next.ok()) {
      walk.overflow = i;
      return walk;
    }
    if (walk.closing) {
      if (entry.balance_after && *entry.balance_after != *next) {
        walk.differences.push_back({i, *next});
      }
      walk.closing = entry.balance_after.value_or(*next);
    } else if (entry.balance_after) {
      const auto opening = entry.balance_after->Add(-*next);
      if (!opening.ok()) {
        walk.overflow = i;
        return walk;
      }
      walk.opening = *opening;
      walk.closing = entry.balance_after;
    } else {
      before_first = *next;
    }
  }
  return walk;
}

bool Follows(const std::vector<StatementEntry>& entries) {
  const Walk walk = WalkBalances(entries);
  return walk.closing && walk.differences.empty() && !walk.overflow;
}

bool DatesFall(const std::vector<StatementEntry>& entries) {
  return !entries.empty() && entries.front().booked_on > entries.back().booked_on;
}

}  // namespace

void OrderEntries(RowOrder order, std::vector<StatementEntry>& entries) {
  switch (order) {
    case RowOrder::kOldestFirst:
      return;
    case RowOrder::kNewestFirst:
      std::reverse(entries.begin(), entries.end());
      return;
    case RowOrder::kByContent: {
      const bool as_given = Follows(entries);
      const bool dates_fall = DatesFall(entries);
      std::reverse(entries.begin(), entries.end());
      const bool reversed = Follows(entries);
      const bool keep_reversed = as_given == reversed ? dates_fall : reversed;
      if (!keep_reversed) std::reverse(entries.begin(), entries.end());
      return;
    }
  }
  RECOUP_CHECK(false);
}

void ReadRunningBalance(const std::string& heading, BankStatement& statement, ReadFaults& faults) {
  const Walk walk = WalkBalances(statement.entries);
  const std::string& currency = statement.currency;
  for (const Difference& difference : walk.differences) {
    const StatementEntry& entry = statement.entries[difference.entry];
    faults.AddDifference(
        absl::StrCat(entry.path, ", ", heading),
        absl::StrCat("the balance is ", AmountText(*entry.balance_after, currency),
                     ", it should be ", AmountText(difference.computed, currency),
                     ": the difference is ",
                     DifferenceText(*entry.balance_after, difference.computed, currency)));
  }
  if (walk.overflow) {
    faults.Add(statement.entries[*walk.overflow].path, "the balance is beyond 10 trillion");
    return;
  }
  if (!walk.closing) return;
  statement.opening_balance = walk.opening;
  statement.closing_balance = walk.closing;
}

}  // namespace recoup::insurer::bank

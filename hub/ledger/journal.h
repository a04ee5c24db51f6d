// The journal: postings, balances and the transfers they become.
//
// A Posting is what a use case wants moved. Post turns it into a Transfer, the append-only row that
// carries both resulting balances, and refuses what would leave an account below zero in its normal
// direction. Pure.
#ifndef RECOUP_HUB_LEDGER_JOURNAL_H_
#define RECOUP_HUB_LEDGER_JOURNAL_H_

#include <array>
#include <cstdint>
#include <span>

#include "absl/status/statusor.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"
#include "hub/ledger/accounts.h"

namespace recoup::ledger {

struct Posting {
  Account debit = Account::kAdvanced;
  Account credit = Account::kOrigin;
  domain::Money amount;
  domain::AdvanceId advance;       // Nil on cash postings without one.
  domain::DemandId demand;         // Nil when no demand is concerned.
  domain::StatementEntryId entry;  // Nil when no bank entry is concerned.
};

struct Transfer {
  std::int64_t sequence = 0;  // Within the pool, from 1, without gaps.
  std::string event_partition;
  std::int64_t event_sequence = 0;
  std::int64_t recorded_us = 0;
  Posting posting;
  domain::Money
      debit_balance;  // Of the debited account, after this transfer, in its normal direction.
  domain::Money credit_balance;
};

// The balance of every account of one pool in its normal direction.
class Balances {
 public:
  domain::Money at(Account account) const { return amounts_[Slot(account)]; }
  void Set(Account account, domain::Money amount) { amounts_[Slot(account)] = amount; }
  bool operator==(const Balances&) const = default;

 private:
  static std::size_t Slot(Account account) { return static_cast<std::size_t>(account); }
  std::array<domain::Money, 26> amounts_{};
};

// Applies the posting to the balances and completes `transfer` (all but its sequence and event). On
// error nothing changes: a non-positive amount, accounts of two ledgers or the same account are
// programmer errors and stop the process; an account that would go below zero is
// AMOUNT_EXCEEDS_OPEN.
absl::Status Post(const Posting& posting, Balances& balances, Transfer& transfer);

}  // namespace recoup::ledger

#endif  // RECOUP_HUB_LEDGER_JOURNAL_H_

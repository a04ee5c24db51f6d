// The journal as plain text accounting, for hledger, ledger-cli and beancount: one transaction per
// transfer, and at the end the assertion of every balance, so that `hledger check` (ledger balance,
// bean-check) proves from the text alone what the hub says it holds. Debits are positive. Holds ids
// and amounts, nothing that names a person. Pure.
#ifndef RECOUP_HUB_LEDGER_PLAIN_TEXT_H_
#define RECOUP_HUB_LEDGER_PLAIN_TEXT_H_

#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "hub/ledger/journal.h"

namespace recoup::ledger {

enum class Dialect { kHledger, kLedger, kBeancount };

// "tracking:310115-310:claimed"; for beancount, which knows five roots only,
// "Assets:Tracking:P310115-310:Claimed".
std::string AccountName(std::string_view pool, Account account,
                        Dialect dialect = Dialect::kHledger);

// The balance with its sign: what debits exceed credits by.
domain::Money SignedBalance(const Balances& balances, Account account);

// Directives for the currency and all accounts of the pool.
std::string JournalHead(std::string_view pool, Dialect dialect);

// The balances with which a journal begins that does not start with the first transfer; empty when
// all are zero.
std::string JournalOpening(std::string_view pool, absl::CivilDay on, const Balances& balances,
                           Dialect dialect);

// `method` is what was called when the transfer was made ("ReconciliationService/Reconcile").
std::string JournalEntry(std::string_view pool, const Transfer& transfer, std::string_view method,
                         Dialect dialect);

// Asserts the balance of every account at the end of the day.
std::string JournalTail(std::string_view pool, absl::CivilDay on, const Balances& balances,
                        Dialect dialect);

}  // namespace recoup::ledger

#endif  // RECOUP_HUB_LEDGER_PLAIN_TEXT_H_

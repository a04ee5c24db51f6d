// Reads ISO 20022 cash management messages, versions 02 to 13: camt.053 (BankToCustomerStatement),
// camt.052 (report within the day) and camt.054 (debit and credit notification).
//
// Accepts any namespace of those versions, a bank's own or none, prefixes, the message bare, in
// Document or deeper in an envelope, several messages in one file and several statements in one
// message. Refuses the file whole: other messages by their name, DOCTYPE (and with it entity
// bombs), amounts of one statement in several currencies, parts that do not sum to their batch,
// statements whose opening balance plus booked entries is not their closing balance, and messages
// whose summary (TxsSummry) counts other entries. All faults are reported at once, with XPath-like
// paths.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CAMT_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CAMT_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/insurer/bank/read_options.h"
#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// Errors: TOO_LARGE, STATEMENT_DOES_NOT_ADD_UP, else INVALID_ARGUMENT.
absl::StatusOr<std::vector<BankStatement>> ReadCamt(std::string_view bytes,
                                                    const ReadOptions& options);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CAMT_H_

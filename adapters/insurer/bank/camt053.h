// Reads ISO 20022 camt.053 (BankToCustomerStatement), versions 02 to 13.
//
// Accepts any namespace of those versions, a bank's own or none, prefixes, the message bare, in
// Document or deeper in an envelope, and several statements in one file. Refuses the file whole:
// other messages by their name, DOCTYPE (and with it entity bombs), other encodings than UTF-8,
// amounts in other currencies, and statements whose opening balance plus booked entries is not
// their closing balance. All faults are reported at once, with XPath-like paths.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CAMT053_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CAMT053_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/insurer/bank/read_options.h"
#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// Errors: TOO_LARGE, STATEMENT_DOES_NOT_ADD_UP, else INVALID_ARGUMENT.
absl::StatusOr<std::vector<BankStatement>> ReadCamt053(std::string_view bytes,
                                                       const ReadOptions& options);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CAMT053_H_

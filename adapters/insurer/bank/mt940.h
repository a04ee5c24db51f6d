// Reads SWIFT MT940 (customer statement) and MT942 (interim report), in the dialects of banks.
//
// Bare or in blocks ({1:…}{4:…-}), several messages in one file, lines ending in any way. The
// charset is UTF-8, else GB18030, else ISO 8859-1: figures are ASCII in all of them. Refuses the
// file whole: statements whose opening balance plus entries is not their closing balance, interim
// reports that count other entries (:90C:, :90D:), fields that cannot be read. All faults are
// reported at once, with their lines.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_MT940_H_
#define RECOUP_ADAPTERS_INSURER_BANK_MT940_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/insurer/bank/read_options.h"
#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// Errors: TOO_LARGE, STATEMENT_DOES_NOT_ADD_UP, else INVALID_ARGUMENT.
absl::StatusOr<std::vector<BankStatement>> ReadMt940(std::string_view bytes,
                                                     const ReadOptions& options);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_MT940_H_

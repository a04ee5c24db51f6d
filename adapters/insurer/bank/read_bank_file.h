// Reads any bank file that Recoup knows, decided by its content, never by its name.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_READ_BANK_FILE_H_
#define RECOUP_ADAPTERS_INSURER_BANK_READ_BANK_FILE_H_

#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/insurer/bank/csv_profile.h"
#include "adapters/insurer/bank/read_options.h"
#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// XML is read as camt.052, camt.053 or camt.054; text with SWIFT tags as MT940 or MT942; other text
// as CSV by the one profile whose heading is in it (of several, the one with the most columns).
// Workbooks, PDF, HTML and archives are refused by name. A file is read whole or refused whole; the
// call has no effects and may run on several threads at once.
// Errors: TOO_LARGE, STATEMENT_DOES_NOT_ADD_UP, else INVALID_ARGUMENT with all faults.
absl::StatusOr<std::vector<BankStatement>> ReadBankFile(std::string_view bytes,
                                                        std::span<const CsvProfile> profiles,
                                                        const ReadOptions& options);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_READ_BANK_FILE_H_

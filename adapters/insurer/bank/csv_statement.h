// Reads a bank's CSV export by its profile: the form in which most Chinese banks hand out
// statements.
//
// One file is one statement of one account. Every row after the heading must be a movement or a
// footer that the profile names; nothing is skipped silently. Where the layout has a balance
// column, each balance must follow from the one before, and the opening balance is what lay before
// the first row. All faults are reported at once, with line and heading.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CSV_STATEMENT_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CSV_STATEMENT_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/insurer/bank/csv_profile.h"
#include "adapters/insurer/bank/csv_row_reader.h"
#include "adapters/insurer/bank/csv_table.h"
#include "adapters/insurer/bank/read_options.h"
#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// A file in which the heading of a profile has been found.
struct CsvFile {
  std::vector<CsvRow> preamble;
  CsvHeading heading;
  std::size_t heading_cells = 0;
  std::vector<CsvRow> rows;
};

// Decodes the file and looks for the profile's heading. Errors: INVALID_ARGUMENT naming the
// columns that are missing from the most similar row; TOO_LARGE.
absl::StatusOr<CsvFile> OpenCsv(std::string_view bytes, const CsvProfile& profile,
                                const ReadOptions& options);

// Errors: STATEMENT_DOES_NOT_ADD_UP, TOO_LARGE, else INVALID_ARGUMENT.
absl::StatusOr<BankStatement> ReadCsvFile(const CsvFile& file, const CsvProfile& profile,
                                          const ReadOptions& options);

// Both steps.
absl::StatusOr<BankStatement> ReadCsvStatement(std::string_view bytes, const CsvProfile& profile,
                                               const ReadOptions& options);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CSV_STATEMENT_H_

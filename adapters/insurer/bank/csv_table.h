// RFC 4180 CSV as rows of cells, with the line each row begins on.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CSV_TABLE_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CSV_TABLE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace recoup::insurer::bank {

struct CsvRow {
  std::size_t line = 0;  // 1-based.
  std::vector<std::string> cells;
};

// The first `rows` rows, or fewer where a row after them cannot be read: enough to find a heading
// and what stands above it. Loose quotes are kept, since a preamble is text that people wrote.
std::vector<CsvRow> CsvBeginning(std::string_view text, char delimiter, std::size_t first_line,
                                 std::size_t rows);

// `first_line` is the number of the text's first line in its file. Quotes, doubled quotes, line
// ends inside quotes; rows end with LF, CRLF or CR. ="123" is the text 123, as programs write it to
// keep a spreadsheet from rounding a number, and so is '123. Cells are trimmed (banks pad numbers
// with tabs against spreadsheets); rows without any text are left out. Errors: INVALID_ARGUMENT for
// a quote that is not closed or stands inside an unquoted cell; TOO_LARGE for more than `rows_max`
// rows.
absl::StatusOr<std::vector<CsvRow>> ParseCsv(std::string_view text, char delimiter,
                                             std::size_t first_line, std::size_t rows_max);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CSV_TABLE_H_

// One row of a bank's CSV table as a statement entry.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CSV_ROW_READER_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CSV_ROW_READER_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "adapters/insurer/bank/csv_profile.h"
#include "adapters/insurer/bank/csv_table.h"
#include "adapters/insurer/bank/read_faults.h"
#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// Column index by heading.
using CsvHeading = std::map<std::string, std::size_t>;

// A long number that a spreadsheet has rounded to "3.10502E+19" and saved so: its digits are lost.
bool IsScientific(std::string_view text);
inline constexpr std::string_view kScientificNumber =
    "a spreadsheet has rounded the number and its digits are lost; export the file anew";

// A date in the first of the profile's formats that fits.
std::optional<absl::CivilDay> ParseProfileDay(const CsvProfile& profile, std::string_view text);

// Borrows profile, heading and faults, which outlive it. Every heading of the profile is in
// `heading`; cells beyond the end of a row are empty.
class CsvRowReader {
 public:
  CsvRowReader(const CsvProfile& profile, const CsvHeading& heading, ReadFaults& faults)
      : profile_(profile), heading_(heading), faults_(faults) {}

  // Nothing when the row has faults, which are then reported. Amounts are in `currency`.
  std::optional<StatementEntry> Read(const CsvRow& row, const std::string& currency);

  // The cell under `heading`; empty when the profile has no such column.
  const std::string& Cell(const CsvRow& row, const std::string& heading) const;

 private:
  struct Movement {
    BankAmount amount;
    Direction direction;
    bool reversal;
  };

  std::optional<absl::CivilDay> Day(const CsvRow& row, const std::string& heading);
  std::optional<BankAmount> Amount(const CsvRow& row, const std::string& heading);
  std::optional<Movement> ReadMovement(const CsvRow& row);
  std::optional<Movement> ReadTwoColumns(const CsvRow& row);
  std::optional<Movement> ReadOneColumn(const CsvRow& row);
  std::string Joined(const CsvRow& row, const std::vector<std::string>& headings) const;
  void Fault(const CsvRow& row, const std::string& heading, std::string description);

  const CsvProfile& profile_;
  const CsvHeading& heading_;
  ReadFaults& faults_;
  std::string currency_;  // Of the row being read.
};

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CSV_ROW_READER_H_

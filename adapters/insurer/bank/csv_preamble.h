// What stands above the heading of a bank's CSV table: account, currency, period, balances.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CSV_PREAMBLE_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CSV_PREAMBLE_H_

#include <optional>
#include <string>
#include <vector>

#include "adapters/insurer/bank/csv_profile.h"
#include "adapters/insurer/bank/csv_table.h"
#include "adapters/insurer/bank/read_faults.h"
#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// The value of a label: in its cell ("账号：6222…") or in the next one. Nothing when no cell has
// the label.
std::optional<std::string> LabelledValue(const std::vector<CsvRow>& rows, const std::string& label);

// Whether every label that the profile names has a value above the heading.
bool HasLabelsOf(const std::vector<CsvRow>& rows, const CsvProfile& profile);

// Two days of the profile's formats with 至, 到, ~ or a dash between them.
std::optional<StatementPeriod> ParsePeriod(const CsvProfile& profile, const std::string& text);

// The texts of the preamble under the labels of the profile. A label that the profile names and the
// file lacks is a fault; what the profile does not name is empty.
struct PreambleTexts {
  std::string account;
  std::string currency;
  std::optional<StatementPeriod> period;
  std::string opening_balance;
  std::string closing_balance;
};
PreambleTexts ReadPreamble(const std::vector<CsvRow>& rows, const CsvProfile& profile,
                           ReadFaults& faults);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CSV_PREAMBLE_H_

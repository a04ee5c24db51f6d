// The coded fields of MT940 and MT942: dates, balances, and the statement line (:61:).
#ifndef RECOUP_ADAPTERS_INSURER_BANK_MT_STATEMENT_LINE_H_
#define RECOUP_ADAPTERS_INSURER_BANK_MT_STATEMENT_LINE_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "adapters/insurer/bank/amount.h"
#include "adapters/insurer/bank/mt_message.h"
#include "adapters/insurer/bank/statement.h"

namespace recoup::insurer::bank {

// YYMMDD. Years 80 to 99 are of the last century. Some banks count interest in months of thirty
// days and date a value 30 February; where `thirty_day_months`, that is the last day of February.
std::optional<absl::CivilDay> ParseMtDay(std::string_view text, bool thirty_day_months);

// MMDD in the year that brings it nearest to `near`: booked on 2 January, valued on 30 December.
std::optional<absl::CivilDay> ParseMtEntryDay(std::string_view text, absl::CivilDay near);

// :60F:, :60M:, :62F:, :62M:: mark, date, currency, amount.
struct MtBalance {
  absl::CivilDay day;
  std::string currency;
  BankAmount amount;  // Negative for a debit.
};
absl::StatusOr<MtBalance> ParseMtBalance(std::string_view text);

// :90C:, :90D:: number, currency, amount.
struct MtSum {
  std::int64_t count = 0;
  std::string currency;
  BankAmount amount;
};
absl::StatusOr<MtSum> ParseMtSum(std::string_view text);

// :61: with its supplementary lines as an entry: value date, entry date (absent or blank: the day
// of value, SWIFT's rule), mark (C, D, reversed RC and RD, expected EC and ED), funds code, amount
// with or without decimals, type, the payer's reference and the bank's (//). Errors:
// INVALID_ARGUMENT.
absl::StatusOr<StatementEntry> ParseMtStatementLine(const MtField& field,
                                                    const std::string& currency);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_MT_STATEMENT_LINE_H_

// How one bank lays out its CSV exports, as data: a TOML file per layout, no code.
//
// docs/formats/bank-csv.md describes every key. Profiles are values, read once at start.
#ifndef RECOUP_ADAPTERS_INSURER_BANK_CSV_PROFILE_H_
#define RECOUP_ADAPTERS_INSURER_BANK_CSV_PROFILE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace recoup::insurer::bank {

// A byte order mark decides before any of them.
enum class CsvCharset { kByContent, kUtf8, kGb18030, kUtf16 };
// By content: the order in which the running balance follows, else in which the dates do.
enum class RowOrder { kByContent, kOldestFirst, kNewestFirst };
// The delimiter under which the heading is found, of comma, tab, semicolon and vertical bar.
inline constexpr char kDelimiterByContent = '\0';

// The heading of each column; empty when the layout has no such column.
struct CsvColumns {
  std::string booked_on;
  std::string valued_on;
  // Either both of these …
  std::string debit;
  std::string credit;
  // … or this, with its sign in the number or in words in `direction`.
  std::string amount;
  std::string direction;
  std::string balance;
  std::string counterparty_name;
  std::string counterparty_account;
  std::string bank_reference;
  std::string currency;
  std::string own_account;
  // Joined with a space, in this order, without repetitions: 摘要, 附言, 用途 …
  std::vector<std::string> remittance;
  std::vector<std::string> additional_info;
  // Where a row names both sides of the transfer instead of the counterparty: of a credit the payer
  // is the other side, of a debit the payee.
  std::string payer_name;
  std::string payer_account;
  std::string payee_name;
  std::string payee_account;
};

// Labels in the rows above the heading; the value follows the label in its cell ("账号：6222…") or
// stands in the next one. Empty when the layout has no such label.
struct CsvPreamble {
  std::string account;
  std::string currency;
  std::string from;
  std::string to;
  // Both days in one value: "20260301-20260331", "2026年3月1日至2026年3月31日".
  std::string period;
  std::string opening_balance;
  std::string closing_balance;
};

struct CsvProfile {
  std::string name;
  CsvCharset charset = CsvCharset::kByContent;
  char delimiter = kDelimiterByContent;
  RowOrder order = RowOrder::kByContent;
  std::size_t skip_rows = 0;
  std::vector<std::string> date_formats;
  bool thousands = false;
  std::vector<std::string> credit_words;
  std::vector<std::string> debit_words;
  // What the layout calls CNY, besides its code: "人民币", "RMB".
  std::vector<std::string> currency_names;
  // A row whose first cell with text begins with one of these holds totals, no movement.
  std::vector<std::string> footer_prefixes;
  CsvPreamble preamble;
  CsvColumns columns;
  bool built_in = false;  // Ships with the program; no key of the file.

  // Every heading that the layout has.
  std::vector<std::string> Headings() const;
};

// `source` names the text in errors. Errors: INVALID_ARGUMENT with all faults; unknown keys are
// faults, so that a misspelt column is not silently left out.
absl::StatusOr<CsvProfile> ParseCsvProfile(std::string_view toml, const std::string& source);
absl::StatusOr<CsvProfile> LoadCsvProfile(const std::string& path);
// All *.toml of a folder, by file name; two profiles of one name are refused.
absl::StatusOr<std::vector<CsvProfile>> LoadCsvProfiles(const std::string& folder);

}  // namespace recoup::insurer::bank

#endif  // RECOUP_ADAPTERS_INSURER_BANK_CSV_PROFILE_H_

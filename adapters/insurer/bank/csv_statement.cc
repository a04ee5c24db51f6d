#include "adapters/insurer/bank/csv_statement.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/balance_check.h"
#include "adapters/insurer/bank/csv_amount.h"
#include "adapters/insurer/bank/csv_balances.h"
#include "adapters/insurer/bank/csv_preamble.h"
#include "adapters/insurer/bank/read_faults.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

bool IsFooter(const CsvRow& row, const CsvProfile& profile) {
  const auto first = std::find_if(row.cells.begin(), row.cells.end(),
                                  [](const std::string& cell) { return !cell.empty(); });
  return first != row.cells.end() &&
         std::any_of(profile.footer_prefixes.begin(), profile.footer_prefixes.end(),
                     [&](const std::string& prefix) { return first->starts_with(prefix); });
}

// Banks print account numbers in groups, and some in full-width digits.
std::string WithoutSpaces(std::string_view text) {
  std::string account = ToHalfWidth(text);
  std::erase(account, ' ');
  return account;
}

class CsvStatementReader {
 public:
  CsvStatementReader(const CsvFile& file, const CsvProfile& profile, const ReadOptions& options)
      : file_(file), profile_(profile), options_(options), rows_(profile, file.heading, faults_) {}

  absl::StatusOr<BankStatement> Read() {
    statement_.format = profile_.name;
    const PreambleTexts preamble = ReadPreamble(file_.preamble, profile_, faults_);
    statement_.period = preamble.period;
    NoteAccount(preamble.account, profile_.preamble.account);
    NoteCurrency(preamble.currency, profile_.preamble.currency);
    for (const CsvRow& row : file_.rows) ReadRow(row);
    if (statement_.currency.empty()) statement_.currency = options_.currency;
    CheckAccount();
    // With a row unread the balances would only repeat that fault in other words.
    if (faults_.count() == 0) ReadBalances(preamble);
    RECOUP_RETURN_IF_ERROR(faults_.ToStatus());
    if (statement_.entries.size() > options_.entries_max) {
      return MakeError(Reason::kTooLarge,
                       absl::StrCat("the file has more than ", options_.entries_max, " entries"));
    }
    return std::move(statement_);
  }

 private:
  void ReadRow(const CsvRow& row) {
    if (IsFooter(row, profile_)) return;
    const std::string path = absl::StrCat("line ", row.line);
    const bool too_long =
        row.cells.size() > file_.heading_cells &&
        std::any_of(row.cells.begin() + static_cast<std::ptrdiff_t>(file_.heading_cells),
                    row.cells.end(), [](const std::string& cell) { return !cell.empty(); });
    if (row.cells.size() < CellsNeeded() || too_long) {
      faults_.Add(path, absl::StrCat("the row has ", row.cells.size(), " cells, the heading ",
                                     file_.heading_cells));
      return;
    }
    const CsvColumns& columns = profile_.columns;
    NoteCurrency(rows_.Cell(row, columns.currency), absl::StrCat(path, ", ", columns.currency));
    NoteAccount(rows_.Cell(row, columns.own_account),
                absl::StrCat(path, ", ", columns.own_account));
    const std::string& currency =
        statement_.currency.empty() ? options_.currency : statement_.currency;
    if (std::optional<StatementEntry> entry = rows_.Read(row, currency)) {
      if (statement_.period && (*entry->booked_on < statement_.period->from ||
                                *entry->booked_on > statement_.period->to)) {
        faults_.Add(absl::StrCat(path, ", ", columns.booked_on),
                    absl::StrCat(absl::FormatCivilTime(*entry->booked_on),
                                 " is not within the period of the file, ",
                                 absl::FormatCivilTime(statement_.period->from), " to ",
                                 absl::FormatCivilTime(statement_.period->to)));
      }
      statement_.entries.push_back(*std::move(entry));
    }
  }

  // A row may end early where only texts are empty, as spreadsheets write it; one that ends before
  // a date or an amount was torn.
  std::size_t CellsNeeded() const {
    const CsvColumns& columns = profile_.columns;
    std::size_t needed = 0;
    for (const std::string* heading :
         {&columns.booked_on, &columns.valued_on, &columns.debit, &columns.credit, &columns.amount,
          &columns.direction, &columns.balance, &columns.currency, &columns.own_account}) {
      const auto column = file_.heading.find(*heading);
      if (column != file_.heading.end()) needed = std::max(needed, column->second + 1);
    }
    return needed;
  }

  // The account may stand above the heading, in every row, or both; it must be the same.
  void NoteAccount(const std::string& text, const std::string& path) {
    const std::string account = WithoutSpaces(text);
    if (account.empty()) return;
    if (IsScientific(account)) {
      faults_.Add(path, std::string(kScientificNumber));
      account_is_lost_ = true;
    } else if (statement_.account.empty()) {
      statement_.account = account;
      account_path_ = path;
    } else if (statement_.account != account) {
      faults_.Add(path, "is another account than before in the file");
    }
  }

  void CheckAccount() {
    const std::string expected = WithoutSpaces(options_.account);
    if (statement_.account.empty()) statement_.account = expected;
    if (statement_.account.empty()) {
      if (account_is_lost_) return;
      faults_.Add("account", "the file names no account and none is expected");
    } else if (!expected.empty() && statement_.account != expected) {
      faults_.Add(account_path_, WrongAccount(statement_.account, expected));
    }
  }

  // As for the account: one currency for the whole file.
  void NoteCurrency(const std::string& text, const std::string& path) {
    if (text.empty()) return;
    const std::vector<std::string>& names = profile_.currency_names;
    const bool is_yuan = std::find(names.begin(), names.end(), text) != names.end();
    const std::string currency = is_yuan ? "CNY" : text;
    if (!IsCurrencyCode(currency)) {
      faults_.Add(path, "the currency is neither a code of ISO 4217 nor a name of the profile");
    } else if (statement_.currency.empty()) {
      statement_.currency = currency;
    } else if (statement_.currency != currency) {
      faults_.Add(path, absl::StrCat("the currency is ", QuoteCode(currency), ", before it was ",
                                     statement_.currency));
    }
  }

  void ReadBalances(const PreambleTexts& preamble) {
    OrderEntries(profile_.order, statement_.entries);
    ReadRunningBalance(profile_.columns.balance, statement_, faults_);
    HoldAgainst(preamble.opening_balance, profile_.preamble.opening_balance,
                statement_.opening_balance);
    HoldAgainst(preamble.closing_balance, profile_.preamble.closing_balance,
                statement_.closing_balance);
    if (faults_.count() == 0) CheckBalances(statement_, "balance", faults_);
  }

  // A balance above the table and the one that the rows make must be the same.
  void HoldAgainst(const std::string& text, const std::string& label,
                   std::optional<BankAmount>& balance) {
    if (text.empty()) return;
    const auto stated = ParseCsvAmount(text, profile_.thousands, statement_.currency);
    if (!stated.ok()) {
      faults_.Add(label, std::string(stated.status().message()));
    } else if (balance && *balance != *stated) {
      const std::string& currency = statement_.currency;
      faults_.AddDifference(
          label, absl::StrCat("the balance is ", AmountText(*stated, currency),
                              ", the rows make it ", AmountText(*balance, currency),
                              ": the difference is ", DifferenceText(*stated, *balance, currency)));
    } else {
      balance = *stated;
    }
  }

  const CsvFile& file_;
  const CsvProfile& profile_;
  const ReadOptions& options_;
  ReadFaults faults_;
  CsvRowReader rows_;
  BankStatement statement_;
  std::string account_path_;      // Where it was read.
  bool account_is_lost_ = false;  // It is in the file, but its digits are not.
};

}  // namespace

absl::StatusOr<BankStatement> ReadCsvFile(const CsvFile& file, const CsvProfile& profile,
                                          const ReadOptions& options) {
  return CsvStatementReader(file, profile, options).Read();
}

absl::StatusOr<BankStatement> ReadCsvStatement(std::string_view bytes, const CsvProfile& profile,
                                               const ReadOptions& options) {
  RECOUP_ASSIGN_OR_RETURN(const CsvFile file, OpenCsv(bytes, profile, options));
  return ReadCsvFile(file, profile, options);
}

}  // namespace recoup::insurer::bank

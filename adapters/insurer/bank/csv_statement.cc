#include "adapters/insurer/bank/csv_statement.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/read_faults.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

using domain::Money;

bool IsFooter(const CsvRow& row, const CsvProfile& profile) {
  const auto first = std::find_if(row.cells.begin(), row.cells.end(),
                                  [](const std::string& cell) { return !cell.empty(); });
  return first != row.cells.end() &&
         std::any_of(profile.footer_prefixes.begin(), profile.footer_prefixes.end(),
                     [&](const std::string& prefix) { return first->starts_with(prefix); });
}

// "账号：6222…" in one cell, or "账号" with the value in the next.
std::optional<std::string> LabelledValue(const std::vector<CsvRow>& rows,
                                         const std::string& label) {
  constexpr std::string_view kWideColon = "\xEF\xBC\x9A";
  for (const CsvRow& row : rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      std::string_view rest = row.cells[i];
      if (!rest.starts_with(label)) continue;
      rest.remove_prefix(label.size());
      const std::string_view trimmed = Trim(rest);
      std::string_view value = trimmed;
      if (value.starts_with(':')) value.remove_prefix(1);
      if (value.starts_with(kWideColon)) value.remove_prefix(kWideColon.size());
      // The label may be the beginning of a longer one: 账号 and 账号名称.
      if (!trimmed.empty() && value.size() == trimmed.size() && trimmed.size() == rest.size()) {
        continue;
      }
      value = Trim(value);
      if (!value.empty()) return std::string(value);
      if (i + 1 < row.cells.size()) return row.cells[i + 1];
      return std::string();
    }
  }
  return std::nullopt;
}

// Banks print account numbers in groups.
std::string WithoutSpaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

class CsvStatementReader {
 public:
  CsvStatementReader(const CsvFile& file, const CsvProfile& profile, const ReadOptions& options)
      : file_(file), profile_(profile), options_(options), rows_(profile, file.heading, faults_) {}

  absl::StatusOr<BankStatement> Read() {
    statement_.format = profile_.name;
    statement_.currency = options_.currency;
    ReadPreamble();
    for (const CsvRow& row : file_.rows) ReadRow(row);
    CheckAccount();
    if (profile_.order == RowOrder::kNewestFirst) {
      std::reverse(statement_.entries.begin(), statement_.entries.end());
    }
    // With a row unread the balances would only repeat that fault in other words.
    if (faults_.count() == 0) ReadBalances();
    RECOUP_RETURN_IF_ERROR(faults_.ToStatus());
    if (statement_.entries.size() > options_.entries_max) {
      return MakeError(Reason::kTooLarge,
                       absl::StrCat("the file has more than ", options_.entries_max, " entries"));
    }
    return std::move(statement_);
  }

 private:
  std::string Labelled(const std::string& label) {
    if (label.empty()) return {};
    std::optional<std::string> value = LabelledValue(file_.preamble, label);
    if (!value || value->empty()) faults_.Add(label, "has no value above the heading");
    return value.value_or(std::string());
  }

  void ReadPreamble() {
    const CsvPreamble& preamble = profile_.preamble;
    NoteAccount(Labelled(preamble.account), preamble.account);
    CheckCurrency(Labelled(preamble.currency), preamble.currency);
    const auto day = [&](const std::string& label) -> std::optional<absl::CivilDay> {
      const std::string text = Labelled(label);
      if (text.empty()) return std::nullopt;
      const std::optional<absl::CivilDay> parsed = ParseProfileDay(profile_, text);
      if (!parsed) faults_.Add(label, "not a date in a format of the profile");
      return parsed;
    };
    const auto from = day(preamble.from);
    const auto to = day(preamble.to);
    if (from && to) statement_.period = StatementPeriod{*from, *to};
  }

  void ReadRow(const CsvRow& row) {
    if (IsFooter(row, profile_)) return;
    const std::string path = absl::StrCat("line ", row.line);
    const bool too_long =
        row.cells.size() > file_.heading_cells &&
        std::any_of(row.cells.begin() + static_cast<std::ptrdiff_t>(file_.heading_cells),
                    row.cells.end(), [](const std::string& cell) { return !cell.empty(); });
    if (row.cells.size() < file_.heading_cells || too_long) {
      faults_.Add(path, absl::StrCat("the row has ", row.cells.size(), " cells, the heading ",
                                     file_.heading_cells));
      return;
    }
    const CsvColumns& columns = profile_.columns;
    CheckCurrency(rows_.Cell(row, columns.currency), absl::StrCat(path, ", ", columns.currency));
    NoteAccount(rows_.Cell(row, columns.own_account),
                absl::StrCat(path, ", ", columns.own_account));
    if (std::optional<StatementEntry> entry = rows_.Read(row)) {
      statement_.entries.push_back(*std::move(entry));
    }
  }

  // The account may stand above the heading, in every row, or both; it must be the same.
  void NoteAccount(const std::string& text, const std::string& path) {
    const std::string account = WithoutSpaces(text);
    if (account.empty()) return;
    if (statement_.account.empty()) {
      statement_.account = account;
    } else if (statement_.account != account) {
      faults_.Add(path, "is another account than before in the file");
    }
  }

  void CheckAccount() {
    const std::string expected = WithoutSpaces(options_.account);
    if (statement_.account.empty()) statement_.account = expected;
    if (statement_.account.empty()) {
      faults_.Add("account", "the file names no account and none is expected");
    } else if (!expected.empty() && statement_.account != expected) {
      faults_.Add("account", "is another account than the expected one");
    }
  }

  void CheckCurrency(const std::string& currency, const std::string& path) {
    if (currency.empty() || currency == options_.currency) return;
    const std::vector<std::string>& names = profile_.currency_names;
    if (std::find(names.begin(), names.end(), currency) != names.end()) return;
    faults_.Add(path, absl::StrCat("the currency is ", QuoteCode(currency), ", expected ",
                                   options_.currency));
  }

  void ReadBalances() {
    std::optional<Money> balance;
    Money before_first;  // What moved before the first balance that is given.
    for (const StatementEntry& entry : statement_.entries) {
      const absl::StatusOr<Money> next = balance.value_or(before_first).Add(entry.SignedAmount());
      if (!next.ok()) {
        faults_.Add(entry.path, std::string(next.status().message()));
        return;
      }
      if (!balance && entry.balance_after) {
        const absl::StatusOr<Money> opening = entry.balance_after->Add(-*next);
        if (!opening.ok()) {
          faults_.Add(entry.path, std::string(opening.status().message()));
          return;
        }
        statement_.opening_balance = *opening;
        balance = entry.balance_after;
      } else if (!balance) {
        before_first = *next;
      } else {
        if (entry.balance_after && *entry.balance_after != *next) {
          AddDifference(entry, *next);
        }
        // Each row is held against the balance the bank itself gave before it.
        balance = entry.balance_after.value_or(*next);
      }
    }
    statement_.closing_balance = balance;
  }

  void AddDifference(const StatementEntry& entry, Money computed) {
    faults_.AddDifference(absl::StrCat(entry.path, ", ", profile_.columns.balance),
                          absl::StrCat("the balance is ", entry.balance_after->ToYuan(),
                                       ", it should be ", computed.ToYuan(), ": the difference is ",
                                       DifferenceText(*entry.balance_after, computed)));
  }

  const CsvFile& file_;
  const CsvProfile& profile_;
  const ReadOptions& options_;
  ReadFaults faults_;
  CsvRowReader rows_;
  BankStatement statement_;
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

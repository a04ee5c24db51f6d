#include "adapters/insurer/bank/csv_row_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/csv_amount.h"
#include "adapters/insurer/bank/date_format.h"
#include "adapters/insurer/bank/text.h"

namespace recoup::insurer::bank {
namespace {

// What banks write where a column has nothing to say.
bool IsBlank(std::string_view cell) { return cell.empty() || cell == "-" || cell == "--"; }

bool Contains(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Direction Opposite(Direction direction) {
  return direction == Direction::kCredit ? Direction::kDebit : Direction::kCredit;
}

// A cell may be broken into lines. The break becomes a blank between Latin letters or figures and
// nothing beside Chinese, which is written without blanks.
std::string OneLine(std::string_view cell) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  std::string line;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] != '\n' && cell[i] != '\r') {
      line += cell[i];
      continue;
    }
    while (i + 1 < cell.size() && (cell[i + 1] == '\n' || cell[i + 1] == '\r')) ++i;
    const bool between = !line.empty() && is_ascii(line.back()) && line.back() != ' ' &&
                         i + 1 < cell.size() && is_ascii(cell[i + 1]) && cell[i + 1] != ' ';
    if (between) line += ' ';
  }
  return line;
}

}  // namespace

std::optional<absl::CivilDay> ParseProfileDay(const CsvProfile& profile, std::string_view text) {
  const std::string half_width = ToHalfWidth(text);
  for (const std::string& format : profile.date_formats) {
    if (const auto day = ParseDay(format, half_width)) return day;
  }
  return std::nullopt;
}

bool IsScientific(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const std::size_t mark = text.find_first_of("Ee");
  if (mark == std::string_view::npos || mark == 0 || mark + 2 >= text.size() ||
      text[mark + 1] != '+')
    return false;
  const std::string_view mantissa = text.substr(0, mark);
  const std::string_view exponent = text.substr(mark + 2);
  return is_digit(mantissa.front()) && std::count(mantissa.begin(), mantissa.end(), '.') <= 1 &&
         std::all_of(mantissa.begin(), mantissa.end(),
                     [&](char c) { return is_digit(c) || c == '.'; }) &&
         std::all_of(exponent.begin(), exponent.end(), is_digit);
}

void CsvRowReader::Fault(const CsvRow& row, const std::string& heading, std::string description) {
  faults_.Add(absl::StrCat("line ", row.line, ", ", heading), std::move(description));
}

const std::string& CsvRowReader::Cell(const CsvRow& row, const std::string& heading) const {
  static const std::string kNone;
  const auto column = heading_.find(heading);
  return column == heading_.end() || column->second >= row.cells.size() ? kNone
                                                                        : row.cells[column->second];
}

std::optional<absl::CivilDay> CsvRowReader::Day(const CsvRow& row, const std::string& heading) {
  const std::string& cell = Cell(row, heading);
  if (IsBlank(cell)) return std::nullopt;
  const std::optional<absl::CivilDay> day = ParseProfileDay(profile_, cell);
  if (!day) Fault(row, heading, "not a date in a format of the profile");
  return day;
}

std::optional<BankAmount> CsvRowReader::Amount(const CsvRow& row, const std::string& heading) {
  const std::string& cell = Cell(row, heading);
  if (IsBlank(ToHalfWidth(cell))) return std::nullopt;
  const absl::StatusOr<BankAmount> amount = ParseCsvAmount(cell, profile_.thousands, currency_);
  if (amount.ok()) return *amount;
  Fault(row, heading, std::string(amount.status().message()));
  return std::nullopt;
}

// A negative amount in a column of its own direction is a red entry (红字冲账): it takes back an
// earlier one, so the money moves the other way.
std::optional<CsvRowReader::Movement> CsvRowReader::ReadTwoColumns(const CsvRow& row) {
  const std::size_t faults_before = faults_.count();
  const std::optional<BankAmount> debit = Amount(row, profile_.columns.debit);
  const std::optional<BankAmount> credit = Amount(row, profile_.columns.credit);
  // One that cannot be read is a fault already, and none of the two being there would be another.
  if (faults_.count() != faults_before) return std::nullopt;
  const bool is_debit = debit && (!credit || !debit->is_zero());
  const bool is_credit = credit && (!debit || !credit->is_zero());
  if (is_debit == is_credit) {
    Fault(row, profile_.columns.credit, "needs an amount either as debit or as credit");
    return std::nullopt;
  }
  const BankAmount amount = is_debit ? *debit : *credit;
  const Direction direction = is_debit ? Direction::kDebit : Direction::kCredit;
  if (amount.is_negative()) return Movement{-amount, Opposite(direction), true};
  return Movement{amount, direction, false};
}

std::optional<CsvRowReader::Movement> CsvRowReader::ReadOneColumn(const CsvRow& row) {
  const std::size_t faults_before = faults_.count();
  const std::optional<BankAmount> amount = Amount(row, profile_.columns.amount);
  if (faults_.count() != faults_before) return std::nullopt;
  if (!amount) {
    Fault(row, profile_.columns.amount, "needs an amount");
    return std::nullopt;
  }
  if (profile_.columns.direction.empty()) {
    return amount->is_negative() ? Movement{-*amount, Direction::kDebit, false}
                                 : Movement{*amount, Direction::kCredit, false};
  }
  const std::string& word = Cell(row, profile_.columns.direction);
  const bool credit = Contains(profile_.credit_words, word);
  if (credit == Contains(profile_.debit_words, word)) {
    Fault(row, profile_.columns.direction, "is no word of the profile for credit or debit");
    return std::nullopt;
  }
  const Direction direction = credit ? Direction::kCredit : Direction::kDebit;
  if (amount->is_negative()) return Movement{-*amount, Opposite(direction), true};
  return Movement{*amount, direction, false};
}

std::optional<CsvRowReader::Movement> CsvRowReader::ReadMovement(const CsvRow& row) {
  const std::size_t faults_before = faults_.count();
  std::optional<Movement> movement =
      profile_.columns.amount.empty() ? ReadTwoColumns(row) : ReadOneColumn(row);
  if (faults_.count() != faults_before) return std::nullopt;
  return movement;
}

std::string CsvRowReader::Joined(const CsvRow& row,
                                 const std::vector<std::string>& headings) const {
  std::vector<std::string> pieces;
  std::string text;
  for (const std::string& heading : headings) {
    const std::string cell = OneLine(Cell(row, heading));
    if (IsBlank(cell) || Contains(pieces, cell)) continue;
    pieces.push_back(cell);
    absl::StrAppend(&text, text.empty() ? "" : " ", cell);
  }
  return text;
}

std::optional<StatementEntry> CsvRowReader::Read(const CsvRow& row, const std::string& currency) {
  currency_ = currency;
  const std::size_t faults_before = faults_.count();
  const CsvColumns& columns = profile_.columns;
  StatementEntry entry;
  entry.path = absl::StrCat("line ", row.line);
  entry.booked_on = Day(row, columns.booked_on);
  if (IsBlank(Cell(row, columns.booked_on))) Fault(row, columns.booked_on, "is missing");
  entry.valued_on = Day(row, columns.valued_on);
  if (const std::optional<Movement> movement = ReadMovement(row)) {
    entry.amount = movement->amount;
    entry.direction = movement->direction;
    entry.reversal = movement->reversal;
  }
  entry.balance_after = Amount(row, columns.balance);
  // A red entry takes a transfer back, whose sides stay where they were.
  const bool came = (entry.direction == Direction::kCredit) != entry.reversal;
  const auto other_side = [&](const std::string& counterparty, const std::string& payer,
                              const std::string& payee) {
    if (payer.empty()) return OneLine(Cell(row, counterparty));
    return OneLine(Cell(row, came ? payer : payee));
  };
  entry.counterparty_name =
      other_side(columns.counterparty_name, columns.payer_name, columns.payee_name);
  entry.counterparty_account =
      other_side(columns.counterparty_account, columns.payer_account, columns.payee_account);
  entry.bank_reference = Cell(row, columns.bank_reference);
  for (const std::string* heading : {&columns.counterparty_account, &columns.payer_account,
                                     &columns.payee_account, &columns.bank_reference}) {
    if (IsScientific(Cell(row, *heading))) {
      Fault(row, *heading, std::string(kScientificNumber));
    }
  }
  entry.remittance_text = Joined(row, columns.remittance);
  entry.additional_info = Joined(row, columns.additional_info);
  if (faults_.count() != faults_before) return std::nullopt;
  return entry;
}

}  // namespace recoup::insurer::bank

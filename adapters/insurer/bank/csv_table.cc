#include "adapters/insurer/bank/csv_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

// ="123" that was quoted once more by the program that wrote the file.
std::string_view WithoutFormula(std::string_view cell) {
  if (cell.size() < 3 || !cell.starts_with("=\"") || !cell.ends_with('"')) return cell;
  return Trim(cell.substr(2, cell.size() - 3));
}

// '123 is the text 123, marked by hand against a spreadsheet that would round it.
std::string_view WithoutTextMark(std::string_view cell) {
  const bool marked = cell.size() > 1 && cell.front() == '\'' &&
                      cell.find_first_not_of("0123456789 -.,", 1) == std::string_view::npos;
  return marked ? Trim(cell.substr(1)) : cell;
}

class CsvParser {
 public:
  enum class LooseQuotes { kRefused, kKept };

  CsvParser(std::string_view text, char delimiter, std::size_t first_line, LooseQuotes loose)
      : text_(text), delimiter_(delimiter), line_(first_line), loose_(loose) {}

  bool AtEnd() const { return at_ >= text_.size(); }

  absl::StatusOr<CsvRow> NextRow() {
    CsvRow row;
    row.line = line_;
    while (true) {
      RECOUP_ASSIGN_OR_RETURN(std::string cell, NextCell());
      row.cells.push_back(std::move(cell));
      if (AtEnd()) return row;
      if (text_[at_] == delimiter_) {
        ++at_;
        continue;
      }
      TakeLineEnd();
      return row;
    }
  }

 private:
  bool AtCellEnd() const {
    return AtEnd() || text_[at_] == delimiter_ || text_[at_] == '\n' || text_[at_] == '\r';
  }

  void TakeLineEnd() {
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
  }

  absl::StatusOr<std::string> NextCell() {
    if (text_.substr(at_).starts_with("=\"")) ++at_;
    if (!AtEnd() && text_[at_] == '"') return QuotedCell();
    const std::size_t begin = at_;
    while (!AtCellEnd()) {
      if (text_[at_] == '"' && loose_ == LooseQuotes::kRefused) {
        return Refuse("a quote inside an unquoted cell");
      }
      ++at_;
    }
    return std::string(WithoutTextMark(Trim(text_.substr(begin, at_ - begin))));
  }

  absl::StatusOr<std::string> QuotedCell() {
    const std::size_t line_of_quote = line_;
    std::string cell;
    for (++at_; !AtEnd(); ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
          ++at_;
          if (!AtCellEnd()) return Refuse("text after the closing quote of a cell");
          return std::string(WithoutTextMark(WithoutFormula(Trim(cell))));
        }
        ++at_;
      }
      if (text_[at_] == '\n') ++line_;
      cell.push_back(text_[at_]);
    }
    line_ = line_of_quote;
    return Refuse("a quote is not closed");
  }

  absl::Status Refuse(std::string description) const {
    Faults faults;
    faults.Add(absl::StrCat("line ", line_), std::move(description));
    return faults.ToStatus();
  }

  std::string_view text_;
  char delimiter_;
  std::size_t line_;
  const LooseQuotes loose_;
  std::size_t at_ = 0;
};

bool IsBlank(const CsvRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(),
                     [](const std::string& cell) { return cell.empty(); });
}

}  // namespace

std::vector<CsvRow> CsvBeginning(std::string_view text, char delimiter, std::size_t first_line,
                                 std::size_t rows) {
  CsvParser parser(text, delimiter, first_line, CsvParser::LooseQuotes::kKept);
  std::vector<CsvRow> beginning;
  while (!parser.AtEnd() && beginning.size() < rows) {
    absl::StatusOr<CsvRow> row = parser.NextRow();
    if (!row.ok()) break;
    if (!IsBlank(*row)) beginning.push_back(*std::move(row));
  }
  return beginning;
}

absl::StatusOr<std::vector<CsvRow>> ParseCsv(std::string_view text, char delimiter,
                                             std::size_t first_line, std::size_t rows_max) {
  CsvParser parser(text, delimiter, first_line, CsvParser::LooseQuotes::kRefused);
  std::vector<CsvRow> rows;
  while (!parser.AtEnd()) {
    RECOUP_ASSIGN_OR_RETURN(CsvRow row, parser.NextRow());
    if (IsBlank(row)) continue;
    if (rows.size() == rows_max) {
      return MakeError(Reason::kTooLarge,
                       absl::StrCat("the file has more than ", rows_max, " rows"));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace recoup::insurer::bank

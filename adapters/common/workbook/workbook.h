// A spreadsheet for people (xlsx): typed columns under a frozen, filterable header row.
//
//   Workbook book("运行报告", created);
//   Sheet& sheet = book.AddSheet("文书", {{"案号"}, {"基金支付（元）", CellKind::kMoney}});
//   sheet.AddRow({std::string("（2025）沪0115民初90027号"), Fen{1234560}});
//   RECOUP_RETURN_IF_ERROR(book.Write("report.xlsx"));
//
// Cells are typed by their column, and an empty cell is std::monostate; a row that does not fit its
// columns is a programmer error. Text is text even when it begins with "=". Columns are as wide as
// what they show. The same content gives the same file. Not thread-safe.
#ifndef RECOUP_ADAPTERS_COMMON_WORKBOOK_WORKBOOK_H_
#define RECOUP_ADAPTERS_COMMON_WORKBOOK_WORKBOOK_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace recoup::adapters {

// What must not be mixed up with a count.
struct Fen {
  std::int64_t fen = 0;
};

enum class CellKind {
  kText,
  kMoney,  // Fen, shown in yuan with two decimals and thousands separators.
  kDate,   // absl::CivilDay
  kCount,  // std::int64_t
};
using Cell = std::variant<std::monostate, std::string, Fen, absl::CivilDay, std::int64_t>;

struct SheetColumn {
  std::string title;
  CellKind kind = CellKind::kText;
};

class Sheet {
 public:
  Sheet(std::string name, std::vector<SheetColumn> columns);

  // `in_sum` false: the row is shown, and SumMoney leaves it out.
  void AddRow(std::vector<Cell> cells, bool in_sum = true);
  // A last row that sums the money columns, under its label in the first column, which must be
  // text.
  void SumMoney(std::string label);

  const std::string& name() const { return name_; }
  const std::vector<SheetColumn>& columns() const { return columns_; }
  const std::vector<std::vector<Cell>>& rows() const { return rows_; }
  bool has_sum() const { return has_sum_; }

 private:
  std::string name_;
  std::vector<SheetColumn> columns_;
  std::vector<std::vector<Cell>> rows_;
  std::vector<bool> in_sum_;  // Of each row.
  bool has_sum_ = false;
};

class Workbook {
 public:
  // `created` goes into the file's properties.
  Workbook(std::string title, absl::Time created);

  // Names are at most 31 characters and without []:*?/\ ; the sheet lives as long as the workbook.
  Sheet& AddSheet(std::string name, std::vector<SheetColumn> columns);
  // Replaces the file in one step. INVALID_ARGUMENT when a sheet's name or a text does not fit, or
  // an amount has more digits than a spreadsheet keeps (15); UNAVAILABLE when the disk refuses.
  absl::Status Write(const std::string& file) const;

 private:
  std::string title_;
  absl::Time created_;
  std::deque<Sheet> sheets_;  // A deque, so that references stay valid.
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_WORKBOOK_WORKBOOK_H_

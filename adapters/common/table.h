// A table for people, its columns aligned by display width.
#ifndef RECOUP_ADAPTERS_COMMON_TABLE_H_
#define RECOUP_ADAPTERS_COMMON_TABLE_H_

#include <string>
#include <vector>

#include "adapters/common/display_width.h"

namespace recoup::adapters {

struct TableColumn {
  std::string title;
  Align align = Align::kLeft;  // Amounts and counts go right.
};

class Table {
 public:
  explicit Table(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}

  // As many cells as columns, else a programmer error. Line ends and tabs in a cell become spaces.
  void AddRow(std::vector<std::string> cells);
  // Title, rule, rows; no trailing spaces.
  std::string Render() const;

 private:
  std::vector<TableColumn> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_TABLE_H_

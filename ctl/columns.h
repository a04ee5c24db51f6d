// Which columns a table of a kind of thing has.
#ifndef RECOUP_CTL_COLUMNS_H_
#define RECOUP_CTL_COLUMNS_H_

#include <string_view>
#include <vector>

namespace recoup::ctl {

struct TableShape {
  std::string_view type;                // Name of the message.
  std::vector<std::string_view> paths;  // Fields, with dots for fields within fields.
  bool total = false;                   // Whether amounts are summed in a last row.
  std::string_view parts = "";          // A list within each row, shown below the table.
};

// Null: shown as labelled lines, not as a table.
const TableShape* ShapeOf(std::string_view message_type);
const std::vector<TableShape>& AllShapes();

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_COLUMNS_H_

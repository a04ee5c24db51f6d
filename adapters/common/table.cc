#include "adapters/common/table.h"

#include <algorithm>
#include <utility>

#include "hub/base/check.h"

namespace recoup::adapters {
namespace {

constexpr char kGap[] = "  ";

void AppendLine(const std::vector<std::string>& padded, std::string& out) {
  std::string line;
  for (const std::string& cell : padded) line += (line.empty() ? "" : kGap) + cell;
  line.erase(line.find_last_not_of(' ') + 1);
  out += line + "\n";
}

}  // namespace

void Table::AddRow(std::vector<std::string> cells) {
  RECOUP_CHECK(cells.size() == columns_.size());
  for (std::string& cell : cells) {
    // A control character in a cell could move the cursor of the terminal.
    std::replace_if(
        cell.begin(), cell.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  }
  rows_.push_back(std::move(cells));
}

std::string Table::Render() const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = DisplayWidth(columns_[i].title);
    for (const auto& row : rows_) width = std::max(width, DisplayWidth(row[i]));
    widths.push_back(width);
  }
  std::string out;
  std::vector<std::string> padded(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    padded[i] = PadTo(columns_[i].title, widths[i], columns_[i].align);
  }
  AppendLine(padded, out);
  for (std::size_t i = 0; i < columns_.size(); ++i) padded[i] = std::string(widths[i], '-');
  AppendLine(padded, out);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      padded[i] = PadTo(row[i], widths[i], columns_[i].align);
    }
    AppendLine(padded, out);
  }
  return out;
}

}  // namespace recoup::adapters

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/insurer/bank/csv_statement.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

// Above the heading stand account, holder, period, totals: a handful of rows.
constexpr std::size_t kHeadingRowMax = 50;

absl::StatusOr<std::string> Decode(std::string_view bytes, CsvCharset charset) {
  switch (charset) {
    case CsvCharset::kUtf8: {
      bytes = WithoutBom(bytes);
      if (const auto offset = FindNotUtf8(bytes)) {
        return MakeError(Reason::kInvalidArgument, absl::StrCat("byte ", *offset, ": not UTF-8"));
      }
      return std::string(bytes);
    }
    case CsvCharset::kGb18030:
      return Gb18030ToUtf8(bytes);
  }
  RECOUP_CHECK(false);
}

std::string_view WithoutLines(std::string_view text, std::size_t lines) {
  for (; lines > 0; --lines) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text;
}

std::vector<std::string> MissingFrom(const CsvRow& row, const std::vector<std::string>& headings) {
  std::vector<std::string> missing;
  for (const std::string& heading : headings) {
    if (std::find(row.cells.begin(), row.cells.end(), heading) == row.cells.end()) {
      missing.push_back(heading);
    }
  }
  return missing;
}

// Where each heading stands; a wanted heading that stands twice leaves open which one is meant.
absl::StatusOr<CsvHeading> HeadingOf(const CsvRow& row, const std::vector<std::string>& headings) {
  CsvHeading result;
  Faults faults;
  for (const std::string& heading : headings) {
    const auto found = std::find(row.cells.begin(), row.cells.end(), heading);
    if (std::find(std::next(found), row.cells.end(), heading) != row.cells.end()) {
      faults.Add(absl::StrCat("line ", row.line), absl::StrCat("two columns are ", heading));
    }
    result[heading] = static_cast<std::size_t>(found - row.cells.begin());
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return result;
}

}  // namespace

absl::StatusOr<CsvFile> OpenCsv(std::string_view bytes, const CsvProfile& profile,
                                const ReadOptions& options) {
  if (bytes.size() > options.bytes_max) {
    return MakeError(Reason::kTooLarge, absl::StrCat("the file has ", bytes.size(),
                                                     " bytes, more than ", options.bytes_max));
  }
  RECOUP_ASSIGN_OR_RETURN(const std::string text, Decode(bytes, profile.charset));
  RECOUP_ASSIGN_OR_RETURN(std::vector<CsvRow> rows,
                          ParseCsv(WithoutLines(text, profile.skip_rows), profile.delimiter,
                                   profile.skip_rows + 1, options.entries_max + kHeadingRowMax));

  const std::vector<std::string> headings = profile.Headings();
  std::vector<std::string> fewest_missing = headings;
  for (std::size_t i = 0; i < std::min(rows.size(), kHeadingRowMax); ++i) {
    std::vector<std::string> missing = MissingFrom(rows[i], headings);
    if (missing.empty()) {
      CsvFile file;
      RECOUP_ASSIGN_OR_RETURN(file.heading, HeadingOf(rows[i], headings));
      file.heading_cells = rows[i].cells.size();
      const auto heading_row = rows.begin() + static_cast<std::ptrdiff_t>(i);
      file.rows.assign(std::make_move_iterator(heading_row + 1),
                       std::make_move_iterator(rows.end()));
      file.preamble.assign(std::make_move_iterator(rows.begin()),
                           std::make_move_iterator(heading_row));
      return file;
    }
    if (missing.size() < fewest_missing.size()) fewest_missing = std::move(missing);
  }
  return MakeError(Reason::kInvalidArgument,
                   absl::StrCat("no heading of the CSV profile ", profile.name,
                                ": missing columns ", absl::StrJoin(fewest_missing, ", ")));
}

}  // namespace recoup::insurer::bank
